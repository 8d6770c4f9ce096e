//! How a network holds together.

mod centralization;
mod components;
mod density;
mod distances;
mod dyad_census;
mod transitivity;
mod triad_census;
pub mod triangles;

pub use centralization::{betweenness_maximum, centralization, centralization_of, closeness_maximum, degree_maximum};
pub(crate) use components::by_size;
pub use components::{Connectivity, components};
pub use density::density;
pub use distances::{Summary, distances, distances_by_length, summary};
pub use dyad_census::{DyadCensus, arc_reciprocity, dyad_census, dyad_reciprocity};
pub use transitivity::transitivity;
pub use triad_census::{TRIADS, triad_census};
