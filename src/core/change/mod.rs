//! What becomes of ties between two observations of the same actors.

mod tie_change;

pub use tie_change::{Fate, TieChange, tie_change, tie_fates};
