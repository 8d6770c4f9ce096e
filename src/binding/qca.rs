//! Qualitative comparative analysis.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::qca;

use crate::run::run;

/// Truth tables of up to so many rows take no time.
const SMALL: usize = 64;

type Minimized<'py> = (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Vec<u32>, Vec<Vec<u32>>, bool);

/// Masks and values of prime implicants, the essential ones, the models, and whether these are all.
#[pyfunction]
pub(crate) fn qca_minimize<'py>(
    py: Python<'py>,
    table: PyReadonlyArray1<'_, u8>,
    most: usize,
    progress: bool,
) -> PyResult<Minimized<'py>> {
    let table = table.as_array().to_vec();
    // How long the search for covers takes can't be told from the size of the table.
    let cost = if table.len() <= SMALL { 0 } else { u64::MAX };
    let found = run(py, cost, progress.then_some("minimize"), |job| qca::minimize(&table, most, job))?;
    let (masks, values): (Vec<u32>, Vec<u32>) = found.primes.iter().map(|cube| (cube.mask, cube.value)).unzip();
    Ok((masks.into_pyarray(py), values.into_pyarray(py), found.essential, found.models, found.complete))
}
