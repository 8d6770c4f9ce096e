//! Actor prominence.
