//! Betweenness estimated from random shortest paths (Riondato & Kornaropoulos 2016, doi:10.1007/s10618-015-0423-0;
//! searches from both ends and a number of samples that adapts: Borassi & Natale 2019, doi:10.1145/3284359).

use std::ops::Range;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::random::stream;
use crate::{Csr, Error, Graph, Job, Result, parallel};

/// Paths drawn with one memory.
const BLOCK: usize = 256;

/// How many paths are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effort {
    /// So many.
    Samples(u64),
    /// As many as it takes for every interval to reach at most this far from its estimate.
    Epsilon(f64),
}

/// For each actor the share of pairs whose random shortest path runs through it, with bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// The share of the paths drawn.
    pub share: Vec<f64>,
    /// Bounds that hold for all actors at once with probability at least 1 - delta.
    pub lower: Vec<f64>,
    /// See `lower`.
    pub upper: Vec<f64>,
    /// How many paths were drawn.
    pub samples: u64,
}

/// Draws ordered pairs of actors and one of the shortest paths of each, if there is any, and counts who stands between.
/// Bounds are Chernoff's for each actor, at delta ÷ n; with [`Effort::Epsilon`], which looks several times, at
/// delta ÷ 2n, delta ÷ 4n and so on.
///
/// # Complexity
/// O(m) per path at worst, mostly far less, as searches from both ends meet; O(n) memory per thread.
///
/// # Errors
/// [`Error::Argument`] for numbers out of range; [`Error::Interrupted`].
pub fn betweenness_sampled(graph: &Graph, effort: Effort, delta: f64, seed: u64, job: &Job) -> Result<Sampled> {
    if !(delta > 0.0 && delta < 1.0) {
        return Err(Error::Argument { argument: "delta", expected: "between 0 and 1", found: delta.to_string() });
    }
    let n = graph.n();
    match effort {
        Effort::Samples(0) => Err(Error::Argument { argument: "samples", expected: "at least 1", found: "0".into() }),
        Effort::Samples(samples) => {
            job.start(samples);
            let hits = draw(graph, 0..samples, seed, job)?;
            Ok(bounded(&hits, samples, (2.0 * n as f64 / delta).ln()))
        }
        Effort::Epsilon(epsilon) => {
            if !(epsilon > 0.0 && epsilon < 1.0) {
                let found = epsilon.to_string();
                return Err(Error::Argument { argument: "epsilon", expected: "between 0 and 1", found });
            }
            let (mut hits, mut samples, mut left) = (vec![0; n], 0, delta);
            loop {
                left /= 2.0;
                let evidence = (2.0 * n as f64 / left).ln();
                // With fewer not even an actor whom nothing ran through would be known well enough; then half as many
                // more each time.
                let wanted = ((evidence / epsilon).ceil() as u64).max(samples + samples / 2);
                job.start(wanted);
                job.advance(samples);
                draw(graph, samples..wanted, seed, job)?.iter().zip(&mut hits).for_each(|(new, all)| *all += new);
                samples = wanted;
                let found = bounded(&hits, samples, evidence);
                let far = |(share, (low, high)): (&f64, (&f64, &f64))| (share - low).max(high - share);
                let bounds = found.lower.iter().zip(&found.upper);
                if found.share.iter().zip(bounds).map(far).fold(0.0, f64::max) <= epsilon {
                    return Ok(found);
                }
            }
        }
    }
}

fn bounded(hits: &[u64], samples: u64, evidence: f64) -> Sampled {
    // Few numbers of hits occur, each many times.
    let mut known = std::collections::HashMap::new();
    let mut bounds = |hits: u64| *known.entry(hits).or_insert_with(|| chernoff(hits, samples, evidence));
    let (lower, upper) = hits.iter().map(|hits| bounds(*hits)).unzip();
    Sampled { share: hits.iter().map(|hits| *hits as f64 / samples as f64).collect(), lower, upper, samples }
}

/// The shares p for which so many hits are not too unlikely: samples · KL(hits ÷ samples, p) ≤ evidence.
fn chernoff(hits: u64, samples: u64, evidence: f64) -> (f64, f64) {
    let share = hits as f64 / samples as f64;
    let entropy = |part: f64, p: f64| if part == 0.0 { 0.0 } else { part * (part / p).ln() };
    let likely = |p: f64| samples as f64 * (entropy(share, p) + entropy(1.0 - share, 1.0 - p)) <= evidence;
    let edge = |mut inside: f64, mut outside: f64| {
        for _ in 0..60 {
            let middle = f64::midpoint(inside, outside);
            if likely(middle) { inside = middle } else { outside = middle }
        }
        // What halving has left belongs to the interval.
        outside
    };
    (edge(share, 0.0), edge(share, 1.0))
}

fn draw(graph: &Graph, samples: Range<u64>, seed: u64, job: &Job) -> Result<Vec<u64>> {
    let n = graph.n();
    if n < 2 {
        return Ok(vec![0; n]);
    }
    let leaf = |range: Range<usize>| {
        let mut hits = vec![0_u64; n];
        let (mut from, mut to) = (Side::new(n), Side::new(n));
        for draw in range {
            job.check()?;
            let mut random = stream(seed, samples.start + draw as u64);
            let source = random.random_range(0..n);
            let target = (source + random.random_range(1..n)) % n;
            between(graph, source, target, (&mut from, &mut to), &mut random, &mut hits);
            job.advance(1);
        }
        Ok(hits)
    };
    let merge = |mut a: Vec<u64>, b: Vec<u64>| {
        a.iter_mut().zip(b).for_each(|(all, share)| *all += share);
        a
    };
    let count = (samples.end - samples.start) as usize;
    Ok(parallel::reduce(job, count, BLOCK, &leaf, &merge)?.unwrap_or_else(|| vec![0; n]))
}

const UNSEEN: u32 = u32::MAX;

/// A search from one end of a pair.
struct Side {
    level: Vec<u32>,
    /// Number of shortest paths from the end.
    paths: Vec<f64>,
    /// All that were reached, nearest first; those of the last level from `last` on.
    queue: Vec<u32>,
    last: usize,
}

impl Side {
    fn new(n: usize) -> Self {
        Self { level: vec![UNSEEN; n], paths: vec![0.0; n], queue: Vec::new(), last: 0 }
    }

    fn start(&mut self, end: usize) {
        for actor in self.queue.drain(..) {
            self.level[actor as usize] = UNSEEN;
        }
        (self.level[end], self.paths[end], self.last) = (0, 1.0, 0);
        self.queue.push(end as u32);
    }

    fn frontier(&self) -> &[u32] {
        &self.queue[self.last..]
    }

    fn cost(&self, lists: &Csr) -> usize {
        self.frontier().iter().map(|actor| lists.degree(*actor as usize)).sum()
    }

    /// Goes a level on; `meet` learns of each tie to somebody whom the other side has reached.
    fn advance(&mut self, lists: &Csr, other: &Self, mut meet: impl FnMut(u32, u32)) {
        let (first, end) = (self.last, self.queue.len());
        self.last = end;
        for at in first..end {
            let actor = self.queue[at];
            let (below, ways) = (self.level[actor as usize] + 1, self.paths[actor as usize]);
            for &next in lists.neighbours(actor as usize) {
                let place = next as usize;
                if other.level[place] != UNSEEN {
                    meet(actor, next);
                }
                if self.level[place] == UNSEEN {
                    (self.level[place], self.paths[place]) = (below, ways);
                    self.queue.push(next);
                } else if self.level[place] == below {
                    self.paths[place] += ways;
                }
            }
        }
    }

    /// Walks a random shortest path back from `actor`, who is not the end itself, and counts who stands on it.
    fn walk(&self, lists: &Csr, mut actor: u32, random: &mut ChaCha8Rng, hits: &mut [u64]) {
        while self.level[actor as usize] > 0 {
            hits[actor as usize] += 1;
            let nearer = self.level[actor as usize] - 1;
            let mut left = random.random::<f64>() * self.paths[actor as usize];
            let steps = lists.neighbours(actor as usize).iter().filter(|step| self.level[**step as usize] == nearer);
            let mut chosen = actor;
            for &step in steps {
                chosen = step;
                left -= self.paths[step as usize];
                if left < 0.0 {
                    break;
                }
            }
            actor = chosen;
        }
    }
}

/// Draws one of the shortest paths from one actor to another, and counts who stands between them.
fn between(
    graph: &Graph,
    source: usize,
    target: usize,
    (from, to): (&mut Side, &mut Side),
    random: &mut ChaCha8Rng,
    hits: &mut [u64],
) {
    let (out, incoming) = (graph.out(), graph.incoming());
    from.start(source);
    to.start(target);
    // Ties on which the two searches meet.
    let mut meeting: Vec<(u32, u32)> = Vec::new();
    while meeting.is_empty() && !from.frontier().is_empty() && !to.frontier().is_empty() {
        if from.cost(out) <= to.cost(incoming) {
            from.advance(out, to, |near, far| meeting.push((near, far)));
        } else {
            to.advance(incoming, from, |near, far| meeting.push((far, near)));
        }
    }
    let ways = |&(near, far): &(u32, u32)| from.paths[near as usize] * to.paths[far as usize];
    let mut left = random.random::<f64>() * meeting.iter().map(ways).sum::<f64>();
    let chosen = meeting.iter().find(|tie| {
        left -= ways(tie);
        left < 0.0
    });
    if let Some(&(near, far)) = chosen.or(meeting.last()) {
        from.walk(incoming, near, random, hits);
        to.walk(out, far, random, hits);
    }
}
