//! Everything that can go wrong, with the values a message needs.

use std::fmt;

/// The result of a fallible call of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong; the message says what was found, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The caller asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// The operating system refused the threads.
    #[error("could not start the worker threads: {reason}")]
    Threads {
        /// The system's words.
        reason: String,
    },
    /// More actors than an index holds.
    #[error("{found} actors are more than the {} that a network can hold", u32::MAX)]
    TooManyActors {
        /// How many there were.
        found: u64,
    },
    /// Labels that can't be used.
    #[error(transparent)]
    Labels(#[from] crate::LabelError),
    /// Ties from an actor to itself.
    #[error(
        "{0}: an actor has a tie to itself. Pass loops=\"drop\" to leave such ties out, or loops=\"keep\" to keep them"
    )]
    SelfTies(Rows),
    /// The same tie listed more than once.
    #[error(
        "{0}: the same tie is listed more than once. Pass duplicates=\"sum\", \"max\", \"mean\" or \"first\" to say which value the tie gets"
    )]
    DuplicateTies(Rows),
    /// An undirected tie listed in both directions.
    #[error(
        "{0}: the network is undirected, but the tie is also listed the other way round. Pass duplicates=\"first\" (or \"sum\", \"max\", \"mean\") to make them one tie, or directed=True if each direction is a report of its own"
    )]
    BothDirections(Rows),
    /// Infinite tie values.
    #[error("{0}: the tie value is infinite; values must be finite (an empty value means: not observed)")]
    InfiniteValues(Rows),
    /// Negative tie values in a network that was not declared signed.
    #[error(
        "{0}: the tie value is negative. Pass signed=True if the relation has negative ties, or recode the values first"
    )]
    NegativeValues(Rows),
    /// Ties reported by actors that did not answer.
    #[error(
        "{0}: the tie is reported by an actor that is not among the respondents. Correct respondents=, or leave these rows out"
    )]
    TiesOfNonRespondents(Rows),
    /// Dyads of which one direction was observed, where both are needed.
    #[error("{dyads} {} observed from one side only, because the other side did not answer. Pass one_report=\"missing\" to treat them as not observed, or one_report=\"use\" to let the one report stand for both", if *dyads == 1 { "dyad was" } else { "dyads were" })]
    OneReport {
        /// How many.
        dyads: u64,
    },
    /// Ties of a two-mode network that do not run from the first mode to the second.
    #[error("{ties} {} not run from the first mode to the second: {first}. In a two-mode network every tie does; pass two_mode= the column of the actors table that tells the modes apart, or correct the rows", if *ties == 1 { "tie does" } else { "ties do" })]
    WithinMode {
        /// How many.
        ties: u64,
        /// The first of them, as text.
        first: String,
    },
    /// Unobserved dyads where a projection needs all.
    #[error("{dyads} {} not observed, so that shared partners may be too few. Pass incomplete=\"missing\" to leave the projected dyads of these actors unobserved, or incomplete=\"count\" to count what was observed", if *dyads == 1 { "dyad was" } else { "dyads were" })]
    Incomplete {
        /// How many.
        dyads: u64,
    },
    /// A measure that reads directed networks only, or undirected ones only.
    #[error("{measure} needs {needs} network, and this one is {found}. {remedy}")]
    Direction {
        /// The measure's public name.
        measure: &'static str,
        /// `"a directed"` or `"an undirected"`.
        needs: &'static str,
        /// `"directed"` or `"undirected"`.
        found: &'static str,
        /// The way out.
        remedy: &'static str,
    },
    /// Negative ties where a measure would misread them.
    #[error(
        "{measure} would misread negative tie values. Keep one sign first, for instance with net.dichotomize(above=0)"
    )]
    Signed {
        /// The measure's public name.
        measure: &'static str,
    },
    /// An argument outside its range.
    #[error("{argument} must be {expected}, but is {found}")]
    Argument {
        /// The argument's name.
        argument: &'static str,
        /// What is allowed.
        expected: &'static str,
        /// What was given.
        found: String,
    },
    /// A scalar of a network without the actors or dyads that it needs.
    #[error("{measure} needs {needs}, and this network has {found}")]
    TooSmall {
        /// The measure's public name.
        measure: &'static str,
        /// What it needs.
        needs: &'static str,
        /// What there is.
        found: String,
    },
    /// An iteration that did not settle.
    #[error("{measure} did not converge in {iterations} iterations (last change {change:.3e}). {remedy}")]
    Convergence {
        /// The measure's public name.
        measure: &'static str,
        /// How many iterations ran.
        iterations: usize,
        /// The size of the last step.
        change: f64,
        /// The way out.
        remedy: &'static str,
    },
    /// A saved network that can't be read.
    #[error("{0}")]
    Format(String),
}

impl Error {
    /// The same error about rows of a larger table: `rows` holds the number there of each row here.
    #[must_use]
    pub fn renumbered(mut self, rows: &[i64]) -> Self {
        match &mut self {
            Self::Labels(error) => error.renumber(&|row| renumbered(row, rows)),
            Self::SelfTies(listed)
            | Self::DuplicateTies(listed)
            | Self::BothDirections(listed)
            | Self::InfiniteValues(listed)
            | Self::NegativeValues(listed)
            | Self::TiesOfNonRespondents(listed) => {
                listed.first.iter_mut().for_each(|row| row.index = renumbered(row.index, rows));
            }
            _ => {}
        }
        self
    }
}

fn renumbered(row: u64, rows: &[i64]) -> u64 {
    rows.get(row as usize).map_or(row, |number| *number as u64)
}

/// The rows of the caller's table that an error is about: the first few, and how many in all.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// How many rows in all.
    pub total: u64,
    /// The first of them.
    pub first: Vec<Row>,
}

/// One row of the caller's table, counted from 0, with the labels of its two actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Position in the table, from 0.
    pub index: u64,
    /// The sender's label.
    pub source: String,
    /// The receiver's label.
    pub target: String,
}

impl Rows {
    /// How many rows a message shows.
    pub const SHOWN: usize = 5;
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.total, if self.total == 1 { "row" } else { "rows" })?;
        for (position, row) in self.first.iter().enumerate() {
            let lead = if position == 0 { " (" } else { ", " };
            write!(f, "{lead}row {}: {} → {}", row.index, row.source, row.target)?;
        }
        match (self.first.is_empty(), self.total > self.first.len() as u64) {
            (true, _) => Ok(()),
            (false, true) => f.write_str(", …)"),
            (false, false) => f.write_str(")"),
        }
    }
}
