//! Buckets of senders: their ties sorted, merged and written as adjacency lists.

use std::ops::Range;

use super::survey::{Kind, Survey, Table};
use crate::parallel::{each, is_installed};
use crate::{Duplicates, Job, Loops, Result};

/// Ties per bucket that sort fast.
const TIES_PER_BUCKET: usize = 1 << 14;
const MOST_BUCKETS: usize = 1 << 10;
/// Ties held in order of the buckets at a time, at least, and as a share of all.
const TIES_AT_ONCE: u64 = 1 << 21;
const SHARES: u64 = 5;
/// Ties of one bucket from which on it is sorted on all threads.
const LARGE: usize = 1 << 20;

/// How senders fall into buckets.
pub(super) struct Layout {
    n: usize,
    shift: u32,
    buckets: usize,
}

impl Layout {
    pub(super) fn new(table: &Table<'_>) -> Self {
        let n = table.n();
        let wanted = (table.rows() / TIES_PER_BUCKET).clamp(1, MOST_BUCKETS);
        let shift = n.div_ceil(wanted).max(1).next_power_of_two().trailing_zeros();
        Self { n, shift, buckets: n.div_ceil(1 << shift).max(1) }
    }

    pub(super) fn buckets(&self) -> usize {
        self.buckets
    }

    #[inline]
    pub(super) fn bucket(&self, sender: u32) -> usize {
        (sender >> self.shift) as usize
    }

    /// The senders of a bucket.
    fn senders(&self, bucket: usize) -> Range<usize> {
        (bucket << self.shift).min(self.n)..((bucket + 1) << self.shift).min(self.n)
    }
}

/// Adjacency lists, and what else came of the rows.
pub(super) struct Lists {
    pub(super) offsets: Vec<u64>,
    pub(super) targets: Vec<u32>,
    pub(super) values: Option<Vec<f64>>,
    /// Unobserved dyads.
    pub(super) cells: Vec<(u32, u32)>,
    /// Rows merged into an earlier one.
    pub(super) merged: u64,
    /// Dyads whose value is 0.
    pub(super) zeros: u64,
    /// Whether a tie is listed more than once and must not be.
    pub(super) repeated: bool,
    /// Ties whose merged value is infinite.
    pub(super) overflown: Vec<(u32, u32)>,
}

/// What came of the self-ties.
#[derive(Default)]
pub(super) struct SelfTies {
    pub(super) kept: Vec<(u32, f64)>,
    pub(super) merged: u64,
    pub(super) repeated: bool,
    pub(super) overflown: Vec<(u32, u32)>,
}

/// Self-ties by actor, merged; none unless they are to be kept.
pub(super) fn loops(table: &Table<'_>, survey: &Survey) -> SelfTies {
    let mut found = SelfTies::default();
    if survey.loops == 0 || table.rules.loops != Loops::Keep {
        return found;
    }
    let loops = (0..table.rows()).filter(|&row| Table::kind(table.pair(row)) == Kind::Loop);
    let mut loops: Vec<(u32, f64)> = loops.map(|row| (table.pair(row).0, table.value(row))).collect();
    loops.sort_by_key(|(actor, _)| *actor);
    for group in loops.chunk_by(|a, b| a.0 == b.0) {
        let actor = group[0].0;
        found.merged += group.len() as u64 - 1;
        found.repeated |= group.len() > 1 && table.rules.duplicates == Duplicates::Error;
        match merge(table.rules.duplicates, group.iter().map(|(_, value)| *value)) {
            Some(value) if value.is_infinite() => found.overflown.push((actor, actor)),
            Some(value) if value != 0.0 => found.kept.push((actor, value)),
            _ => {}
        }
    }
    found
}

/// The value of a tie listed with `values`; `None` when none was observed.
fn merge(rule: Duplicates, values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut observed = values.filter(|value| !value.is_nan());
    let first = observed.next()?;
    Some(match rule {
        Duplicates::Error | Duplicates::First => first,
        Duplicates::Max => observed.fold(first, f64::max),
        Duplicates::Sum => observed.fold(first, |sum, value| sum + value),
        Duplicates::Mean => {
            let (sum, count) = observed.fold((first, 1.0), |(sum, count), value| (sum + value, count + 1.0));
            sum / count
        }
    })
}

/// Makes the adjacency lists; `counts` has each block's ties per bucket.
pub(super) fn lists(table: &Table<'_>, layout: &Layout, counts: &[Vec<u32>], job: &Job) -> Result<Lists> {
    let mut room = vec![0_u64; layout.buckets()];
    for counts in counts {
        room.iter_mut().zip(counts).for_each(|(room, count)| *room += u64::from(*count));
    }
    let total: u64 = room.iter().sum();
    let valued = table.ties.value.is_some() || table.rules.duplicates == Duplicates::Sum;
    let mut offsets = vec![0; layout.n + 1];
    let mut targets = vec![0; total as usize];
    let mut values = valued.then(|| vec![0.0; total as usize]);
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut space = Space { degrees: &mut offsets[1..], targets: &mut targets, values: values.as_deref_mut() };
    let mut shelves: Vec<Shelf> = counts.iter().map(|_| Shelf::default()).collect();
    let most = TIES_AT_ONCE.max(total / SHARES);
    let mut next = 0;
    while next < layout.buckets() {
        let buckets = next..group_end(&room, next, most);
        next = buckets.end;
        each(job, shelves.iter_mut().zip(table.blocks()).zip(counts).collect(), |((shelf, rows), counts)| {
            shelf.fill(table, layout, rows, &buckets, counts);
            Ok(())
        })?;
        let mut work = Vec::with_capacity(buckets.len());
        for (position, bucket) in buckets.clone().enumerate() {
            let (own, rest) = space.split(layout.senders(bucket).len(), room[bucket] as usize);
            space = rest;
            work.push((position, layout.senders(bucket).start, own, Outcome::default()));
        }
        each(job, work.iter_mut().collect(), |(position, first, space, outcome)| {
            *outcome = sort(table, &shelves, *position, *first, space, job);
            Ok(())
        })?;
        outcomes.extend(work.into_iter().map(|(.., outcome)| outcome));
    }
    drop(shelves);
    Ok(join(offsets, targets, values, &room, outcomes))
}

/// The end of the buckets from `first` on that are worked on together.
fn group_end(room: &[u64], first: usize, most: u64) -> usize {
    let mut sum = 0;
    let fits = |room: &&u64| {
        sum += **room;
        sum <= most
    };
    let count = room[first..].iter().take_while(fits).count();
    first + count.max(1)
}

/// Where the lists of some senders go.
struct Space<'a> {
    degrees: &'a mut [u64],
    targets: &'a mut [u32],
    values: Option<&'a mut [f64]>,
}

impl Space<'_> {
    /// The space of the first `senders` with `ties`, and the rest.
    fn split<'s>(self, senders: usize, ties: usize) -> (Space<'s>, Space<'s>)
    where
        Self: 's,
    {
        let (degrees, degrees_left) = self.degrees.split_at_mut(senders);
        let (targets, targets_left) = self.targets.split_at_mut(ties);
        let (values, values_left) = self.values.map(|values| values.split_at_mut(ties)).unzip();
        (
            Space { degrees, targets, values },
            Space { degrees: degrees_left, targets: targets_left, values: values_left },
        )
    }
}

/// The ties of a block that belong to some buckets, in order of those; a bucket's ties in order of
/// the rows. A tie is its sender above its receiver.
#[derive(Default)]
struct Shelf {
    ties: Vec<u64>,
    values: Vec<f64>,
    ends: Vec<u32>,
}

impl Shelf {
    /// Takes the ties of `rows` that belong to `buckets`, of which there are `counts`, in place of
    /// what was there.
    fn fill(&mut self, table: &Table<'_>, layout: &Layout, rows: Range<usize>, buckets: &Range<usize>, counts: &[u32]) {
        let mut total = 0;
        self.ends.clear();
        for count in &counts[buckets.clone()] {
            self.ends.push(total);
            total += count;
        }
        self.ties.resize(total as usize, 0);
        if table.ties.value.is_some() {
            self.values.resize(total as usize, 0.0);
        }
        let both_ends = !table.rules.directed;
        for row in rows {
            let pair = table.pair(row);
            if Table::kind(pair) != Kind::Dyad {
                continue;
            }
            self.put(layout, buckets, pair, table, row);
            if both_ends {
                self.put(layout, buckets, (pair.1, pair.0), table, row);
            }
        }
    }

    #[inline]
    fn put(&mut self, layout: &Layout, buckets: &Range<usize>, (from, to): (u32, u32), table: &Table<'_>, row: usize) {
        let bucket = layout.bucket(from).wrapping_sub(buckets.start);
        let Some(end) = self.ends.get_mut(bucket) else { return };
        self.ties[*end as usize] = u64::from(from) << 32 | u64::from(to);
        if let Some(values) = table.ties.value {
            self.values[*end as usize] = values[row];
        }
        *end += 1;
    }

    /// Where the ties of the bucket at `position` are.
    fn range(&self, position: usize) -> Range<usize> {
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        start..self.ends[position] as usize
    }
}

/// What came of a bucket.
#[derive(Default)]
struct Outcome {
    /// Entries in its adjacency lists.
    kept: usize,
    merged: u64,
    zeros: u64,
    repeated: bool,
    cells: Vec<(u32, u32)>,
    overflown: Vec<(u32, u32)>,
}

/// Sorts and merges the ties of a bucket and writes its lists.
fn sort(
    table: &Table<'_>,
    shelves: &[Shelf],
    position: usize,
    first: usize,
    space: &mut Space<'_>,
    job: &Job,
) -> Outcome {
    let mut writer = Writer { table, first, space, outcome: Outcome::default() };
    let count = shelves.iter().map(|shelf| shelf.range(position).len()).sum();
    if table.ties.value.is_none() {
        let mut ties = Vec::with_capacity(count);
        shelves.iter().for_each(|shelf| ties.extend_from_slice(&shelf.ties[shelf.range(position)]));
        sort_in_place(&mut ties, job);
        for group in ties.chunk_by(|a, b| a == b) {
            let value = if table.rules.duplicates == Duplicates::Sum { group.len() as f64 } else { 1.0 };
            writer.write(group[0], group.len(), Some(value));
        }
    } else {
        let mut ties: Vec<(u64, f64)> = Vec::with_capacity(count);
        for shelf in shelves {
            let range = shelf.range(position);
            ties.extend(shelf.ties[range.clone()].iter().copied().zip(shelf.values[range].iter().copied()));
        }
        ties.sort_by_key(|(tie, _)| *tie);
        for group in ties.chunk_by(|a, b| a.0 == b.0) {
            let value = merge(table.rules.duplicates, group.iter().map(|(_, value)| *value));
            writer.write(group[0].0, group.len(), value);
        }
    }
    writer.outcome
}

fn sort_in_place(ties: &mut [u64], job: &Job) {
    if ties.len() >= LARGE && is_installed(job) {
        rayon::slice::ParallelSliceMut::par_sort_unstable(ties);
    } else {
        ties.sort_unstable();
    }
}

/// Writes a bucket's ties in order.
struct Writer<'w, 's> {
    table: &'w Table<'w>,
    first: usize,
    space: &'w mut Space<'s>,
    outcome: Outcome,
}

impl Writer<'_, '_> {
    /// Takes a tie that `rows` rows list, with their merged value (`None`: not observed).
    #[inline]
    fn write(&mut self, tie: u64, rows: usize, value: Option<f64>) {
        let (from, to) = ((tie >> 32) as u32, tie as u32);
        let outcome = &mut self.outcome;
        if let Some(value) = value.filter(|value| *value != 0.0) {
            self.space.targets[outcome.kept] = to;
            if let Some(values) = &mut self.space.values {
                values[outcome.kept] = value;
            }
            self.space.degrees[from as usize - self.first] += 1;
            outcome.kept += 1;
        }
        let counts_here = self.table.rules.directed || from < to;
        if rows > 1 {
            outcome.repeated |= self.table.rules.duplicates == Duplicates::Error;
            outcome.merged += if counts_here { rows as u64 - 1 } else { 0 };
        }
        if counts_here {
            match value {
                None => outcome.cells.push((from, to)),
                Some(0.0) => outcome.zeros += 1,
                Some(value) if value.is_infinite() => outcome.overflown.push((from, to)),
                Some(_) => {}
            }
        }
    }
}

/// Closes the gaps that merged rows left between the buckets' lists.
fn join(
    mut offsets: Vec<u64>,
    mut targets: Vec<u32>,
    mut values: Option<Vec<f64>>,
    room: &[u64],
    outcomes: Vec<Outcome>,
) -> Lists {
    let (mut from, mut to) = (0, 0);
    for (outcome, room) in outcomes.iter().zip(room) {
        targets.copy_within(from..from + outcome.kept, to);
        if let Some(values) = &mut values {
            values.copy_within(from..from + outcome.kept, to);
        }
        from += *room as usize;
        to += outcome.kept;
    }
    targets.truncate(to);
    targets.shrink_to_fit();
    if let Some(values) = &mut values {
        values.truncate(to);
        values.shrink_to_fit();
    }
    let mut end = 0;
    for offset in &mut offsets {
        end += *offset;
        *offset = end;
    }
    let mut lists = Lists {
        offsets,
        targets,
        values,
        cells: Vec::new(),
        merged: 0,
        zeros: 0,
        repeated: false,
        overflown: Vec::new(),
    };
    for outcome in outcomes {
        lists.cells.extend(outcome.cells);
        lists.overflown.extend(outcome.overflown);
        lists.merged += outcome.merged;
        lists.zeros += outcome.zeros;
        lists.repeated |= outcome.repeated;
    }
    lists
}
