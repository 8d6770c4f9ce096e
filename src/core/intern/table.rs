//! Hash tables that give each different label a number, one table per part of the hash range.

use std::sync::atomic::{AtomicU32, Ordering};

use super::keys::Store;
use super::sweep::{BATCH, Batch, Piece, one_by_one, sweep};
use crate::parallel::each;
use crate::{Error, Job, Result};

/// Each part should be small enough for a core's cache, and have many rows.
const MOST_PARTS: u32 = 8;
const ROWS_PER_PART: u32 = 15;
/// No number.
const NONE: u32 = u32::MAX;

/// One part's table: open addressing, at most half full. A slot is 0, or the number of a key plus
/// one in the bits that make a position, below the remaining bits of its hash.
#[derive(Debug)]
struct Table<S> {
    slots: Vec<u32>,
    keys: S,
}

impl<S: Store> Table<S> {
    fn new() -> Self {
        Self { slots: vec![0; 256], keys: S::default() }
    }

    #[inline]
    fn mask(&self) -> u32 {
        (self.slots.len() - 1) as u32
    }

    /// Number of `key`, or the slot where it would stand.
    #[inline]
    fn find(&self, hash: u32, key: S::Key<'_>) -> Result<u32, usize> {
        let mask = self.mask();
        let mut at = hash & mask;
        loop {
            let slot = self.slots[at as usize];
            if slot == 0 {
                return Err(at as usize);
            }
            let number = (slot & mask).wrapping_sub(1);
            if slot ^ hash <= mask && self.keys.holds(number as usize, key) {
                return Ok(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Number of `key`, a new one if it is new.
    #[inline]
    fn find_or_add(&mut self, hash: u32, key: S::Key<'_>) -> u32 {
        self.find(hash, key).unwrap_or_else(|at| self.add(at, hash, key))
    }

    /// Numbers of the keys that stand in the first slot that they may stand in, [`NONE`] for the
    /// others. The loads of different rows do not wait for each other.
    #[inline]
    fn guess(&self, batch: &Batch<'_, S>) -> [u32; BATCH] {
        let mask = self.mask();
        let mut numbers = [NONE; BATCH];
        for (number, hash) in numbers.iter_mut().zip(batch.hashes()) {
            let slot = self.slots[(hash & mask) as usize];
            if slot != 0 && slot ^ hash <= mask {
                *number = (slot & mask) - 1;
            }
        }
        for (position, number) in numbers.iter_mut().enumerate() {
            if *number != NONE && !self.keys.holds(*number as usize, batch.key(position)) {
                *number = NONE;
            }
        }
        numbers
    }

    #[cold]
    #[inline(never)]
    fn add(&mut self, at: usize, hash: u32, key: S::Key<'_>) -> u32 {
        let number = self.keys.len();
        self.keys.push(key);
        if (number + 1) * 2 > self.slots.len() {
            self.grow();
        } else {
            self.slots[at] = self.slot(number, hash);
        }
        number as u32
    }

    fn slot(&self, number: usize, hash: u32) -> u32 {
        hash & !self.mask() | (number + 1) as u32
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        let mask = self.mask() as usize;
        for number in 0..self.keys.len() {
            let hash = S::hash(self.keys.get(number));
            let mut at = hash as usize & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = self.slot(number, hash);
        }
    }
}

/// The tables of all parts. A label's *provisional code* is its number in its part's table, times
/// the number of parts, plus the part.
#[derive(Debug)]
pub(super) struct Tables<S> {
    bits: u32,
    parts: Vec<Table<S>>,
}

impl<S: Store> Tables<S> {
    /// Empty tables for the labels of so many rows.
    pub(super) fn new(rows: usize) -> Self {
        let bits = (rows >> ROWS_PER_PART).checked_ilog2().map_or(0, |log| log.min(MOST_PARTS));
        Self { bits, parts: (0..1 << bits).map(|_| Table::new()).collect() }
    }

    /// Number of labels in all parts.
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|part| part.keys.len()).sum()
    }

    /// Writes the provisional codes of all rows, taking in labels that are new.
    pub(super) fn number(&mut self, pieces: &[Piece<'_>], job: &Job) -> Result<()> {
        let bits = self.bits;
        if let [table] = &mut self.parts[..] {
            one_by_one::<S>(pieces, job, |hash, key| table.find_or_add(hash, key))?;
        } else {
            let mut parts: Vec<&mut Table<S>> = self.parts.iter_mut().collect();
            sweep::<S, _>(pieces, bits, &mut parts, job, |part, table, batch| {
                let mut numbers = table.guess(batch);
                for (position, hash) in batch.hashes().enumerate() {
                    if numbers[position] == NONE {
                        numbers[position] = table.find_or_add(hash, batch.key(position));
                    }
                }
                numbers.map(|number| number << bits | part)
            })?;
        }
        let full = self.parts.iter().any(|part| part.keys.len() as u64 >= u64::from(u32::MAX >> bits));
        if full { Err(Error::TooManyActors { found: self.len() as u64 }) } else { Ok(()) }
    }

    /// Writes the codes of all rows, as `ranks` makes them of the provisional ones; `u32::MAX` for
    /// labels that are not there.
    pub(super) fn look_up(&self, pieces: &[Piece<'_>], ranks: &Ranks, job: &Job) -> Result<()> {
        let bits = self.bits;
        if let [table] = &self.parts[..] {
            return one_by_one::<S>(pieces, job, |hash, key| table.find(hash, key).map_or(NONE, |n| ranks.get(n)));
        }
        let mut parts: Vec<&Table<S>> = self.parts.iter().collect();
        sweep::<S, _>(pieces, bits, &mut parts, job, |part, table, batch| {
            let mut numbers = table.guess(batch);
            for (position, hash) in batch.hashes().enumerate() {
                if numbers[position] == NONE {
                    numbers[position] = table.find(hash, batch.key(position)).unwrap_or(NONE);
                }
            }
            numbers.map(|number| if number == NONE { NONE } else { ranks.get(number << bits | part) })
        })
    }

    /// Provisional codes of all labels, part by part.
    pub(super) fn codes(&self) -> impl Iterator<Item = u32> + '_ {
        let bits = self.bits;
        let codes = move |(part, table): (usize, &Table<S>)| {
            let count = table.keys.len() as u32;
            (0..count).map(move |number| number << bits | part as u32)
        };
        self.parts.iter().enumerate().flat_map(codes)
    }

    /// The label of a provisional code.
    #[inline]
    pub(super) fn key(&self, code: u32) -> S::Key<'_> {
        self.parts[(code & ((1 << self.bits) - 1)) as usize].keys.get((code >> self.bits) as usize)
    }

    /// A map from provisional codes, all to `u32::MAX`.
    pub(super) fn ranks(&self) -> Ranks {
        let mut starts = Vec::with_capacity(self.parts.len());
        let mut start = 0;
        for part in &self.parts {
            starts.push(start);
            start += part.keys.len();
        }
        Ranks { bits: self.bits, starts, codes: vec![u32::MAX; start] }
    }
}

/// What each provisional code becomes.
#[derive(Debug)]
pub(super) struct Ranks {
    bits: u32,
    starts: Vec<usize>,
    codes: Vec<u32>,
}

impl Ranks {
    #[inline]
    fn position(&self, code: u32) -> usize {
        self.starts[(code & ((1 << self.bits) - 1)) as usize] + (code >> self.bits) as usize
    }

    #[inline]
    fn get(&self, code: u32) -> u32 {
        self.codes[self.position(code)]
    }

    #[inline]
    pub(super) fn set(&mut self, code: u32, rank: u32) {
        let position = self.position(code);
        self.codes[position] = rank;
    }

    /// Replaces provisional codes by what they become.
    pub(super) fn apply(&self, codes: &[AtomicU32], job: &Job) -> Result<()> {
        each(job, codes.chunks(1 << 16).collect(), |codes| {
            for code in codes {
                code.store(self.get(code.load(Ordering::Relaxed)), Ordering::Relaxed);
            }
            Ok(())
        })
    }
}
