//! Tests on networks.
