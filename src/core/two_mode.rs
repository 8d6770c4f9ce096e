//! Two-mode networks: two blocks of actors with ties between them only (Borgatti & Everett 1997,
//! doi:10.1016/S0378-8733(96)00301-2), and their projections on one of the modes.

use crate::transform::rows;
use crate::{Csr, Error, Graph, Job, Missing, Network, Result, Rows};

/// What the value of a projected tie is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Projection {
    /// The number of partners that two actors share.
    Count,
    /// The sum over shared partners of the product of the two tie values.
    Product,
    /// The sum over shared partners of 1 ÷ (the partner's number of ties − 1) (Newman 2001).
    Newman,
    /// Shared partners ÷ partners of either.
    Jaccard,
}

/// What becomes of projected dyads whose shared partners were not all observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incomplete {
    /// They are not observed.
    Missing,
    /// What was observed is counted.
    Count,
}

impl Network {
    /// A directed network whose ties run from actors of one mode to those marked `second`, as an
    /// undirected two-mode network: the first mode's actors first, both in the order they had.
    ///
    /// A first-mode actor that did not answer has no observed dyad; actors of the second mode are not
    /// asked.
    ///
    /// # Errors
    /// [`Error::WithinMode`] for ties (or unobserved dyads) that do not run from the first mode to the
    /// second.
    pub fn modes(&self, second: &[bool]) -> Result<Self> {
        let (n, graph) = (self.n(), self.graph());
        if !graph.directed() || second.len() != n {
            return Err(Error::Argument {
                argument: "second",
                expected: "one mark per actor of a directed network",
                found: format!("{} marks for {n} actors", second.len()),
            });
        }
        self.check_modes(second)?;
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_by_key(|actor| second[*actor as usize]);
        let first = second.iter().filter(|mark| !**mark).count();
        let mut place = vec![0_u32; n];
        order.iter().enumerate().for_each(|(position, actor)| place[*actor as usize] = position as u32);
        let row = |position: usize| {
            let actor = order[position] as usize;
            let lists = if position < first { graph.out() } else { graph.incoming() };
            lists.valued(actor).map(|(other, value)| (place[other], value)).collect()
        };
        let out = rows(n, graph.is_valued(), row);
        let cells = self.missing().cells().iter().filter(|(i, _)| !second[*i as usize]);
        let cells = cells.map(|&(i, j)| (place[i as usize], place[j as usize])).collect();
        let silent: Vec<bool> = order[..first].iter().map(|actor| self.missing().sender(*actor as usize)).collect();
        // An undirected dyad is unobserved when both its actors are marked, and nobody asked the second mode.
        let marks = if silent.contains(&true) { [silent, vec![true; n - first]].concat() } else { Vec::new() };
        let missing = Missing::new(false, marks, Vec::new(), cells);
        let network = Self::new(self.labels().take(&order), Graph::new(false, out, Vec::new()), missing)?;
        Ok(network.in_modes(Some(first as u32)))
    }

    fn check_modes(&self, second: &[bool]) -> Result<()> {
        let graph = self.graph();
        let (source, target, _) = graph.list();
        let loops = graph.loops().iter().map(|(actor, _)| (*actor, *actor));
        let cells = self.missing().cells().iter().copied();
        let pairs = source.into_iter().zip(target).chain(loops).chain(cells);
        let wrong: Vec<(u32, u32)> = pairs.filter(|&(i, j)| second[i as usize] || !second[j as usize]).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let show =
            |&(i, j): &(u32, u32)| format!("{} → {}", self.labels().show(i as usize), self.labels().show(j as usize));
        let mut first: Vec<String> = wrong.iter().take(Rows::SHOWN).map(show).collect();
        if wrong.len() > first.len() {
            first.push("…".into());
        }
        Err(Error::WithinMode { ties: wrong.len() as u64, first: first.join(", ") })
    }

    /// Elementary steps that a projection costs.
    pub fn projection_cost(&self) -> u64 {
        let lists = self.graph().out();
        (0..self.n()).map(|actor| (lists.degree(actor) as u64).pow(2)).sum()
    }

    /// The one-mode network among the actors of the first (or `second`) mode: two are tied when they
    /// share a partner in the other mode.
    ///
    /// # Complexity
    /// O(Σ k²) over the degrees k of the other mode.
    ///
    /// # Errors
    /// [`Error::Argument`] for a network of one mode; [`Error::Incomplete`] when there are unobserved
    /// dyads and `incomplete` is `None`; [`Error::Interrupted`].
    pub fn project(&self, second: bool, rule: Projection, incomplete: Option<Incomplete>, job: &Job) -> Result<Self> {
        let Some(first) = self.first_mode() else {
            return Err(Error::Argument {
                argument: "the network",
                expected: "two-mode",
                found: "a network of one mode".into(),
            });
        };
        if incomplete.is_none() && self.unobserved_dyads() > 0 {
            return Err(Error::Incomplete { dyads: self.unobserved_dyads() });
        }
        let members: Vec<u32> = if second { first as u32..self.n() as u32 } else { 0..first as u32 }.collect();
        let offset = members.first().copied().unwrap_or(0);
        let mut shared = vec![0.0; self.n()];
        let mut lists = Vec::with_capacity(members.len());
        for &actor in &members {
            job.check()?;
            let row = self.projected(actor as usize, rule, &mut shared);
            lists.push(row.into_iter().map(|(other, value)| (other - offset, value)).collect());
        }
        let out: Csr = rows(members.len(), true, |actor| std::mem::take(&mut lists[actor]));
        let hidden = match incomplete {
            Some(Incomplete::Missing) => members.iter().map(|actor| self.is_incomplete(*actor as usize)).collect(),
            _ => Vec::new(),
        };
        let out = drop_marked(&out, &hidden);
        let missing = Missing::new(false, Vec::new(), hidden, Vec::new());
        Self::new(self.labels().take(&members), Graph::new(false, out, Vec::new()), missing)
    }

    /// The row of `actor` in a projection; `shared` is zero before and after.
    fn projected(&self, actor: usize, rule: Projection, shared: &mut [f64]) -> Vec<(u32, f64)> {
        let lists = self.graph().out();
        let mut others = Vec::new();
        for (partner, value) in lists.valued(actor) {
            let share = 1.0 / (lists.degree(partner) as f64 - 1.0);
            for (other, back) in lists.valued(partner).filter(|(other, _)| *other != actor) {
                if shared[other] == 0.0 {
                    others.push(other as u32);
                }
                shared[other] += match rule {
                    Projection::Count | Projection::Jaccard => 1.0,
                    Projection::Product => value * back,
                    Projection::Newman => share,
                };
            }
        }
        others.sort_unstable();
        others.dedup();
        let row = others.iter().map(|&other| {
            let sum = std::mem::take(&mut shared[other as usize]);
            let either = (lists.degree(actor) + lists.degree(other as usize)) as f64 - sum;
            (other, if rule == Projection::Jaccard { sum / either } else { sum })
        });
        row.filter(|(_, value)| *value != 0.0).collect()
    }

    /// Whether a dyad of `actor` with the other mode was not observed.
    fn is_incomplete(&self, actor: usize) -> bool {
        let (first, missing) = (self.first_mode().unwrap_or(0), self.missing());
        let others = if actor < first { first..self.n() } else { 0..first };
        !missing.is_none() && others.into_iter().any(|other| !missing.observed(false, actor, other))
    }
}

/// Leaves out the ties of marked actors, which no unobserved dyad may have.
fn drop_marked(lists: &Csr, marks: &[bool]) -> Csr {
    if !marks.contains(&true) {
        return lists.clone();
    }
    rows(lists.n(), true, |actor| {
        let kept = lists.valued(actor).filter(|(other, _)| !marks[actor] && !marks[*other]);
        kept.map(|(other, value)| (other as u32, value)).collect()
    })
}
