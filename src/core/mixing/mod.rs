//! Attributes and ties.

mod sector_density;

pub use sector_density::{Blocks, sector_density};
