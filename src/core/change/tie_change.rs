//! Kept, dissolved and new ties.

use crate::{Error, Network, Result};

/// Numbers of dyads observed both times, by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TieChange {
    /// A tie both times.
    pub kept: u64,
    /// A tie the first time only.
    pub dissolved: u64,
    /// A tie the second time only.
    pub new: u64,
    /// No tie either time.
    pub never: u64,
}

/// What became of a dyad with a tie at either time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// A tie both times.
    Kept,
    /// A tie the first time only.
    Dissolved,
    /// A tie the second time only.
    New,
}

/// Counts over the dyads that were observed both times. The two networks must have the same actors
/// in the same order, and the same direction.
///
/// # Complexity
/// O(n + m); O(n²) where dyads were not observed.
///
/// # Errors
/// [`Error::Argument`] when the two do not fit.
pub fn tie_change(before: &Network, after: &Network) -> Result<TieChange> {
    let mut change = TieChange::default();
    for (_, _, fate) in tie_fates(before, after)? {
        match fate {
            Fate::Kept => change.kept += 1,
            Fate::Dissolved => change.dissolved += 1,
            Fate::New => change.new += 1,
        }
    }
    change.never = observed_twice(before, after) - change.kept - change.dissolved - change.new;
    Ok(change)
}

/// Every dyad observed both times that had a tie at either time, with what became of it, in order;
/// an undirected dyad once, smaller index first.
///
/// # Errors
/// [`Error::Argument`] when the two do not fit.
pub fn tie_fates(before: &Network, after: &Network) -> Result<Vec<(u32, u32, Fate)>> {
    let directed = before.graph().directed();
    if directed != after.graph().directed() || before.labels() != after.labels() {
        return Err(Error::Argument {
            argument: "after",
            expected: "a network of the same direction, among the same actors in the same order",
            found: format!("a network of {} actors", after.n()),
        });
    }
    let mut fates = Vec::new();
    for i in 0..before.n() {
        let (mut first, mut second) = (before.graph().out().neighbours(i), after.graph().out().neighbours(i));
        while let Some(partner) = first.first().into_iter().chain(second.first()).min().copied() {
            let (had, has) = (first.first() == Some(&partner), second.first() == Some(&partner));
            first = &first[usize::from(had)..];
            second = &second[usize::from(has)..];
            let j = partner as usize;
            if (!directed && j < i) || !seen_twice(before, after, i, j) {
                continue;
            }
            let fate = match (had, has) {
                (true, true) => Fate::Kept,
                (true, false) => Fate::Dissolved,
                _ => Fate::New,
            };
            fates.push((i as u32, partner, fate));
        }
    }
    Ok(fates)
}

fn seen_twice(before: &Network, after: &Network, i: usize, j: usize) -> bool {
    let directed = before.graph().directed();
    before.missing().observed(directed, i, j) && after.missing().observed(directed, i, j)
}

fn observed_twice(before: &Network, after: &Network) -> u64 {
    if before.missing().is_none() {
        return after.observed_dyads();
    }
    if after.missing().is_none() {
        return before.observed_dyads();
    }
    let (n, directed) = (before.n(), before.graph().directed());
    let pairs = (0..n).flat_map(|i| (if directed { 0 } else { i + 1 }..n).map(move |j| (i, j)));
    pairs.filter(|&(i, j)| i != j && seen_twice(before, after, i, j)).count() as u64
}
