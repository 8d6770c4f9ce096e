//! Modularity (Newman & Girvan 2004, doi:10.1103/PhysRevE.69.026113; directed: Leicht & Newman 2008,
//! doi:10.1103/PhysRevLett.100.118703; resolution: Reichardt & Bornholdt 2006, doi:10.1103/PhysRevE.74.016110).

use crate::{Error, Graph, Result};

/// The share of ties (in a valued graph: of value) within groups, less what it would be if each actor's ties went
/// anywhere in proportion to the ties that others get, times `resolution`; `NaN` without ties. `group` holds each
/// actor's group, numbered from 0.
///
/// # Complexity
/// O(n + m).
///
/// # Errors
/// [`Error::Signed`]; [`Error::Argument`] when `group` does not fit the graph.
pub fn modularity(graph: &Graph, group: &[u32], resolution: f64) -> Result<f64> {
    if graph.is_signed() {
        return Err(Error::Signed { measure: "modularity" });
    }
    let n = graph.n();
    if group.len() != n {
        let found = format!("{} groups for {n} actors", group.len());
        return Err(Error::Argument { argument: "by", expected: "one group per actor", found });
    }
    let groups = group.iter().max().map_or(0, |last| *last as usize + 1);
    let (mut within, mut sent, mut got) = (0.0, vec![0.0; groups], vec![0.0; groups]);
    for actor in 0..n {
        for (other, value) in graph.out().valued(actor) {
            let (from, to) = (group[actor] as usize, group[other] as usize);
            sent[from] += value;
            got[to] += value;
            within += if from == to { value } else { 0.0 };
        }
    }
    let all: f64 = sent.iter().sum();
    let chance: f64 = sent.iter().zip(&got).map(|(out, into)| out / all * (into / all)).sum();
    Ok(within / all - resolution * chance)
}
