//! A first look at all rows: what they are, and how many ties each bucket gets.

use std::ops::Range;

use super::NOBODY;
use super::bucket::Layout;
use crate::parallel::each;
use crate::{Error, Job, Labels, Loops, Result, Rules, Ties};

/// Rows per block.
const BLOCK: usize = 1 << 16;

/// The caller's rows, and how they are to be read.
pub(super) struct Table<'a> {
    pub(super) labels: &'a Labels,
    pub(super) ties: Ties<'a>,
    pub(super) rules: Rules,
    pub(super) silent: Option<&'a [bool]>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A row to be skipped: an actor that is to be left out.
    Skipped,
    /// A row from an actor to itself.
    Loop,
    /// A tie between two actors, or that there is none, or that it was not observed.
    Dyad,
}

/// How many rows of which sort there are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Survey {
    pub(super) loops: u64,
    pub(super) unobserved: u64,
    pub(super) infinite: u64,
    pub(super) negative: u64,
    pub(super) silent: u64,
}

impl<'a> Table<'a> {
    pub(super) fn new(labels: &'a Labels, ties: Ties<'a>, rules: Rules, silent: Option<&'a [bool]>) -> Result<Self> {
        let (rows, n) = (ties.source.len(), labels.len());
        let expect = |argument, fits: bool, expected, found: usize| {
            let wrong = Error::Argument { argument, expected, found: format!("of length {found}") };
            if fits { Ok(()) } else { Err(wrong) }
        };
        if n > NOBODY as usize {
            return Err(Error::TooManyActors { found: n as u64 });
        }
        let values = ties.value.map_or(rows, <[f64]>::len);
        let answers = silent.map_or(n, <[bool]>::len);
        expect("target", ties.target.len() == rows, "as long as source", ties.target.len())?;
        expect("value", values == rows, "as long as source", values)?;
        expect("silent", answers == n, "as long as the labels", answers)?;
        Ok(Self { labels, ties, rules, silent })
    }

    pub(super) fn n(&self) -> usize {
        self.labels.len()
    }

    pub(super) fn rows(&self) -> usize {
        self.ties.source.len()
    }

    #[inline]
    pub(super) fn pair(&self, row: usize) -> (u32, u32) {
        (self.ties.source[row], self.ties.target[row])
    }

    #[inline]
    pub(super) fn value(&self, row: usize) -> f64 {
        self.ties.value.map_or(1.0, |values| values[row])
    }

    #[inline]
    pub(super) fn kind(pair: (u32, u32)) -> Kind {
        match pair {
            (NOBODY, _) | (_, NOBODY) => Kind::Skipped,
            (source, target) if source == target => Kind::Loop,
            _ => Kind::Dyad,
        }
    }

    /// Whether a row is taken into the network, as a tie or otherwise.
    #[inline]
    pub(super) fn takes(&self, pair: (u32, u32)) -> bool {
        match Self::kind(pair) {
            Kind::Skipped => false,
            Kind::Loop => self.rules.loops != Loops::Drop,
            Kind::Dyad => true,
        }
    }

    /// Whether a row's report comes from actors that did not answer.
    #[inline]
    pub(super) fn is_unasked(&self, pair: (u32, u32), value: f64) -> bool {
        self.silent.is_some_and(|silent| {
            let target_too = self.rules.directed || silent[pair.1 as usize];
            silent[pair.0 as usize] && target_too && !value.is_nan()
        })
    }

    /// Blocks of rows.
    pub(super) fn blocks(&self) -> impl Iterator<Item = Range<usize>> {
        let rows = self.rows();
        (0..rows).step_by(BLOCK).map(move |start| start..(start + BLOCK).min(rows))
    }
}

/// Looks at all rows; also returns each block's number of ties per bucket.
pub(super) fn survey(table: &Table<'_>, layout: &Layout, job: &Job) -> Result<(Survey, Vec<Vec<u32>>)> {
    let mut blocks: Vec<(Range<usize>, Survey, Vec<u32>)> =
        table.blocks().map(|rows| (rows, Survey::default(), vec![0; layout.buckets()])).collect();
    each(job, blocks.iter_mut().collect(), |(rows, survey, counts)| look(table, layout, rows.clone(), survey, counts))?;
    let mut sum = Survey::default();
    let counts = blocks.into_iter().map(|(_, survey, counts)| {
        sum.add(&survey);
        counts
    });
    let counts = counts.collect();
    Ok((sum, counts))
}

fn look(table: &Table<'_>, layout: &Layout, rows: Range<usize>, survey: &mut Survey, counts: &mut [u32]) -> Result<()> {
    let n = table.n();
    let both_ends = !table.rules.directed;
    for row in rows {
        let pair = table.pair(row);
        let kind = Table::kind(pair);
        survey.loops += u64::from(kind == Kind::Loop);
        if !table.takes(pair) {
            continue;
        }
        let furthest = pair.0.max(pair.1);
        if furthest as usize >= n {
            let found = format!("{furthest} in row {row}, with {n} labels");
            return Err(Error::Argument { argument: "source and target", expected: "positions of labels", found });
        }
        if kind == Kind::Dyad {
            counts[layout.bucket(pair.0)] += 1;
            if both_ends {
                counts[layout.bucket(pair.1)] += 1;
            }
        }
        if table.ties.value.is_some() || table.silent.is_some() {
            survey.note(table, pair, table.value(row));
        }
    }
    Ok(())
}

impl Survey {
    fn note(&mut self, table: &Table<'_>, pair: (u32, u32), value: f64) {
        self.unobserved += u64::from(value.is_nan());
        self.infinite += u64::from(value.is_infinite());
        self.negative += u64::from(value < 0.0);
        self.silent += u64::from(table.is_unasked(pair, value));
    }

    fn add(&mut self, other: &Self) {
        self.loops += other.loops;
        self.unobserved += other.unobserved;
        self.infinite += other.infinite;
        self.negative += other.negative;
        self.silent += other.silent;
    }
}
