//! What Krackhardt's (1994) dimensions of hierarchy count: who reaches whom, and least upper bounds.

use crate::cohesion::{Connectivity, components};
use crate::paths::{self, BATCH};
use crate::{Direction, Error, Graph, Job, Result};

/// Pairs of different actors joined by a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Ordered pairs, the second reachable from the first.
    pub ordered: u64,
    /// Unordered pairs, each reachable from the other.
    pub mutual: u64,
}

/// Counts the pairs joined by a path.
///
/// # Complexity
/// O(n·m ÷ 64) word operations at best.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn reach(graph: &Graph, job: &Job) -> Result<Reach> {
    let pairs = |sizes: &[u64]| sizes.iter().map(|size| size * (size - 1) / 2).sum::<u64>();
    let mutual = pairs(&sizes(&components(graph, Connectivity::Strong)));
    let ordered = if graph.directed() { super::distance_counts(graph, job)?.iter().sum() } else { 2 * mutual };
    Ok(Reach { ordered, mutual })
}

fn sizes(membership: &[u32]) -> Vec<u64> {
    let mut sizes = vec![0; membership.iter().max().map_or(0, |last| *last as usize + 1)];
    membership.iter().for_each(|part| sizes[*part as usize] += 1);
    sizes
}

/// Number of unordered pairs within weak components that have a least upper bound: an actor who reaches both (or is
/// one of them and reaches the other), and whom every such actor reaches; and the number of all these pairs.
///
/// # Complexity
/// O(n³ ÷ 64) word operations, n² ÷ 8 bytes.
///
/// # Errors
/// [`Error::Argument`] above 2¹⁷ actors; [`Error::Interrupted`].
pub fn least_upper_bounds(graph: &Graph, job: &Job) -> Result<(u64, u64)> {
    let n = graph.n();
    if n > 1 << 17 {
        let found = format!("a network of {n}");
        return Err(Error::Argument { argument: "net", expected: "of at most 131072 actors", found });
    }
    let above = superiors(graph, job)?;
    let counts: Vec<u32> = above.iter().map(|set| set.iter().map(|word| word.count_ones()).sum()).collect();
    let weak = components(graph, Connectivity::Weak);
    let (mut bounded, mut pairs) = (0, 0);
    job.start(n as u64);
    for i in 0..n {
        job.check()?;
        job.advance(1);
        for j in (0..i).filter(|j| weak[*j] == weak[i]) {
            pairs += 1;
            bounded += u64::from(has_least(&above, &counts, i, j));
        }
    }
    Ok((bounded, pairs))
}

/// Of the upper bounds only one with the most superiors can be below all the others.
fn has_least(above: &[Vec<u64>], counts: &[u32], i: usize, j: usize) -> bool {
    let common = || above[i].iter().zip(&above[j]).map(|(a, b)| a & b);
    let mut lowest: Option<usize> = None;
    for (place, mut word) in common().enumerate() {
        while word != 0 {
            let actor = 64 * place + word.trailing_zeros() as usize;
            if lowest.is_none_or(|best| counts[actor] > counts[best]) {
                lowest = Some(actor);
            }
            word &= word - 1;
        }
    }
    lowest.is_some_and(|actor| common().zip(&above[actor]).all(|(bound, superior)| bound & !superior == 0))
}

/// Of each actor those who reach it, itself included, as bits.
fn superiors(graph: &Graph, job: &Job) -> Result<Vec<Vec<u64>>> {
    let n = graph.n();
    let mut above = vec![vec![0_u64; n.div_ceil(BATCH)]; n];
    let lists = paths::lists(graph, Direction::Out);
    for (word, first) in (0..n).step_by(BATCH).enumerate() {
        let sources: Vec<u32> = (first as u32..(first + BATCH).min(n) as u32).collect();
        sources.iter().enumerate().for_each(|(bit, source)| above[*source as usize][word] |= 1 << bit);
        paths::sweep(&lists, &sources, job, |_, vertex, mask| above[vertex][word] |= mask)?;
    }
    Ok(above)
}
