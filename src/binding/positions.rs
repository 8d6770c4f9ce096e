use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2, PyReadonlyArray2};
use pyo3::prelude::*;
use wholenet_core::Direction;
use wholenet_core::positions::{self, BlockType, Comparison, Linkage};

use crate::convert::Word;
use crate::network::Network;
use crate::run::run;

type Matrix<'py> = PyResult<Bound<'py, PyArray2<f64>>>;

fn cubed(n: usize) -> u64 {
    (n as u64).pow(3)
}

fn square(py: Python<'_>, n: usize, cells: Vec<f64>) -> Bound<'_, PyArray2<f64>> {
    Array2::from_shape_vec((n, n), cells).expect("n rows of n cells").into_pyarray(py)
}

#[pyfunction]
pub(crate) fn positions_structural_equivalence<'py>(
    py: Python<'py>,
    relations: Vec<Bound<'py, Network>>,
    mode: Word<Direction>,
    kind: Word<Comparison>,
    progress: bool,
) -> Matrix<'py> {
    let relations: Vec<_> = relations.iter().map(|network| &network.get().0).collect();
    let n = relations.first().map_or(0, |network| network.n());
    let name = progress.then_some("structural_equivalence");
    let cells = run(py, 2 * cubed(n), name, |job| positions::structural_equivalence(&relations, mode.0, kind.0, job))?;
    Ok(square(py, n, cells))
}

#[pyfunction]
pub(crate) fn positions_regular_equivalence<'py>(
    py: Python<'py>,
    relations: Vec<Bound<'py, Network>>,
    iterations: u32,
    progress: bool,
) -> Matrix<'py> {
    let relations: Vec<_> = relations.iter().map(|network| &network.get().0).collect();
    let n = relations.first().map_or(0, |network| network.n());
    let entries: usize = relations.iter().map(|network| network.graph().out().entries()).sum();
    let cost = u64::from(iterations) * 4 * (entries as u64).pow(2);
    let name = progress.then_some("regular_equivalence");
    let cells = run(py, cost, name, |job| positions::regular_equivalence(&relations, iterations, job))?;
    Ok(square(py, n, cells))
}

#[pyfunction]
pub(crate) fn positions_concor(
    py: Python<'_>,
    correlations: PyReadonlyArray2<'_, f64>,
    depth: usize,
) -> PyResult<Vec<Vec<u32>>> {
    let (n, cells): (usize, Vec<f64>) =
        (correlations.as_array().nrows(), correlations.as_array().iter().copied().collect());
    run(py, 20 * cubed(n), None, |job| positions::concor(&cells, n, depth, job))
}

#[pyfunction]
pub(crate) fn positions_hierarchy<'py>(
    py: Python<'py>,
    distances: PyReadonlyArray2<'py, f64>,
    method: Word<Linkage>,
) -> Matrix<'py> {
    let (n, cells): (usize, Vec<f64>) = (distances.as_array().nrows(), distances.as_array().iter().copied().collect());
    let steps = run(py, (n * n) as u64, None, |_| positions::hierarchy(&cells, n, method.0))?;
    let rows = steps.len();
    Ok(Array2::from_shape_vec((rows, 4), steps.concat()).expect("four columns").into_pyarray(py))
}

type Found<'py> = (Bound<'py, PyArray1<u32>>, u64, Vec<&'static str>, u64, u64);

#[pyfunction]
pub(crate) fn positions_blockmodel<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    blocks: usize,
    types: Vec<Word<BlockType>>,
    starts: u64,
    seed: u64,
    progress: bool,
) -> PyResult<Found<'py>> {
    let network = &network.get().0;
    let types: Vec<BlockType> = types.into_iter().map(|word| word.0).collect();
    let cost = cubed(network.n()) * starts * 10;
    let name = progress.then_some("blockmodel");
    let found = run(py, cost, name, |job| positions::blockmodel(network, blocks, &types, starts, seed, job))?;
    let word = |kind: &BlockType| match kind {
        BlockType::Null => "null",
        BlockType::Complete => "complete",
        BlockType::Regular => "regular",
    };
    let image = found.image.iter().map(word).collect();
    Ok((found.membership.into_pyarray(py), found.errors, image, found.reached, found.solutions))
}
