//! Edge connectivity: how many ties must go before one actor no longer reaches another.

use crate::flow::{Capacity, Flow, tree};
use crate::{Error, Graph, Job, Result, parallel};

/// The largest flow between all pairs, row by row; `NaN` on the diagonal.
///
/// # Complexity
/// n − 1 flows of an undirected graph, n(n − 1) of a directed one, of O(m·√m) each at worst with unit capacities;
/// 8n² bytes.
///
/// # Errors
/// [`Error::TooManyActors`] above 2³² cells; [`Error::Signed`]; [`Error::Interrupted`].
pub fn edge_connectivity(graph: &Graph, capacity: Capacity, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    if n > 1 << 16 {
        return Err(Error::TooManyActors { found: n as u64 });
    }
    let mut flows =
        if graph.directed() { directed(graph, capacity, job)? } else { tree(graph, capacity, job)?.matrix() };
    (0..n).for_each(|i| flows[i * (n + 1)] = f64::NAN);
    Ok(flows)
}

fn directed(graph: &Graph, capacity: Capacity, job: &Job) -> Result<Vec<f64>> {
    let n = graph.n();
    let template = Flow::new(graph, capacity)?;
    let mut flows = vec![f64::NAN; n * n];
    job.start(n as u64);
    parallel::fill(job, &mut flows, n, &|first, row| {
        let (source, mut flow) = (first / n, template.clone());
        for (target, most) in row.iter_mut().enumerate().filter(|(target, _)| *target != source) {
            *most = flow.most(source, target, None, job)?;
        }
        job.advance(1);
        Ok(())
    })?;
    Ok(flows)
}
