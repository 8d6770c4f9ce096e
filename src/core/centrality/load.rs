//! Load (Newman 2001, doi:10.1103/PhysRevE.64.016132; Goh, Kahng & Kim 2001; Brandes 2008,
//! doi:10.1016/j.socnet.2007.11.001).

use crate::paths::{BATCH, Shortest};
use crate::{Graph, Job, Result, parallel};

/// Everybody sends one unit to everybody else along shortest paths, and each actor on the way passes what it gets on
/// in equal parts to those who are next, where betweenness would give each shortest path an equal part. The load of
/// an actor is what it passes on for others; pairs are unordered in an undirected graph and ordered in a directed one.
///
/// # Complexity
/// O(n·m).
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn load(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    job.start(n as u64);
    let incoming = graph.incoming();
    let mut sums = parallel::sum(job, n, BATCH, n, &|sources, share| {
        let (mut shortest, mut got) = (Shortest::new(n), vec![0.0; n]);
        for source in sources {
            shortest.search(graph.out(), source, job)?;
            shortest.farthest_first().for_each(|v| got[v] = 0.0);
            for v in shortest.farthest_first() {
                let last = || incoming.neighbours(v).iter().map(|w| *w as usize).filter(|w| shortest.comes_from(v, *w));
                let part = (1.0 + got[v]) / last().count() as f64;
                last().for_each(|w| got[w] += part);
                share[v] += got[v];
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
