use crate::convert::Word;
use crate::error::BindingError;
use crate::network::Network;
use pyo3::prelude::*;
use std::collections::HashMap;
use wholenet_core::{self as core, Duplicates, Job, Labels, Loops, Rules, Ties};

fn col(o: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let l = if o.hasattr("to_pylist")? { o.call_method0("to_pylist")? } else { o.call_method0("tolist")? };
    l.try_iter()?
        .map(|x| {
            let x = x?;
            Ok(if let Ok(i) = x.extract::<i64>() { format!("{i:020}") } else { x.extract::<String>()? })
        })
        .collect()
}
fn is_int(o: &Bound<'_, PyAny>) -> bool {
    o.getattr("dtype").is_ok() || o.getattr("type").is_ok_and(|t| t.to_string().contains("int"))
}

#[pyfunction]
#[pyo3(signature = (source, target, value, actors, respondents, *, directed, loops, duplicates, unknown, signed, rows=None))]
pub(crate) fn network_from_edges(
    source: Bound<'_, PyAny>,
    target: Bound<'_, PyAny>,
    value: Option<Vec<f64>>,
    actors: Option<Bound<'_, PyAny>>,
    respondents: Option<Bound<'_, PyAny>>,
    directed: bool,
    loops: Word<Loops>,
    duplicates: Word<Duplicates>,
    unknown: String,
    signed: bool,
    rows: Option<Bound<'_, PyAny>>,
) -> PyResult<(Network, HashMap<&'static str, u64>)> {
    let _ = rows;
    let _ = unknown;
    let ints = is_int(&source);
    let (s, t) = (col(&source)?, col(&target)?);
    let r = respondents.as_ref().map(col).transpose()?;
    let names = match &actors {
        Some(a) => col(a)?,
        None => {
            let mut v: Vec<String> = s.iter().chain(&t).chain(r.iter().flatten()).cloned().collect();
            v.sort();
            v.dedup();
            v
        }
    };
    let ix: HashMap<&String, u32> = names.iter().enumerate().map(|(i, n)| (n, i as u32)).collect();
    let f = |v: &[String]| -> PyResult<Vec<u32>> {
        v.iter()
            .map(|x| ix.get(x).copied().ok_or_else(|| pyo3::exceptions::PyValueError::new_err(format!("unknown {x}"))))
            .collect()
    };
    let silent = match &r {
        None => None,
        Some(r) => {
            let mut m = vec![true; names.len()];
            for i in f(r)? {
                m[i as usize] = false;
            }
            Some(m)
        }
    };
    let (sc, tc) = (f(&s)?, f(&t)?);
    let labels = if ints {
        Labels::Integer(names.iter().map(|n| n.parse().unwrap_or(0)).collect())
    } else {
        Labels::text(&names)
    };
    let b = core::Network::build(
        labels,
        &Ties { source: &sc, target: &tc, value: value.as_deref() },
        &Rules { directed, loops: loops.0, duplicates: duplicates.0, signed },
        silent.as_deref(),
        &Job::inline(),
    )
    .map_err(BindingError)?;
    let nr = silent.map_or(0, |m| m.iter().filter(|x| **x).count() as u64);
    Ok((
        Network(b.network),
        HashMap::from([
            ("rows", s.len() as u64),
            ("loops_dropped", b.loops_dropped),
            ("duplicates_merged", b.duplicates_merged),
            ("zeros", b.zeros),
            ("unobserved_rows", b.unobserved_rows),
            ("unknown_dropped", 0),
            ("actors_added", 0),
            ("non_respondents", nr),
        ]),
    ))
}

#[pyfunction]
#[pyo3(signature = (labels, source, target, value, silent, *, directed, loops, signed, binary))]
pub(crate) fn network_from_codes(
    labels: Bound<'_, PyAny>,
    source: Vec<u32>,
    target: Vec<u32>,
    value: Option<Vec<f64>>,
    silent: Option<Vec<bool>>,
    directed: bool,
    loops: Word<Loops>,
    signed: bool,
    binary: bool,
) -> PyResult<(Network, HashMap<&'static str, u64>)> {
    let names = col(&labels)?;
    let labels = if is_int(&labels) {
        Labels::Integer(names.iter().map(|n| n.parse().unwrap_or(0)).collect())
    } else {
        Labels::text(&names)
    };
    let b = core::Network::build(
        labels,
        &Ties { source: &source, target: &target, value: value.as_deref() },
        &Rules { directed, loops: loops.0, duplicates: Duplicates::Error, signed },
        silent.as_deref(),
        &Job::inline(),
    )
    .map_err(BindingError)?;
    let net = if binary { b.network.dichotomize(|_| true) } else { b.network };
    let nr = silent.map_or(0, |m| m.iter().filter(|x| **x).count() as u64);
    Ok((
        Network(net),
        HashMap::from([("rows", source.len() as u64), ("loops_dropped", b.loops_dropped), ("non_respondents", nr)]),
    ))
}
