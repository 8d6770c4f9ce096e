//! Draws of tests on networks: permutations of actors, random networks, resampled actors.

mod cug;
mod permutation;
mod presence;
mod random_networks;
#[cfg(test)]
mod random_networks_tests;
mod switching;

pub use cug::{Statistic, cug};
pub use permutation::{Block, Layout, Shape};
pub use random_networks::{Condition, RandomNetworks};
