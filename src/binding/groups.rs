//! Groups of actors.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::groups::{self, Communities};

use crate::error::BindingError;
use crate::network::Network;
use crate::run::run;

type Found<'py> = (Bound<'py, PyArray1<u32>>, f64);

/// Work that community detection comes to, roughly.
fn cost(network: &Network) -> u64 {
    let graph = network.0.graph();
    100 * (graph.n() + graph.out().entries()) as u64
}

fn found(py: Python<'_>, communities: Communities) -> Found<'_> {
    (communities.membership.into_pyarray(py), communities.modularity)
}

#[pyfunction]
pub(crate) fn groups_cliques<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    least: usize,
    progress: bool,
) -> PyResult<Vec<Bound<'py, PyArray1<u32>>>> {
    let network = network.get();
    let graph = network.0.graph();
    // How long it takes can't be told from the size.
    let found = run(py, 10 * cost(network), progress.then_some("cliques"), |job| groups::cliques(graph, least, job))?;
    Ok(found.into_iter().map(|clique| clique.into_pyarray(py)).collect())
}

#[pyfunction]
pub(crate) fn groups_modularity(
    network: &Bound<'_, Network>,
    group: PyReadonlyArray1<'_, u32>,
    resolution: f64,
) -> PyResult<f64> {
    let group = group.as_array().to_vec();
    Ok(groups::modularity(network.get().0.graph(), &group, resolution).map_err(BindingError)?)
}

#[pyfunction]
pub(crate) fn groups_louvain<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    resolution: f64,
    seed: u64,
) -> PyResult<Found<'py>> {
    let network = network.get();
    let graph = network.0.graph();
    Ok(found(py, run(py, cost(network), None, |job| groups::louvain(graph, resolution, seed, job))?))
}

#[pyfunction]
pub(crate) fn groups_leiden<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    resolution: f64,
    rounds: u32,
    seed: u64,
) -> PyResult<Found<'py>> {
    let network = network.get();
    let graph = network.0.graph();
    Ok(found(py, run(py, cost(network), None, |job| groups::leiden(graph, resolution, rounds, seed, job))?))
}
