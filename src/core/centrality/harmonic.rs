//! Harmonic closeness (Marchiori & Latora 2000, doi:10.1016/S0378-4371(00)00311-3; Rochat 2009).

use crate::paths::Total;

/// Sum of 1 ÷ distance to every other actor, 0 for those that can't be reached. Normalised: ÷ (n − 1).
#[must_use]
pub fn harmonic(totals: &[Total], normalized: bool) -> Vec<f64> {
    let others = if normalized { totals.len() as f64 - 1.0 } else { 1.0 };
    totals.iter().map(|total| total.inverse / others).collect()
}
