use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::mixing;

use crate::network::Network;
use crate::run::run;

type Blocks<'py> = (usize, Bound<'py, PyArray1<f64>>, Bound<'py, PyArray1<u64>>);

#[pyfunction]
pub(crate) fn mixing_sector_density<'py>(
    py: Python<'py>,
    network: &Bound<'py, Network>,
    group: PyReadonlyArray1<'py, u32>,
) -> PyResult<Blocks<'py>> {
    let network = &network.get().0;
    let group = group.as_array().to_vec();
    let blocks = run(py, network.graph().out().entries() as u64, None, |_| mixing::sector_density(network, &group))?;
    Ok((blocks.groups, blocks.ties.into_pyarray(py), blocks.dyads.into_pyarray(py)))
}
