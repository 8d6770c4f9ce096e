//! Which dyads were not observed.

use serde::{Deserialize, Serialize};

/// The dyads of a network that were not observed.
///
/// * Directed: `i → j` is unobserved when `senders[i]`, when `receivers[j]`, or when it is a cell.
/// * Undirected: `{i, j}` is unobserved when `senders` holds **both** (neither answered), when
///   `receivers` holds **either**, or when it is a cell (listed with the smaller index first).
///
/// A network that was observed in full has empty vectors and pays nothing. Cells are sorted and
/// never repeat what the marks say already; no tie is stored in an unobserved dyad.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Missing {
    senders: Vec<bool>,
    receivers: Vec<bool>,
    cells: Vec<(u32, u32)>,
}

impl Missing {
    /// Marks (empty: none) and single cells; cells that the marks cover already are left out.
    #[must_use]
    pub fn new(directed: bool, senders: Vec<bool>, receivers: Vec<bool>, mut cells: Vec<(u32, u32)>) -> Self {
        let drop_empty = |marks: Vec<bool>| if marks.contains(&true) { marks } else { Vec::new() };
        let mut missing = Self { senders: drop_empty(senders), receivers: drop_empty(receivers), cells: Vec::new() };
        if !directed {
            for cell in &mut cells {
                *cell = (cell.0.min(cell.1), cell.0.max(cell.1));
            }
        }
        cells.retain(|&(i, j)| i != j && missing.observed(directed, i as usize, j as usize));
        cells.sort_unstable();
        cells.dedup();
        missing.cells = cells;
        missing
    }

    /// Whether every dyad was observed.
    #[inline]
    pub fn is_none(&self) -> bool {
        self.senders.is_empty() && self.receivers.is_empty() && self.cells.is_empty()
    }

    /// Actors who did not answer (empty: all did).
    pub fn senders(&self) -> &[bool] {
        &self.senders
    }

    /// Actors about whom nothing was observed (empty: none).
    pub fn receivers(&self) -> &[bool] {
        &self.receivers
    }

    /// Single unobserved dyads, sorted.
    pub fn cells(&self) -> &[(u32, u32)] {
        &self.cells
    }

    /// Whether `actor` did not answer.
    #[inline]
    pub fn sender(&self, actor: usize) -> bool {
        self.senders.get(actor).copied().unwrap_or(false)
    }

    /// Whether nothing was observed about `actor`.
    #[inline]
    pub fn receiver(&self, actor: usize) -> bool {
        self.receivers.get(actor).copied().unwrap_or(false)
    }

    /// Whether the dyad from `i` to `j` (two different actors) was observed.
    pub fn observed(&self, directed: bool, i: usize, j: usize) -> bool {
        let marked = if directed {
            self.sender(i) || self.receiver(j)
        } else {
            (self.sender(i) && self.sender(j)) || self.receiver(i) || self.receiver(j)
        };
        if marked || self.cells.is_empty() {
            return !marked;
        }
        let cell = if directed { (i, j) } else { (i.min(j), i.max(j)) };
        self.cells.binary_search(&(cell.0 as u32, cell.1 as u32)).is_err()
    }

    /// How many of the `n(n−1)` ordered (directed) or `n(n−1)/2` unordered dyads were not observed.
    pub fn count(&self, directed: bool, n: usize) -> u64 {
        let n = n as u64;
        let marked = |marks: &[bool]| marks.iter().filter(|mark| **mark).count() as u64;
        let (s, r) = (marked(&self.senders), marked(&self.receivers));
        let both = (0..self.senders.len()).filter(|&actor| self.sender(actor) && self.receiver(actor)).count() as u64;
        let pairs = |k: u64| k * k.saturating_sub(1) / 2;
        let by_marks = if directed {
            (s + r) * n.saturating_sub(1) - (s * r - both)
        } else {
            pairs(n) - pairs(n - r) + pairs(s - both)
        };
        by_marks + self.cells.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn count_agrees_with_looking_at_every_dyad(
            directed: bool,
            senders in proptest::collection::vec(any::<bool>(), 6),
            receivers in proptest::collection::vec(any::<bool>(), 6),
            cells in proptest::collection::vec((0_u32..6, 0_u32..6), 0..9),
        ) {
            let missing = Missing::new(directed, senders, receivers, cells);
            let mut unobserved = 0;
            for i in 0..6 {
                for j in 0..6 {
                    let counts = if directed { i != j } else { i < j };
                    unobserved += u64::from(counts && !missing.observed(directed, i, j));
                }
            }
            prop_assert_eq!(missing.count(directed, 6), unobserved);
        }
    }
}
