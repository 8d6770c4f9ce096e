use numpy::PyArray1;
use pyo3::prelude::*;
use wholenet_core::change::{self, Fate};

use crate::network::Network;
use crate::run::run;

#[pyfunction]
pub(crate) fn change_tie_change(
    py: Python<'_>,
    before: &Bound<'_, Network>,
    after: &Bound<'_, Network>,
) -> PyResult<[u64; 4]> {
    let (before, after) = (&before.get().0, &after.get().0);
    let cost = (before.n() * before.n() + before.graph().out().entries()) as u64;
    let change = run(py, cost, None, |_| change::tie_change(before, after))?;
    Ok([change.kept, change.dissolved, change.new, change.never])
}

type Fates<'py> = (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Vec<&'static str>);

#[pyfunction]
pub(crate) fn change_tie_fates<'py>(
    py: Python<'py>,
    before: &Bound<'py, Network>,
    after: &Bound<'py, Network>,
) -> PyResult<Fates<'py>> {
    let (before, after) = (&before.get().0, &after.get().0);
    let cost = (before.graph().out().entries() + after.graph().out().entries()) as u64;
    let fates = run(py, cost, None, |_| change::tie_fates(before, after))?;
    let word = |fate: &Fate| match fate {
        Fate::Kept => "kept",
        Fate::Dissolved => "dissolved",
        Fate::New => "new",
    };
    Ok((
        PyArray1::from_iter(py, fates.iter().map(|(source, _, _)| *source)),
        PyArray1::from_iter(py, fates.iter().map(|(_, target, _)| *target)),
        fates.iter().map(|(_, _, fate)| word(fate)).collect(),
    ))
}
