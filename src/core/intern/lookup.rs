//! Columns coded by the order of an actors table.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use super::column::Column;
use super::dense::Dense;
use super::error::{LabelError, Places, Repeated, UnknownLabel};
use super::keys::{Numbers, Store, Texts};
use super::sweep::Piece;
use super::table::{Ranks, Tables};
use super::{intern, kind, pooled, sheet};
use crate::{Error, Job, Labels, Result};

/// What to do with labels that the actors table does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// Refuse them.
    #[default]
    Error,
    /// Leave their rows out.
    Drop,
    /// Add them as actors, after those of the table.
    Add,
}

/// The codes of columns by an actors table.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Each column's codes; `u32::MAX` for labels to be left out ([`Unknown::Drop`]).
    pub codes: Vec<Vec<u32>>,
    /// Labels that the table did not have, sorted ([`Unknown::Add`]): their codes go on where
    /// those of the table end.
    pub added: Labels,
    /// How many rows had such a label in any of the columns.
    pub rows: u64,
}

/// The labels of an actors table, ready for looking them up.
#[derive(Debug)]
pub struct Index<'a> {
    labels: &'a Labels,
    codes: Codes,
}

#[derive(Debug)]
enum Codes {
    Text(Tables<Texts>, Ranks),
    Sparse(Tables<Numbers>, Ranks),
    Dense(Dense, Vec<u32>),
}

impl<'a> Index<'a> {
    /// Takes in the labels of an actors table, in its order.
    ///
    /// # Errors
    /// [`LabelError::DuplicateActors`] when a label stands there twice.
    pub fn new(labels: &'a Labels, job: &Job) -> Result<Self> {
        if labels.len() >= u32::MAX as usize {
            return Err(Error::TooManyActors { found: labels.len() as u64 });
        }
        let columns = [Column::of("label", labels)];
        let (codes, _) = pooled(&columns, job, || {
            sheet::fill(&columns, job, |pieces| match labels {
                Labels::Text { .. } => hashed(pieces, labels, job).map(|(tables, ranks)| Codes::Text(tables, ranks)),
                Labels::Integer(_) => integers(pieces, labels, job),
            })
        })?;
        Ok(Self { labels, codes })
    }

    /// Each column as positions in the actors table.
    ///
    /// # Errors
    /// [`LabelError`] for rows without a label, for text where the table has integers or the
    /// reverse, and for labels that the table does not have ([`Unknown::Error`]).
    pub fn look_up(&self, columns: &[Column<'_>], unknown: Unknown, job: &Job) -> Result<Found> {
        let table = Column::of("label of the actors table", self.labels);
        let mut all = vec![table];
        all.extend_from_slice(columns);
        kind(&all)?;
        columns.iter().try_for_each(Column::require_labels)?;
        let ((), codes) = pooled(columns, job, || sheet::fill(columns, job, |pieces| self.write(pieces, job)))?;
        let rows = count_unknown(&codes);
        match unknown {
            Unknown::Error if rows > 0 => Err(unknown_labels(columns, &codes, rows).into()),
            Unknown::Add if rows > 0 => {
                drop(codes);
                self.add(&all, rows, job)
            }
            _ => Ok(Found { codes, added: self.none(), rows }),
        }
    }

    fn write(&self, pieces: &[Piece<'_>], job: &Job) -> Result<()> {
        match &self.codes {
            Codes::Text(tables, ranks) => tables.look_up(pieces, ranks, job),
            Codes::Sparse(tables, ranks) => tables.look_up(pieces, ranks, job),
            Codes::Dense(dense, ranks) => dense.look_up(pieces, |rank| ranks[rank as usize], job),
        }
    }

    /// Codes of the columns after the first, which is the table, with new labels after its own.
    fn add(&self, all: &[Column<'_>], rows: u64, job: &Job) -> Result<Found> {
        let (union, mut codes) = intern(all, job)?;
        let mut ranks = vec![u32::MAX; union.len()];
        for (row, &code) in codes.remove(0).iter().enumerate() {
            ranks[code as usize] = row as u32;
        }
        let mut added = Vec::with_capacity(union.len() - self.labels.len());
        for (code, rank) in ranks.iter_mut().enumerate().filter(|(_, rank)| **rank == u32::MAX) {
            *rank = (self.labels.len() + added.len()) as u32;
            added.push(code as u32);
        }
        codes.iter_mut().flatten().for_each(|code| *code = ranks[*code as usize]);
        Ok(Found { codes, added: union.take(&added), rows })
    }

    fn none(&self) -> Labels {
        match self.labels {
            Labels::Text { .. } => Labels::Text { offsets: vec![0], bytes: Vec::new() },
            Labels::Integer(_) => Labels::Integer(Vec::new()),
        }
    }
}

/// Tables of all labels, and the row of each.
fn hashed<S: Store>(pieces: &[Piece<'_>], labels: &Labels, job: &Job) -> Result<(Tables<S>, Ranks)> {
    let mut tables = Tables::new(labels.len());
    tables.number(pieces, job)?;
    let mut ranks = tables.ranks();
    if tables.len() < labels.len() {
        return Err(repeated(pieces, labels).into());
    }
    for (row, code) in codes(pieces).enumerate() {
        ranks.set(code, row as u32);
    }
    Ok((tables, ranks))
}

fn integers(pieces: &[Piece<'_>], labels: &Labels, job: &Job) -> Result<Codes> {
    let Some(dense) = Dense::new(pieces, job)? else {
        return hashed(pieces, labels, job).map(|(tables, ranks)| Codes::Sparse(tables, ranks));
    };
    dense.look_up(pieces, |rank| rank, job)?;
    let mut rows = vec![u32::MAX; dense.len()];
    if rows.len() < labels.len() {
        return Err(repeated(pieces, labels).into());
    }
    codes(pieces).enumerate().for_each(|(row, rank)| rows[rank as usize] = row as u32);
    Ok(Codes::Dense(dense, rows))
}

fn codes<'p>(pieces: &'p [Piece<'_>]) -> impl Iterator<Item = u32> + 'p {
    pieces.iter().flat_map(|piece| piece.codes).map(|code: &AtomicU32| code.load(Ordering::Relaxed))
}

/// The labels whose codes occur more than once.
fn repeated(pieces: &[Piece<'_>], labels: &Labels) -> LabelError {
    let mut rows: HashMap<u32, Places> = HashMap::new();
    for (row, code) in codes(pieces).enumerate() {
        rows.entry(code).or_default().add(row as u64);
    }
    let mut repeated: Vec<Places> = rows.into_values().filter(|rows| rows.total > 1).collect();
    repeated.sort_unstable_by_key(|rows| rows.first[0]);
    let total = repeated.len() as u64;
    let show = |rows: Places| Repeated { label: labels.show(rows.first[0] as usize), rows };
    LabelError::DuplicateActors { total, first: repeated.into_iter().take(Places::SHOWN).map(show).collect() }
}

/// How many rows have an unknown label in any column.
fn count_unknown(codes: &[Vec<u32>]) -> u64 {
    if !codes.iter().any(|codes| codes.contains(&u32::MAX)) {
        return 0;
    }
    let len = codes.iter().map(Vec::len).max().unwrap_or(0);
    let unknown = |codes: &Vec<u32>, row: usize| codes.get(row) == Some(&u32::MAX);
    (0..len).filter(|&row| codes.iter().any(|codes| unknown(codes, row))).count() as u64
}

fn unknown_labels(columns: &[Column<'_>], codes: &[Vec<u32>], rows: u64) -> LabelError {
    let mut first: HashMap<String, (usize, usize)> = HashMap::new();
    for (position, (column, codes)) in columns.iter().zip(codes).enumerate() {
        for (row, _) in codes.iter().enumerate().filter(|(_, code)| **code == u32::MAX) {
            let place = first.entry(column.show(row)).or_insert((row, position));
            *place = (*place).min((row, position));
        }
    }
    let mut labels: Vec<(String, (usize, usize))> = first.into_iter().collect();
    labels.sort_unstable_by_key(|(_, place)| *place);
    let total = labels.len() as u64;
    let show = |(label, (row, position)): (String, (usize, usize))| UnknownLabel {
        label,
        column: columns[position].name().to_owned(),
        row: row as u64,
    };
    LabelError::Unknown { total, rows, first: labels.into_iter().take(Places::SHOWN).map(show).collect() }
}
