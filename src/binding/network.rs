use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use wholenet_core::{self as core, Labels, Saved};

use crate::convert::Word;
use crate::error::BindingError;
use crate::run::run;

#[pyclass(frozen, module = "wholenet._core", name = "Network")]
pub(crate) struct Network(pub(crate) core::Network);

type Ties<'py> = (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Option<Bound<'py, PyArray1<f64>>>);

type Unobserved<'py> = (Bound<'py, PyArray1<bool>>, Bound<'py, PyArray1<bool>>, Vec<(u32, u32)>);

#[pymethods]
impl Network {
    #[getter]
    fn n_actors(&self) -> usize {
        self.0.n()
    }

    #[getter]
    fn n_ties(&self) -> usize {
        self.0.graph().ties()
    }

    #[getter]
    fn directed(&self) -> bool {
        self.0.graph().directed()
    }

    #[getter]
    fn first_mode(&self) -> Option<usize> {
        self.0.first_mode()
    }

    #[getter]
    fn valued(&self) -> bool {
        self.0.graph().is_valued()
    }

    #[getter]
    fn signed(&self) -> bool {
        self.0.graph().is_signed()
    }

    #[getter]
    fn observed_dyads(&self) -> u64 {
        self.0.observed_dyads()
    }

    #[getter]
    fn n_unobserved(&self) -> u64 {
        self.0.unobserved_dyads()
    }

    #[getter]
    fn one_report_dyads(&self) -> u64 {
        self.0.one_report_dyads()
    }

    #[getter]
    fn fingerprint(&self) -> PyResult<u64> {
        Ok(self.0.fingerprint().map_err(BindingError)?)
    }

    fn equals(&self, other: &Bound<'_, Self>) -> bool {
        self.0 == other.get().0
    }

    fn labels<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        listed(py, self.0.labels())
    }

    fn ties<'py>(&self, py: Python<'py>) -> Ties<'py> {
        let (source, target, value) = self.0.graph().list();
        (source.into_pyarray(py), target.into_pyarray(py), value.map(|value| value.into_pyarray(py)))
    }

    fn loops<'py>(&self, py: Python<'py>) -> (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<f64>>) {
        let (actors, values): (Vec<u32>, Vec<f64>) = self.0.graph().loops().iter().copied().unzip();
        (actors.into_pyarray(py), values.into_pyarray(py))
    }

    fn unobserved<'py>(&self, py: Python<'py>) -> Unobserved<'py> {
        let (n, missing) = (self.0.n(), self.0.missing());
        let asked = self.0.first_mode().unwrap_or(n);
        (
            PyArray1::from_iter(py, (0..n).map(|actor| actor < asked && missing.sender(actor))),
            PyArray1::from_iter(py, (0..n).map(|actor| missing.receiver(actor))),
            missing.cells().to_vec(),
        )
    }

    fn dense<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let n = self.0.n();
        let matrix = run(py, (n * n) as u64, None, |_| {
            Ok(Array2::from_shape_vec((n, n), self.0.dense()?).expect("n rows of n cells"))
        })?;
        Ok(matrix.into_pyarray(py))
    }

    fn subset(&self, actors: Vec<u32>) -> PyResult<Self> {
        Ok(Self(self.0.subset(&actors).map_err(BindingError)?))
    }

    fn reverse(&self) -> Self {
        Self(self.0.reverse())
    }

    fn unvalued(&self) -> Self {
        Self(self.0.dichotomize(|_| true))
    }

    fn above(&self, cut: f64, inclusive: bool) -> Self {
        Self(self.0.dichotomize(|value| if inclusive { value >= cut } else { value > cut }))
    }

    fn symmetrize(&self, rule: Word<core::Symmetrize>, one_report: Option<Word<core::OneReport>>) -> PyResult<Self> {
        Ok(Self(self.0.symmetrize(rule.0, one_report.map(|word| word.0)).map_err(BindingError)?))
    }

    fn modes(&self, second: Vec<bool>) -> PyResult<Self> {
        Ok(Self(self.0.modes(&second).map_err(BindingError)?))
    }

    fn project(
        &self,
        py: Python<'_>,
        second: bool,
        rule: Word<core::Projection>,
        incomplete: Option<Word<core::Incomplete>>,
    ) -> PyResult<Self> {
        let cost = self.0.projection_cost();
        Ok(Self(run(py, cost, None, |job| self.0.project(second, rule.0, incomplete.map(|word| word.0), job))?))
    }

    fn collapse(&self, group: Vec<u32>, labels: Vec<String>) -> PyResult<Self> {
        Ok(Self(self.0.collapse(&group, Labels::text(labels)).map_err(BindingError)?))
    }

    fn to_bytes<'py>(
        &self,
        py: Python<'py>,
        recipe: Vec<String>,
        attributes: Vec<u8>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let saved = Saved { network: self.0.clone(), recipe, attributes };
        Ok(PyBytes::new(py, &saved.to_bytes().map_err(BindingError)?))
    }

    #[staticmethod]
    fn from_bytes<'py>(py: Python<'py>, content: &[u8]) -> PyResult<(Self, Vec<String>, Bound<'py, PyBytes>)> {
        let saved = Saved::from_bytes(content).map_err(BindingError)?;
        Ok((Self(saved.network), saved.recipe, PyBytes::new(py, &saved.attributes)))
    }
}

/// Labels as Python has them: an array of integers, or a list of text.
pub(crate) fn listed<'py>(py: Python<'py>, labels: &Labels) -> PyResult<Bound<'py, PyAny>> {
    match labels {
        Labels::Integer(values) => Ok(PyArray1::from_slice(py, values).into_any()),
        Labels::Text { offsets, bytes } => {
            let text =
                offsets.windows(2).map(|ends| String::from_utf8_lossy(&bytes[ends[0] as usize..ends[1] as usize]));
            Ok(PyList::new(py, text.collect::<Vec<_>>())?.into_any())
        }
    }
}
