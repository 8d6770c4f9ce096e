use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::prelude::*;
use wholenet_core::cohesion::{self, Connectivity, World};
use wholenet_core::flow::Capacity;
use wholenet_core::paths::{self, Distance};
use wholenet_core::{Direction, Graph};

use crate::convert::Word;
use crate::network::Network;
use crate::run::run;

fn linear(graph: &Graph) -> u64 {
    (graph.n() + graph.out().entries()) as u64
}

#[pyfunction]
pub(crate) fn cohesion_density(network: &Bound<'_, Network>) -> f64 {
    cohesion::density(&network.get().0)
}

#[pyfunction]
pub(crate) fn cohesion_reciprocity(py: Python<'_>, network: &Bound<'_, Network>, dyads: bool) -> PyResult<f64> {
    let network = &network.get().0;
    let measure = if dyads { cohesion::dyad_reciprocity } else { cohesion::arc_reciprocity };
    run(py, 10 * linear(network.graph()), None, |_| Ok(measure(network)))
}

#[pyfunction]
pub(crate) fn cohesion_transitivity(py: Python<'_>, network: &Bound<'_, Network>) -> PyResult<f64> {
    let graph = network.get().0.graph();
    run(py, 50 * linear(graph), None, |job| cohesion::transitivity(graph, job))
}

#[pyfunction]
pub(crate) fn cohesion_dyad_census(py: Python<'_>, network: &Bound<'_, Network>) -> PyResult<[u64; 3]> {
    let network = &network.get().0;
    let census = run(py, 10 * linear(network.graph()), None, |_| Ok(cohesion::dyad_census(network)))?;
    Ok([census.mutual, census.asymmetric, census.null])
}

#[pyfunction]
pub(crate) fn cohesion_triad_census(
    py: Python<'_>,
    network: &Bound<'_, Network>,
    progress: bool,
) -> PyResult<Vec<(&'static str, u64)>> {
    let network = &network.get().0;
    let name = progress.then_some("triad census");
    let counts = run(py, 50 * linear(network.graph()), name, |job| cohesion::triad_census(network, job))?;
    Ok(cohesion::TRIADS.into_iter().zip(counts).collect())
}

#[pyfunction]
pub(crate) fn cohesion_components<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    kind: Word<Connectivity>,
) -> PyResult<Bound<'py, PyArray1<i64>>> {
    let graph = network.get().0.graph();
    let groups = run(py, 5 * linear(graph), None, |_| Ok(cohesion::components(graph, kind.0)))?;
    Ok(PyArray1::from_iter(py, groups.into_iter().map(i64::from)))
}

#[pyfunction]
pub(crate) fn cohesion_distances<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    distance: Option<Word<Distance>>,
    progress: bool,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let graph = network.get().0.graph();
    let cost = if distance.is_some() { paths::cost_by_length(graph) } else { paths::cost(graph) };
    let matrix = run(py, cost, progress.then_some("distances"), |job| {
        let cells = match distance {
            None => cohesion::distances(graph, job),
            Some(distance) => cohesion::distances_by_length(graph, distance.0, job),
        }?;
        Ok(Array2::from_shape_vec((graph.n(), graph.n()), cells).expect("n rows of n cells"))
    })?;
    Ok(matrix.into_pyarray(py))
}

#[pyfunction]
pub(crate) fn cohesion_distance_counts<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    progress: bool,
) -> PyResult<Bound<'py, PyArray1<u64>>> {
    let graph = network.get().0.graph();
    let name = progress.then_some("distances");
    Ok(run(py, paths::cost(graph), name, |job| cohesion::distance_counts(graph, job))?.into_pyarray(py))
}

#[pyfunction]
pub(crate) fn cohesion_reach(py: Python<'_>, network: &Bound<'_, Network>, progress: bool) -> PyResult<(u64, u64)> {
    let graph = network.get().0.graph();
    let found = run(py, paths::cost(graph), progress.then_some("reach"), |job| cohesion::reach(graph, job))?;
    Ok((found.ordered, found.mutual))
}

#[pyfunction]
pub(crate) fn cohesion_least_upper_bounds(
    py: Python<'_>,
    network: &Bound<'_, Network>,
    progress: bool,
) -> PyResult<(u64, u64)> {
    let graph = network.get().0.graph();
    let cost = (graph.n() as u64).pow(3) / 32;
    run(py, cost, progress.then_some("lubness"), |job| cohesion::least_upper_bounds(graph, job))
}

type Parts<'py> = (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Vec<bool>);

#[pyfunction]
pub(crate) fn cohesion_biconnected<'py>(py: Python<'py>, network: &Bound<'py, Network>) -> PyResult<Parts<'py>> {
    let graph = network.get().0.graph();
    let found = run(py, 10 * linear(graph), None, |job| cohesion::biconnected(graph, job))?;
    let (source, target) = found.ties.into_iter().unzip::<u32, u32, Vec<u32>, Vec<u32>>();
    Ok((source.into_pyarray(py), target.into_pyarray(py), found.component.into_pyarray(py), found.cut))
}

#[pyfunction]
pub(crate) fn cohesion_centralization(
    py: Python<'_>,
    network: &Bound<'_, Network>,
    measure: &str,
    mode: Word<Direction>,
    progress: bool,
) -> PyResult<f64> {
    let graph = network.get().0.graph();
    let cost = linear(graph) * if measure == "betweenness" { graph.n() as u64 } else { 1 };
    run(py, cost.max(paths::cost(graph)), progress.then_some("centralization"), |job| {
        cohesion::centralization_of(graph, measure, mode.0, job)
    })
}

#[pyfunction]
pub(crate) fn cohesion_edge_connectivity<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    capacity: Word<Capacity>,
    progress: bool,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let graph = network.get().0.graph();
    let n = graph.n() as u64;
    let cost = linear(graph) * n * if graph.directed() { n } else { 10 };
    let matrix = run(py, cost, progress.then_some("edge connectivity"), |job| {
        let cells = cohesion::edge_connectivity(graph, capacity.0, job)?;
        Ok(Array2::from_shape_vec((graph.n(), graph.n()), cells).expect("n rows of n cells"))
    })?;
    Ok(matrix.into_pyarray(py))
}

type Critical<'py> = (
    (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>),
    Bound<'py, PyArray1<u64>>,
    Bound<'py, PyArray1<u64>>,
    Bound<'py, PyArray1<u64>>,
    Bound<'py, PyArray1<u64>>,
);

#[pyfunction]
pub(crate) fn cohesion_critical_ties<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    progress: bool,
) -> PyResult<Critical<'py>> {
    let graph = network.get().0.graph();
    let cost = 10 * linear(graph) * (graph.n() as u64).pow(2);
    let found = run(py, cost, progress.then_some("critical ties"), |job| cohesion::critical_ties(graph, job))?;
    Ok((
        (found.ties.0.into_pyarray(py), found.ties.1.into_pyarray(py)),
        found.connectivity.into_pyarray(py),
        found.disconnected.into_pyarray(py),
        found.weakened.into_pyarray(py),
        found.sets.into_pyarray(py),
    ))
}

type Worlds = (f64, f64);

#[pyfunction]
pub(crate) fn cohesion_small_world(
    py: Python<'_>,
    network: &Bound<'_, Network>,
    draws: u32,
    swaps: u32,
    seed: u64,
    progress: bool,
) -> PyResult<(Worlds, Vec<Worlds>, Vec<Worlds>)> {
    let graph = network.get().0.graph();
    let cost = u64::from(2 * draws + 1) * (paths::cost(graph) + 50 * linear(graph) * u64::from(swaps));
    let name = progress.then_some("small_world");
    let (own, random, lattice) = run(py, cost, name, |job| cohesion::small_world(graph, draws, swaps, seed, job))?;
    let pair = |world: World| (world.clustering, world.distance);
    let pairs = |worlds: Vec<World>| worlds.into_iter().map(pair).collect();
    Ok((pair(own), pairs(random), pairs(lattice)))
}

#[pyfunction]
pub(crate) fn cohesion_diameter(py: Python<'_>, network: &Bound<'_, Network>, progress: bool) -> PyResult<u32> {
    let graph = network.get().0.graph();
    run(py, paths::cost(graph), progress.then_some("diameter"), |job| cohesion::diameter(graph, job))
}
