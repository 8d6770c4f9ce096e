use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::inference::{self, Condition, RandomNetworks, Statistic};
use wholenet_core::{Job, Result, paths, random};

use crate::convert::Word;
use crate::network::Network;
use crate::run::run;

/// Elementary steps of a random network and a statistic that runs over paths.
fn cost(network: &wholenet_core::Network) -> u64 {
    let (n, graph) = (network.n() as u64, network.graph());
    100_000 + n * n + 600 * graph.ties() as u64 + paths::cost(graph)
}

fn groups(by: Option<PyReadonlyArray1<'_, u32>>) -> Vec<u32> {
    by.map_or_else(Vec::new, |by| by.as_array().to_vec())
}

#[pyfunction]
pub(crate) fn inference_statistic(
    py: Python<'_>,
    network: &Bound<'_, Network>,
    statistic: Word<Statistic>,
) -> PyResult<f64> {
    let network = &network.get().0;
    run(py, cost(network), None, |job| statistic.0.of(network, job))
}

#[pyfunction]
pub(crate) fn inference_cug<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    statistic: Word<Statistic>,
    condition: Word<Condition>,
    by: Option<PyReadonlyArray1<'py, u32>>,
    first: u64,
    count: usize,
    seed: u64,
    progress: bool,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let (network, groups) = (&network.get().0, groups(by));
    let steps = cost(network).saturating_mul(count as u64);
    let found = run(py, steps, progress.then_some("cug"), |job| {
        let networks = RandomNetworks::new(network, condition.0, &groups, job)?;
        inference::cug(&networks, statistic.0, first, count, seed, job)
    })?;
    Ok(found.into_pyarray(py))
}

#[pyfunction]
pub(crate) fn inference_random_network(
    py: Python<'_>,
    network: &Bound<'_, Network>,
    condition: Word<Condition>,
    by: Option<PyReadonlyArray1<'_, u32>>,
    draw: u64,
    seed: u64,
) -> PyResult<Network> {
    let (network, groups) = (&network.get().0, groups(by));
    let work = |job: &Job| -> Result<wholenet_core::Network> {
        let networks = RandomNetworks::new(network, condition.0, &groups, job)?;
        networks.draw(&mut random::stream(seed, draw), job)
    };
    Ok(Network(run(py, cost(network), None, work)?))
}
