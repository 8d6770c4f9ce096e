//! What searches from some actors tell about the distances of all.

use std::ops::Range;

use rand::RngExt;

use super::{BATCH, lists, sweep};
use crate::random::stream;
use crate::{Direction, Graph, Job, Result, parallel};

type Found = (Vec<Moments>, Vec<(f64, f64)>);

/// Draws actors with replacement.
#[must_use]
pub fn drawn(n: usize, draws: usize, seed: u64) -> Vec<u32> {
    let mut random = stream(seed, 0);
    if n == 0 { Vec::new() } else { (0..draws).map(|_| random.random_range(0..n as u32)).collect() }
}

/// Sums over the sources that an actor was reached from.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    /// Sum of distances.
    pub sum: f64,
    /// Sum of their squares.
    pub squares: f64,
    /// Sum of 1 ÷ distance.
    pub inverse: f64,
    /// Sum of 1 ÷ distance².
    pub inverse_squares: f64,
}

impl Moments {
    fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.squares += other.squares;
        self.inverse += other.inverse;
        self.inverse_squares += other.inverse_squares;
    }
}

/// For each actor the sums over `sources`, which may be listed several times; for each source the sum of its distances
/// and the longest. `Out` follows ties from the actor to the sources.
///
/// # Complexity
/// O(k·m ÷ 64) word operations at best for k sources, O(n) memory per thread.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn moments(graph: &Graph, direction: Direction, sources: &[u32], job: &Job) -> Result<Found> {
    let n = graph.n();
    let lists = lists(graph, direction.reversed());
    job.start(sources.len() as u64);
    let leaf = |range: Range<usize>| {
        let mut share = vec![Moments::default(); n];
        let mut own = vec![(0.0, 0.0); range.len()];
        let batch = &sources[range];
        sweep(&lists, batch, job, |level, vertex, mut mask| {
            let (count, level) = (f64::from(mask.count_ones()), f64::from(level));
            share[vertex].add(Moments {
                sum: count * level,
                squares: count * level * level,
                inverse: count / level,
                inverse_squares: count / (level * level),
            });
            while mask != 0 {
                let (sum, longest) = &mut own[mask.trailing_zeros() as usize];
                *sum += level;
                *longest = level;
                mask &= mask - 1;
            }
        })?;
        job.advance(batch.len() as u64);
        Ok((share, own))
    };
    let merge = |mut left: Found, mut right: Found| {
        left.0.iter_mut().zip(&right.0).for_each(|(all, share)| all.add(*share));
        left.1.append(&mut right.1);
        left
    };
    Ok(parallel::reduce(job, sources.len(), BATCH, &leaf, &merge)?
        .unwrap_or_else(|| (vec![Moments::default(); n], vec![])))
}
