//! Shortest paths: breadth-first sweeps for steps, Dijkstra for lengths.

mod dijkstra;
mod sampled;
mod shortest;
mod sweep;
mod totals;

pub use dijkstra::{Distance, Lengths, from_source};
pub use sampled::{Moments, drawn, moments};
pub use shortest::Shortest;
pub use sweep::{BATCH, sweep, sweep_within};
pub use totals::{Total, totals, totals_by_length};

use crate::{Csr, Direction, Error, Graph, Result};

/// The adjacency lists that paths follow in `direction`: along ties, against them, or (a new list)
/// along ties read without direction.
pub(crate) fn lists(graph: &Graph, direction: Direction) -> std::borrow::Cow<'_, Csr> {
    use std::borrow::Cow;
    match direction {
        Direction::In => Cow::Borrowed(graph.incoming()),
        Direction::All if graph.directed() => Cow::Owned(crate::dyads::Dyads::new(graph).into_lists()),
        Direction::Out | Direction::All => Cow::Borrowed(graph.out()),
    }
}

/// Work that all sweeps over a graph come to, roughly, in elementary steps.
pub fn cost(graph: &Graph) -> u64 {
    let batches = graph.n().div_ceil(BATCH) as u64;
    batches * 4 * (graph.out().entries() + graph.n()) as u64
}

/// Work that searches from every actor over lengths come to, in the same steps: each look at a tie costs
/// about a hundred.
pub fn cost_by_length(graph: &Graph) -> u64 {
    100 * graph.n() as u64 * (graph.out().entries() + graph.n()) as u64
}

/// As [`lists`], with values; paths over lengths follow single ties, so a directed graph can't be
/// read without direction.
pub(crate) fn valued_lists(graph: &Graph, direction: Direction) -> Result<&Csr> {
    match direction {
        Direction::In => Ok(graph.incoming()),
        Direction::All if graph.directed() => Err(Error::Argument {
            argument: "mode",
            expected: "\"in\" or \"out\" with distance= in a directed network (or use net.symmetrize(...) first)",
            found: "\"all\"".into(),
        }),
        Direction::Out | Direction::All => Ok(graph.out()),
    }
}
