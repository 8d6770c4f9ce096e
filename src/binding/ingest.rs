use std::collections::HashMap;

use numpy::PyReadonlyArray1;
use pyo3::prelude::*;
use wholenet_core::{
    self as core, Built, Chunk, Column, Duplicates, Index, Integers, Job, Labels, Loops, Result, Rules, Ties, Unknown,
    Values,
};

use crate::arrow::Imported;
use crate::convert::Word;
use crate::error::BindingError;
use crate::network::Network;
use crate::run::run;

/// Elementary steps that a row of ties comes to.
const STEPS: u64 = 60;

type Made = (Network, HashMap<&'static str, u64>);

/// A column of labels as Python has it.
pub(crate) enum Source<'py> {
    Arrow(Imported),
    Numbers(PyReadonlyArray1<'py, i64>),
}

impl<'py> Source<'py> {
    pub(crate) fn new(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        match object.extract() {
            Ok(numbers) => Ok(Self::Numbers(numbers)),
            Err(_) => Imported::new(object).map(Self::Arrow),
        }
    }

    pub(crate) fn column(&self, name: &str) -> PyResult<Column<'_>> {
        match self {
            Self::Arrow(imported) => imported.column(name),
            Self::Numbers(numbers) => {
                let values = Values::Integer(Integers::I64(numbers.as_slice()?));
                Ok(Column::new(name, vec![Chunk { values, validity: None }]).map_err(BindingError)?)
            }
        }
    }
}

/// Everything coded: labels, ends of the ties, who did not answer; and what that took.
struct Coded {
    labels: Labels,
    source: Vec<u32>,
    target: Vec<u32>,
    silent: Option<Vec<bool>>,
    added: u64,
    unknown: u64,
}

#[pyfunction]
#[pyo3(signature = (source, target, value, actors, respondents, *, directed, loops, duplicates, unknown, signed, rows=None))]
pub(crate) fn network_from_edges<'py>(
    py: Python<'py>,
    source: &Bound<'py, PyAny>,
    target: &Bound<'py, PyAny>,
    value: Option<PyReadonlyArray1<'py, f64>>,
    actors: Option<&Bound<'py, PyAny>>,
    respondents: Option<&Bound<'py, PyAny>>,
    directed: bool,
    loops: Word<Loops>,
    duplicates: Word<Duplicates>,
    unknown: Word<Unknown>,
    signed: bool,
    rows: Option<PyReadonlyArray1<'py, i64>>,
) -> PyResult<Made> {
    let sources = (Source::new(source)?, Source::new(target)?);
    let actors = actors.map(Source::new).transpose()?;
    let respondents = respondents.map(Source::new).transpose()?;
    let ties = [sources.0.column("source")?, sources.1.column("target")?];
    let actors = actors.as_ref().map(|column| column.column("actor")).transpose()?;
    let respondents = respondents.as_ref().map(|column| column.column("respondents")).transpose()?;
    let values = value.as_ref().map(|value| value.as_slice()).transpose()?;
    let rows = rows.as_ref().map(|rows| rows.as_slice()).transpose()?;
    let listed = ties[0].len();
    check_lengths(&ties, values)?;
    let rules = Rules { directed, loops: loops.0, duplicates: duplicates.0, signed };
    run(py, listed as u64 * STEPS, None, |job| {
        let made = coded(&ties, actors.as_ref(), respondents.as_ref(), unknown.0, job)
            .and_then(|coded| built(coded, values, rules, job));
        made.map_err(|error| rows.map_or(error.clone(), |rows| error.renumbered(rows)))
    })
    .map(|(built, counts)| made(built, counts, listed))
}

fn check_lengths(ties: &[Column<'_>; 2], values: Option<&[f64]>) -> PyResult<()> {
    let (listed, other) = (ties[0].len(), ties[1].len());
    if listed == other && values.is_none_or(|values| values.len() == listed) {
        return Ok(());
    }
    let values = values.map_or(String::new(), |values| format!(" and {} values", values.len()));
    let found = format!("of different lengths: {listed} senders, {other} receivers{values}");
    Err(BindingError(core::Error::Argument { argument: "ties", expected: "columns of one length", found }).into())
}

fn coded(
    ties: &[Column<'_>; 2],
    actors: Option<&Column<'_>>,
    respondents: Option<&Column<'_>>,
    unknown: Unknown,
    job: &Job,
) -> Result<Coded> {
    let silent = |n: usize, answered: &[u32]| {
        let mut silent = vec![true; n];
        answered.iter().for_each(|actor| silent[*actor as usize] = false);
        silent
    };
    let Some(actors) = actors else {
        let columns: Vec<Column<'_>> = ties.iter().chain(respondents).cloned().collect();
        let (labels, codes) = core::intern(&columns, job)?;
        let mut codes = codes.into_iter();
        let (source, target) = (codes.next().unwrap_or_default(), codes.next().unwrap_or_default());
        let silent = codes.next().map(|answered| silent(labels.len(), &answered));
        return Ok(Coded { labels, source, target, silent, added: 0, unknown: 0 });
    };
    let (sorted, order) = core::intern(std::slice::from_ref(actors), job)?;
    let mut labels = sorted.take(&order[0]);
    let index = Index::new(&labels, job)?;
    let found = index.look_up(ties, unknown, job)?;
    let answered = match respondents {
        Some(column) => Some(index.look_up(std::slice::from_ref(column), Unknown::Error, job)?.codes.remove(0)),
        None => None,
    };
    if !found.added.is_empty() {
        labels.append(&found.added)?;
    }
    let mut codes = found.codes.into_iter();
    Ok(Coded {
        source: codes.next().unwrap_or_default(),
        target: codes.next().unwrap_or_default(),
        silent: answered.map(|answered| silent(labels.len(), &answered)),
        added: found.added.len() as u64,
        unknown: if unknown == Unknown::Drop { found.rows } else { 0 },
        labels,
    })
}

fn built(coded: Coded, values: Option<&[f64]>, rules: Rules, job: &Job) -> Result<(Built, Vec<(&'static str, u64)>)> {
    let ties = Ties { source: &coded.source, target: &coded.target, value: values };
    let built = core::Network::build(coded.labels, &ties, &rules, coded.silent.as_deref(), job)?;
    Ok((built, vec![("actors_added", coded.added), ("unknown_dropped", coded.unknown)]))
}

fn made(built: Built, counts: Vec<(&'static str, u64)>, rows: usize) -> Made {
    let silent = built.network.missing().senders().iter().filter(|silent| **silent).count();
    let mut counts: HashMap<&'static str, u64> = counts.into_iter().collect();
    counts.extend([
        ("rows", rows as u64),
        ("loops_dropped", built.loops_dropped),
        ("duplicates_merged", built.duplicates_merged),
        ("zeros", built.zeros),
        ("unobserved_rows", built.unobserved_rows),
        ("non_respondents", silent as u64),
    ]);
    (Network(built.network), counts)
}

#[pyfunction]
#[pyo3(signature = (labels, source, target, value, silent, *, directed, loops, signed, binary))]
pub(crate) fn network_from_codes<'py>(
    py: Python<'py>,
    labels: &Bound<'py, PyAny>,
    source: PyReadonlyArray1<'py, u32>,
    target: PyReadonlyArray1<'py, u32>,
    value: Option<PyReadonlyArray1<'py, f64>>,
    silent: Option<PyReadonlyArray1<'py, bool>>,
    directed: bool,
    loops: Word<Loops>,
    signed: bool,
    binary: bool,
) -> PyResult<Made> {
    let labels = Source::new(labels)?;
    let column = labels.column("labels")?;
    let ties = Ties {
        source: source.as_slice()?,
        target: target.as_slice()?,
        value: value.as_ref().map(|value| value.as_slice()).transpose()?,
    };
    let silent = silent.as_ref().map(|silent| silent.as_slice()).transpose()?;
    let rules = Rules { directed, loops: loops.0, duplicates: Duplicates::Error, signed };
    let rows = ties.source.len();
    run(py, rows as u64 * STEPS, None, |job| {
        let (sorted, order) = core::intern(std::slice::from_ref(&column), job)?;
        let labels = sorted.take(&order[0]);
        Index::new(&labels, job)?;
        let mut built = core::Network::build(labels, &ties, &rules, silent, job)?;
        if binary {
            built.network = built.network.dichotomize(|_| true);
        }
        Ok(built)
    })
    .map(|built| made(built, Vec::new(), rows))
}
