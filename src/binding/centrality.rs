use numpy::{IntoPyArray, PyArray1};
use pyo3::prelude::*;
use wholenet_core::centrality::{self, Scale, Unreachable};
use wholenet_core::paths::{self, Distance};
use wholenet_core::{Direction, Graph, Job, Result};

use crate::convert::Word;
use crate::network::Network;
use crate::run::run;

type Scores<'py> = PyResult<Bound<'py, PyArray1<f64>>>;

fn scores<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    cost: impl Fn(&Graph) -> u64,
    progress: Option<&str>,
    measure: impl FnOnce(&Graph, &Job) -> Result<Vec<f64>> + Send,
) -> Scores<'py> {
    let graph = network.get().0.graph();
    Ok(run(py, cost(graph), progress, |job| measure(graph, job))?.into_pyarray(py))
}

fn linear(graph: &Graph) -> u64 {
    (graph.n() + graph.out().entries()) as u64
}

fn from_each(graph: &Graph) -> u64 {
    linear(graph) * graph.n() as u64
}

fn cost(lengths: bool, steps: fn(&Graph) -> u64) -> fn(&Graph) -> u64 {
    if lengths { paths::cost_by_length } else { steps }
}

#[pyfunction]
pub(crate) fn centrality_degree<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
    normalized: bool,
) -> Scores<'py> {
    scores(py, network, linear, None, |graph, _| Ok(centrality::degree(graph, mode.0, normalized)))
}

#[pyfunction]
pub(crate) fn centrality_strength<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
) -> Scores<'py> {
    scores(py, network, linear, None, |graph, _| Ok(centrality::strength(graph, mode.0)))
}

#[pyfunction]
pub(crate) fn centrality_closeness<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
    unreachable: Word<Unreachable>,
    distance: Option<Word<Distance>>,
    progress: bool,
) -> Scores<'py> {
    scores(py, network, cost(distance.is_some(), paths::cost), progress.then_some("closeness"), |graph, job| {
        match distance {
            None => centrality::closeness(graph, mode.0, unreachable.0, job),
            Some(distance) => centrality::closeness_by_length(graph, mode.0, unreachable.0, distance.0, job),
        }
    })
}

#[pyfunction]
pub(crate) fn centrality_harmonic<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
    normalized: bool,
    distance: Option<Word<Distance>>,
    progress: bool,
) -> Scores<'py> {
    scores(py, network, cost(distance.is_some(), paths::cost), progress.then_some("harmonic"), |graph, job| {
        match distance {
            None => centrality::harmonic(graph, mode.0, normalized, job),
            Some(distance) => centrality::harmonic_by_length(graph, mode.0, normalized, distance.0, job),
        }
    })
}

#[pyfunction]
pub(crate) fn centrality_betweenness<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    normalized: bool,
    distance: Option<Word<Distance>>,
    progress: bool,
) -> Scores<'py> {
    let cost = cost(distance.is_some(), from_each);
    scores(py, network, cost, progress.then_some("betweenness"), |graph, job| match distance {
        None => centrality::betweenness(graph, normalized, job),
        Some(distance) => centrality::betweenness_by_length(graph, distance.0, normalized, job),
    })
}

#[pyfunction]
pub(crate) fn centrality_eigenvector<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    scale: Word<Scale>,
) -> Scores<'py> {
    // Mostly some hundred iterations, but up to 100,000, which Ctrl-C must be able to stop.
    scores(py, network, |graph| 5000 * linear(graph), None, |graph, job| centrality::eigenvector(graph, scale.0, job))
}

#[pyfunction]
pub(crate) fn centrality_pagerank<'py>(py: Python<'py>, network: &Bound<'py, Network>, damping: f64) -> Scores<'py> {
    scores(py, network, |graph| 1000 * linear(graph), None, |graph, job| centrality::pagerank(graph, damping, job))
}

#[pyfunction]
pub(crate) fn centrality_local_clustering<'py>(py: Python<'py>, network: &Bound<'py, Network>) -> Scores<'py> {
    scores(py, network, |graph| 10 * linear(graph), None, centrality::local_clustering)
}
