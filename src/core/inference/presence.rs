//! Which cells of a matrix are taken.

use foldhash::{HashSet, HashSetExt};

/// Actors up to which there is a bit for each cell: two megabytes.
const MOST: usize = 4096;

/// A set of cells: bits where there are few actors, else a table.
#[derive(Debug, Clone)]
pub(super) enum Presence {
    Bits { n: usize, words: Vec<u64> },
    Table(HashSet<(u32, u32)>),
}

impl Presence {
    /// No cell, of the matrix of `n` actors.
    pub(super) fn new(n: usize) -> Self {
        if n <= MOST { Self::Bits { n, words: vec![0; (n * n).div_ceil(64)] } } else { Self::Table(HashSet::new()) }
    }

    /// Adds a cell; false where it was there.
    #[inline]
    pub(super) fn insert(&mut self, (i, j): (u32, u32)) -> bool {
        match self {
            Self::Bits { n, words } => {
                let (place, bit) = at(*n, i, j);
                let fresh = words[place] & bit == 0;
                words[place] |= bit;
                fresh
            }
            Self::Table(cells) => cells.insert((i, j)),
        }
    }

    /// Takes a cell away.
    #[inline]
    pub(super) fn remove(&mut self, (i, j): (u32, u32)) {
        match self {
            Self::Bits { n, words } => {
                let (place, bit) = at(*n, i, j);
                words[place] &= !bit;
            }
            Self::Table(cells) => {
                cells.remove(&(i, j));
            }
        }
    }

    /// Whether a cell is there.
    #[inline]
    pub(super) fn contains(&self, (i, j): (u32, u32)) -> bool {
        match self {
            Self::Bits { n, words } => {
                let (place, bit) = at(*n, i, j);
                words[place] & bit != 0
            }
            Self::Table(cells) => cells.contains(&(i, j)),
        }
    }
}

#[inline]
fn at(n: usize, i: u32, j: u32) -> (usize, u64) {
    let cell = i as usize * n + j as usize;
    (cell / 64, 1 << (cell % 64))
}
