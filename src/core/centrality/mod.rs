//! Actor prominence.

mod average_neighbour_degree;
mod betweenness;
mod closeness;
mod clustering;
mod coreness;
mod degree;
mod eccentricity;
mod edge_betweenness;
mod eigenvector;
mod flow_betweenness;
mod harmonic;
mod hits;
mod katz;
mod load;
mod pagerank;
mod reach;
mod stress;
mod valente_forman;

pub use average_neighbour_degree::average_neighbour_degree;
pub use betweenness::{Effort, Sampled, betweenness, betweenness_by_length, betweenness_sampled};
pub use closeness::{Unreachable, closeness};
pub use clustering::{Variant, local_clustering, valued_clustering};
pub use coreness::coreness;
pub use degree::{degree, strength};
pub use eccentricity::eccentricity;
pub use edge_betweenness::edge_betweenness;
pub use eigenvector::{Scale, eigenvector};
pub use flow_betweenness::flow_betweenness;
pub use harmonic::harmonic;
pub use hits::hits;
pub use katz::katz;
pub use load::load;
pub use pagerank::pagerank;
pub use reach::reach;
pub use stress::stress;
pub use valente_forman::valente_forman;
