//! Betweenness of ties (Girvan & Newman 2002, doi:10.1073/pnas.122653799; Brandes 2008).

use crate::paths::{BATCH, Shortest};
use crate::{Graph, Job, Result, parallel};

/// For each tie, in the order of [`Graph::list`], the sum over pairs of actors of the share of their shortest paths
/// that run along it; pairs are unordered in an undirected graph and ordered in a directed one.
///
/// # Complexity
/// O(n·m).
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn edge_betweenness(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let (n, out) = (graph.n(), graph.out());
    job.start(n as u64);
    let sums = parallel::sum(job, n, BATCH, out.entries(), &|sources, share| {
        let (mut shortest, mut below) = (Shortest::new(n), vec![0.0; n]);
        for source in sources {
            shortest.search(out, source, job)?;
            for v in shortest.farthest_first().chain([source]) {
                below[v] = 0.0;
                let first = out.offsets()[v] as usize;
                for (place, &w) in out.neighbours(v).iter().enumerate() {
                    let w = w as usize;
                    if shortest.leads_on(v, w) {
                        let part = shortest.paths(v) / shortest.paths(w) * (1.0 + below[w]);
                        share[first + place] += part;
                        below[v] += part;
                    }
                }
            }
            job.advance(1);
        }
        Ok(())
    })?;
    if graph.directed() {
        return Ok(sums);
    }
    // Both ends list a tie; both orders of a pair count.
    let mut ties = Vec::with_capacity(graph.ties());
    for v in 0..n {
        for (place, &w) in out.neighbours(v).iter().enumerate().filter(|(_, w)| **w as usize > v) {
            let w = w as usize;
            let back = out.neighbours(w).partition_point(|other| (*other as usize) < v);
            let (there, again) = (out.offsets()[v] as usize + place, out.offsets()[w] as usize + back);
            ties.push(f64::midpoint(sums[there], sums[again]));
        }
    }
    Ok(ties)
}
