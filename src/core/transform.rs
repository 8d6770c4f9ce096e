//! Networks made from a network: each gives a new one.

use crate::mixing::sector_density;
use crate::{Csr, Error, Graph, Labels, Missing, Network, OneReport, Result, Symmetrize};

impl Network {
    /// The network among `actors` (indices, in the order they get, those of the first mode first);
    /// ties to others go.
    ///
    /// # Errors
    /// [`Error::Argument`] for an index outside the network or listed twice, or for modes that mix.
    pub fn subset(&self, actors: &[u32]) -> Result<Self> {
        let mut place = vec![u32::MAX; self.n()];
        for (position, &actor) in actors.iter().enumerate() {
            match place.get_mut(actor as usize) {
                Some(slot) if *slot == u32::MAX => *slot = position as u32,
                _ => {
                    return Err(Error::Argument {
                        argument: "actors",
                        expected: "different actors of the network",
                        found: format!("index {actor}"),
                    });
                }
            }
        }
        let first = self.first_mode().map(|first| actors.iter().filter(|actor| (**actor as usize) < first).count());
        if let (Some(first), Some(kept)) = (self.first_mode(), first)
            && actors[..kept].iter().any(|actor| *actor as usize >= first)
        {
            return Err(Error::Argument {
                argument: "actors",
                expected: "actors of the first mode before those of the second",
                found: "a mix".into(),
            });
        }
        let row = |position: usize| {
            let kept = self.graph().out().valued(actors[position] as usize);
            kept.map(|(other, value)| (place[other], value)).filter(|(other, _)| *other != u32::MAX).collect()
        };
        let out = rows(actors.len(), self.graph().is_valued(), row);
        let mut loops: Vec<(u32, f64)> = self.graph().loops().to_vec();
        loops.iter_mut().for_each(|(actor, _)| *actor = place[*actor as usize]);
        loops.retain(|(actor, _)| *actor != u32::MAX);
        loops.sort_unstable_by_key(|(actor, _)| *actor);
        let (directed, missing) = (self.graph().directed(), self.missing());
        let marks = |mark: &dyn Fn(usize) -> bool| actors.iter().map(|actor| mark(*actor as usize)).collect();
        let cells = missing.cells().iter().map(|&(i, j)| (place[i as usize], place[j as usize]));
        let missing = Missing::new(
            directed,
            marks(&|actor| missing.sender(actor)),
            marks(&|actor| missing.receiver(actor)),
            cells.filter(|(i, j)| *i != u32::MAX && *j != u32::MAX).collect(),
        );
        let network = Self::new(self.labels().take(actors), Graph::new(directed, out, loops), missing)?;
        Ok(network.in_modes(first.map(|first| first as u32)))
    }

    /// Every tie turned round; an undirected network stays as it is.
    #[must_use]
    pub fn reverse(&self) -> Self {
        if !self.graph().directed() {
            return self.clone();
        }
        let missing = self.missing();
        let cells = missing.cells().iter().map(|&(i, j)| (j, i)).collect();
        let missing = Missing::new(true, missing.receivers().to_vec(), missing.senders().to_vec(), cells);
        let graph = Graph::new(true, self.graph().incoming().clone(), self.graph().loops().to_vec());
        Self::with_parts(self.labels().clone(), graph, missing)
    }

    /// The ties whose value passes `keep`, without their values; self-ties too.
    #[must_use]
    pub fn dichotomize(&self, keep: impl Fn(f64) -> bool) -> Self {
        let graph = self.graph();
        let row = |actor: usize| {
            graph.out().valued(actor).filter(|(_, value)| keep(*value)).map(|(other, _)| (other as u32, 1.0)).collect()
        };
        let out = rows(self.n(), false, row);
        let loops = graph.loops().iter().filter(|(_, value)| keep(*value)).map(|(actor, _)| (*actor, 1.0)).collect();
        let graph = Graph::new(graph.directed(), out, loops);
        let modes = self.first_mode().map(|first| first as u32);
        Self::with_parts(self.labels().clone(), graph, self.missing().clone()).in_modes(modes)
    }

    /// One undirected tie from the reports of both sides.
    ///
    /// `one_report` says what becomes of dyads observed from one side; `None` refuses them.
    ///
    /// # Errors
    /// [`Error::Direction`] for an undirected network; [`Error::Signed`] where `Union` or `Confirmed`
    /// would misread negative values; [`Error::OneReport`] when there are such dyads and no choice.
    pub fn symmetrize(&self, rule: Symmetrize, one_report: Option<OneReport>) -> Result<Self> {
        let graph = self.graph();
        if !graph.directed() {
            return Err(Error::Direction {
                measure: "symmetrize",
                needs: "a directed",
                found: "undirected",
                remedy: "It is symmetric already",
            });
        }
        if graph.is_signed() && matches!(rule, Symmetrize::Union | Symmetrize::Confirmed) {
            return Err(Error::Signed { measure: "symmetrize" });
        }
        let missing = self.undirected_missing(one_report)?;
        let row = |actor: usize| self.joined(actor, rule, one_report);
        let valued = graph.is_valued() || matches!(rule, Symmetrize::Mean | Symmetrize::Sum);
        let out = rows(self.n(), valued, row);
        let graph = Graph::new(false, out, graph.loops().to_vec());
        Ok(Self::with_parts(self.labels().clone(), graph, missing))
    }

    /// Number of pairs of actors of which one direction was observed and the other was not.
    pub fn one_report_dyads(&self) -> u64 {
        let both_ways = self.count_pairs(|out, back| out && back);
        self.count_pairs(|out, back| out || back) - both_ways
    }

    /// Pairs by which directions were observed; counted from the marks alone where there are no cells.
    fn count_pairs(&self, chosen: impl Fn(bool, bool) -> bool) -> u64 {
        let missing = self.missing();
        let pairs = |k: u64| k * k.saturating_sub(1) / 2;
        if missing.is_none() {
            return if chosen(true, true) { pairs(self.n() as u64) } else { 0 };
        }
        let class = |actor: usize| usize::from(missing.sender(actor)) + 2 * usize::from(missing.receiver(actor));
        let mut sizes = [0_u64; 4];
        (0..self.n()).for_each(|actor| sizes[class(actor)] += 1);
        // Direction a → b is unmarked unless a's class has the sender bit or b's the receiver bit.
        let seen = |a: usize, b: usize| a & 1 == 0 && b & 2 == 0;
        let mut total = 0;
        for a in 0..4 {
            for b in a..4 {
                let count = if a == b { pairs(sizes[a]) } else { sizes[a] * sizes[b] };
                total += if chosen(seen(a, b), seen(b, a)) { count } else { 0 };
            }
        }
        let mut corrected: Vec<(u32, u32)> = missing.cells().iter().map(|&(i, j)| (i.min(j), i.max(j))).collect();
        corrected.sort_unstable();
        corrected.dedup();
        for (i, j) in corrected {
            let (i, j) = (i as usize, j as usize);
            let marked = chosen(seen(class(i), class(j)), seen(class(j), class(i)));
            let truly = chosen(missing.observed(true, i, j), missing.observed(true, j, i));
            total = total + u64::from(truly) - u64::from(marked);
        }
        total
    }

    fn undirected_missing(&self, one_report: Option<OneReport>) -> Result<Missing> {
        let missing = self.missing();
        let lone = self.one_report_dyads();
        if one_report.is_none() && lone > 0 {
            return Err(Error::OneReport { dyads: lone });
        }
        let marks = |mark: &dyn Fn(usize) -> bool| (0..self.n()).map(mark).collect::<Vec<bool>>();
        if one_report == Some(OneReport::Missing) {
            let either = marks(&|actor| missing.sender(actor) || missing.receiver(actor));
            return Ok(Missing::new(false, Vec::new(), either, missing.cells().to_vec()));
        }
        // Unobserved only where neither direction was observed.
        let both = marks(&|actor| missing.sender(actor) && missing.receiver(actor));
        let hidden = missing.cells().iter().filter(|&&(i, j)| !missing.observed(true, j as usize, i as usize));
        let mut cells: Vec<(u32, u32)> = hidden.copied().collect();
        let receivers: Vec<u32> = (0..self.n()).filter(|&i| missing.receiver(i)).map(|i| i as u32).collect();
        for (position, &i) in receivers.iter().enumerate() {
            cells.extend(receivers[position + 1..].iter().map(|&j| (i, j)));
        }
        Ok(Missing::new(false, missing.senders().to_vec(), both, cells))
    }

    /// The undirected row of `actor`.
    fn joined(&self, actor: usize, rule: Symmetrize, one_report: Option<OneReport>) -> Vec<(u32, f64)> {
        let (out, into, missing) = (self.graph().out(), self.graph().incoming(), self.missing());
        let mut partners: Vec<u32> = out.neighbours(actor).iter().chain(into.neighbours(actor)).copied().collect();
        partners.sort_unstable();
        partners.dedup();
        let joined = partners.into_iter().filter_map(|partner| {
            let other = partner as usize;
            let report =
                |from: usize, to: usize| missing.observed(true, from, to).then(|| out.value(from, to).unwrap_or(0.0));
            let value = match (report(actor, other), report(other, actor)) {
                (Some(a), Some(b)) => rule.of(a, b),
                (Some(a), None) | (None, Some(a)) if one_report == Some(OneReport::Use) => rule.of(a, a),
                _ => 0.0,
            };
            (value != 0.0).then_some((partner, value))
        });
        joined.collect()
    }

    /// The network among groups of actors (`group` numbers them from 0, `labels` names them): values
    /// are sums of tie values between two groups, those within a group stand as self-ties. A pair of
    /// groups without an observed dyad is not observed.
    ///
    /// # Errors
    /// [`Error::Argument`] when `group` does not fit the network or the labels.
    pub fn collapse(&self, group: &[u32], labels: Labels) -> Result<Self> {
        let blocks = sector_density(self, group)?;
        let groups = labels.len();
        if blocks.groups > groups {
            return Err(Error::Argument {
                argument: "labels",
                expected: "one label per group",
                found: format!("{groups} labels for {} groups", blocks.groups),
            });
        }
        let cell = |a: usize, b: usize| a * blocks.groups + b;
        let row = |a: usize| {
            let others = (0..blocks.groups).filter(|b| *b != a && a < blocks.groups);
            others.map(|b| (b as u32, blocks.ties[cell(a, b)])).filter(|(_, value)| *value != 0.0).collect()
        };
        let out = rows(groups, true, row);
        let within = (0..blocks.groups).map(|a| (a as u32, blocks.ties[cell(a, a)]));
        let loops = within.filter(|(_, value)| *value != 0.0).collect();
        let pairs = (0..blocks.groups).flat_map(|a| (0..blocks.groups).map(move |b| (a, b)));
        let hidden = pairs.filter(|&(a, b)| a != b && blocks.dyads[cell(a, b)] == 0);
        let directed = self.graph().directed();
        let cells = hidden.map(|(a, b)| (a as u32, b as u32)).collect();
        let missing = Missing::new(directed, Vec::new(), Vec::new(), cells);
        Self::new(labels, Graph::new(directed, out, loops), missing)
    }
}

impl Symmetrize {
    fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Union | Self::Max => a.max(b),
            Self::Confirmed | Self::Min => a.min(b),
            Self::Mean => f64::midpoint(a, b),
            Self::Sum => a + b,
        }
    }
}

/// Adjacency lists row by row; each row is sorted here.
pub(crate) fn rows(n: usize, valued: bool, mut row: impl FnMut(usize) -> Vec<(u32, f64)>) -> Csr {
    let mut offsets = vec![0_u64];
    let mut targets = Vec::new();
    let mut values = valued.then(Vec::new);
    for actor in 0..n {
        let mut list = row(actor);
        list.sort_unstable_by_key(|(other, _)| *other);
        targets.extend(list.iter().map(|(other, _)| *other));
        if let Some(values) = &mut values {
            values.extend(list.iter().map(|(_, value)| *value));
        }
        offsets.push(targets.len() as u64);
    }
    Csr::new(offsets, targets, values)
}
