//! Brandes' algorithm over tie lengths.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::Sweep;
use super::reduced::Reduced;
use crate::{Job, Result};

/// Lengths of paths that differ by less than this share are equal. The rounding error of a sum of
/// k lengths is below k·1.2e-16 of it.
const TOLERANCE: f64 = 1e-12;

const UNSEEN: u32 = u32::MAX;

pub(super) struct Weighted {
    /// Length of the shortest paths from the source.
    length: Vec<f64>,
    /// Place of each vertex in `settled`.
    rank: Vec<u32>,
    sigma: Vec<f64>,
    x: Vec<f64>,
    /// The vertices reached, from near to far.
    settled: Vec<u32>,
    /// Lengths by their bits, which are in the same order as positive numbers.
    heap: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Sweep for Weighted {
    fn new(reduced: &Reduced) -> Self {
        let n = reduced.n();
        Self {
            length: vec![f64::INFINITY; n],
            rank: vec![UNSEEN; n],
            sigma: vec![0.0; n],
            x: vec![0.0; n],
            settled: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    fn run(
        &mut self,
        reduced: &Reduced,
        sources: &[u32],
        span: Range<usize>,
        share: &mut [f64],
        job: &Job,
    ) -> Result<()> {
        for &source in sources {
            self.search(reduced, source, job)?;
            self.count(reduced, source, job)?;
            self.backward(reduced, source, span.start, share, job)?;
        }
        Ok(())
    }
}

impl Weighted {
    /// Dijkstra's algorithm.
    fn search(&mut self, reduced: &Reduced, source: u32, job: &Job) -> Result<()> {
        self.settled.clear();
        self.length[source as usize] = 0.0;
        self.heap.push(Reverse((0, source)));
        while let Some(Reverse((bits, v))) = self.heap.pop() {
            let place = v as usize;
            if self.rank[place] != UNSEEN {
                continue;
            }
            self.rank[place] = self.settled.len() as u32;
            self.settled.push(v);
            job.check()?;
            for (w, step) in reduced.out().valued(place) {
                let length = f64::from_bits(bits) + step;
                if length < self.length[w] {
                    self.length[w] = length;
                    self.heap.push(Reverse((length.to_bits(), w as u32)));
                }
            }
        }
        Ok(())
    }

    /// The successors of `v` on shortest paths. That they must be farther in the order of settling
    /// keeps ties so short that they vanish in a sum from closing a circle.
    fn successors(&self, reduced: &Reduced, v: usize) -> impl Iterator<Item = usize> {
        reduced.out().valued(v).filter_map(move |(w, step)| {
            let excess = self.length[v] + step - self.length[w];
            (excess <= TOLERANCE * self.length[w] && self.rank[v] < self.rank[w]).then_some(w)
        })
    }

    fn count(&mut self, reduced: &Reduced, source: u32, job: &Job) -> Result<()> {
        self.settled.iter().for_each(|&v| self.sigma[v as usize] = 0.0);
        self.sigma[source as usize] = 1.0;
        let mut sigma = std::mem::take(&mut self.sigma);
        for &v in &self.settled {
            job.check()?;
            let paths = sigma[v as usize];
            self.successors(reduced, v as usize).for_each(|w| sigma[w] += paths);
        }
        self.sigma = sigma;
        Ok(())
    }

    /// Gathers Σ x(w) over the successors w of each vertex v: δ(v) = σ(v)·Σ x(w).
    fn backward(&mut self, reduced: &Reduced, source: u32, first: usize, share: &mut [f64], job: &Job) -> Result<()> {
        let scale = reduced.weight(source as usize);
        for place in (1..self.settled.len()).rev() {
            job.check()?;
            let v = self.settled[place] as usize;
            let gathered: f64 = self.successors(reduced, v).map(|w| self.x[w]).sum();
            share[v - first] += scale * self.sigma[v] * gathered;
            self.x[v] = reduced.weight(v) / self.sigma[v] + gathered;
        }
        for &v in &self.settled {
            self.length[v as usize] = f64::INFINITY;
            self.rank[v as usize] = UNSEEN;
        }
        Ok(())
    }
}
