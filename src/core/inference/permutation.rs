//! Which cells of matrices a test runs over, and how their actors are permuted.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::{Error, Result};

/// Which cells of a matrix are dyads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All but the diagonal; rows and columns are the same actors.
    Directed,
    /// Those below the diagonal, of a symmetric matrix.
    Undirected,
    /// All; rows and columns are different actors.
    TwoMode,
}

/// The matrix of one network among those of a test: row by row, one network after the other.
#[derive(Debug, Clone)]
pub struct Block {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Which cells are dyads.
    pub shape: Shape,
    /// Sets of rows that are permuted among each other.
    sets: Vec<Vec<u32>>,
    /// Of a two-mode network: sets of columns.
    column_sets: Vec<Vec<u32>>,
    /// Where its cells begin.
    first: usize,
}

/// The matrices of a test.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    blocks: Vec<Block>,
    cells: usize,
}

/// The order of the actors of a block in one draw: position `i` is taken by row `rows[i]`.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) rows: Vec<u32>,
    pub(super) columns: Option<Vec<u32>>,
}

impl Order {
    /// For each position the column that takes it.
    pub(super) fn columns(&self) -> &[u32] {
        self.columns.as_ref().unwrap_or(&self.rows)
    }
}

impl Layout {
    /// Adds the matrix of a network, of which actors are permuted within `groups` (rows, then the columns of a two-mode
    /// network; empty: among all).
    ///
    /// # Errors
    /// [`Error::Format`] when `groups` do not fit.
    pub fn push(&mut self, rows: usize, columns: usize, shape: Shape, groups: &[u32]) -> Result<()> {
        let actors = if shape == Shape::TwoMode { rows + columns } else { rows };
        let fits = groups.is_empty() || groups.len() == actors;
        if !fits || (shape != Shape::TwoMode && rows != columns) {
            return Err(Error::Format(format!("a matrix of {rows} × {columns} does not fit {} groups", groups.len())));
        }
        let of = |range: std::ops::Range<usize>| {
            let mut sets: Vec<Vec<u32>> = Vec::new();
            if groups.is_empty() {
                sets.push((0..range.len() as u32).collect());
                return sets;
            }
            for (place, group) in groups[range].iter().enumerate() {
                let group = *group as usize;
                if sets.len() <= group {
                    sets.resize(group + 1, Vec::new());
                }
                sets[group].push(place as u32);
            }
            sets
        };
        let column_sets = if shape == Shape::TwoMode { of(rows..actors) } else { Vec::new() };
        self.blocks.push(Block { rows, columns, shape, sets: of(0..rows), column_sets, first: self.cells });
        self.cells += rows * columns;
        Ok(())
    }

    /// The matrices.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Number of cells in all.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// Permutes the actors of each block.
    pub(super) fn draw(&self, random: &mut ChaCha8Rng) -> Vec<Order> {
        let shuffled = |size: usize, sets: &[Vec<u32>], random: &mut ChaCha8Rng| {
            let mut order = vec![0; size];
            for set in sets {
                let mut taken = set.clone();
                taken.shuffle(random);
                set.iter().zip(taken).for_each(|(place, actor)| order[*place as usize] = actor);
            }
            order
        };
        let one = |block: &Block| Order {
            rows: shuffled(block.rows, &block.sets, random),
            columns: (block.shape == Shape::TwoMode).then(|| shuffled(block.columns, &block.column_sets, random)),
        };
        self.blocks.iter().map(one).collect()
    }
}

impl Block {
    /// How many cells of row `row`, from its first on, are looked at; a diagonal among them has to be 0 in what stays in
    /// place, so that it counts for nothing.
    #[inline]
    pub(super) fn reach(&self, row: usize) -> usize {
        if self.shape == Shape::Undirected { row } else { self.columns }
    }

    /// Where the cells of row `row` begin.
    #[inline]
    pub(super) fn start(&self, row: usize) -> usize {
        self.first + row * self.columns
    }
}
