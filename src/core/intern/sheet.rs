//! The rows of columns that need a number each: every row, but of a dictionary only the labels
//! that its rows use.

use std::sync::atomic::{AtomicU32, Ordering};

use super::column::{Chunk, Column, Integers, Values};
use super::sweep::Piece;
use crate::parallel::each;
use crate::{Job, Labels, Result};

/// Rows that take their codes from a dictionary at a time.
const BLOCK: usize = 1 << 16;

/// The labels of a dictionary that its rows use.
struct Pick {
    labels: Labels,
    /// Position in `labels`, by position in the dictionary.
    positions: Vec<u32>,
    codes: Vec<AtomicU32>,
}

/// Gives each row of `columns` the code that `number` writes for its label.
pub(super) fn fill<T>(
    columns: &[Column<'_>],
    job: &Job,
    number: impl FnOnce(&[Piece<'_>]) -> Result<T>,
) -> Result<(T, Vec<Vec<u32>>)> {
    let codes: Vec<Vec<AtomicU32>> = columns.iter().map(|column| zeros(column.len())).collect();
    let parts = || columns.iter().zip(&codes).flat_map(|(column, codes)| parts(column, codes));
    let picks: Vec<Option<Pick>> = parts().map(|(chunk, _)| Pick::new(chunk)).collect();
    let picked: Vec<Option<Values<'_>>> = picks.iter().map(|pick| Some(Values::from(&pick.as_ref()?.labels))).collect();
    let pieces: Vec<Piece<'_>> = parts()
        .zip(picks.iter().zip(&picked))
        .map(|((chunk, codes), pick)| match pick {
            (Some(pick), Some(values)) => Piece { values, codes: &pick.codes },
            _ => Piece { values: &chunk.values, codes },
        })
        .collect();
    let result = number(&pieces)?;
    for ((chunk, codes), pick) in parts().zip(&picks) {
        if let (Values::Dictionary { codes: positions, .. }, Some(pick)) = (&chunk.values, pick) {
            pick.spread(*positions, codes, job)?;
        }
    }
    let plain = |codes: Vec<AtomicU32>| codes.into_iter().map(AtomicU32::into_inner).collect();
    Ok((result, codes.into_iter().map(plain).collect()))
}

/// The chunks of a column, each with the places of its rows' codes.
fn parts<'c, 'a>(
    column: &'c Column<'a>,
    codes: &'c [AtomicU32],
) -> impl Iterator<Item = (&'c Chunk<'a>, &'c [AtomicU32])> {
    let mut rest = codes;
    column.chunks().iter().map(move |chunk| {
        let (codes, after) = rest.split_at(chunk.len());
        rest = after;
        (chunk, codes)
    })
}

fn zeros(len: usize) -> Vec<AtomicU32> {
    (0..len).map(|_| AtomicU32::new(0)).collect()
}

impl Pick {
    /// The labels that the rows of `chunk` use; `None` unless it has a dictionary.
    fn new(chunk: &Chunk<'_>) -> Option<Self> {
        let Values::Dictionary { codes, values } = &chunk.values else { return None };
        let mut positions = vec![u32::MAX; values.len()];
        for row in 0..codes.len() {
            positions[codes.get(row) as usize] = 0;
        }
        let used = positions.iter_mut().enumerate().filter(|(_, position)| **position == 0);
        let used = used.enumerate().map(|(count, (entry, position))| {
            *position = count as u32;
            entry
        });
        let labels = match &values.values {
            Values::Integer(integers) => Labels::Integer(used.map(|entry| integers.get(entry)).collect()),
            texts => pack(used.map(|entry| texts.text(entry))),
        };
        let codes = zeros(labels.len());
        Some(Self { labels, positions, codes })
    }

    /// Writes the codes of the rows at `positions` of the dictionary.
    fn spread(&self, positions: Integers<'_>, to: &[AtomicU32], job: &Job) -> Result<()> {
        let code =
            |position: &u32| self.codes.get(*position as usize).map_or(u32::MAX, |code| code.load(Ordering::Relaxed));
        let codes: Vec<u32> = self.positions.iter().map(code).collect();
        each(job, to.chunks(BLOCK).enumerate().collect(), |(block, to)| {
            for (row, to) in (block * BLOCK..).zip(to) {
                to.store(codes[positions.get(row) as usize], Ordering::Relaxed);
            }
            Ok(())
        })
    }
}

/// Text labels, one after the other.
fn pack<'t>(texts: impl Iterator<Item = &'t [u8]>) -> Labels {
    let (mut offsets, mut bytes) = (vec![0], Vec::new());
    for text in texts {
        bytes.extend_from_slice(text);
        offsets.push(bytes.len() as u64);
    }
    Labels::Text { offsets, bytes }
}
