//! Tests on networks.

use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::Job;
use wholenet_core::inference::{self, Draws, Family, Layout, Role, Shape};

use crate::convert::Word;
use crate::error::{BindingError, format_error};
use crate::run::run;

type Numbers<'py> = Bound<'py, PyArray1<f64>>;
type Matrix<'py> = PyReadonlyArray1<'py, f64>;

/// Rows, columns, shape and groups of a matrix.
type Part<'py> = (usize, usize, Word<Shape>, PyReadonlyArray1<'py, u32>);

/// The layout of the matrices of a test.
pub(crate) struct Laid(Layout);

impl<'py> FromPyObject<'_, 'py> for Laid {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut layout = Layout::default();
        for (rows, columns, shape, groups) in object.extract::<Vec<Part<'py>>>()? {
            layout.push(rows, columns, shape.0, slice(&groups)?).map_err(BindingError)?;
        }
        Ok(Self(layout))
    }
}

fn slice<'a, T: numpy::Element>(array: &'a PyReadonlyArray1<'_, T>) -> PyResult<&'a [T]> {
    array.as_slice().map_err(|_| format_error("an array is not contiguous"))
}

fn slices<'a>(matrices: &'a [Matrix<'_>]) -> PyResult<Vec<&'a [f64]>> {
    matrices.iter().map(slice).collect()
}

/// Runs draws, each of which costs about `each` steps for each cell.
fn drawn<'py>(
    py: Python<'py>,
    layout: &Layout,
    each: usize,
    count: u64,
    progress: Option<&str>,
    work: impl FnOnce(&Job) -> wholenet_core::Result<Vec<f64>> + Send,
) -> PyResult<Numbers<'py>> {
    let cost = ((layout.cells() * each) as u64).saturating_mul(count);
    Ok(run(py, cost, progress, work)?.into_pyarray(py))
}

#[pyfunction]
pub(crate) fn inference_permuted_products<'py>(
    py: Python<'py>,
    layout: Laid,
    moving: Vec<Matrix<'py>>,
    fixed: Vec<Matrix<'py>>,
    pairs: Vec<(usize, usize)>,
    first: u64,
    count: u64,
    seed: u64,
    progress: bool,
) -> PyResult<Numbers<'py>> {
    let (moving, fixed, draws) = (slices(&moving)?, slices(&fixed)?, Draws { range: first..first + count, seed });
    let work = |job: &Job| inference::permuted_products(&layout.0, &moving, &fixed, &pairs, &draws, job);
    drawn(py, &layout.0, moving.len() + pairs.len(), count, progress.then_some("permutations"), work)
}

#[pyfunction]
pub(crate) fn inference_permuted_agreement<'py>(
    py: Python<'py>,
    layout: Laid,
    moving: Matrix<'py>,
    fixed: Matrix<'py>,
    first: u64,
    count: u64,
    seed: u64,
    progress: bool,
) -> PyResult<Numbers<'py>> {
    let (moving, fixed, draws) = (slice(&moving)?, slice(&fixed)?, Draws { range: first..first + count, seed });
    let work = |job: &Job| inference::permuted_agreement(&layout.0, moving, fixed, &draws, job);
    drawn(py, &layout.0, 4, count, progress.then_some("permutations"), work)
}

#[pyfunction]
pub(crate) fn inference_permuted_gamma<'py>(
    py: Python<'py>,
    layout: Laid,
    moving: Matrix<'py>,
    fixed: Matrix<'py>,
    levels: (usize, usize),
    first: u64,
    count: u64,
    seed: u64,
    progress: bool,
) -> PyResult<Numbers<'py>> {
    let (moving, fixed, draws) = (slice(&moving)?, slice(&fixed)?, Draws { range: first..first + count, seed });
    let work = |job: &Job| inference::permuted_gamma(&layout.0, moving, fixed, levels, &draws, job);
    drawn(py, &layout.0, 4, count, progress.then_some("permutations"), work)
}

#[pyfunction]
pub(crate) fn inference_permuted_robust<'py>(
    py: Python<'py>,
    layout: Laid,
    moving: Matrix<'py>,
    basis: Vec<Matrix<'py>>,
    targets: Vec<Matrix<'py>>,
    role: Word<Role>,
    first: u64,
    count: u64,
    seed: u64,
    progress: bool,
) -> PyResult<Numbers<'py>> {
    let (moving, basis, targets) = (slice(&moving)?, slices(&basis)?, slices(&targets)?);
    let (draws, role) = (Draws { range: first..first + count, seed }, role.0);
    let work = |job: &Job| inference::permuted_robust(&layout.0, moving, &basis, &targets, role, &draws, job);
    drawn(py, &layout.0, 4 + 2 * basis.len(), count, progress.then_some("permutations"), work)
}

/// Coefficients, their standard errors, the deviance, whether the fit came to rest, and which have no bound.
type Fit<'py> = (Numbers<'py>, Numbers<'py>, f64, bool, Vec<bool>);

#[pyfunction]
pub(crate) fn inference_glm<'py>(
    py: Python<'py>,
    layout: Laid,
    family: Word<Family>,
    outcome: Matrix<'py>,
    columns: Vec<Matrix<'py>>,
) -> PyResult<Fit<'py>> {
    let (outcome, columns) = (slice(&outcome)?, slices(&columns)?);
    let cost = (layout.0.cells() * columns.len().pow(2) * 20) as u64;
    let fit = run(py, cost, None, |job| inference::glm(&layout.0, family.0, outcome, &columns, job))?;
    Ok((fit.coefficients.into_pyarray(py), fit.errors.into_pyarray(py), fit.deviance, fit.converged, fit.unbounded))
}

#[pyfunction]
pub(crate) fn inference_permuted_glm<'py>(
    py: Python<'py>,
    layout: Laid,
    family: Word<Family>,
    moving: Matrix<'py>,
    still: Matrix<'py>,
    columns: Vec<Matrix<'py>>,
    start: Vec<f64>,
    role: Word<Role>,
    first: u64,
    count: u64,
    seed: u64,
    progress: bool,
) -> PyResult<Numbers<'py>> {
    let (moving, still, columns) = (slice(&moving)?, slice(&still)?, slices(&columns)?);
    let (draws, family, role) = (Draws { range: first..first + count, seed }, family.0, role.0);
    let work =
        |job: &Job| inference::permuted_glm(&layout.0, family, moving, still, &columns, &start, role, &draws, job);
    drawn(py, &layout.0, 20 * (columns.len() + 1).pow(2), count, progress.then_some("permutations"), work)
}
