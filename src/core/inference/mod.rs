//! Draws of tests on networks: permutations of actors, random networks.

mod agreement;
mod cug;
mod glm;
mod least_squares;
mod permutation;
mod presence;
mod products;
mod random_networks;
#[cfg(test)]
mod random_networks_tests;
mod switching;

pub use agreement::{permuted_agreement, permuted_gamma};
pub use cug::{Statistic, cug};
pub use glm::{Family, Fit, glm, permuted_glm};
pub use least_squares::{Role, permuted_robust};
pub use permutation::{Block, Layout, Shape};
pub use products::{Draws, permuted_products};
pub use random_networks::{Condition, RandomNetworks};
