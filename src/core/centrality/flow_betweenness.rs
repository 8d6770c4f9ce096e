//! Flow betweenness (Freeman, Borgatti & White 1991, doi:10.1016/0378-8733(91)90017-N).

use crate::flow::{Capacity, Flow};
use crate::{Graph, Job, Result, parallel};

/// Of each actor, what the largest flows between the others lose without it, and their sum with it.
///
/// Pairs are unordered in an undirected graph and ordered in a directed one.
///
/// # Complexity
/// A flow for each pair and for each actor that it passes.
///
/// # Errors
/// [`Error::Signed`](crate::Error::Signed); [`Error::Interrupted`](crate::Error::Interrupted).
pub fn flow_betweenness(graph: &Graph, job: &Job) -> Result<(Vec<f64>, Vec<f64>)> {
    let n = graph.n();
    let template = Flow::new(graph, Capacity::Value)?;
    job.start(n as u64);
    // For each actor twice: first what is lost, then what its own flows are.
    let sums = parallel::sum(job, n, 1, 2 * n + 1, &|sources, share| {
        let (mut flow, mut less) = (template.clone(), template.clone());
        for source in sources {
            let targets = if graph.directed() { 0 } else { source + 1 }..n;
            for target in targets.filter(|target| *target != source) {
                let most = flow.most(source, target, None, job)?;
                share[2 * n] += most;
                share[n + source] += most;
                share[n + target] += most;
                for actor in (0..n).filter(|actor| *actor != source && *actor != target) {
                    // What does not pass the actor is there without it.
                    if flow.through(actor) > 0.0 {
                        share[actor] += (most - less.most(source, target, Some(actor), job)?).max(0.0);
                    }
                }
            }
            job.advance(1);
        }
        Ok(())
    })?;
    let all = (0..n).map(|actor| sums[2 * n] - sums[n + actor]).collect();
    Ok((sums[..n].to_vec(), all))
}
