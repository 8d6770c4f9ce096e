//! Eccentricity (Hage & Harary 1995, doi:10.1016/0378-8733(94)00248-9).

use crate::paths::Total;

/// The distance to the farthest of those that an actor reaches; `NaN` where it reaches nobody.
#[must_use]
pub fn eccentricity(totals: &[Total]) -> Vec<f64> {
    totals.iter().map(|total| if total.reached > 0.0 { total.longest } else { f64::NAN }).collect()
}
