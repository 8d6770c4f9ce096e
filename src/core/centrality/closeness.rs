//! Closeness (Freeman 1978, doi:10.1016/0378-8733(78)90021-7; Wasserman & Faust 1994, p. 198-201).

use crate::paths::Total;

/// What an actor that can't be reached counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// Nothing: reached ÷ sum of distances to the reached; `NaN` where nobody is reached.
    Ignore,
    /// The same times reached ÷ (n − 1); 0 where nobody is reached.
    Scale,
    /// A distance of n: (n − 1) ÷ sum.
    N,
    /// One more than the longest distance in the network: (n − 1) ÷ sum; `NaN` in a network without
    /// any distance.
    MaxPlusOne,
}

/// Closeness of each actor, of its distances to all others.
#[must_use]
pub fn closeness(totals: &[Total], unreachable: Unreachable) -> Vec<f64> {
    let n = totals.len() as f64;
    let others = n - 1.0;
    let longest = totals.iter().map(|total| total.longest).fold(0.0, f64::max);
    let score = |&Total { reached, sum, .. }: &Total| match unreachable {
        Unreachable::Ignore => reached / sum,
        Unreachable::Scale if reached == 0.0 => 0.0,
        Unreachable::Scale => reached / sum * (reached / others),
        Unreachable::MaxPlusOne if longest == 0.0 => f64::NAN,
        Unreachable::N => others / (sum + (others - reached) * n),
        Unreachable::MaxPlusOne => others / (sum + (others - reached) * (longest + 1.0)),
    };
    totals.iter().map(score).collect()
}
