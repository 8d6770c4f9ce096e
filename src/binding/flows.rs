use numpy::{IntoPyArray, PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use wholenet_core::flows::{self, Builder, Events};
use wholenet_core::intern;

use crate::convert::Word;
use crate::ingest::Source;
use crate::network::listed;
use crate::run::run;

/// Elementary steps that an event comes to.
const STEPS: u64 = 60;

/// The code of each row, how many labels there are, and these unless they are to stay unknown.
type Codes<'py> = (Bound<'py, PyArray1<u32>>, usize, Bound<'py, PyAny>);

#[pyfunction]
pub(crate) fn flows_codes<'py>(
    py: Python<'py>,
    column: &Bound<'py, PyAny>,
    name: &str,
    labelled: bool,
) -> PyResult<Codes<'py>> {
    let source = Source::new(column)?;
    let column = source.column(name)?;
    let (labels, mut codes) =
        run(py, column.len() as u64 * STEPS, None, |job| intern(std::slice::from_ref(&column), job))?;
    let shown = if labelled { listed(py, &labels)? } else { py.None().into_bound(py) };
    Ok((codes.remove(0).into_pyarray(py), labels.len(), shown))
}

#[pyfunction]
pub(crate) fn flows_order<'py>(
    py: Python<'py>,
    clients: PyReadonlyArray1<'py, u32>,
    count: usize,
    start: PyReadonlyArray1<'py, i64>,
    end: PyReadonlyArray1<'py, i64>,
    rest: PyReadonlyArray1<'py, i64>,
) -> PyResult<Bound<'py, PyArray1<u32>>> {
    let clients = clients.as_slice()?;
    let keys = [start.as_slice()?, end.as_slice()?, rest.as_slice()?];
    let cost = clients.len() as u64 * STEPS;
    Ok(run(py, cost, None, |job| flows::order(clients, count, &keys, job))?.into_pyarray(py))
}

type Found<'py> =
    (Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u32>>, Bound<'py, PyArray1<u64>>, Bound<'py, PyArray1<u64>>);

#[pyfunction]
pub(crate) fn flows_handovers<'py>(
    py: Python<'py>,
    client: PyReadonlyArray1<'py, u32>,
    day: PyReadonlyArray1<'py, i64>,
    organisation: PyReadonlyArray1<'py, u32>,
    builder: Word<Builder>,
    window: i64,
    progress: bool,
) -> PyResult<Found<'py>> {
    let events = Events { client: client.as_slice()?, day: day.as_slice()?, organisation: organisation.as_slice()? };
    let cost = events.client.len() as u64 * STEPS;
    let bar = progress.then_some("handovers");
    let found = run(py, cost, bar, |job| flows::handovers(events, builder.0, window, job))?;
    Ok((
        found.source.into_pyarray(py),
        found.target.into_pyarray(py),
        found.clients.into_pyarray(py),
        found.times.into_pyarray(py),
    ))
}

type Counts<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>);

#[pyfunction]
pub(crate) fn flows_crossed<'py>(
    py: Python<'py>,
    client: PyReadonlyArray1<'py, u32>,
    cell: PyReadonlyArray1<'py, i64>,
    cells: usize,
) -> PyResult<Counts<'py>> {
    let (client, cell) = (client.as_slice()?, cell.as_slice()?);
    let cost = client.len() as u64 + cells as u64;
    let (events, clients) = run(py, cost, None, |job| flows::crossed(client, cell, cells, job))?;
    Ok((events.into_pyarray(py), clients.into_pyarray(py)))
}
