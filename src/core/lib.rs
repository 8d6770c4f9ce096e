//! Whole-network analysis: every actor in a bounded population and every tie among them.
//!
//! A [`Network`] holds one relation among one set of actors: their [`Labels`], a [`Graph`] in
//! compressed-sparse-row form, and which dyads were [`Missing`] (not observed). Measures live in
//! one module per family and one file per measure; each takes the network and a [`Job`], which
//! carries the number of threads, the progress count and the request to stop.
//!
//! Results never depend on the number of threads: every reduction runs over fixed blocks that are
//! merged in a fixed order ([`parallel`]).
//!
//! ```
//! use wholenet_core::{centrality, Job, Labels, Network, Rules, Ties};
//!
//! let ties = Ties { source: &[0, 1], target: &[1, 2], value: None };
//! let labels = Labels::Integer(vec![10, 20, 30]);
//! let rules = Rules { directed: false, ..Rules::default() };
//! let network = Network::build(labels, &ties, &rules, None, &Job::inline())?.network;
//! assert_eq!(centrality::betweenness(network.graph(), false, &Job::inline())?, [0.0, 1.0, 0.0]);
//! # Ok::<(), wholenet_core::Error>(())
//! ```

mod build;
pub mod dyads;
mod error;
mod graph;
mod intern;
mod job;
mod labels;
mod missing;
mod network;
pub mod parallel;
pub mod random;
pub mod rewire;
mod save;
mod transform;
mod two_mode;
mod visit;

pub mod brokerage;
pub mod centrality;
pub mod change;
pub mod cohesion;
pub mod draw;
pub mod flow;
pub mod flows;
pub mod groups;
pub mod inference;
pub mod mixing;
pub mod paths;
pub mod positions;
pub mod qca;

pub use build::{Built, NOBODY};
pub use error::{Error, Result, Row, Rows};
pub use graph::{Csr, Direction, Graph};
pub use intern::{
    Chunk, Column, Found, Index, Integers, LabelError, Offsets, Places, Repeated, Unknown, UnknownLabel, Validity,
    Values, intern,
};
pub use job::Job;
pub use labels::Labels;
pub use missing::Missing;
pub use network::{Duplicates, Loops, Network, OneReport, Rules, Symmetrize, Ties};
pub use save::Saved;
pub use two_mode::{Incomplete, Projection};
