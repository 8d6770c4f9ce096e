use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::prelude::*;
use wholenet_core::centrality::{self, Effort, Scale, Unreachable, Variant};
use wholenet_core::paths::{self, Distance, Total};
use wholenet_core::{Direction, Graph, Job, Result};

use crate::convert::Word;
use crate::network::Network;
use crate::run::run;

type Scores<'py> = PyResult<Bound<'py, PyArray1<f64>>>;
type Pair<'py> = (Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<f64>>);

fn pair(py: Python<'_>, found: PyResult<(Vec<f64>, Vec<f64>)>) -> PyResult<Pair<'_>> {
    found.map(|(first, second)| (first.into_pyarray(py), second.into_pyarray(py)))
}

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

/// The distances of each actor in sums, for the measures that read nothing else.
#[pyclass(frozen, module = "wholenet._core")]
pub(crate) struct Totals(Vec<Total>);

#[pyfunction]
pub(crate) fn paths_totals(
    py: Python<'_>,
    network: &Bound<'_, Network>,
    mode: Word<Direction>,
    distance: Option<Word<Distance>>,
    progress: bool,
) -> PyResult<Totals> {
    let graph = network.get().0.graph();
    let cost = cost(distance.is_some(), paths::cost)(graph);
    Ok(Totals(run(py, cost, progress.then_some("distances"), |job| match distance {
        None => paths::totals(graph, mode.0, None, job),
        Some(distance) => paths::totals_by_length(graph, mode.0, distance.0, job),
    })?))
}

#[pyfunction]
pub(crate) fn centrality_closeness<'py>(
    py: Python<'py>,
    totals: &Bound<'py, Totals>,
    unreachable: Word<Unreachable>,
) -> Bound<'py, PyArray1<f64>> {
    centrality::closeness(&totals.get().0, unreachable.0).into_pyarray(py)
}

#[pyfunction]
pub(crate) fn centrality_harmonic<'py>(
    py: Python<'py>,
    totals: &Bound<'py, Totals>,
    normalized: bool,
) -> Bound<'py, PyArray1<f64>> {
    centrality::harmonic(&totals.get().0, normalized).into_pyarray(py)
}

#[pyfunction]
pub(crate) fn centrality_eccentricity<'py>(py: Python<'py>, totals: &Bound<'py, Totals>) -> Bound<'py, PyArray1<f64>> {
    centrality::eccentricity(&totals.get().0).into_pyarray(py)
}

#[pyfunction]
pub(crate) fn centrality_valente_forman<'py>(
    py: Python<'py>,
    totals: &Bound<'py, Totals>,
) -> Bound<'py, PyArray1<f64>> {
    centrality::valente_forman(&totals.get().0).into_pyarray(py)
}

#[pyfunction]
pub(crate) fn centrality_reach<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    steps: u32,
    mode: Word<Direction>,
    progress: bool,
) -> Scores<'py> {
    scores(py, network, paths::cost, progress.then_some("reach"), |graph, job| {
        centrality::reach(graph, mode.0, steps, job)
    })
}

#[pyfunction]
pub(crate) fn centrality_stress<'py>(py: Python<'py>, network: &Bound<'py, Network>, progress: bool) -> Scores<'py> {
    scores(py, network, from_each, progress.then_some("stress"), centrality::stress)
}

#[pyfunction]
pub(crate) fn centrality_load<'py>(py: Python<'py>, network: &Bound<'py, Network>, progress: bool) -> Scores<'py> {
    scores(py, network, from_each, progress.then_some("load"), centrality::load)
}

#[pyfunction]
pub(crate) fn centrality_edge_betweenness<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    progress: bool,
) -> Scores<'py> {
    scores(py, network, from_each, progress.then_some("edge betweenness"), centrality::edge_betweenness)
}

#[pyfunction]
pub(crate) fn centrality_flow_betweenness<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    progress: bool,
) -> PyResult<Pair<'py>> {
    let graph = network.get().0.graph();
    let cost = from_each(graph) * graph.n() as u64;
    let name = progress.then_some("flow betweenness");
    pair(py, run(py, cost, name, |job| centrality::flow_betweenness(graph, job)))
}

#[pyfunction]
pub(crate) fn centrality_hits<'py>(py: Python<'py>, network: &Bound<'py, Network>) -> PyResult<Pair<'py>> {
    let graph = network.get().0.graph();
    pair(py, run(py, 5000 * linear(graph), None, |job| centrality::hits(graph, job)))
}

#[pyfunction]
pub(crate) fn centrality_katz<'py>(py: Python<'py>, network: &Bound<'py, Network>, alpha: f64) -> Scores<'py> {
    scores(py, network, |graph| 5000 * linear(graph), None, |graph, job| centrality::katz(graph, alpha, job))
}

#[pyfunction]
pub(crate) fn centrality_coreness<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
) -> PyResult<Bound<'py, PyArray1<i64>>> {
    let graph = network.get().0.graph();
    let cores = run(py, 10 * linear(graph), None, |job| centrality::coreness(graph, mode.0, job))?;
    Ok(PyArray1::from_iter(py, cores.into_iter().map(i64::from)))
}

#[pyfunction]
pub(crate) fn centrality_average_neighbour_degree<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
) -> Scores<'py> {
    scores(
        py,
        network,
        |graph| 5 * linear(graph),
        None,
        |graph, _| Ok(centrality::average_neighbour_degree(graph, mode.0)),
    )
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
pub(crate) fn centrality_local_clustering<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    variant: Option<Word<Variant>>,
) -> Scores<'py> {
    scores(
        py,
        network,
        |graph| 10 * linear(graph),
        None,
        |graph, job| match variant {
            None => centrality::local_clustering(graph, job),
            Some(variant) => centrality::valued_clustering(graph, variant.0, job),
        },
    )
}

type Numbers<'py> = Bound<'py, PyArray1<f64>>;
type Sampled<'py> = (Numbers<'py>, Numbers<'py>, Numbers<'py>, u64);

#[pyfunction]
pub(crate) fn centrality_betweenness_sampled<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    samples: Option<u64>,
    epsilon: Option<f64>,
    delta: f64,
    seed: u64,
    progress: bool,
) -> PyResult<Sampled<'py>> {
    let graph = network.get().0.graph();
    let effort = epsilon.map_or(Effort::Samples(samples.unwrap_or(0)), Effort::Epsilon);
    let cost = linear(graph) * samples.unwrap_or(1 << 16);
    let name = progress.then_some("betweenness");
    let found = run(py, cost, name, |job| centrality::betweenness_sampled(graph, effort, delta, seed, job))?;
    let (lower, upper) = (found.lower.into_pyarray(py), found.upper.into_pyarray(py));
    Ok((found.share.into_pyarray(py), lower, upper, found.samples))
}

type Tables<'py> = (Bound<'py, PyArray2<f64>>, Bound<'py, PyArray2<f64>>);

/// Sums over sources drawn with replacement: by actor (distance, its square, 1 ÷ distance, its square), and by source
/// (who it is, the sum of its distances, the farthest).
#[pyfunction]
pub(crate) fn paths_moments<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
    samples: usize,
    seed: u64,
    progress: bool,
) -> PyResult<Tables<'py>> {
    let graph = network.get().0.graph();
    let cost = linear(graph) * (samples as u64).div_ceil(16);
    let (actors, sources) = run(py, cost, progress.then_some("distances"), |job| {
        let sources = paths::drawn(graph.n(), samples, seed);
        let (actors, own) = paths::moments(graph, mode.0, &sources, job)?;
        Ok((actors, sources.into_iter().zip(own).collect::<Vec<_>>()))
    })?;
    let rows = actors.iter().flat_map(|row| [row.sum, row.squares, row.inverse, row.inverse_squares]).collect();
    let own = sources.iter().flat_map(|&(source, (sum, longest))| [f64::from(source), sum, longest]).collect();
    let table = |rows, width, cells| Array2::from_shape_vec((rows, width), cells).expect("rows of this width");
    Ok((table(actors.len(), 4, rows).into_pyarray(py), table(sources.len(), 3, own).into_pyarray(py)))
}
