//! Ties in columns become a network.

use std::ops::Range;

use crate::error::{Row, Rows};
use crate::{Csr, Duplicates, Error, Graph, Job, Labels, Loops, Missing, Network, Result, Rules, Ties, parallel};

/// A code that stands for no actor; rows that hold it are passed over.
pub const NOBODY: u32 = u32::MAX;

/// Rows handled between two looks at the request to stop.
const POLL: usize = 1 << 18;

/// A network, and what was done to the rows on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// The network.
    pub network: Network,
    /// Self-ties left out.
    pub loops_dropped: u64,
    /// Rows merged into an earlier row of the same tie.
    pub duplicates_merged: u64,
    /// Dyads whose value is 0: observed, without a tie.
    pub zeros: u64,
    /// Rows with an empty value.
    pub unobserved_rows: u64,
}

impl Network {
    /// Makes a network among the actors that `labels` names, from rows of ties between them.
    ///
    /// A row that holds [`NOBODY`] is passed over. A value of `NaN` makes the dyad unobserved, unless
    /// another row of it has a value; a value of 0 is an observed absence. `silent` marks the actors
    /// who did not answer: their outgoing ties (in an undirected network: the dyads between two of
    /// them) are not observed.
    ///
    /// # Complexity
    /// O(n + m log d) for the largest degree d, in parallel; the same result on any number of threads.
    ///
    /// # Errors
    /// Those that `rules` ask for: [`Error::SelfTies`], [`Error::DuplicateTies`],
    /// [`Error::BothDirections`], [`Error::NegativeValues`]; [`Error::InfiniteValues`];
    /// [`Error::TiesOfNonRespondents`]; [`Error::Interrupted`].
    pub fn build(labels: Labels, ties: &Ties<'_>, rules: &Rules, silent: Option<&[bool]>, job: &Job) -> Result<Built> {
        let rows = Listed { labels: &labels, ties, rules, silent };
        let tally = rows.tally(job)?;
        rows.refuse(&tally)?;
        let loops = if rules.loops == Loops::Keep && tally.loops > 0 { rows.loops()? } else { Vec::new() };
        let parts = rows.assemble(job)?;
        let merged = parts.iter().map(|part| part.merged).sum();
        if merged > 0 && rules.duplicates == Duplicates::Error {
            return Err(rows.repeated());
        }
        let zeros = parts.iter().map(|part| part.zeros).sum();
        let cells = parts.iter().flat_map(|part| part.cells.iter().copied()).collect();
        let graph = Graph::new(rules.directed, joined(parts, rows.valued()), loops);
        let marks = silent.map(<[bool]>::to_vec).unwrap_or_default();
        let missing = Missing::new(rules.directed, marks, Vec::new(), cells);
        Ok(Built {
            network: Self::new(labels, graph, missing)?,
            loops_dropped: if rules.loops == Loops::Drop { tally.loops } else { 0 },
            duplicates_merged: merged,
            zeros,
            unobserved_rows: tally.unobserved,
        })
    }
}

/// Numbers of rows that need a decision.
#[derive(Default)]
struct Tally {
    loops: u64,
    infinite: u64,
    negative: u64,
    unobserved: u64,
    unanswered: u64,
}

struct Listed<'a> {
    labels: &'a Labels,
    ties: &'a Ties<'a>,
    rules: &'a Rules,
    silent: Option<&'a [bool]>,
}

/// The adjacency lists of a range of actors.
struct Part {
    degrees: Vec<u32>,
    targets: Vec<u32>,
    values: Vec<f64>,
    cells: Vec<(u32, u32)>,
    merged: u64,
    zeros: u64,
}

impl Listed<'_> {
    fn rows(&self) -> usize {
        self.ties.source.len()
    }

    /// Whether the network has values: those given, or counts of rows.
    fn valued(&self) -> bool {
        self.ties.value.is_some() || self.rules.duplicates == Duplicates::Sum
    }

    fn known(&self, row: usize) -> bool {
        self.ties.source[row] != NOBODY && self.ties.target[row] != NOBODY
    }

    fn value(&self, row: usize) -> f64 {
        self.ties.value.map_or(1.0, |values| values[row])
    }

    fn is_loop(&self, row: usize) -> bool {
        self.ties.source[row] == self.ties.target[row]
    }

    /// Whether nobody who answered can have reported the row.
    fn is_unanswered(&self, row: usize) -> bool {
        self.silent.is_some_and(|silent| {
            let (source, target) = (silent[self.ties.source[row] as usize], silent[self.ties.target[row] as usize]);
            source && (self.rules.directed || target)
        })
    }

    fn tally(&self, job: &Job) -> Result<Tally> {
        let leaf = |range: Range<usize>| {
            let mut tally = Tally::default();
            for row in range.filter(|row| self.known(*row)) {
                let value = self.value(row);
                tally.loops += u64::from(self.is_loop(row));
                tally.infinite += u64::from(value.is_infinite());
                tally.negative += u64::from(value < 0.0);
                tally.unobserved += u64::from(value.is_nan());
                tally.unanswered += u64::from(self.is_unanswered(row));
            }
            Ok(tally)
        };
        let merge = |a: Tally, b: Tally| Tally {
            loops: a.loops + b.loops,
            infinite: a.infinite + b.infinite,
            negative: a.negative + b.negative,
            unobserved: a.unobserved + b.unobserved,
            unanswered: a.unanswered + b.unanswered,
        };
        Ok(parallel::reduce(job, self.rows(), POLL, &leaf, &merge)?.unwrap_or_default())
    }

    /// Errors that a look at single rows can find.
    fn refuse(&self, tally: &Tally) -> Result<()> {
        let (values, rules) = (self.ties.value, self.rules);
        if tally.infinite > 0 {
            return Err(Error::InfiniteValues(self.first_rows(|row| self.value(row).is_infinite())));
        }
        if tally.negative > 0 && values.is_some() && !rules.signed {
            return Err(Error::NegativeValues(self.first_rows(|row| self.value(row) < 0.0)));
        }
        if tally.loops > 0 && rules.loops == Loops::Error {
            return Err(Error::SelfTies(self.first_rows(|row| self.is_loop(row))));
        }
        if tally.unanswered > 0 {
            let rows =
                self.first_rows(|row| self.is_unanswered(row) && !(self.is_loop(row) && rules.loops == Loops::Drop));
            if rows.total > 0 {
                return Err(Error::TiesOfNonRespondents(rows));
            }
        }
        Ok(())
    }

    fn first_rows(&self, chosen: impl Fn(usize) -> bool) -> Rows {
        self.show((0..self.rows()).filter(|row| self.known(*row) && chosen(*row)))
    }

    fn show(&self, rows: impl Iterator<Item = usize>) -> Rows {
        let mut shown = Rows { total: 0, first: Vec::new() };
        for row in rows {
            shown.total += 1;
            if shown.first.len() < Rows::SHOWN {
                let label = |actor: u32| self.labels.show(actor as usize);
                let (source, target) = (label(self.ties.source[row]), label(self.ties.target[row]));
                shown.first.push(Row { index: row as u64, source, target });
            }
        }
        shown
    }

    /// Self-ties by actor; repeated ones follow the rule for duplicates.
    fn loops(&self) -> Result<Vec<(u32, f64)>> {
        let mut found: Vec<usize> =
            (0..self.rows()).filter(|&row| self.known(row) && self.is_loop(row) && !self.value(row).is_nan()).collect();
        found.sort_by_key(|row| self.ties.source[*row]);
        let mut loops = Vec::new();
        for same in found.chunk_by(|a, b| self.ties.source[*a] == self.ties.source[*b]) {
            if same.len() > 1 && self.rules.duplicates == Duplicates::Error {
                return Err(Error::DuplicateTies(self.show(same[1..].iter().copied())));
            }
            let value = self.merged(same.iter().map(|row| self.value(*row)));
            loops.push((self.ties.source[same[0]], if self.valued() { value } else { 1.0 }));
        }
        loops.retain(|(_, value)| *value != 0.0);
        Ok(loops)
    }

    /// One value from those of the same tie, in the order of their rows; `NaN` when all are.
    fn merged(&self, values: impl Iterator<Item = f64>) -> f64 {
        let (mut count, mut result) = (0.0, f64::NAN);
        for value in values.filter(|value| !value.is_nan()) {
            count += 1.0;
            result = match self.rules.duplicates {
                _ if result.is_nan() => value,
                Duplicates::Sum | Duplicates::Mean => result + value,
                Duplicates::Max => result.max(value),
                Duplicates::First | Duplicates::Error => result,
            };
        }
        if self.rules.duplicates == Duplicates::Mean { result / count } else { result }
    }

    /// The adjacency lists, a range of actors at a time; ranges differ with the number of threads,
    /// their contents do not.
    fn assemble(&self, job: &Job) -> Result<Vec<Part>> {
        let n = self.labels.len();
        let width = n.div_ceil(job.threads()).max(1);
        let leaf = |range: Range<usize>| Ok(vec![self.part(range, job)?]);
        let merge = |mut a: Vec<Part>, b: Vec<Part>| {
            a.extend(b);
            a
        };
        Ok(parallel::reduce(job, n, width, &leaf, &merge)?.unwrap_or_default())
    }

    /// Calls `take(actor, partner, row)` for each entry of the lists of a range of actors.
    fn each_entry(&self, range: &Range<usize>, job: &Job, mut take: impl FnMut(usize, u32, usize)) -> Result<()> {
        let (source, target) = (self.ties.source, self.ties.target);
        for first in (0..self.rows()).step_by(POLL) {
            job.check()?;
            for row in first..(first + POLL).min(self.rows()) {
                let (a, b) = (source[row], target[row]);
                if a == b || a == NOBODY || b == NOBODY {
                    continue;
                }
                if range.contains(&(a as usize)) {
                    take(a as usize, b, row);
                }
                if !self.rules.directed && range.contains(&(b as usize)) {
                    take(b as usize, a, row);
                }
            }
        }
        Ok(())
    }

    fn part(&self, range: Range<usize>, job: &Job) -> Result<Part> {
        let mut next = vec![0_u64; range.len() + 1];
        self.each_entry(&range, job, |actor, _, _| next[actor - range.start + 1] += 1)?;
        for place in 0..range.len() {
            next[place + 1] += next[place];
        }
        let entries = next[range.len()] as usize;
        let mut targets = vec![0_u32; entries];
        let mut values = if self.ties.value.is_some() { vec![0.0; entries] } else { Vec::new() };
        self.each_entry(&range, job, |actor, partner, row| {
            let slot = &mut next[actor - range.start];
            targets[*slot as usize] = partner;
            if let Some(value) = self.ties.value {
                values[*slot as usize] = value[row];
            }
            *slot += 1;
        })?;
        // `next` now holds the end of each list.
        let part =
            Part { degrees: Vec::with_capacity(range.len()), targets, values, cells: Vec::new(), merged: 0, zeros: 0 };
        if self.valued() { self.settle_valued(part, &range, &next, job) } else { self.settle(part, &range, &next, job) }
    }

    /// Sorts each list, merges repeated ties and takes out unobserved and absent ones.
    fn settle_valued(&self, mut part: Part, range: &Range<usize>, ends: &[u64], job: &Job) -> Result<Part> {
        let counts = self.ties.value.is_none();
        if counts {
            part.values = vec![1.0; part.targets.len()];
        }
        let mut list: Vec<(u32, f64)> = Vec::new();
        let (mut start, mut kept) = (0, 0);
        for (place, &end) in ends[..range.len()].iter().enumerate() {
            if place.is_multiple_of(POLL) {
                job.check()?;
            }
            let actor = (range.start + place) as u32;
            let entries = start..end as usize;
            list.clear();
            list.extend(
                part.targets[entries.clone()].iter().copied().zip(part.values[entries.clone()].iter().copied()),
            );
            list.sort_by_key(|(partner, _)| *partner);
            let before = kept;
            for same in list.chunk_by(|a, b| a.0 == b.0) {
                let partner = same[0].0;
                let value = self.merged(same.iter().map(|(_, value)| *value));
                // An undirected dyad stands in two lists and counts in one.
                let counted = u64::from(self.rules.directed || actor < partner);
                part.merged += counted * (same.len() as u64 - 1);
                if value.is_nan() {
                    part.cells.extend((counted == 1).then_some((actor, partner)));
                } else if value == 0.0 {
                    part.zeros += counted;
                } else {
                    (part.targets[kept], part.values[kept]) = (partner, value);
                    kept += 1;
                }
            }
            part.degrees.push((kept - before) as u32);
            start = end as usize;
        }
        part.targets.truncate(kept);
        part.values.truncate(kept);
        Ok(part)
    }

    /// As [`settle_valued`](Self::settle_valued), for lists without values.
    fn settle(&self, mut part: Part, range: &Range<usize>, ends: &[u64], job: &Job) -> Result<Part> {
        let (mut start, mut kept) = (0, 0);
        for (place, &end) in ends[..range.len()].iter().enumerate() {
            if place.is_multiple_of(POLL) {
                job.check()?;
            }
            let before = kept;
            part.targets[start..end as usize].sort_unstable();
            for entry in start..end as usize {
                let partner = part.targets[entry];
                if kept > before && part.targets[kept - 1] == partner {
                    part.merged += u64::from(self.rules.directed || range.start + place < partner as usize);
                } else {
                    part.targets[kept] = partner;
                    kept += 1;
                }
            }
            part.degrees.push((kept - before) as u32);
            start = end as usize;
        }
        part.targets.truncate(kept);
        Ok(part)
    }

    /// The error that names repeated ties; takes its time.
    fn repeated(&self) -> Error {
        let key = |row: usize| {
            let (a, b) = (self.ties.source[row], self.ties.target[row]);
            if self.rules.directed { (a, b) } else { (a.min(b), a.max(b)) }
        };
        let mut order: Vec<usize> = (0..self.rows()).filter(|&row| self.known(row) && !self.is_loop(row)).collect();
        order.sort_by_key(|row| key(*row));
        let (mut again, mut turned) = (Vec::new(), true);
        for same in order.chunk_by(|a, b| key(*a) == key(*b)) {
            again.extend_from_slice(&same[1..]);
            turned &= same[1..].iter().all(|row| self.ties.source[*row] != self.ties.source[same[0]]);
        }
        again.sort_unstable();
        let rows = self.show(again.into_iter());
        if turned && !self.rules.directed { Error::BothDirections(rows) } else { Error::DuplicateTies(rows) }
    }
}

fn joined(parts: Vec<Part>, valued: bool) -> Csr {
    let mut offsets = vec![0_u64];
    let mut end = 0;
    offsets.extend(parts.iter().flat_map(|part| part.degrees.iter()).map(|degree| {
        end += u64::from(*degree);
        end
    }));
    let mut parts = parts.into_iter();
    let first = parts.next();
    let (mut targets, mut values) = first.map_or((Vec::new(), Vec::new()), |part| (part.targets, part.values));
    for part in parts {
        targets.extend_from_slice(&part.targets);
        values.extend_from_slice(&part.values);
    }
    targets.shrink_to_fit();
    values.shrink_to_fit();
    Csr::new(offsets, targets, valued.then_some(values))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn build(ties: &[(u32, u32, f64)], rules: Rules, silent: Option<&[bool]>, threads: usize) -> Result<Built> {
        let source: Vec<u32> = ties.iter().map(|tie| tie.0).collect();
        let target: Vec<u32> = ties.iter().map(|tie| tie.1).collect();
        let value: Vec<f64> = ties.iter().map(|tie| tie.2).collect();
        let labels = Labels::Integer((0..6).collect());
        let ties = Ties { source: &source, target: &target, value: Some(&value) };
        Network::build(labels, &ties, &rules, silent, &Job::new(threads))
    }

    fn rows(error: &Error) -> Vec<u64> {
        match error {
            Error::SelfTies(rows)
            | Error::DuplicateTies(rows)
            | Error::BothDirections(rows)
            | Error::InfiniteValues(rows)
            | Error::NegativeValues(rows)
            | Error::TiesOfNonRespondents(rows) => rows.first.iter().map(|row| row.index).collect(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn each_refusal_names_its_rows() {
        let undirected = Rules { directed: false, ..Rules::default() };
        let loops = build(&[(0, 1, 1.0), (2, 2, 1.0)], Rules::default(), None, 1).unwrap_err();
        assert!(matches!(loops, Error::SelfTies(_)) && rows(&loops) == [1]);
        let twice = build(&[(0, 1, 1.0), (2, 1, 1.0), (0, 1, 2.0)], Rules::default(), None, 1).unwrap_err();
        assert!(matches!(twice, Error::DuplicateTies(_)) && rows(&twice) == [2]);
        let turned = build(&[(0, 1, 1.0), (1, 0, 1.0)], undirected, None, 1).unwrap_err();
        assert!(matches!(turned, Error::BothDirections(_)) && rows(&turned) == [1]);
        let infinite = build(&[(0, 1, f64::INFINITY)], Rules::default(), None, 1).unwrap_err();
        assert!(matches!(infinite, Error::InfiniteValues(_)) && rows(&infinite) == [0]);
        let negative = build(&[(0, 1, 1.0), (1, 0, -1.0)], Rules::default(), None, 1).unwrap_err();
        assert!(matches!(negative, Error::NegativeValues(_)) && rows(&negative) == [1]);
        let silent = [true, true, false, false, false, false];
        let unanswered = build(&[(2, 0, 1.0), (0, 2, 1.0)], Rules::default(), Some(&silent), 1).unwrap_err();
        assert!(matches!(unanswered, Error::TiesOfNonRespondents(_)) && rows(&unanswered) == [1]);
        let unheard = build(&[(2, 0, 1.0), (0, 1, 1.0)], undirected, Some(&silent), 1).unwrap_err();
        assert!(matches!(unheard, Error::TiesOfNonRespondents(_)) && rows(&unheard) == [1]);
    }

    #[test]
    fn without_values_a_sum_counts_rows() {
        let ties = Ties { source: &[0, 0, 1], target: &[1, 1, 2], value: None };
        let rules = Rules { duplicates: Duplicates::Sum, ..Rules::default() };
        let labels = Labels::Integer(vec![0, 1, 2]);
        let built = Network::build(labels, &ties, &rules, None, &Job::inline()).unwrap();
        assert_eq!(built.network.graph().out().values(), Some([2.0, 1.0].as_slice()));
    }

    proptest! {
        #[test]
        fn agrees_with_a_map_of_dyads(
            ties in proptest::collection::vec((0_u32..6, 0_u32..6, -2_i32..4), 0..40),
            directed: bool,
            rule in 0..4_usize,
        ) {
            // A value of -2 stands for an empty one.
            let ties: Vec<(u32, u32, f64)> = ties
                .into_iter()
                .map(|(a, b, value)| (a, b, if value == -2 { f64::NAN } else { f64::from(value) }))
                .collect();
            let duplicates = [Duplicates::Sum, Duplicates::Max, Duplicates::Mean, Duplicates::First][rule];
            let rules = Rules { directed, loops: Loops::Drop, duplicates, signed: true };
            let mut dyads: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
            for (a, b, value) in ties.iter().filter(|tie| tie.0 != tie.1) {
                let key = if directed || a < b { (*a, *b) } else { (*b, *a) };
                dyads.entry(key).or_default().push(*value);
            }
            let built = build(&ties, rules, None, 1).unwrap();
            for (&(a, b), values) in &dyads {
                let seen: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
                let expected = match duplicates {
                    _ if seen.is_empty() => None,
                    Duplicates::Sum => Some(seen.iter().sum()),
                    Duplicates::Max => Some(seen.iter().copied().fold(f64::MIN, f64::max)),
                    Duplicates::Mean => Some(seen.iter().sum::<f64>() / seen.len() as f64),
                    _ => Some(seen[0]),
                };
                let (i, j) = (a as usize, b as usize);
                prop_assert_eq!(built.network.missing().observed(directed, i, j), expected.is_some());
                let tie = expected.filter(|value| *value != 0.0);
                prop_assert_eq!(built.network.graph().out().value(i, j), tie);
                if !directed {
                    prop_assert_eq!(built.network.graph().out().value(j, i), tie);
                }
            }
            let merged: usize = dyads.values().map(|values| values.len() - 1).sum();
            prop_assert_eq!(built.duplicates_merged, merged as u64);
            for threads in [2, 8] {
                prop_assert_eq!(&build(&ties, rules, None, threads).unwrap(), &built);
            }
        }
    }
}
