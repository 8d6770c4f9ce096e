//! Brandes' algorithm from `L` sources at a time, one lane of a row of numbers each.
//!
//! A search that meets a vertex at the same distance from several sources handles it once for all
//! of them (Then et al. 2014, doi:10.14778/2735496.2735507). A level is spread along the ties of
//! its vertices, or gathered by those that still miss sources, whichever reads fewer ties (Beamer
//! et al. 2012, doi:10.1109/SC.2012.50); so are the dependencies on the way back.

use std::ops::Range;

use super::Sweep;
use super::reduced::Reduced;
use crate::{Job, Result};

/// One number per source.
type Row<const L: usize> = [f64; L];

/// A set of sources, as bits.
type Mask = u16;

/// Working memory for sweeps from up to `L` sources, 16 at the most.
///
/// `entries` lists each vertex once for each distance at which some sources have it, with those
/// sources; level by level. In `here` and `there`, lanes of a vertex that are not of the level that
/// the row was written for are 0, so that rows add up without looking at masks; rows of vertices
/// that are not of that level are left over from before and never read.
pub(super) struct Lanes<const L: usize> {
    /// σ, the numbers of shortest paths from each source, in the lanes in `seen`.
    sigma: Rows<L>,
    /// Of the level that is read: σ on the way out, x = (weight + δ) ÷ σ on the way back.
    here: Rows<L>,
    /// Of the level that is written.
    there: Rows<L>,
    /// Sources that have reached the vertex.
    seen: Vec<Mask>,
    /// Sources at whose level, the one that is read, the vertex is; all zero between sweeps.
    front: Vec<Mask>,
    /// The same for the level that is written.
    next: Vec<Mask>,
    entries: Vec<(u32, Mask)>,
    levels: Vec<Level>,
    /// Ties that lead to vertices that some sources have not reached.
    missing: usize,
    /// Neighbours that matter: room for the longest list.
    picked: Vec<u32>,
}

/// A level: where its entries start, and how many ties its vertices send and receive.
#[derive(Clone, Copy)]
struct Level {
    first: usize,
    sent: usize,
    received: usize,
}

/// Spreading a tie costs about this many times as much as looking at one when gathering.
const SPREAD: usize = 4;

impl<const L: usize> Sweep for Lanes<L> {
    fn new(reduced: &Reduced) -> Self {
        let n = reduced.n();
        let longest = |v: usize| reduced.out().degree(v).max(reduced.incoming().degree(v));
        Self {
            sigma: Rows::new(n),
            here: Rows::new(n),
            there: Rows::new(n),
            seen: vec![0; n],
            front: vec![0; n],
            next: vec![0; n],
            entries: Vec::new(),
            levels: Vec::new(),
            missing: 0,
            picked: vec![0; (0..n).map(longest).max().unwrap_or(0) + 1],
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
        for batch in sources.chunks(L) {
            self.forward(reduced, batch, span.clone(), job)?;
            self.backward(reduced, batch, span.start, share, job)?;
        }
        Ok(())
    }
}

impl<const L: usize> Lanes<L> {
    /// How many sources, on average, share the handling of a tie; judged by up to four batches at
    /// fixed places.
    pub(super) fn overlap(&mut self, reduced: &Reduced, job: &Job) -> Result<f64> {
        let batches: Vec<&[u32]> = reduced.sources().chunks(L).collect();
        let probes = batches.len().div_ceil(32).min(4);
        let (mut visits, mut steps) = (1, 0);
        for probe in 0..probes {
            let sources = batches[batches.len() * (2 * probe + 1) / (2 * probes)];
            self.forward(reduced, sources, reduced.span(sources), job)?;
            for &(v, mask) in &self.entries {
                let ties = reduced.out().degree(v as usize) as u64;
                visits += ties;
                steps += ties * u64::from(mask.count_ones());
            }
        }
        Ok(steps as f64 / visits as f64)
    }

    /// Finds the levels, and σ.
    fn forward(&mut self, reduced: &Reduced, sources: &[u32], span: Range<usize>, job: &Job) -> Result<()> {
        let all = Mask::MAX >> (Mask::BITS as usize - sources.len());
        let offsets = reduced.incoming().offsets();
        self.missing = (offsets[span.end] - offsets[span.start]) as usize;
        self.begin(sources);
        self.close_level(reduced, 0, all, job)?;
        let mut level = 0..self.entries.len();
        while !level.is_empty() {
            if self.levels[self.levels.len() - 1].sent * SPREAD < self.missing {
                self.push(reduced, level.clone(), job)?;
            } else {
                self.pull(reduced, span.clone(), all, job)?;
            }
            self.entries[level.clone()].iter().for_each(|&(v, _)| self.front[v as usize] = 0);
            self.close_level(reduced, level.end, all, job)?;
            self.turn();
            level = level.end..self.entries.len();
        }
        self.entries.iter().for_each(|&(v, _)| self.seen[v as usize] = 0);
        Ok(())
    }

    /// Makes the sources the first level.
    fn begin(&mut self, sources: &[u32]) {
        self.entries.clear();
        self.levels.clear();
        for (lane, &source) in sources.iter().enumerate() {
            let s = source as usize;
            self.entries.push((source, 1 << lane));
            self.front[s] = 1 << lane;
            let mut row = [0.0; L];
            row[lane] = 1.0;
            self.sigma.get_mut()[s] = row;
            self.here.get_mut()[s] = row;
        }
    }

    /// Notes the level of the entries from `first` on, and that their vertices are seen.
    fn close_level(&mut self, reduced: &Reduced, first: usize, all: Mask, job: &Job) -> Result<()> {
        let mut level = Level { first, sent: 0, received: 0 };
        for &(v, lanes) in &self.entries[first..] {
            job.check()?;
            let v = v as usize;
            self.seen[v] |= lanes;
            level.sent += reduced.out().degree(v);
            level.received += reduced.incoming().degree(v);
            if self.seen[v] == all {
                self.missing -= reduced.incoming().degree(v);
            }
        }
        self.levels.push(level);
        Ok(())
    }

    /// What was written is read next.
    fn turn(&mut self) {
        std::mem::swap(&mut self.front, &mut self.next);
        std::mem::swap(&mut self.here, &mut self.there);
    }

    /// The entries of the level at `depth`; none below the last.
    fn level(&self, depth: usize) -> Range<usize> {
        let start = |depth: usize| self.levels.get(depth).map_or(self.entries.len(), |level| level.first);
        start(depth)..start(depth + 1)
    }

    /// Spreads σ from the entries of a level, and adds those of the next.
    fn push(&mut self, reduced: &Reduced, level: Range<usize>, job: &Job) -> Result<()> {
        let Self { sigma, here, there, seen, next, entries, .. } = self;
        let (sigma, here, there) = (sigma.get_mut(), here.get(), there.get_mut());
        let end = level.end;
        for place in level {
            job.check()?;
            let (v, lanes) = entries[place];
            let row = &here[v as usize];
            for &neighbour in reduced.out().neighbours(v as usize) {
                let w = neighbour as usize;
                let fresh = lanes & !seen[w];
                if fresh == 0 {
                    continue;
                }
                if next[w] == 0 {
                    entries.push((neighbour, 0));
                    there[w] = *row;
                } else {
                    add(&mut there[w], row);
                }
                next[w] |= fresh;
            }
        }
        for (w, lanes) in &mut entries[end..] {
            job.check()?;
            let w = *w as usize;
            *lanes = next[w];
            there[w] = keep(&there[w], *lanes);
            settle(&mut sigma[w], &there[w], seen[w]);
        }
        Ok(())
    }

    /// Lets each vertex that misses sources gather σ, and adds the entries of the next level.
    fn pull(&mut self, reduced: &Reduced, span: Range<usize>, all: Mask, job: &Job) -> Result<()> {
        let Self { sigma, here, there, seen, front, next, entries, picked, .. } = self;
        let (sigma, here, there) = (sigma.get_mut(), here.get(), there.get_mut());
        for w in span {
            let want = all & !seen[w];
            if want == 0 {
                continue;
            }
            job.check()?;
            let (count, found) = pick(picked, reduced.incoming().neighbours(w), front, want);
            let fresh = found & want;
            if fresh == 0 {
                continue;
            }
            there[w] = keep(&gather(here, &picked[..count]), fresh);
            settle(&mut sigma[w], &there[w], seen[w]);
            next[w] = fresh;
            entries.push((w as u32, fresh));
        }
        Ok(())
    }

    /// Accumulates dependencies from the deepest level up: with x(w) = (weight(w) + δ(w)) ÷ σ(w),
    /// δ(v) = σ(v)·Σ x(w) over the successors w of v. All lanes of x and δ carry the factor
    /// weight(s) of their source s.
    fn backward(
        &mut self,
        reduced: &Reduced,
        sources: &[u32],
        start: usize,
        share: &mut [f64],
        job: &Job,
    ) -> Result<()> {
        let mut weights = [0.0; L];
        weights.iter_mut().zip(sources).for_each(|(weight, &s)| *weight = reduced.weight(s as usize));
        // Sources, at depth 0, depend on nobody.
        for depth in (1..self.levels.len()).rev() {
            let (level, below) = (self.level(depth), self.level(depth + 1));
            let received = self.levels.get(depth + 1).map_or(0, |level| level.received);
            if received * SPREAD < self.levels[depth].sent {
                self.push_back(reduced, level.clone(), below.clone(), job)?;
            } else {
                self.pull_back(reduced, level.clone(), job)?;
            }
            let Self { sigma, there, front, next, entries, .. } = self;
            let (sigma, there) = (sigma.get(), there.get_mut());
            entries[below].iter().for_each(|&(w, _)| front[w as usize] = 0);
            for &(v, lanes) in &entries[level] {
                job.check()?;
                let v = v as usize;
                next[v] = lanes;
                share[v - start] += depend(&mut there[v], &sigma[v], &weights, reduced.weight(v), lanes);
            }
            self.turn();
        }
        let last = self.level(1);
        self.entries[last].iter().for_each(|&(v, _)| self.front[v as usize] = 0);
        Ok(())
    }

    /// Σ x(w) by gathering.
    fn pull_back(&mut self, reduced: &Reduced, level: Range<usize>, job: &Job) -> Result<()> {
        let Self { here, there, front, entries, picked, .. } = self;
        let (here, there) = (here.get(), there.get_mut());
        for &(v, lanes) in &entries[level] {
            job.check()?;
            let (count, _) = pick(picked, reduced.out().neighbours(v as usize), front, lanes);
            there[v as usize] = gather(here, &picked[..count]);
        }
        Ok(())
    }

    /// Σ x(w) by spreading from the level below.
    fn push_back(&mut self, reduced: &Reduced, level: Range<usize>, below: Range<usize>, job: &Job) -> Result<()> {
        let Self { here, there, next, entries, .. } = self;
        let (here, there) = (here.get(), there.get_mut());
        for &(v, lanes) in &entries[level] {
            job.check()?;
            there[v as usize] = [0.0; L];
            next[v as usize] = lanes;
        }
        for &(w, lanes) in &entries[below] {
            job.check()?;
            for &v in reduced.incoming().neighbours(w as usize) {
                if next[v as usize] & lanes != 0 {
                    add(&mut there[v as usize], &here[w as usize]);
                }
            }
        }
        Ok(())
    }
}

/// Rows that start on a cache line; memory that comes zeroed is not touched before it is used.
struct Rows<const L: usize> {
    cells: Vec<f64>,
    first: usize,
}

impl<const L: usize> Rows<L> {
    fn new(n: usize) -> Self {
        let cells = vec![0.0; n * L + 7];
        let first = cells.as_ptr().align_offset(64).min(7);
        Self { cells, first }
    }

    fn get(&self) -> &[Row<L>] {
        self.cells[self.first..].as_chunks().0
    }

    fn get_mut(&mut self) -> &mut [Row<L>] {
        self.cells[self.first..].as_chunks_mut().0
    }
}

/// All bits of a number, or none, for each of four lanes.
const LANES: [[u64; 4]; 16] = {
    let mut table = [[0; 4]; 16];
    let mut mask = 0;
    while mask < 16 {
        let mut lane = 0;
        while lane < 4 {
            if mask >> lane & 1 == 1 {
                table[mask][lane] = u64::MAX;
            }
            lane += 1;
        }
        mask += 1;
    }
    table
};

/// Leaves 0 in the other lanes. Branches on bits of a mask would be unpredictable.
fn keep<const L: usize>(row: &Row<L>, lanes: Mask) -> Row<L> {
    let mut kept = *row;
    for (part, cells) in kept.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let bits = &LANES[usize::from(lanes >> (4 * part)) & 15];
        cells.iter_mut().zip(bits).for_each(|(cell, bits)| *cell = f64::from_bits(cell.to_bits() & bits));
    }
    kept
}

fn add<const L: usize>(sum: &mut Row<L>, row: &Row<L>) {
    sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
}

/// Enters σ of lanes newly seen; what a row held before any was seen is void.
fn settle<const L: usize>(sigma: &mut Row<L>, fresh: &Row<L>, seen: Mask) {
    if seen == 0 {
        *sigma = *fresh;
    } else {
        add(sigma, fresh);
    }
}

/// Turns Σ x(w), in `row`, into x(v), and returns Σ δ(v) over the lanes.
fn depend<const L: usize>(row: &mut Row<L>, sigma: &Row<L>, weights: &Row<L>, weight: f64, lanes: Mask) -> f64 {
    let (mut delta, mut x) = ([0.0; L], [0.0; L]);
    for lane in 0..L {
        delta[lane] = sigma[lane] * row[lane];
        x[lane] = weights[lane] * weight / sigma[lane] + row[lane];
    }
    *row = keep(&x, lanes);
    let mut sums = [0.0; 4];
    keep(&delta, lanes).as_chunks::<4>().0.iter().for_each(|part| add(&mut sums, part));
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

/// Lists those of `neighbours` that have lanes in `want` in front of `picked`; returns how many
/// there are, and all lanes of all neighbours.
fn pick(picked: &mut [u32], neighbours: &[u32], front: &[Mask], want: Mask) -> (usize, Mask) {
    let (mut count, mut found) = (0, 0);
    for &v in neighbours {
        let lanes = front[v as usize];
        picked[count] = v;
        count += usize::from(lanes & want != 0);
        found |= lanes;
    }
    (count, found)
}

fn gather<const L: usize>(rows: &[Row<L>], picked: &[u32]) -> Row<L> {
    let mut sum = [0.0; L];
    picked.iter().for_each(|&v| add(&mut sum, &rows[v as usize]));
    sum
}
