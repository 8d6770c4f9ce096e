//! What is left of a network once some actors are gone (Borgatti 2006, doi:10.1007/s10588-006-7084-x).

use crate::cohesion::{Connectivity, components};
use crate::paths::{BATCH, sweep};
use crate::{Csr, Error, Graph, Job, Result, parallel};

/// What is left without a set of actors; `NaN` where it is a share of nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Left {
    /// The share of pairs of the others that no path joins.
    pub fragmentation: f64,
    /// 1 - the mean of 1 ÷ distance over the pairs of the others.
    pub distance_fragmentation: f64,
    /// How many components the others are in.
    pub components: u64,
    /// The size of the largest.
    pub largest: u64,
    /// Of the pairs of the others that a path joined before, the share that none does now.
    pub lost: f64,
}

/// Takes each of `sets` away, one after the other being back.
///
/// # Complexity
/// O(n·(n + m) ÷ 64) a set at best, O(n·(n + m)) at worst.
///
/// # Errors
/// [`Error::Direction`] for a directed graph; [`Error::Interrupted`].
pub fn removal(graph: &Graph, sets: &[&[u32]], job: &Job) -> Result<Vec<Left>> {
    if graph.directed() {
        let remedy = "Say what an undirected tie is with net.symmetrize(...)";
        return Err(Error::Direction { measure: "removal", needs: "an undirected", found: "directed", remedy });
    }
    let before = components(graph, Connectivity::Weak);
    let nothing = Left { fragmentation: 0.0, distance_fragmentation: 0.0, components: 0, largest: 0, lost: 0.0 };
    let mut found = vec![nothing; sets.len()];
    job.start(sets.len() as u64);
    parallel::fill(job, &mut found, 1, &|first, left| {
        left[0] = without(graph.out(), sets[first], &before, job)?;
        job.advance(1);
        Ok(())
    })?;
    Ok(found)
}

fn without(ties: &Csr, gone: &[u32], before: &[u32], job: &Job) -> Result<Left> {
    let sizes = sizes(ties, gone);
    let mut parts = vec![0_u64; before.iter().max().map_or(0, |last| *last as usize + 1)];
    before.iter().for_each(|part| parts[*part as usize] += 1);
    gone.iter().for_each(|actor| parts[before[*actor as usize] as usize] -= 1);
    let joined = pairs(&parts);
    Ok(Left {
        fragmentation: fragmentation(ties, gone).unwrap_or(f64::NAN),
        distance_fragmentation: distance_fragmentation(ties, gone, job)?.unwrap_or(f64::NAN),
        components: sizes.len() as u64,
        largest: sizes.iter().copied().max().unwrap_or(0),
        lost: if joined > 0.0 { 1.0 - pairs(&sizes) / joined } else { f64::NAN },
    })
}

/// Ordered pairs within groups of these sizes.
fn pairs(sizes: &[u64]) -> f64 {
    sizes.iter().map(|size| (size * size.saturating_sub(1)) as f64).sum()
}

/// The sizes of the components of those who are left.
fn sizes(ties: &Csr, gone: &[u32]) -> Vec<u64> {
    let mut seen = vec![false; ties.n()];
    gone.iter().for_each(|actor| seen[*actor as usize] = true);
    let (mut sizes, mut queue) = (Vec::new(), Vec::new());
    for start in 0..ties.n() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        queue.push(start as u32);
        let mut size = 0;
        while let Some(actor) = queue.pop() {
            size += 1;
            for &other in ties.neighbours(actor as usize) {
                if !seen[other as usize] {
                    seen[other as usize] = true;
                    queue.push(other);
                }
            }
        }
        sizes.push(size);
    }
    sizes
}

/// Of the pairs of those who are left, the share that no path joins; nothing where fewer than two are.
pub(super) fn fragmentation(ties: &Csr, gone: &[u32]) -> Option<f64> {
    let left = (ties.n() - gone.len()) as f64;
    (left >= 2.0).then(|| 1.0 - pairs(&sizes(ties, gone)) / (left * (left - 1.0)))
}

/// 1 - the mean of 1 ÷ distance over the pairs of those who are left; nothing where fewer than two are.
pub(super) fn distance_fragmentation(ties: &Csr, gone: &[u32], job: &Job) -> Result<Option<f64>> {
    let n = ties.n();
    let mut out = vec![false; n];
    gone.iter().for_each(|actor| out[*actor as usize] = true);
    let (mut offsets, mut targets) = (vec![0], Vec::with_capacity(ties.entries()));
    for actor in 0..n {
        if !out[actor] {
            targets.extend(ties.neighbours(actor).iter().filter(|other| !out[**other as usize]));
        }
        offsets.push(targets.len() as u64);
    }
    let lists = Csr::new(offsets, targets, None);
    let sources: Vec<u32> = (0..n as u32).filter(|actor| !out[*actor as usize]).collect();
    let mut inverse = 0.0;
    for batch in sources.chunks(BATCH) {
        sweep(&lists, batch, job, |level, _, mask| inverse += f64::from(mask.count_ones()) / f64::from(level))?;
    }
    let left = sources.len() as f64;
    Ok((left >= 2.0).then(|| 1.0 - inverse / (left * (left - 1.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_without_its_middle() {
        // 0 - 1 - 2 - 3, and 4 alone.
        let graph = Graph::new(false, Csr::new(vec![0, 1, 3, 5, 6, 6], vec![1, 0, 2, 1, 3, 2], None), vec![]);
        let found = removal(&graph, &[&[], &[1], &[0, 1, 2, 3]], &Job::new(2)).unwrap();
        assert_eq!((found[0].components, found[0].largest, found[0].lost), (2, 4, 0.0));
        assert!((found[0].fragmentation - 0.4).abs() < 1e-15);
        // 2 - 3, 0 and 4 are left: one of six pairs, at distance 1; of 0, 2 and 3 one of three.
        assert!((found[1].fragmentation - 5.0 / 6.0).abs() < 1e-15);
        assert!((found[1].distance_fragmentation - 5.0 / 6.0).abs() < 1e-15);
        assert!((found[1].lost - 2.0 / 3.0).abs() < 1e-15);
        assert!(found[2].fragmentation.is_nan() && found[2].lost.is_nan());
        assert_eq!((found[2].components, found[2].largest), (1, 1));
    }
}
