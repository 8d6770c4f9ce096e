//! A chart of rows to cover and columns that cover them, made smaller without losing any smallest cover.

use std::collections::BTreeMap;

use crate::{Job, Result};

/// Sets of rows as bits.
pub(super) type Rows = Vec<u64>;

pub(super) fn is_empty(rows: &[u64]) -> bool {
    rows.iter().all(|&word| word == 0)
}

pub(super) fn size(rows: &[u64]) -> u32 {
    rows.iter().map(|word| word.count_ones()).sum()
}

pub(super) fn within(inner: &[u64], outer: &[u64]) -> bool {
    inner.iter().zip(outer).all(|(a, b)| a & !b == 0)
}

pub(super) fn places(rows: &[u64]) -> impl Iterator<Item = usize> + '_ {
    rows.iter().enumerate().flat_map(|(at, &word)| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            (rest != 0).then(|| {
                rest &= rest - 1;
                64 * at + bit as usize
            })
        })
    })
}

/// Columns that cover the same rows are one, with the numbers of those that it stands for.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    /// How many rows there are.
    pub(super) rows: usize,
    /// The rows of each column.
    pub(super) columns: Vec<Rows>,
    /// Which columns of the caller each one stands for.
    pub(super) names: Vec<Vec<u32>>,
}

impl Chart {
    /// Lists `rows` of the caller's columns anew, from 0; columns without any are left out.
    pub(super) fn new<'a>(
        columns: impl IntoIterator<Item = (&'a [u64], &'a [u32])>,
        rows: &[usize],
        job: &Job,
    ) -> Result<Self> {
        let mut merged: BTreeMap<Rows, Vec<u32>> = BTreeMap::new();
        for (column, names) in columns {
            job.check()?;
            let mut kept = vec![0; rows.len().div_ceil(64)];
            for (place, &row) in rows.iter().enumerate() {
                kept[place / 64] |= (column[row / 64] >> (row % 64) & 1) << (place % 64);
            }
            if !is_empty(&kept) {
                merged.entry(kept).or_default().extend_from_slice(names);
            }
        }
        let (columns, names) = merged.into_iter().unzip();
        Ok(Self { rows: rows.len(), columns, names })
    }

    /// The same chart with some of its rows.
    pub(super) fn restricted(&self, rows: &[usize], job: &Job) -> Result<Self> {
        Self::new(self.columns.iter().map(Vec::as_slice).zip(self.names.iter().map(Vec::as_slice)), rows, job)
    }

    /// Rows that are not covered with another one anyway: one whose columns all cover this one, too.
    pub(super) fn hardest(&self, job: &Job) -> Result<Vec<usize>> {
        let words = self.columns.len().div_ceil(64);
        let mut sets = vec![vec![0u64; words]; self.rows];
        for (column, rows) in self.columns.iter().enumerate() {
            places(rows).for_each(|row| sets[row][column / 64] |= 1 << (column % 64));
        }
        let follows =
            |row: usize, other: usize| within(&sets[other], &sets[row]) && (sets[other] != sets[row] || other < row);
        let mut found = Vec::new();
        for row in 0..self.rows {
            job.check()?;
            if !(0..self.rows).any(|other| other != row && follows(row, other)) {
                found.push(row);
            }
        }
        Ok(found)
    }

    /// The columns whose rows are not all among those of another one, which takes over the names of those that are:
    /// its own first. A smallest cover is found among them.
    pub(super) fn largest(&self, job: &Job) -> Result<Self> {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|&column| std::cmp::Reverse(size(&self.columns[column])));
        let mut kept = Self { rows: self.rows, columns: Vec::new(), names: Vec::new() };
        for column in order {
            job.check()?;
            let (rows, names) = (&self.columns[column], &self.names[column]);
            if let Some(other) = kept.columns.iter().position(|other| within(rows, other)) {
                kept.names[other].extend_from_slice(names);
            } else {
                kept.columns.push(rows.clone());
                kept.names.push(names.clone());
            }
        }
        Ok(kept)
    }

    /// Rows that have to do with each other through columns, as groups.
    pub(super) fn parts(&self) -> Vec<Vec<usize>> {
        let mut part: Vec<usize> = (0..self.rows).collect();
        for rows in &self.columns {
            let mut places = places(rows);
            let first = places.next().map_or(0, |row| root(&part, row));
            for row in places {
                let (one, other) = (root(&part, first), root(&part, row));
                part[one.max(other)] = one.min(other);
            }
        }
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        (0..self.rows).for_each(|row| found.entry(root(&part, row)).or_default().push(row));
        found.into_values().collect()
    }
}

/// The first row of the part that a row belongs to.
fn root(part: &[usize], mut row: usize) -> usize {
    while part[row] != row {
        row = part[row];
    }
    row
}
