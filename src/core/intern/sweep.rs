//! Brings the rows of columns to the hash tables: hashed once, each part's rows together.
//!
//! Rows are hashed in blocks; each block puts its rows, keys and all, in order of the part of the
//! hash range that they fall in. Then each part's table takes its rows of all blocks. Parts share
//! nothing, so they run side by side, and what they read lies in order.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use super::column::Values;
use super::keys::Store;
use crate::parallel::each;
use crate::{Job, Result};

/// Rows per block: its rows and their keys stay in a core's cache.
const BLOCK: usize = 1 << 14;
/// Rows that are hashed before the tables take them: many, so that a table fetched into the cache
/// serves many rows.
const ROWS_AT_ONCE: usize = 1 << 21;
/// Groups of blocks that share a place to work in.
const LANES: usize = 16;
/// Rows whose keys are looked up together.
pub(super) const BATCH: usize = 16;

/// Rows to be numbered, and where their numbers go.
pub(super) struct Piece<'a> {
    pub(super) values: &'a Values<'a>,
    pub(super) codes: &'a [AtomicU32],
}

/// Consecutive rows of a piece.
struct Block<'a> {
    piece: &'a Piece<'a>,
    rows: Range<usize>,
}

impl<'a> Piece<'a> {
    fn blocks(&'a self) -> impl Iterator<Item = Block<'a>> {
        let len = self.codes.len();
        (0..len).step_by(BLOCK).map(move |start| Block { piece: self, rows: start..(start + BLOCK).min(len) })
    }
}

/// Writes the codes of all rows in their order; for few rows.
pub(super) fn one_by_one<S: Store>(
    pieces: &[Piece<'_>],
    job: &Job,
    mut code: impl FnMut(u32, S::Key<'_>) -> u32,
) -> Result<()> {
    for block in pieces.iter().flat_map(Piece::blocks) {
        job.check()?;
        let mut codes = block.piece.codes[block.rows.clone()].iter();
        S::scan(block.piece.values, block.rows, |key| {
            if let Some(to) = codes.next() {
                to.store(code(S::hash(key), key), Ordering::Relaxed);
            }
        });
    }
    Ok(())
}

/// Writes the codes of all rows: for each of the `1 << bits` parts, `code` makes those of a batch
/// of the part's rows, in order, with the part's state.
pub(super) fn sweep<S: Store, T: Send>(
    pieces: &[Piece<'_>],
    bits: u32,
    parts: &mut [T],
    job: &Job,
    code: impl Fn(u32, &mut T, &Batch<'_, S>) -> [u32; BATCH] + Sync,
) -> Result<()> {
    let blocks: Vec<Block<'_>> = pieces.iter().flat_map(Piece::blocks).collect();
    let count = blocks.len().clamp(1, ROWS_AT_ONCE / BLOCK);
    let share = count.div_ceil(LANES);
    let mut shelves: Vec<Shelf<S>> = (0..count).map(|_| Shelf::default()).collect();
    let mut lanes: Vec<Arrivals<S>> = (0..LANES).map(|_| Arrivals::default()).collect();
    for blocks in blocks.chunks(count) {
        let work = shelves.chunks_mut(share).zip(blocks.chunks(share)).zip(&mut lanes);
        each(job, work.collect(), |((shelves, blocks), arrivals)| {
            for (shelf, block) in shelves.iter_mut().zip(blocks) {
                arrivals.take(block);
                shelf.fill(arrivals, bits);
            }
            job.check()
        })?;
        each(job, parts.iter_mut().enumerate().collect(), |(part, state)| {
            for (shelf, block) in shelves.iter().zip(blocks) {
                let codes = &block.piece.codes[block.rows.clone()];
                for batch in shelf.batches(part) {
                    for (row, code) in batch.rows().zip(code(part as u32, state, &batch)) {
                        codes[row].store(code, Ordering::Relaxed);
                    }
                }
            }
            job.check()
        })?;
    }
    Ok(())
}

/// The rows of a block in their order. An entry is a row's hash above its position in the block.
struct Arrivals<S> {
    entries: Vec<u64>,
    keys: S,
}

impl<S: Store> Default for Arrivals<S> {
    fn default() -> Self {
        Self { entries: Vec::new(), keys: S::default() }
    }
}

impl<S: Store> Arrivals<S> {
    /// Takes the rows of `block` in place of what was there.
    fn take(&mut self, block: &Block<'_>) {
        self.entries.clear();
        self.keys.clear();
        S::scan(block.piece.values, block.rows.clone(), |key| {
            let position = self.entries.len() as u64;
            self.entries.push(u64::from(S::hash(key)) << 32 | position);
            self.keys.push(key);
        });
    }
}

/// The rows of a block by part; those of a part in their order.
struct Shelf<S> {
    entries: Vec<u64>,
    keys: S,
    ends: Vec<u32>,
}

impl<S: Store> Default for Shelf<S> {
    fn default() -> Self {
        Self { entries: Vec::new(), keys: S::default(), ends: Vec::new() }
    }
}

impl<S: Store> Shelf<S> {
    /// Takes `arrivals` in place of what was there.
    fn fill(&mut self, arrivals: &Arrivals<S>, bits: u32) {
        let part = |entry: u64| (entry >> (64 - bits)) as usize;
        self.ends.clear();
        self.ends.resize(1 << bits, 0);
        arrivals.entries.iter().for_each(|entry| self.ends[part(*entry)] += 1);
        let mut start = 0;
        for end in &mut self.ends {
            start += std::mem::replace(end, start);
        }
        self.entries.resize(arrivals.entries.len(), 0);
        for &entry in &arrivals.entries {
            let next = &mut self.ends[part(entry)];
            self.entries[*next as usize] = entry;
            *next += 1;
        }
        self.keys.clear();
        self.entries.iter().for_each(|entry| self.keys.push(arrivals.keys.get(*entry as u32 as usize)));
    }

    /// The rows of a part, some at a time.
    fn batches(&self, part: usize) -> impl Iterator<Item = Batch<'_, S>> {
        let start = if part == 0 { 0 } else { self.ends[part - 1] as usize };
        let entries = self.entries[start..self.ends[part] as usize].chunks(BATCH);
        entries.zip((start..).step_by(BATCH)).map(|(entries, first)| Batch { entries, keys: &self.keys, first })
    }
}

/// Up to [`BATCH`] rows whose keys are looked up together.
pub(super) struct Batch<'s, S> {
    entries: &'s [u64],
    keys: &'s S,
    first: usize,
}

impl<'s, S: Store> Batch<'s, S> {
    /// Positions in the block.
    #[inline]
    fn rows(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().map(|entry| *entry as u32 as usize)
    }

    #[inline]
    pub(super) fn hashes(&self) -> impl Iterator<Item = u32> {
        self.entries.iter().map(|entry| (entry >> 32) as u32)
    }

    #[inline]
    pub(super) fn key(&self, position: usize) -> S::Key<'s> {
        self.keys.get(self.first + position)
    }
}
