//! The shortest paths from one actor: how many there are, and by what order they are found.

use crate::{Csr, Job, Result};

const UNSEEN: u32 = u32::MAX;

/// Working memory of searches from one actor after the other.
#[derive(Debug, Clone)]
pub struct Shortest {
    /// Steps from the source.
    level: Vec<u32>,
    /// Number of shortest paths from the source.
    paths: Vec<f64>,
    /// Those reached, nearest first.
    queue: Vec<u32>,
}

impl Shortest {
    /// Memory for searches among `n` actors.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Self { level: vec![UNSEEN; n], paths: vec![0.0; n], queue: Vec::new() }
    }

    /// Searches from `source`.
    ///
    /// # Errors
    /// [`Error::Interrupted`](crate::Error::Interrupted).
    pub fn search(&mut self, lists: &Csr, source: usize, job: &Job) -> Result<()> {
        let Self { level, paths, queue } = self;
        queue.iter().for_each(|v| level[*v as usize] = UNSEEN);
        queue.clear();
        queue.push(source as u32);
        (level[source], paths[source]) = (0, 1.0);
        let mut next = 0;
        while let Some(&v) = queue.get(next) {
            next += 1;
            if next % 1024 == 0 {
                job.check()?;
            }
            let (ways, below) = (paths[v as usize], level[v as usize] + 1);
            for &w in lists.neighbours(v as usize) {
                let w = w as usize;
                if level[w] == UNSEEN {
                    (level[w], paths[w]) = (below, ways);
                    queue.push(w as u32);
                } else if level[w] == below {
                    paths[w] += ways;
                }
            }
        }
        Ok(())
    }

    /// Those that the source reaches, farthest first, without the source itself.
    pub fn farthest_first(&self) -> impl Iterator<Item = usize> + '_ {
        self.queue[1..].iter().rev().map(|v| *v as usize)
    }

    /// Number of shortest paths from the source to an actor that it reaches.
    #[must_use]
    pub fn paths(&self, actor: usize) -> f64 {
        self.paths[actor]
    }

    /// Whether shortest paths go from `actor`, who is reached, straight on to `next`.
    #[must_use]
    pub fn leads_on(&self, actor: usize, next: usize) -> bool {
        self.level[next] == self.level[actor] + 1
    }

    /// Whether shortest paths to `actor`, who is reached, come straight from `last`.
    #[must_use]
    pub fn comes_from(&self, actor: usize, last: usize) -> bool {
        self.level[last].wrapping_add(1) == self.level[actor]
    }
}
