//! Effective size and efficiency (Burt 1992, ch. 2).

use super::contacts::{Contacts, Scope};
use crate::{Graph, Job, Result};

/// Number of contacts less what is redundant in them: Σ over pairs of contacts j, q of p(i, q)·m(j, q), where
/// p(i, q) is the share of q in the ties of i and m(j, q) the tie of j with q relative to the strongest of j.
/// `NaN` for isolates.
///
/// # Complexity
/// O(Σ d²·log d) over the degrees d.
///
/// # Errors
/// [`Error::Signed`](crate::Error::Signed); [`Error::Interrupted`](crate::Error::Interrupted).
pub fn effective_size(graph: &Graph, scope: Scope, job: &Job) -> Result<Vec<f64>> {
    Contacts::new(graph, scope, "effective_size")?.scores(job, &|ego| ego.size() as f64 - ego.redundancy())
}

/// [`effective_size`] ÷ number of contacts.
///
/// # Complexity
/// That of [`effective_size`].
///
/// # Errors
/// Those of [`effective_size`].
pub fn efficiency(graph: &Graph, scope: Scope, job: &Job) -> Result<Vec<f64>> {
    Contacts::new(graph, scope, "efficiency")?.scores(job, &|ego| 1.0 - ego.redundancy() / ego.size() as f64)
}
