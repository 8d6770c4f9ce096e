//! All smallest covers of a chart: their size by iterative deepening, then the covers themselves.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::chart::{Chart, Rows, is_empty, places, size, within};
use crate::{Job, Result};

/// Units of progress of one search.
const UNITS: f64 = 1e6;
/// What rounding may add to a bound.
const ROUNDING: f64 = 1e-9;
/// How far a bound may be off for it to be worth raising, how far above the mark to aim, and how often.
const GAP: f64 = 1.0;
const AIM: f64 = 0.1;
const STEPS: usize = 30;
/// How many sets of rows to keep in mind; what is forgotten is found again.
const REMEMBERED: usize = 1 << 21;

/// Tells whether some rows can be covered with so many columns.
pub(super) struct Solver<'a> {
    chart: Chart,
    by_row: Vec<Vec<u32>>,
    slack: Vec<f64>,
    /// For sets of rows: a number of columns that is too small, and one that is enough.
    known: HashMap<Rows, (usize, usize), FixedState>,
    bar: Bar<'a>,
}

/// How much of a search is done.
struct Bar<'a> {
    done: f64,
    job: &'a Job,
}

impl<'a> Bar<'a> {
    fn new(job: &'a Job) -> Self {
        job.start(UNITS as u64);
        Self { done: 0.0, job }
    }

    fn advance(&mut self, share: f64) {
        let before = self.done as u64;
        self.done += share * UNITS;
        self.job.advance(self.done as u64 - before);
    }
}

pub(super) fn every(rows: usize) -> Rows {
    let mut all = vec![0; rows.div_ceil(64)];
    (0..rows).for_each(|row| all[row / 64] |= 1 << (row % 64));
    all
}

fn without(rows: &[u64], column: &[u64]) -> Rows {
    rows.iter().zip(column).map(|(a, b)| a & !b).collect()
}

fn shared(rows: &[u64], column: &[u64]) -> Rows {
    rows.iter().zip(column).map(|(a, b)| a & b).collect()
}

impl<'a> Solver<'a> {
    pub(super) fn new(chart: &Chart, job: &'a Job) -> Self {
        // What other columns cover as well is not needed to tell how many are enough.
        let chart = chart.largest();
        let (by_row, slack) = (chart.by_row(), vec![0.0; chart.columns.len()]);
        Self { chart, by_row, slack, known: HashMap::default(), bar: Bar::new(job) }
    }

    /// The number of columns in a smallest cover of all rows.
    pub(super) fn smallest(&mut self) -> Result<usize> {
        let all = every(self.chart.rows);
        let mut room = 1;
        while !self.enough(&all, room, 1.0)? {
            room += 1;
            self.bar = Bar::new(self.bar.job);
        }
        Ok(room)
    }

    /// Whether `room` columns cover the rows that are left; `share` is how much of the search this is.
    fn enough(&mut self, left: &[u64], room: usize, share: f64) -> Result<bool> {
        self.bar.job.check()?;
        let known = self.known.get(left).copied();
        let answer = match known {
            _ if is_empty(left) => Some(true),
            _ if room == 0 => Some(false),
            Some((few, _)) if room <= few => Some(false),
            Some((_, many)) if room >= many => Some(true),
            _ if !self.fits(left, room) => Some(false),
            _ => None,
        };
        if let Some(answer) = answer {
            self.bar.advance(share);
            return Ok(answer);
        }
        let branches = self.branches(left);
        let mut answer = false;
        for rest in &branches {
            if self.enough(rest, room - 1, share / branches.len() as f64)? {
                answer = true;
                break;
            }
        }
        self.remember(left, room, answer);
        Ok(answer)
    }

    fn remember(&mut self, left: &[u64], room: usize, answer: bool) {
        if self.known.len() < REMEMBERED || self.known.contains_key(left) {
            let (few, many) = self.known.entry(left.to_vec()).or_insert((0, usize::MAX));
            if answer {
                *many = room.min(*many);
            } else {
                *few = room.max(*few);
            }
        }
    }

    /// What is left after each column that covers the row with the fewest of them; no more than another one leaves.
    fn branches(&self, left: &[u64]) -> Vec<Rows> {
        let Some(row) = places(left).min_by_key(|&row| self.by_row[row].len()) else { return Vec::new() };
        let mut taken: Vec<Rows> =
            self.by_row[row].iter().map(|&column| shared(left, &self.chart.columns[column as usize])).collect();
        taken.sort_by_cached_key(|rows| Reverse(size(rows)));
        let mut kept: Vec<Rows> = Vec::new();
        for rows in taken {
            if !kept.iter().any(|other| within(&rows, other)) {
                kept.push(rows);
            }
        }
        kept.iter().map(|rows| without(left, rows)).collect()
    }

    /// Whether so many columns may be enough, by prices of rows: with prices that add up to no more than 1 in any
    /// column, a cover has at least as many columns as the sum of all prices.
    fn fits(&mut self, left: &[u64], room: usize) -> bool {
        let mut rows: Vec<usize> = places(left).collect();
        rows.sort_by_key(|&row| self.by_row[row].len());
        let mut columns: Vec<u32> = rows.iter().flat_map(|&row| &self.by_row[row]).copied().collect();
        columns.sort_unstable();
        columns.dedup();
        columns.iter().for_each(|&column| self.slack[column as usize] = 1.0);
        let mut prices = Vec::with_capacity(rows.len());
        for &row in &rows {
            let open = &self.by_row[row];
            let price = open.iter().map(|&column| self.slack[column as usize]).fold(f64::INFINITY, f64::min);
            open.iter().for_each(|&column| self.slack[column as usize] -= price);
            prices.push(price);
        }
        let (sum, room) = (prices.iter().sum::<f64>(), room as f64 + ROUNDING);
        sum <= room && (sum < room - GAP || !self.raised(&rows, &columns, &mut prices, room))
    }

    /// Whether better prices show that `room` columns are too few (Held, Wolfe & Crowder 1974,
    /// doi:10.1007/BF01580223): columns whose rows cost more than 1 are taken off the bound, rows that several of these
    /// cover become cheaper, and those that none covers dearer.
    fn raised(&mut self, rows: &[usize], columns: &[u32], prices: &mut [f64], room: f64) -> bool {
        for _ in 0..STEPS {
            columns.iter().for_each(|&column| self.slack[column as usize] = 1.0);
            for (&row, price) in rows.iter().zip(prices.iter()) {
                self.by_row[row].iter().for_each(|&column| self.slack[column as usize] -= price);
            }
            let over: f64 = columns.iter().map(|&column| self.slack[column as usize].min(0.0)).sum();
            let bound = prices.iter().sum::<f64>() + over;
            if bound > room {
                return true;
            }
            let taken =
                |row: usize| self.by_row[row].iter().filter(|&&column| self.slack[column as usize] < -ROUNDING).count();
            let slopes: Vec<f64> = rows.iter().map(|&row| 1.0 - taken(row) as f64).collect();
            let steep: f64 = slopes.iter().map(|slope| slope * slope).sum();
            if steep == 0.0 {
                return false;
            }
            let step = (room + AIM - bound) / steep;
            prices.iter_mut().zip(&slopes).for_each(|(price, slope)| *price = (*price + step * slope).max(0.0));
        }
        false
    }
}

/// Collects covers. What an earlier branch has tried is closed in the later ones, so that no cover is met twice.
struct Collector<'a> {
    chart: &'a Chart,
    by_row: Vec<Vec<u32>>,
    closed: Vec<bool>,
    taken: Vec<u32>,
    most: usize,
    found: Vec<Vec<u32>>,
    solver: Solver<'a>,
}

/// The covers of all rows with as few columns as can be: up to `most` of them.
pub(super) fn smallest_covers(chart: &Chart, most: usize, job: &Job) -> Result<Vec<Vec<u32>>> {
    let mut solver = Solver::new(chart, job);
    let size = solver.smallest()?;
    let (by_row, closed) = (chart.by_row(), vec![false; chart.columns.len()]);
    solver.bar = Bar::new(job);
    let mut collector = Collector { chart, by_row, closed, taken: Vec::new(), most, found: Vec::new(), solver };
    collector.visit(&every(chart.rows), size, 1.0)?;
    Ok(collector.found)
}

impl Collector<'_> {
    fn visit(&mut self, left: &[u64], room: usize, share: f64) -> Result<()> {
        if self.found.len() >= self.most || !self.solver.enough(left, room, 0.0)? {
            self.solver.bar.advance(share);
            return Ok(());
        }
        if is_empty(left) {
            self.found.push(self.taken.clone());
            self.solver.bar.advance(share);
            return Ok(());
        }
        let branches = self.branches(left);
        for &column in &branches {
            self.taken.push(column);
            let rest = without(left, &self.chart.columns[column as usize]);
            self.visit(&rest, room - 1, share / branches.len() as f64)?;
            self.taken.pop();
            self.closed[column as usize] = true;
        }
        branches.iter().for_each(|&column| self.closed[column as usize] = false);
        Ok(())
    }

    /// The open columns of the row that has the fewest; those that cover most come first, since they have covers.
    fn branches(&self, left: &[u64]) -> Vec<u32> {
        let open = |row: usize| self.by_row[row].iter().filter(|&&column| !self.closed[column as usize]);
        let Some(row) = places(left).min_by_key(|&row| open(row).count()) else { return Vec::new() };
        let mut found: Vec<u32> = open(row).copied().collect();
        found.sort_by_cached_key(|&column| Reverse(size(&shared(left, &self.chart.columns[column as usize]))));
        found
    }
}
