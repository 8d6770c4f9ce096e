//! The network: labels, ties, unobserved dyads; and how ties in columns become one.

use serde::{Deserialize, Serialize};

use crate::{Error, Graph, Labels, Missing, Result};

/// One relation among one set of actors at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Network {
    labels: Labels,
    graph: Graph,
    missing: Missing,
    first: Option<u32>,
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
        Ok(Self { labels, graph, missing, first: None })
    }

    /// As [`new`](Network::new), for parts that fit by construction.
    pub(crate) fn with_parts(labels: Labels, graph: Graph, missing: Missing) -> Self {
        Self { labels, graph, missing, first: None }
    }

    /// States that the first `first` actors are one mode and the others the second; the caller has
    /// checked that ties run between the two only.
    pub(crate) fn in_modes(self, first: Option<u32>) -> Self {
        Self { first, ..self }
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

    /// Size of the first mode, whose actors stand first, in a two-mode network; `None` in a network of
    /// one mode.
    pub fn first_mode(&self) -> Option<usize> {
        self.first.map(|first| first as usize)
    }

    /// Number of pairs that could be tied: ordered (directed) or unordered (undirected) pairs of
    /// different actors, pairs from the two modes in a two-mode network.
    pub fn dyads(&self) -> u64 {
        let n = self.n() as u64;
        match self.first.map(u64::from) {
            Some(first) => first * (n - first),
            None => n * n.saturating_sub(1) / if self.graph.directed() { 1 } else { 2 },
        }
    }

    /// Number of [`dyads`](Network::dyads) that were not observed.
    pub fn unobserved_dyads(&self) -> u64 {
        let Some(first) = self.first_mode() else {
            return self.missing.count(self.graph.directed(), self.n());
        };
        let silent = (0..first).filter(|&actor| self.missing.sender(actor)).count();
        (silent * (self.n() - first) + self.missing.cells().len()) as u64
    }

    /// Number of [`dyads`](Network::dyads) that were observed.
    pub fn observed_dyads(&self) -> u64 {
        self.dyads() - self.unobserved_dyads()
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
                let apart = |j: usize| self.first_mode().is_none_or(|first| (i < first) != (j < first));
                let observed = |j: usize| self.missing.observed(self.graph.directed(), i, j);
                let hidden = (0..n).filter(|&j| i != j && apart(j) && !observed(j));
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
