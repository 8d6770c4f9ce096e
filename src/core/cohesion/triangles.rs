//! Enumeration of triangles (Schank & Wagner 2005; Latapy 2008, doi:10.1016/j.tcs.2008.07.017).

use std::sync::atomic::{AtomicU64, Ordering};

use super::bits::BitRows;
use crate::dyads::Dyads;
use crate::{Csr, Job, Result, parallel};

/// Actors whose triangles are counted in one go.
const BLOCK: usize = 1024;

/// Three actors with a tie, of whatever direction, in each of their dyads.
#[derive(Debug, Clone, Copy)]
pub struct Triangle {
    /// The actors.
    pub corners: [u32; 3],
    /// Codes of the dyads (0, 1), (0, 2), (1, 2), seen from the first of each pair.
    pub codes: [u8; 3],
}

/// Calls `found` once for each triangle, in a fixed order.
///
/// Each dyad is looked at from the actor with fewer partners, so that no list longer than √(2m)
/// is scanned.
///
/// # Complexity
/// O(m·√m) time, O(m) memory.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn each_triangle(dyads: &Dyads, job: &Job, mut found: impl FnMut(Triangle)) -> Result<()> {
    let n = dyads.lists().n();
    let rank = |actor: u32| (dyads.partners(actor as usize).len(), actor);
    let upward: Vec<Vec<(u32, u8)>> = (0..n as u32)
        .map(|actor| {
            let partners = dyads.partners(actor as usize).iter().zip(dyads.codes(actor as usize));
            partners.filter(|(other, _)| rank(**other) > rank(actor)).map(|(other, code)| (*other, *code)).collect()
        })
        .collect();
    for (first, list) in upward.iter().enumerate() {
        job.check()?;
        for &(second, first_second) in list {
            let (mut left, mut right) = (list.iter().peekable(), upward[second as usize].iter().peekable());
            while let (Some(&&(a, first_third)), Some(&&(b, second_third))) = (left.peek(), right.peek()) {
                if a == b {
                    found(Triangle {
                        corners: [first as u32, second, a],
                        codes: [first_second, first_third, second_third],
                    });
                }
                if a <= b {
                    left.next();
                }
                if b <= a {
                    right.next();
                }
            }
        }
    }
    Ok(())
}

/// Number of triangles that each actor is a corner of, in lists that hold each tie at both ends.
///
/// # Complexity
/// O(m·√m) time, O(m) memory.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn triangles_of_each(lists: &Csr, job: &Job) -> Result<Vec<u64>> {
    if BitRows::suit(lists.n(), lists.entries()) {
        return by_bits(lists, job);
    }
    // Whole numbers add up to the same in any order.
    let counts: Vec<AtomicU64> = (0..lists.n()).map(|_| AtomicU64::new(0)).collect();
    let add = |actor: u32, triangles: u64| {
        counts[actor as usize].fetch_add(triangles, Ordering::Relaxed);
    };
    Upward::new(lists, job)?.each(job, |first, second, thirds| {
        thirds.iter().for_each(|third| add(*third, 1));
        add(first, thirds.len() as u64);
        add(second, thirds.len() as u64);
    })?;
    Ok(counts.into_iter().map(AtomicU64::into_inner).collect())
}

/// Each tie counts the partners that its ends share; so an actor counts each of its triangles twice.
fn by_bits(lists: &Csr, job: &Job) -> Result<Vec<u64>> {
    let bits = BitRows::new(lists);
    let mut counts = vec![0; lists.n()];
    for actor in 0..lists.n() {
        job.check()?;
        for other in lists.neighbours(actor).iter().map(|other| *other as usize).filter(|other| *other > actor) {
            let shared = bits.common(actor, &bits, other);
            counts[actor] += shared;
            counts[other] += shared;
        }
    }
    counts.iter_mut().for_each(|count| *count /= 2);
    Ok(counts)
}

/// Number of triangles in lists that hold each tie at both ends.
///
/// # Complexity
/// O(m·√m) time, O(m) memory.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn triangles_in_all(lists: &Csr, job: &Job) -> Result<u64> {
    if BitRows::suit(lists.n(), lists.entries()) {
        return Ok(by_bits(lists, job)?.iter().sum::<u64>() / 3);
    }
    let count = AtomicU64::new(0);
    Upward::new(lists, job)?.each(job, |_, _, thirds| {
        count.fetch_add(thirds.len() as u64, Ordering::Relaxed);
    })?;
    Ok(count.into_inner())
}

/// Each tie once, listed at its end with fewer ties (the smaller index among equals): no list is then
/// longer than √(2m).
struct Upward {
    offsets: Vec<u64>,
    targets: Vec<u32>,
    longest: usize,
}

impl Upward {
    fn new(lists: &Csr, job: &Job) -> Result<Self> {
        let n = lists.n();
        let degrees: Vec<u32> = (0..n).map(|actor| lists.degree(actor) as u32).collect();
        let above = |actor: usize, other: u32| {
            let degree = degrees[other as usize];
            degree > degrees[actor] || degree == degrees[actor] && other as usize > actor
        };
        let mut offsets = vec![0_u64; n + 1];
        parallel::fill(job, &mut offsets[1..], BLOCK, &|first, part| {
            for (actor, count) in (first..).zip(part) {
                *count = lists.neighbours(actor).iter().map(|other| u64::from(above(actor, *other))).sum();
            }
            Ok(())
        })?;
        for actor in 0..n {
            offsets[actor + 1] += offsets[actor];
        }
        let mut targets = vec![0_u32; offsets[n] as usize];
        let mut parts = Vec::with_capacity(n.div_ceil(BLOCK));
        let mut rest = targets.as_mut_slice();
        for first in (0..n).step_by(BLOCK) {
            let last = (first + BLOCK).min(n);
            let (part, others) = rest.split_at_mut((offsets[last] - offsets[first]) as usize);
            parts.push((first..last, part));
            rest = others;
        }
        parallel::install(job, || {
            parallel::each(job, parts, |(actors, part)| {
                let chosen = actors.flat_map(|actor| {
                    lists.neighbours(actor).iter().copied().filter(move |other| above(actor, *other))
                });
                part.iter_mut().zip(chosen).for_each(|(slot, other)| *slot = other);
                Ok(())
            })
        })?;
        let longest = offsets.windows(2).map(|ends| (ends[1] - ends[0]) as usize).max().unwrap_or(0);
        Ok(Self { offsets, targets, longest })
    }

    fn list(&self, actor: usize) -> &[u32] {
        &self.targets[self.offsets[actor] as usize..self.offsets[actor + 1] as usize]
    }

    /// Calls `found` for each listed tie that closes triangles, with the third actors of these.
    fn each(&self, job: &Job, found: impl Fn(u32, u32, &[u32]) + Sync) -> Result<()> {
        let n = self.offsets.len() - 1;
        let blocks = (0..n).step_by(BLOCK).map(|first| first..(first + BLOCK).min(n)).collect();
        parallel::install(job, || {
            parallel::each(job, blocks, |actors: std::ops::Range<usize>| {
                let mut marked = vec![0_u64; n.div_ceil(64)];
                let mut thirds = vec![0_u32; self.longest];
                for first in actors {
                    job.check()?;
                    let list = self.list(first);
                    list.iter().for_each(|&other| marked[other as usize / 64] |= 1 << (other % 64));
                    for &second in list {
                        let mut count = 0;
                        for &third in self.list(second as usize) {
                            // Written always, kept when marked: no branch to mispredict.
                            thirds[count] = third;
                            count += (marked[third as usize / 64] >> (third % 64)) as usize & 1;
                        }
                        if count > 0 {
                            found(first as u32, second, &thirds[..count]);
                        }
                    }
                    list.iter().for_each(|&other| marked[other as usize / 64] = 0);
                }
                Ok(())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::stream;
    use rand::RngExt;

    #[test]
    fn bits_and_lists_find_the_same() {
        for draw in 0..20 {
            let mut random = stream(5, draw);
            let n = random.random_range(0..140_usize);
            let mut lists = vec![Vec::new(); n];
            for (a, b) in (0..n).flat_map(|a| (0..a).map(move |b| (a, b))) {
                if random.random::<f64>() < 0.2 {
                    lists[a].push(b as u32);
                    lists[b].push(a as u32);
                }
            }
            let ends = lists.iter().scan(0, |end, list| {
                *end += list.len() as u64;
                Some(*end)
            });
            let offsets: Vec<u64> = std::iter::once(0).chain(ends).collect();
            let graph = crate::Graph::new(false, Csr::new(offsets, lists.concat(), None), Vec::new());
            let mut counts = vec![0; n];
            let count = |found: Triangle| found.corners.iter().for_each(|corner| counts[*corner as usize] += 1);
            each_triangle(&Dyads::new(&graph), &Job::inline(), count).unwrap();
            assert_eq!(by_bits(graph.out(), &Job::inline()).unwrap(), counts);
        }
    }
}
