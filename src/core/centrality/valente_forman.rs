//! Integration and radiality (Valente & Foreman 1998, doi:10.1016/S0378-8733(97)00007-5).

use crate::paths::Total;

/// The sum over those that an actor reaches of (longest distance in the network + 1 − distance), ÷ the longest
/// distance and ÷ (n − 1). `NaN` in a network without any distance.
#[must_use]
pub fn valente_forman(totals: &[Total]) -> Vec<f64> {
    let others = totals.len() as f64 - 1.0;
    let longest = totals.iter().map(|total| total.longest).fold(0.0, f64::max);
    let score = |total: &Total| ((longest + 1.0) * total.reached - total.sum) / (longest * others);
    totals.iter().map(score).collect()
}
