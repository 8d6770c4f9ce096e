//! Whole numbers that lie close together: a bitmap of those that occur ranks them, without hashing.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::column::{Integers, Values};
use super::sweep::Piece;
use crate::parallel::each;
use crate::{Error, Job, Labels, Result};

/// Rows worked on at a time.
const BLOCK: usize = 1 << 15;
/// Rows read at a time.
const READ: usize = 1 << 10;

/// A set of numbers as a bitmap, with the count of smaller ones before each word.
#[derive(Debug)]
pub(super) struct Dense {
    min: i64,
    words: Vec<u64>,
    before: Vec<u32>,
}

impl Dense {
    /// The numbers that occur in `pieces`; `None` when they lie too far apart for a bitmap.
    pub(super) fn new(pieces: &[Piece<'_>], job: &Job) -> Result<Option<Self>> {
        let rows: usize = pieces.iter().map(|piece| piece.codes.len()).sum();
        let (min, max) = range(pieces, job)?;
        let span = max.wrapping_sub(min) as u64;
        if span > rows as u64 * 16 + 4096 {
            return Ok(None);
        }
        let words: Vec<AtomicU64> = (0..=span / 64).map(|_| AtomicU64::new(0)).collect();
        scan(pieces, job, |numbers, _| {
            for number in numbers {
                let bit = number.wrapping_sub(min) as usize;
                let (word, bit) = (&words[bit / 64], 1 << (bit % 64));
                if word.load(Ordering::Relaxed) & bit == 0 {
                    word.fetch_or(bit, Ordering::Relaxed);
                }
            }
        })?;
        let words: Vec<u64> = words.into_iter().map(AtomicU64::into_inner).collect();
        let found = words.iter().map(|word| u64::from(word.count_ones())).sum();
        if found >= u64::from(u32::MAX) {
            return Err(Error::TooManyActors { found });
        }
        let mut count = 0;
        let mut before = Vec::with_capacity(words.len());
        for word in &words {
            before.push(count);
            count += word.count_ones();
        }
        Ok(Some(Self { min, words, before }))
    }

    /// How many numbers.
    pub(super) fn len(&self) -> usize {
        self.before.last().zip(self.words.last()).map_or(0, |(before, word)| (before + word.count_ones()) as usize)
    }

    /// The numbers, sorted.
    pub(super) fn labels(&self) -> Labels {
        let mut labels = Vec::with_capacity(self.len());
        for (position, &word) in self.words.iter().enumerate() {
            let mut word = word;
            while word != 0 {
                labels.push(self.min.wrapping_add(position as i64 * 64 + i64::from(word.trailing_zeros())));
                word &= word - 1;
            }
        }
        Labels::Integer(labels)
    }

    /// How many numbers of the set are smaller than `number`; `None` if it is not in the set.
    #[inline]
    fn rank(&self, number: i64) -> Option<u32> {
        let bit = number.wrapping_sub(self.min) as u64;
        let word = *self.words.get(usize::try_from(bit / 64).ok()?)?;
        let mask = 1 << (bit % 64);
        if word & mask == 0 || number < self.min {
            return None;
        }
        Some(self.before[(bit / 64) as usize] + (word & (mask - 1)).count_ones())
    }

    /// Writes the codes of all rows: `code` makes them of the ranks; `u32::MAX` for numbers that
    /// are not in the set.
    pub(super) fn look_up(&self, pieces: &[Piece<'_>], code: impl Fn(u32) -> u32 + Sync, job: &Job) -> Result<()> {
        scan(pieces, job, |numbers, codes| {
            for (number, to) in numbers.iter().zip(codes) {
                to.store(self.rank(*number).map_or(u32::MAX, &code), Ordering::Relaxed);
            }
        })
    }
}

/// The smallest and the largest number; (0, 0) without rows.
fn range(pieces: &[Piece<'_>], job: &Job) -> Result<(i64, i64)> {
    let (min, max) = (std::sync::atomic::AtomicI64::new(i64::MAX), std::sync::atomic::AtomicI64::new(i64::MIN));
    scan(pieces, job, |numbers, _| {
        let (low, high) = numbers.iter().fold((i64::MAX, i64::MIN), |(low, high), n| (low.min(*n), high.max(*n)));
        min.fetch_min(low, Ordering::Relaxed);
        max.fetch_max(high, Ordering::Relaxed);
    })?;
    let (min, max) = (min.into_inner(), max.into_inner());
    Ok(if min > max { (0, 0) } else { (min, max) })
}

/// Hands the rows of all pieces to `work`, some at a time, with the places of their codes.
fn scan(pieces: &[Piece<'_>], job: &Job, work: impl Fn(&[i64], &[AtomicU32]) + Sync) -> Result<()> {
    let blocks = pieces.iter().flat_map(|piece| {
        let codes = piece.codes.chunks(BLOCK).enumerate();
        codes.map(|(position, codes)| (piece.values, position * BLOCK, codes))
    });
    each(job, blocks.collect(), |(values, first, codes)| {
        let Values::Integer(integers) = values else { return Ok(()) };
        read(integers, first, codes, &work);
        Ok(())
    })
}

fn read(integers: &Integers<'_>, mut first: usize, codes: &[AtomicU32], work: &impl Fn(&[i64], &[AtomicU32])) {
    let mut numbers = [0; READ];
    for codes in codes.chunks(READ) {
        let numbers = &mut numbers[..codes.len()];
        integers.read(first, numbers);
        work(numbers, codes);
        first += codes.len();
    }
}
