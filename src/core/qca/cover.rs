//! All smallest covers of a chart.
//!
//! The chart is made smaller first: columns within others and rows that others bring along are left out in turns. What
//! is left is searched for covers of one column, of two, and so on, and the columns left out are put back in the end.

use super::chart::{Chart, Rows, within};
use super::search::Search;
use crate::{Job, Result};

/// The covers of all rows with as few columns as can be: up to `most` of them.
pub(super) fn smallest_covers(chart: &Chart, most: usize, job: &Job) -> Result<Vec<Vec<u32>>> {
    let core = core_of(chart, job)?;
    let mut found = Vec::new();
    for cover in Search::new(&core, most, job).smallest()? {
        let groups: Vec<&[u32]> = cover.iter().map(|&column| core.names[column as usize].as_slice()).collect();
        Exchange::new(chart, &groups, most).visit(&vec![0; chart.rows.div_ceil(64)], &mut Vec::new(), &mut found);
        if found.len() >= most {
            break;
        }
    }
    Ok(found)
}

/// The chart without columns that lie within others, and without rows that are covered with others anyway. Each column
/// is named by those of the chart that it stands for. A smallest cover of the chart has at most one of each group: two
/// could be replaced by one. Nor has it a column that covers nothing here.
fn core_of(chart: &Chart, job: &Job) -> Result<Chart> {
    let names = (0..chart.columns.len() as u32).map(|column| vec![column]).collect();
    let mut core = Chart { rows: chart.rows, columns: chart.columns.clone(), names };
    loop {
        let before = (core.rows, core.columns.len());
        core = core.largest(job)?;
        core = core.restricted(&core.hardest(job)?, job)?;
        if (core.rows, core.columns.len()) == before {
            return Ok(core);
        }
    }
}

/// Takes one column of each group, so that they cover all rows.
struct Exchange<'a> {
    chart: &'a Chart,
    groups: &'a [&'a [u32]],
    /// What the groups from each one on can cover.
    ahead: Vec<Rows>,
    most: usize,
}

impl<'a> Exchange<'a> {
    fn new(chart: &'a Chart, groups: &'a [&'a [u32]], most: usize) -> Self {
        let mut ahead = vec![vec![0; chart.rows.div_ceil(64)]];
        for group in groups.iter().rev() {
            let last = &ahead[ahead.len() - 1];
            let together =
                group.iter().fold(last.clone(), |rows, &column| joined(&rows, &chart.columns[column as usize]));
            ahead.push(together);
        }
        ahead.reverse();
        Self { chart, groups, ahead, most }
    }

    fn visit(&self, covered: &[u64], taken: &mut Vec<u32>, found: &mut Vec<Vec<u32>>) {
        let place = taken.len();
        if found.len() >= self.most || !within(&self.ahead[0], &joined(covered, &self.ahead[place])) {
            return;
        }
        let Some(group) = self.groups.get(place) else {
            found.push(taken.clone());
            return;
        };
        for &column in *group {
            taken.push(column);
            self.visit(&joined(covered, &self.chart.columns[column as usize]), taken, found);
            taken.pop();
        }
    }
}

fn joined(one: &[u64], other: &[u64]) -> Rows {
    one.iter().zip(other).map(|(a, b)| a | b).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All smallest sets of columns that cover every row, by looking at all sets.
    fn brute_force(columns: &[u64], rows: usize) -> Vec<u32> {
        let every = (1_u64 << rows) - 1;
        let covers = |set: u32| {
            let together =
                columns.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).fold(0, |all, (_, one)| all | one);
            together == every
        };
        let found: Vec<u32> = (0..1_u32 << columns.len()).filter(|&set| covers(set)).collect();
        let least = found.iter().map(|set| set.count_ones()).min();
        found.into_iter().filter(|set| Some(set.count_ones()) == least).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        /// Any chart, also those in which columns and rows are left out again and again.
        #[test]
        fn all_smallest_covers_of_any_chart(
            rows in 1_usize..9,
            pairs in prop::collection::vec((1_u64..256, 1_u64..256), 1..12),
        ) {
            let every = (1_u64 << rows) - 1;
            let mut columns: Vec<u64> = pairs.iter().map(|(one, other)| one & other & every).collect();
            columns.push(every & !columns.iter().fold(0, |all, one| all | one));
            columns.retain(|&one| one != 0);
            columns.sort_unstable();
            columns.dedup();
            let names = (0..columns.len() as u32).map(|column| vec![column]).collect();
            let chart = Chart { rows, columns: columns.iter().map(|&one| vec![one]).collect(), names };
            let found = smallest_covers(&chart, 10_000, &Job::inline()).unwrap();
            let mut sets: Vec<u32> = found.iter().map(|cover| cover.iter().map(|column| 1 << column).sum()).collect();
            sets.sort_unstable();
            prop_assert_eq!(sets, brute_force(&columns, rows));
        }
    }
}
