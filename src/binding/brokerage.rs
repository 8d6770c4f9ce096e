use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::brokerage::{self, Criterion, Effort, ROLES, Scope};
use wholenet_core::{Direction, Graph, Job, Result};

use crate::convert::Word;
use crate::network::Network;
use crate::run::run;

type Scores<'py> = PyResult<Bound<'py, PyArray1<f64>>>;
type Measure = fn(&Graph, Scope, &Job) -> Result<Vec<f64>>;

/// Pairs of ties that meet in an actor.
fn meetings(graph: &Graph) -> u64 {
    (0..graph.n()).map(|actor| (graph.out().degree(actor) + graph.incoming().degree(actor)).pow(2) as u64).sum()
}

fn holes<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    scope: Scope,
    progress: Option<&str>,
    measure: Measure,
) -> Scores<'py> {
    let graph = network.get().0.graph();
    Ok(run(py, 2 * meetings(graph), progress, |job| measure(graph, scope, job))?.into_pyarray(py))
}

#[pyfunction]
pub(crate) fn brokerage_constraint<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    scope: Word<Scope>,
    progress: bool,
) -> Scores<'py> {
    holes(py, network, scope.0, progress.then_some("constraint"), brokerage::constraint)
}

#[pyfunction]
pub(crate) fn brokerage_effective_size<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    scope: Word<Scope>,
    progress: bool,
) -> Scores<'py> {
    holes(py, network, scope.0, progress.then_some("effective_size"), brokerage::effective_size)
}

#[pyfunction]
pub(crate) fn brokerage_efficiency<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    scope: Word<Scope>,
    progress: bool,
) -> Scores<'py> {
    holes(py, network, scope.0, progress.then_some("efficiency"), brokerage::efficiency)
}

#[pyfunction]
pub(crate) fn brokerage_hierarchy<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    scope: Word<Scope>,
    progress: bool,
) -> Scores<'py> {
    holes(py, network, scope.0, progress.then_some("hierarchy"), brokerage::hierarchy)
}

type Egos<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>);

#[pyfunction]
pub(crate) fn brokerage_ego_networks<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    mode: Word<Direction>,
    progress: bool,
) -> PyResult<Egos<'py>> {
    let graph = network.get().0.graph();
    let name = progress.then_some("ego networks");
    let egos = run(py, 10 * meetings(graph), name, |job| brokerage::ego_networks(graph, mode.0, job))?;
    Ok((
        PyArray1::from_iter(py, egos.iter().map(|ego| i64::from(ego.size))),
        PyArray1::from_iter(py, egos.iter().map(|ego| ego.ties as i64)),
        PyArray1::from_iter(py, egos.iter().map(|ego| i64::from(ego.parts))),
    ))
}

type Tables<'py> =
    (Bound<'py, PyArray2<f64>>, Bound<'py, PyArray2<f64>>, Bound<'py, PyArray2<f64>>, Bound<'py, PyArray2<f64>>);

#[pyfunction]
pub(crate) fn brokerage_roles<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    group: PyReadonlyArray1<'py, u32>,
) -> PyResult<Tables<'py>> {
    let graph = network.get().0.graph();
    let group = group.as_array().to_vec();
    let found = run(py, 10 * meetings(graph), None, |job| brokerage::roles(graph, &group, job))?;
    let (expected, deviation) = brokerage::expected_roles(&found, &group);
    let table = |cells: Vec<f64>| {
        Array2::from_shape_vec((graph.n(), ROLES), cells).expect("a row of roles per actor").into_pyarray(py)
    };
    Ok((table(found.raw), table(found.partial), table(expected), table(deviation)))
}

type Players<'py> = (Bound<'py, PyArray1<u32>>, f64, f64, Option<u64>);

/// Sets that are all looked at, each at the cost of looking at every tie: a few seconds' work.
const WORK: u64 = 10_000_000_000;
/// How much longer a tie takes where distances are measured.
const DISTANCES: u64 = 6;
/// What exchanges from further starts may take, and leaving out sets that reach too little: less than a second.
const SEARCH: u64 = 500_000_000;

#[pyfunction]
pub(crate) fn brokerage_key_players<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    size: usize,
    criterion: &str,
    steps: u32,
    progress: bool,
) -> PyResult<Players<'py>> {
    let graph = network.get().0.graph();
    let ties = (graph.n() + graph.out().entries()) as u64;
    let (criterion, each) = match criterion {
        "fragmentation" => (Criterion::Fragmentation, 4 * ties),
        "distance_fragmentation" => (Criterion::DistanceFragmentation, 8 * ties * graph.n().div_ceil(64) as u64),
        "reach" => (Criterion::Reach(steps), (graph.n() * size) as u64),
        _ => (Criterion::DistanceReach, (graph.n() * size) as u64),
    };
    // From each start every actor is tried in every place three times or so.
    let start = 3 * each * graph.n() as u64 * size as u64;
    let effort = Effort {
        sets: WORK / (each * if criterion == Criterion::DistanceFragmentation { DISTANCES } else { 1 }).max(1),
        starts: (SEARCH / start.max(1)).min(graph.n() as u64) as usize,
        words: SEARCH,
    };
    let all = each.saturating_mul((graph.n() as u64).saturating_pow(size.min(64) as u32));
    let cost = all.min(SEARCH).max(start.saturating_mul(effort.starts as u64));
    let name = progress.then_some("key_players");
    let found = run(py, cost, name, |job| brokerage::key_players(graph, size, criterion, effort, job))?;
    Ok((found.members.into_pyarray(py), found.value, found.before, found.solutions))
}

/// Fragmentation, distance-weighted fragmentation, components, the largest, and the share of pairs lost.
const LEFT: usize = 5;

#[pyfunction]
pub(crate) fn brokerage_removal<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    sets: Vec<Vec<u32>>,
    progress: bool,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let graph = network.get().0.graph();
    let sets: Vec<&[u32]> = sets.iter().map(Vec::as_slice).collect();
    let each = 8 * (graph.n() + graph.out().entries()) as u64 * graph.n().div_ceil(64) as u64;
    let name = progress.then_some("removal");
    let found = run(py, each * sets.len() as u64, name, |job| brokerage::removal(graph, &sets, job))?;
    let cells = found.iter().flat_map(|left| {
        let counts = [left.components as f64, left.largest as f64];
        [left.fragmentation, left.distance_fragmentation, counts[0], counts[1], left.lost]
    });
    let table = Array2::from_shape_vec((found.len(), LEFT), cells.collect()).expect("five numbers a set");
    Ok(table.into_pyarray(py))
}
