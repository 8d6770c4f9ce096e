//! Brandes' algorithm from one source after the other, for graphs whose searches share little.

use std::ops::Range;

use super::Sweep;
use super::reduced::Reduced;
use crate::{Job, Result};

const UNSEEN: u32 = u32::MAX;

pub(super) struct Scalar {
    /// Steps from the source.
    level: Vec<u32>,
    /// σ, the number of shortest paths from the source.
    sigma: Vec<f64>,
    /// (weight + δ) ÷ σ
    x: Vec<f64>,
    /// The vertices reached, in order of levels.
    queue: Vec<u32>,
}

impl Sweep for Scalar {
    fn new(reduced: &Reduced) -> Self {
        let n = reduced.n();
        Self { level: vec![UNSEEN; n], sigma: vec![0.0; n], x: vec![0.0; n], queue: Vec::new() }
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
            self.forward(reduced, source, job)?;
            self.backward(reduced, source, span.start, share, job)?;
        }
        Ok(())
    }
}

impl Scalar {
    fn forward(&mut self, reduced: &Reduced, source: u32, job: &Job) -> Result<()> {
        let Self { level, sigma, queue, .. } = self;
        queue.clear();
        queue.push(source);
        level[source as usize] = 0;
        sigma[source as usize] = 1.0;
        let mut next = 0;
        while let Some(&v) = queue.get(next) {
            next += 1;
            job.check()?;
            let (paths, below) = (sigma[v as usize], level[v as usize] + 1);
            for &w in reduced.out().neighbours(v as usize) {
                let place = w as usize;
                if level[place] == UNSEEN {
                    level[place] = below;
                    sigma[place] = paths;
                    queue.push(w);
                } else if level[place] == below {
                    sigma[place] += paths;
                }
            }
        }
        Ok(())
    }

    /// Gathers Σ x(w) over the successors w of each vertex v: δ(v) = σ(v)·Σ x(w).
    fn backward(&mut self, reduced: &Reduced, source: u32, first: usize, share: &mut [f64], job: &Job) -> Result<()> {
        let Self { level, sigma, x, queue } = self;
        let scale = reduced.weight(source as usize);
        for &v in queue[1..].iter().rev() {
            job.check()?;
            let v = v as usize;
            let below = level[v] + 1;
            let gathered: f64 = reduced
                .out()
                .neighbours(v)
                .iter()
                .map(|&w| if level[w as usize] == below { x[w as usize] } else { 0.0 })
                .sum();
            share[v - first] += scale * sigma[v] * gathered;
            x[v] = reduced.weight(v) / sigma[v] + gathered;
        }
        queue.iter().for_each(|&v| level[v as usize] = UNSEEN);
        Ok(())
    }
}
