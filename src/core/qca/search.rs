//! Searches a chart for its smallest covers, with bounds by prices of rows (doi:10.1007/BF01580223).

use super::chart::{Chart, places};
use crate::{Job, Result};

/// Units of progress of one search.
const UNITS: f64 = 1e6;
/// What rounding may add to a bound.
const ROUNDING: f64 = 1e-9;
/// How far above the mark to aim, how often to change prices at first and later on, and when to take smaller steps.
const AIM: f64 = 0.1;
const FIRST: usize = 400;
const LATER: usize = 30;
const PATIENCE: usize = 8;

/// Looks for covers. What an earlier branch has tried is closed in the later ones, so that no cover is met twice.
pub(super) struct Search<'a> {
    /// The rows of each column.
    columns: Vec<Vec<u32>>,
    rows: usize,
    taken: Vec<u32>,
    found: Vec<Vec<u32>>,
    most: usize,
    done: f64,
    job: &'a Job,
}

/// What is left to do: rows to cover, columns that may be taken, and a price of each row (0 where it is covered).
struct Rest {
    rows: Vec<u32>,
    open: Vec<u32>,
    prices: Vec<f64>,
    room: usize,
}

/// The best bound that was found, and how much is left of 1 in each open column after its rows are paid.
struct Bound {
    least: f64,
    slack: Vec<f64>,
}

impl<'a> Search<'a> {
    pub(super) fn new(chart: &Chart, most: usize, job: &'a Job) -> Self {
        let columns = chart.columns.iter().map(|rows| places(rows).map(|row| row as u32).collect()).collect();
        Self { columns, rows: chart.rows, taken: Vec::new(), found: Vec::new(), most, done: 0.0, job }
    }

    /// The covers of all rows with the fewest columns.
    pub(super) fn smallest(mut self) -> Result<Vec<Vec<u32>>> {
        let prices = self.fair();
        let room = (prices.iter().sum::<f64>() - ROUNDING).ceil() as usize;
        let open = (0..self.columns.len() as u32).collect();
        let mut rest = Rest { rows: (0..self.rows as u32).collect(), open, prices, room };
        loop {
            self.job.start(UNITS as u64);
            self.done = 0.0;
            if let Some(bound) = self.raise(&mut rest, FIRST)? {
                self.branch(&rest, &bound, 1.0)?;
            }
            if !self.found.is_empty() {
                return Ok(self.found);
            }
            rest.room += 1;
        }
    }

    /// Each row costs its share of the largest column that covers it, so that no column is paid more than 1.
    fn fair(&self) -> Vec<f64> {
        let mut prices = vec![1.0_f64; self.rows];
        for rows in &self.columns {
            rows.iter().for_each(|&row| prices[row as usize] = prices[row as usize].min(1.0 / rows.len() as f64));
        }
        prices
    }

    fn advance(&mut self, share: f64) {
        let before = self.done as u64;
        self.done += share * UNITS;
        self.job.advance(self.done as u64 - before);
    }

    /// Finds the covers of what is left; `share` is how much of the search this is.
    fn visit(&mut self, mut rest: Rest, share: f64) -> Result<()> {
        if rest.rows.is_empty() {
            self.found.push(self.taken.clone());
        } else if self.found.len() < self.most
            && rest.room > 0
            && let Some(bound) = self.raise(&mut rest, LATER)?
        {
            return self.branch(&rest, &bound, share);
        }
        self.advance(share);
        Ok(())
    }

    /// Takes each column that covers the row with the fewest of them.
    fn branch(&mut self, rest: &Rest, bound: &Bound, share: f64) -> Result<()> {
        let kept = within_room(rest, bound);
        let mut many = vec![0_u32; self.rows];
        for &column in &kept {
            self.columns[column as usize].iter().for_each(|&row| many[row as usize] += 1);
        }
        let hardest = rest.rows.iter().copied().min_by_key(|&row| many[row as usize]);
        let covers = |column: &u32| hardest.is_some_and(|row| self.columns[*column as usize].contains(&row));
        let (branches, mut open): (Vec<u32>, Vec<u32>) = kept.into_iter().partition(covers);
        if branches.is_empty() {
            self.advance(share);
        }
        let each = share / branches.len() as f64;
        open.extend(branches.iter().rev());
        for column in branches {
            open.pop();
            let next = self.without(rest, column, &open);
            self.taken.push(column);
            self.visit(next, each)?;
            self.taken.pop();
        }
        Ok(())
    }

    /// What is left when a column was taken; those that are of no use then are closed.
    fn without(&self, rest: &Rest, column: u32, open: &[u32]) -> Rest {
        let covered = &self.columns[column as usize];
        let rows: Vec<u32> = rest.rows.iter().copied().filter(|row| !covered.contains(row)).collect();
        let mut prices = rest.prices.clone();
        covered.iter().for_each(|&row| prices[row as usize] = 0.0);
        let mut left = vec![false; self.rows];
        rows.iter().for_each(|&row| left[row as usize] = true);
        let room = rest.room - 1;
        // The last one must cover all.
        let least = if room == 1 { rows.len() } else { 1 };
        let helps =
            |&column: &u32| self.columns[column as usize].iter().filter(|&&row| left[row as usize]).count() >= least;
        let open = open.iter().copied().filter(helps).collect();
        Rest { rows, open, prices, room }
    }

    /// Changes prices to get a bound above the room that is left: None if there is one, so that there is no cover. Rows
    /// that several overpaid columns cover become cheaper, and those that none covers dearer. The best prices are kept.
    fn raise(&self, rest: &mut Rest, steps: usize) -> Result<Option<Bound>> {
        let room = rest.room as f64 + ROUNDING;
        let mut best = Bound { least: f64::NEG_INFINITY, slack: Vec::new() };
        let (mut prices, mut overpaid) = (rest.prices.clone(), vec![0_u32; self.rows]);
        let (mut pace, mut since) = (1.0, 0);
        for _ in 0..steps {
            self.job.check()?;
            let Bound { least, slack } = self.bound(rest, &prices, &mut overpaid);
            if least > room {
                return Ok(None);
            }
            let slope = |row: u32| 1.0 - f64::from(overpaid[row as usize]);
            let steep: f64 = rest.rows.iter().map(|&row| slope(row) * slope(row)).sum();
            let step = pace * (room + AIM - least) / steep;
            since += 1;
            if least > best.least {
                (best, since) = (Bound { least, slack }, 0);
                rest.prices.clone_from(&prices);
            } else if since > PATIENCE {
                (pace, since) = (pace / 2.0, 0);
            }
            if steep == 0.0 {
                break;
            }
            for &row in &rest.rows {
                prices[row as usize] = (prices[row as usize] + step * slope(row)).max(0.0);
            }
        }
        Ok(Some(best))
    }

    /// With any prices a cover has at least as many columns as these add up to, less what open columns are paid beyond
    /// 1. Counts for each row the columns that are.
    fn bound(&self, rest: &Rest, prices: &[f64], overpaid: &mut [u32]) -> Bound {
        overpaid.fill(0);
        let mut least: f64 = rest.rows.iter().map(|&row| prices[row as usize]).sum();
        let mut slack = Vec::with_capacity(rest.open.len());
        for &column in &rest.open {
            let rows = &self.columns[column as usize];
            let left = 1.0 - rows.iter().map(|&row| prices[row as usize]).sum::<f64>();
            if left < 0.0 {
                least += left;
                rows.iter().for_each(|&row| overpaid[row as usize] += 1);
            }
            slack.push(left);
        }
        Bound { least, slack }
    }
}

/// The open columns, unless the bound would be above the room that is left if they were taken; the best paid first.
fn within_room(rest: &Rest, bound: &Bound) -> Vec<u32> {
    let room = rest.room as f64 + ROUNDING;
    let slack = bound.slack.iter().copied().zip(rest.open.iter().copied());
    let mut kept: Vec<(f64, u32)> = slack.filter(|(slack, _)| bound.least + slack <= room).collect();
    kept.sort_by(|one, other| one.0.total_cmp(&other.0));
    kept.into_iter().map(|(_, column)| column).collect()
}
