//! Hierarchy: whether constraint comes from one contact (Burt 1992, ch. 2).

use super::contacts::{Contacts, Scope};
use crate::{Graph, Job, Result};

/// The Coleman-Theil index of disorder of what contacts add to the [`constraint`](super::constraint):
/// Σ r·ln r ÷ (N·ln N), with r a contact's share relative to the mean of the N contacts. `NaN` below two contacts.
///
/// # Complexity
/// O(Σ d²) over the degrees d.
///
/// # Errors
/// [`Error::Signed`](crate::Error::Signed); [`Error::Interrupted`](crate::Error::Interrupted).
pub fn hierarchy(graph: &Graph, scope: Scope, job: &Job) -> Result<Vec<f64>> {
    Contacts::new(graph, scope, "hierarchy")?.scores(job, &|ego| {
        let size = ego.size() as f64;
        if size < 2.0 {
            return f64::NAN;
        }
        let mean = ego.constraints().sum::<f64>() / size;
        let disorder = |constraint: f64| (constraint / mean) * (constraint / mean).ln();
        // Rounding may leave equal shares a little below 0.
        (ego.constraints().map(disorder).sum::<f64>() / (size * size.ln())).max(0.0)
    })
}
