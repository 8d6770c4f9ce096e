//! Hierarchical clustering (Lance & Williams 1967; Müllner 2011, arXiv:1109.2378).

use kodama::{Method, linkage};

use crate::{Error, Result};

/// The distance between two clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linkage {
    /// The smallest distance between their members.
    Single,
    /// The largest.
    Complete,
    /// The mean.
    Average,
}

/// Merges the two closest clusters until one is left. For each merger the two clusters (the smaller number
/// first), their distance, and the size of the new one: actors are clusters 0 to n − 1, merger i makes
/// cluster n + i.
///
/// # Complexity
/// O(n²).
///
/// # Errors
/// [`Error::Argument`] for distances that are not finite.
pub fn hierarchy(distances: &[f64], n: usize, method: Linkage) -> Result<Vec<[f64; 4]>> {
    let mut condensed = Vec::with_capacity(n * n.saturating_sub(1) / 2);
    for i in 0..n {
        condensed.extend_from_slice(&distances[i * n + i + 1..(i + 1) * n]);
    }
    if let Some(odd) = condensed.iter().find(|distance| !distance.is_finite()) {
        return Err(Error::Argument { argument: "distances", expected: "finite", found: odd.to_string() });
    }
    if n == 0 {
        return Ok(Vec::new());
    }
    let method = match method {
        Linkage::Single => Method::Single,
        Linkage::Complete => Method::Complete,
        Linkage::Average => Method::Average,
    };
    let merged = linkage(&mut condensed, n, method);
    let step =
        |step: &kodama::Step<f64>| [step.cluster1 as f64, step.cluster2 as f64, step.dissimilarity, step.size as f64];
    Ok(merged.steps().iter().map(step).collect())
}
