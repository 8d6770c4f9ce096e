//! The sets that reach most, without looking at each: branches that can't get as far are left out (Nemhauser,
//! Wolsey & Fisher 1978, doi:10.1007/BF01588971: what a member adds only falls as the set grows).

use std::ops::Range;

use super::key_players::{Found, ROUNDING, better};
use crate::{Job, Result, parallel};

/// For each actor, and each distance, a bit for everybody within it; and what one more of them is worth.
pub(super) struct Coverage {
    n: usize,
    words: usize,
    /// What one more actor within each distance adds.
    worth: Vec<f64>,
    /// Words of the distances, one after the other, of the first actor; then of the next.
    balls: Vec<u64>,
}

/// Bytes that the bits may take.
const MOST: usize = 1 << 26;

impl Coverage {
    /// Lays out bits for values that fall with distance, row by row; nothing where they would take too much memory.
    pub(super) fn new(near: &[f64], n: usize) -> Option<Self> {
        let mut steps: Vec<f64> = near.iter().copied().filter(|value| *value > 0.0).collect();
        steps.sort_by(|a, b| b.total_cmp(a));
        steps.dedup();
        let words = n.div_ceil(64);
        if n * words * steps.len() * 8 > MOST {
            return None;
        }
        let mut balls = Vec::with_capacity(n * words * steps.len());
        for row in near.chunks(n) {
            for step in &steps {
                let start = balls.len();
                balls.resize(start + words, 0);
                let within = row.iter().enumerate().filter(|(_, value)| *value >= step);
                within.for_each(|(actor, _)| balls[start + actor / 64] |= 1 << (actor % 64));
            }
        }
        let next = steps.iter().skip(1).copied().chain([0.0]);
        let worth = steps.iter().zip(next).map(|(step, next)| (step - next) / n as f64).collect();
        Some(Self { n, words, worth, balls })
    }

    /// The best of all sets of `size`, and how many are as good; `floor` is the value of one of them. Nothing where
    /// one first member would take more than `work` looks at words.
    ///
    /// # Errors
    /// [`Error::Interrupted`](crate::Error::Interrupted).
    pub(super) fn best(&self, size: usize, floor: f64, work: u64, job: &Job) -> Result<Option<Found>> {
        job.start(self.n as u64);
        // One block is one first member: how much work is left out does not depend on threads.
        let leaf = |range: Range<usize>| {
            let mut search = Search::new(self, size, floor, work);
            search.add(&vec![0; self.stride()], 0.0, range.start, job)?;
            job.advance(1);
            Ok((search.left > 0).then_some(search.best))
        };
        let merge = |one: Option<Found>, other: Option<Found>| one.zip(other).map(|(one, other)| better(one, other));
        let found = parallel::reduce(job, self.n, 1, &leaf, &merge)?.flatten();
        Ok(found.filter(|found| !found.0.is_empty()))
    }

    fn stride(&self) -> usize {
        self.words * self.worth.len()
    }

    fn ball(&self, actor: usize) -> &[u64] {
        &self.balls[actor * self.stride()..][..self.stride()]
    }

    /// What `actor` adds to those covered.
    fn gain(&self, covered: &[u64], actor: usize) -> f64 {
        let (ball, mut gain) = (self.ball(actor), 0.0);
        for (step, worth) in self.worth.iter().enumerate() {
            let words = step * self.words..(step + 1) * self.words;
            let new = |(all, own): (&u64, &u64)| (own & !all).count_ones();
            let count: u32 = covered[words.clone()].iter().zip(&ball[words]).map(new).sum();
            gain += f64::from(count) * worth;
        }
        gain
    }
}

/// A search of the sets with one first member.
struct Search<'a> {
    coverage: &'a Coverage,
    size: usize,
    set: Vec<u32>,
    best: Found,
    /// Looks at words that it may still take.
    left: u64,
}

impl<'a> Search<'a> {
    fn new(coverage: &'a Coverage, size: usize, floor: f64, work: u64) -> Self {
        // A little below, so that the first set with that value is taken.
        let best = (Vec::new(), floor - 2.0 * ROUNDING, 0);
        Self { coverage, size, set: Vec::new(), best, left: work }
    }

    /// Looks at the sets that begin as `set` does, with `actor` next.
    fn add(&mut self, covered: &[u64], value: f64, actor: usize, job: &Job) -> Result<()> {
        job.check()?;
        let value = value + self.coverage.gain(covered, actor);
        self.set.push(actor as u32);
        let wanted = self.size - self.set.len();
        if wanted == 0 {
            self.take(value);
        } else {
            let covered: Vec<u64> = covered.iter().zip(self.coverage.ball(actor)).map(|(all, own)| all | own).collect();
            self.further(&covered, value, actor + 1, wanted, job)?;
        }
        self.set.pop();
        Ok(())
    }

    fn further(&mut self, covered: &[u64], value: f64, from: usize, wanted: usize, job: &Job) -> Result<()> {
        let n = self.coverage.n;
        let work = (n.saturating_sub(from) * covered.len()) as u64;
        self.left = self.left.saturating_sub(work);
        if self.left == 0 || n < from + wanted {
            return Ok(());
        }
        let gains: Vec<f64> = (from..n).map(|actor| self.coverage.gain(covered, actor)).collect();
        let mut sorted = gains.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        if wanted == 1 {
            for (at, gain) in gains.iter().enumerate() {
                if value + gain >= self.best.1 - ROUNDING {
                    self.set.push((from + at) as u32);
                    self.take(value + gain);
                    self.set.pop();
                }
            }
            return Ok(());
        }
        let others: f64 = sorted[..wanted - 1].iter().sum();
        for (at, gain) in gains.iter().enumerate() {
            // The others add at most what they would add now.
            if value + gain + others >= self.best.1 - ROUNDING && self.left > 0 {
                self.add(covered, value, from + at, job)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, value: f64) {
        let best = std::mem::take(&mut self.best);
        // Sets come in the order of words in a dictionary, so that of equal ones the first stays.
        self.best = better(best, (self.set.clone(), value, 1));
    }
}
