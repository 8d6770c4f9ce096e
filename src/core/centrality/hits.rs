//! Hubs and authorities (Kleinberg 1999, doi:10.1145/324133.324140).

use super::eigenvector::{norm, undirected};
use crate::{Csr, Error, Graph, Job, Result};

/// Hubs and authorities, each of Euclidean norm 1: h(i) ∝ Σ a(i, j)·a(j) and a(j) ∝ Σ a(i, j)·h(i), for the largest
/// factor: the principal eigenvector of the graph that ties each actor as sender to others as receivers.
///
/// # Complexity
/// O(m) per iteration.
///
/// # Errors
/// [`Error::Signed`]; [`Error::Convergence`]; [`Error::Interrupted`].
pub fn hits(graph: &Graph, job: &Job) -> Result<(Vec<f64>, Vec<f64>)> {
    if graph.is_signed() {
        return Err(Error::Signed { measure: "hubs and authorities" });
    }
    let n = graph.n();
    let both = Graph::new(false, senders_and_receivers(graph), vec![]);
    let mut hubs = undirected(&both, job)?;
    let mut authorities = hubs.split_off(n);
    for scores in [&mut hubs, &mut authorities] {
        let size = norm(scores);
        scores.iter_mut().for_each(|score| *score /= size);
    }
    Ok((hubs, authorities))
}

/// Actor i as a sender is vertex i, as a receiver n + i.
fn senders_and_receivers(graph: &Graph) -> Csr {
    let (out, incoming, n) = (graph.out(), graph.incoming(), graph.n() as u32);
    let offsets = |lists: &Csr, after: u64| lists.offsets()[1..].iter().map(move |end| end + after).collect::<Vec<_>>();
    let mut starts = vec![0];
    starts.extend(offsets(out, 0));
    starts.extend(offsets(incoming, out.entries() as u64));
    let targets = out.targets().iter().map(|target| target + n).chain(incoming.targets().iter().copied()).collect();
    let values = out.values().map(|values| [values, incoming.values().unwrap_or_default()].concat());
    Csr::new(starts, targets, values)
}
