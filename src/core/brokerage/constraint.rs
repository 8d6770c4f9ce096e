//! Constraint (Burt 1992, ch. 2).

use super::contacts::{Contacts, Scope};
use crate::{Graph, Job, Result};

/// How far an actor's contacts lead back to each other: Σ over contacts j of
/// (p(i, j) + Σ over the other contacts q of p(i, q)·p(q, j))², where p(i, j) is the share of j in the
/// ties of i. `NaN` for isolates.
///
/// # Complexity
/// O(Σ d²) over the degrees d.
///
/// # Errors
/// [`Error::Signed`](crate::Error::Signed); [`Error::Interrupted`](crate::Error::Interrupted).
pub fn constraint(graph: &Graph, scope: Scope, job: &Job) -> Result<Vec<f64>> {
    Contacts::new(graph, scope, "constraint")?.scores(job, &|ego| ego.constraints().sum())
}
