//! How a network holds together.

mod biconnected;
mod bits;
mod centralization;
mod components;
mod critical_ties;
mod density;
mod diameter;
mod distances;
mod dyad_census;
mod edge_connectivity;
mod krackhardt;
mod small_world;
mod transitivity;
mod triad_bits;
mod triad_census;
pub mod triangles;

pub use biconnected::{Biconnected, biconnected};
pub(crate) use bits::BitRows;
pub use centralization::{betweenness_maximum, centralization, centralization_of, closeness_maximum, degree_maximum};
pub(crate) use components::by_size;
pub use components::{Connectivity, components};
pub use critical_ties::{CriticalTies, critical_ties};
pub use density::density;
pub use diameter::diameter;
pub use distances::{distance_counts, distances, distances_by_length};
pub use dyad_census::{DyadCensus, arc_reciprocity, dyad_census, dyad_reciprocity};
pub use edge_connectivity::edge_connectivity;
pub use krackhardt::{Reach, least_upper_bounds, reach};
pub use small_world::{World, small_world};
pub use transitivity::transitivity;
pub use triad_census::{TRIADS, triad_census};
