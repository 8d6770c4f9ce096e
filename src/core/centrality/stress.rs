//! Stress (Shimbel 1953, doi:10.1007/BF02476438; Brandes 2008, doi:10.1016/j.socnet.2007.11.001).

use crate::paths::{BATCH, Shortest};
use crate::{Graph, Job, Result, parallel};

/// Number of shortest paths between others that pass through each actor; pairs are unordered in an undirected
/// graph and ordered in a directed one.
///
/// # Complexity
/// O(n·m).
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn stress(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    job.start(n as u64);
    let mut sums = parallel::sum(job, n, BATCH, n, &|sources, share| {
        let (mut shortest, mut ahead) = (Shortest::new(n), vec![0.0; n]);
        for source in sources {
            shortest.search(graph.out(), source, job)?;
            for v in shortest.farthest_first() {
                // Paths that end farther on, counted from here.
                let next = graph.out().neighbours(v).iter().map(|w| *w as usize);
                ahead[v] = 0.0 + next.filter(|w| shortest.leads_on(v, *w)).map(|w| 1.0 + ahead[w]).sum::<f64>();
                share[v] += shortest.paths(v) * ahead[v];
            }
            job.advance(1);
        }
        Ok(())
    })?;
    if !graph.directed() {
        sums.iter_mut().for_each(|sum| *sum /= 2.0);
    }
    Ok(sums)
}
