//! What can be wrong with labels.

use std::fmt;

/// A problem with the labels of a table; the message says where and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LabelError {
    /// Rows without a label.
    #[error("column '{column}': no label in {rows}. Fill the labels in, or leave these rows out")]
    Empty {
        /// The column's name.
        column: String,
        /// Where.
        rows: Places,
    },
    /// Text in one column, whole numbers in another.
    #[error(
        "column '{text}' holds text and column '{integer}' whole numbers: no label of one can equal a label of the other. Convert one of them"
    )]
    Mixed {
        /// A column that holds text.
        text: String,
        /// A column that holds whole numbers.
        integer: String,
    },
    /// Whole numbers beyond the signed 64-bit range.
    #[error("column '{column}': the number is larger than {} in {rows}. Convert such labels to text", i64::MAX)]
    TooLarge {
        /// The column's name.
        column: String,
        /// Where.
        rows: Places,
    },
    /// A label that is not UTF-8.
    #[error("the label '{label}' is not valid UTF-8: the table was read with the wrong encoding")]
    NotText {
        /// The label, with replacement characters.
        label: String,
    },
    /// A column whose parts contradict each other.
    #[error("column '{column}' is damaged: {reason}")]
    Malformed {
        /// The column's name.
        column: String,
        /// What contradicts what.
        reason: &'static str,
    },
    /// Actors listed more than once.
    #[error("{} listed more than once: {}. Each actor has one row", Count(*total, "actor is", "actors are"), List(first, *total))]
    DuplicateActors {
        /// How many different labels.
        total: u64,
        /// The first of them.
        first: Vec<Repeated>,
    },
    /// Labels that the actors table does not have.
    #[error(
        "{} not in the actors table, in {}: {}. Pass unknown=\"add\" to add them, unknown=\"drop\" to leave these rows out, or correct the labels",
        Count(*total, "label is", "labels are"), Count(*rows, "row", "rows"), List(first, *total)
    )]
    Unknown {
        /// How many different labels.
        total: u64,
        /// How many rows have at least one of them.
        rows: u64,
        /// The first of them, by row.
        first: Vec<UnknownLabel>,
    },
}

impl LabelError {
    /// Gives the rows of ties other numbers; those of the actors table keep theirs.
    pub(crate) fn renumber(&mut self, number: &dyn Fn(u64) -> u64) {
        match self {
            Self::Empty { rows, .. } | Self::TooLarge { rows, .. } => {
                rows.first.iter_mut().for_each(|row| *row = number(*row));
            }
            Self::Unknown { first, .. } => first.iter_mut().for_each(|label| label.row = number(label.row)),
            _ => {}
        }
    }
}

/// Rows of one column, counted from 0: the first few, and how many in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// How many rows in all.
    pub total: u64,
    /// The first of them.
    pub first: Vec<u64>,
}

/// A label of the actors table that stands in several rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The label, as messages show it.
    pub label: String,
    /// Its rows, counted from 0: the first few, and how many in all.
    pub rows: Places,
}

/// A label that the actors table does not have, and where it stands first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLabel {
    /// The label, as messages show it.
    pub label: String,
    /// The column that has it.
    pub column: String,
    /// Its first row in that column, counted from 0.
    pub row: u64,
}

impl Places {
    /// How many rows a message shows.
    pub const SHOWN: usize = 5;

    /// Counts `row`, and keeps it if it is among the first.
    pub(super) fn add(&mut self, row: u64) {
        self.total += 1;
        if self.first.len() < Self::SHOWN {
            self.first.push(row);
        }
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", Count(self.total, "row", "rows"), List(&self.first, self.total))
    }
}

impl fmt::Display for Repeated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (rows {})", self.label, List(&self.rows.first, self.rows.total))
    }
}

impl fmt::Display for UnknownLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (row {} of '{}')", self.label, self.row, self.column)
    }
}

/// A number with its noun.
struct Count(u64, &'static str, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, if self.0 == 1 { self.1 } else { self.2 })
    }
}

/// The first of so many items, with an ellipsis when there are more.
struct List<'a, T>(&'a [T], u64);

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if position == 0 { "" } else { ", " })?;
        }
        f.write_str(if self.1 > self.0.len() as u64 { ", …" } else { "" })
    }
}
