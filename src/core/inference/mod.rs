//! Draws of tests on networks: permutations of actors, random networks, resampled actors.

mod permutation;

pub use permutation::{Block, Layout, Shape};
