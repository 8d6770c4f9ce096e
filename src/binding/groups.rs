//! Groups of actors.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::groups::{self, Between, Communities, Ideal};
use wholenet_core::{Graph, Job, Result};

use crate::convert::Word;
use crate::error::BindingError;
use crate::network::Network;
use crate::run::run;

type Sets<'py> = Vec<Bound<'py, PyArray1<u32>>>;

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
) -> PyResult<Sets<'py>> {
    sets(py, network, progress.then_some("cliques"), |graph, job| groups::cliques(graph, least, job))
}

#[pyfunction]
pub(crate) fn groups_k_plexes<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    k: usize,
    least: usize,
    progress: bool,
) -> PyResult<Sets<'py>> {
    sets(py, network, progress.then_some("k_plexes"), |graph, job| groups::k_plexes(graph, k, least, job))
}

#[pyfunction]
pub(crate) fn groups_n_clans<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    steps: u32,
    least: usize,
    progress: bool,
) -> PyResult<Sets<'py>> {
    sets(py, network, progress.then_some("n_clans"), |graph, job| groups::n_clans(graph, steps, least, job))
}

#[pyfunction]
pub(crate) fn groups_cores<'py>(py: Python<'py>, network: &Bound<'py, Network>) -> PyResult<(Vec<u32>, Sets<'py>)> {
    let network = network.get();
    let graph = network.0.graph();
    let found = run(py, cost(network), None, |job| groups::cores(graph, job))?;
    Ok(found.into_iter().map(|(k, members)| (k, members.into_pyarray(py))).unzip())
}

/// Sets of actors; how long it takes to find them can't be told from the size of the network.
fn sets<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    progress: Option<&str>,
    measure: impl FnOnce(&Graph, &Job) -> Result<Vec<Vec<u32>>> + Send,
) -> PyResult<Sets<'py>> {
    let network = network.get();
    let graph = network.0.graph();
    let found = run(py, 10 * cost(network), progress, |job| measure(graph, job))?;
    Ok(found.into_iter().map(|set| set.into_pyarray(py)).collect())
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

#[pyfunction]
pub(crate) fn groups_label_propagation<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    seed: u64,
) -> PyResult<Found<'py>> {
    let network = network.get();
    let graph = network.0.graph();
    Ok(found(py, run(py, cost(network), None, |job| groups::label_propagation(graph, seed, job))?))
}

#[pyfunction]
pub(crate) fn groups_girvan_newman<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    number: Option<usize>,
    progress: bool,
) -> PyResult<Found<'py>> {
    let network = network.get();
    let graph = network.0.graph();
    let work = graph.n() as u64 * cost(network) * graph.ties() as u64 / 100;
    let name = progress.then_some("girvan_newman");
    Ok(found(py, run(py, work, name, |job| groups::girvan_newman(graph, number, job))?))
}

type Core<'py> = (Bound<'py, PyArray1<f64>>, f64, u64, Bound<'py, PyArray1<f64>>);

/// `between` is None for the continuous ideal, else a word or a value.
#[pyfunction]
pub(crate) fn groups_core_periphery<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    between: Option<Word<Between>>,
    starts: u64,
    permutations: u64,
    seed: u64,
    progress: bool,
) -> PyResult<Core<'py>> {
    let network = &network.get().0;
    let ideal = between.map_or(Ideal::Continuous, |between| Ideal::Categorical(between.0));
    let work = (permutations + 1) * starts * 50 * (network.n() as u64).pow(2);
    let name = progress.then_some("core_periphery");
    let found = run(py, work, name, |job| groups::core_periphery(network, ideal, starts, permutations, seed, job))?;
    Ok((found.coreness.into_pyarray(py), found.fit, found.reached, found.null.into_pyarray(py)))
}
