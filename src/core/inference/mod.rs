//! Draws of tests on networks: permutations of actors, random networks, resampled actors.

mod agreement;
mod glm;
mod least_squares;
mod permutation;
mod products;

pub use agreement::{permuted_agreement, permuted_gamma};
pub use glm::{Family, Fit, glm, permuted_glm, separated};
pub use least_squares::{Role, permuted_robust};
pub use permutation::{Block, Layout, Shape};
pub use products::{Draws, permuted_products};
