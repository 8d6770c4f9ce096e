//! placeholder
use crate::paths::Distance;
use crate::{Graph, Job, Result};
/// x
/// # Errors
/// x
pub fn betweenness(graph: &Graph, _normalized: bool, _job: &Job) -> Result<Vec<f64>> {
    Ok(vec![0.0; graph.n()])
}
/// x
/// # Errors
/// x
pub fn betweenness_by_length(graph: &Graph, _d: Distance, _normalized: bool, _job: &Job) -> Result<Vec<f64>> {
    Ok(vec![0.0; graph.n()])
}
