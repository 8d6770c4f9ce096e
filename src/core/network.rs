//! The network: labels, ties, unobserved dyads; and how ties in columns become one.

use serde::{Deserialize, Serialize};

use crate::{Error, Graph, Labels, Missing, Result};

/// One relation among one set of actors at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Network {
    labels: Labels,
    graph: Graph,
    missing: Missing,
}

/// Ties in columns: actor indices, and values where the relation has them (`NaN`: not observed).
#[derive(Debug, Clone, Copy)]
pub struct Ties<'a> {
    /// Senders.
    pub source: &'a [u32],
    /// Receivers.
    pub target: &'a [u32],
    /// Values: positive or negative; 0 is an observed absence; `NaN` is not observed.
    pub value: Option<&'a [f64]>,
}

/// What to do with ties from an actor to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Loops {
    /// Refuse them.
    #[default]
    Error,
    /// Leave them out.
    Drop,
    /// Keep them, apart from the other ties.
    Keep,
}

/// What to do with ties listed more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Duplicates {
    /// Refuse them.
    #[default]
    Error,
    /// Add their values up (each row counts 1 without values).
    Sum,
    /// Keep the largest value.
    Max,
    /// Take the mean value.
    Mean,
    /// Keep the value of the first row.
    First,
}

/// How columns become a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Whether ties have a direction.
    pub directed: bool,
    /// Self-ties.
    pub loops: Loops,
    /// Repeated ties.
    pub duplicates: Duplicates,
    /// Whether negative values are meant.
    pub signed: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { directed: true, loops: Loops::Error, duplicates: Duplicates::Error, signed: false }
    }
}

impl Network {
    /// Puts checked parts together.
    ///
    /// # Errors
    /// [`Error::Format`] when their sizes differ.
    pub fn new(labels: Labels, graph: Graph, missing: Missing) -> Result<Self> {
        let n = graph.n();
        let fits = |marks: &[bool]| marks.is_empty() || marks.len() == n;
        if labels.len() != n || !fits(missing.senders()) || !fits(missing.receivers()) {
            return Err(Error::Format(format!("{} labels do not fit {n} actors", labels.len())));
        }
        Ok(Self { labels, graph, missing })
    }

    /// As [`new`](Network::new), for parts that fit by construction.
    pub(crate) fn with_parts(labels: Labels, graph: Graph, missing: Missing) -> Self {
        Self { labels, graph, missing }
    }

    /// The actors' labels.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The ties.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The dyads that were not observed.
    pub fn missing(&self) -> &Missing {
        &self.missing
    }

    /// Number of actors.
    pub fn n(&self) -> usize {
        self.graph.n()
    }

    /// Number of observed ordered (directed) or unordered (undirected) pairs of different actors.
    pub fn observed_dyads(&self) -> u64 {
        let n = self.n() as u64;
        let dyads = n * n.saturating_sub(1) / if self.graph.directed() { 1 } else { 2 };
        dyads - self.missing.count(self.graph.directed(), self.n())
    }

    /// Tie values as a full matrix, row by row: 0 where there is no tie, `NaN` where the dyad was not
    /// observed, self-ties on the diagonal.
    ///
    /// # Errors
    /// [`Error::TooManyActors`] above 2³² cells.
    pub fn dense(&self) -> Result<Vec<f64>> {
        let n = self.n();
        let cells = n.checked_mul(n).filter(|cells| *cells <= 1 << 32);
        let mut matrix = vec![0.0; cells.ok_or(Error::TooManyActors { found: n as u64 })?];
        for i in 0..n {
            if !self.missing.is_none() {
                let hidden = (0..n).filter(|&j| i != j && !self.missing.observed(self.graph.directed(), i, j));
                hidden.for_each(|j| matrix[i * n + j] = f64::NAN);
            }
            self.graph.out().valued(i).for_each(|(j, value)| matrix[i * n + j] = value);
        }
        self.graph.loops().iter().for_each(|(i, value)| matrix[*i as usize * (n + 1)] = *value);
        Ok(matrix)
    }
}

/// How two reports on a dyad become one undirected tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symmetrize {
    /// A tie where either reports one (values: the larger).
    Union,
    /// A tie where both report one (values: the smaller).
    Confirmed,
    /// The mean of the two values.
    Mean,
    /// The larger value.
    Max,
    /// The smaller value.
    Min,
    /// The sum of the two values.
    Sum,
}

/// What becomes of a dyad of which one direction was not observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneReport {
    /// The undirected dyad is not observed.
    Missing,
    /// The one report stands for both.
    Use,
}
