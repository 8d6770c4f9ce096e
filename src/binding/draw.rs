use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray2};
use pyo3::prelude::*;
use wholenet_core::draw;

use crate::network::Network;
use crate::run::run;

#[pyfunction]
pub(crate) fn draw_stress<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    seed: u64,
    progress: bool,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let graph = network.get().0.graph();
    let n = graph.n();
    let positions = run(py, draw::cost(graph), progress.then_some("layout"), |job| draw::stress(graph, seed, job))?;
    let coordinates = positions.into_iter().flatten().collect();
    Ok(Array2::from_shape_vec((n, 2), coordinates).expect("n rows of two").into_pyarray(py))
}
