//! Actor prominence.

mod betweenness;
mod closeness;
mod clustering;
mod degree;
mod eigenvector;
mod harmonic;
mod pagerank;

pub use betweenness::{betweenness, betweenness_by_length};
pub use closeness::{Unreachable, closeness, closeness_by_length};
pub use clustering::local_clustering;
pub use degree::{degree, strength};
pub use eigenvector::{Scale, eigenvector};
pub use harmonic::{harmonic, harmonic_by_length};
pub use pagerank::pagerank;
