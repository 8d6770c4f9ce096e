//! Which rows to name when the rules refuse some. Nothing here runs on good input.

use std::collections::HashSet;

use super::survey::{Kind, Survey, Table};
use crate::{Error, Job, Loops, Result, Row, Rows};

/// Refuses rows that are wrong by themselves.
pub(super) fn rows(table: &Table<'_>, survey: &Survey, job: &Job) -> Result<()> {
    if survey.infinite > 0 {
        return Err(Error::InfiniteValues(find(table, job, |row, _| table.value(row).is_infinite())?));
    }
    if survey.negative > 0 && !table.rules.signed {
        return Err(Error::NegativeValues(find(table, job, |row, _| table.value(row) < 0.0)?));
    }
    if survey.loops > 0 && table.rules.loops == Loops::Error {
        return Err(Error::SelfTies(find(table, job, |_, pair| Table::kind(pair) == Kind::Loop)?));
    }
    if survey.silent > 0 {
        let unasked = |row, pair| table.is_unasked(pair, table.value(row));
        return Err(Error::TiesOfNonRespondents(find(table, job, unasked)?));
    }
    Ok(())
}

/// Refuses rows of a tie that an earlier row has listed.
pub(super) fn repeated(table: &Table<'_>, job: &Job) -> Result<()> {
    let mut seen = HashSet::new();
    let again = find(table, job, |_, pair| !seen.insert(pair))?;
    if again.total > 0 {
        return Err(Error::DuplicateTies(again));
    }
    seen.clear();
    let reversed = find(table, job, |_, (source, target)| {
        seen.insert((source, target));
        source != target && seen.contains(&(target, source))
    })?;
    Err(Error::BothDirections(reversed))
}

/// Refuses rows of ties whose values add up to more than a number can hold.
pub(super) fn overflown(table: &Table<'_>, ties: &HashSet<(u32, u32)>, job: &Job) -> Result<()> {
    let directed = table.rules.directed;
    let rows = find(table, job, |_, (i, j)| ties.contains(&(i, j)) || (!directed && ties.contains(&(j, i))))?;
    Err(Error::InfiniteValues(rows))
}

/// The rows, of those that the network takes, that `wanted` picks.
fn find(table: &Table<'_>, job: &Job, mut wanted: impl FnMut(usize, (u32, u32)) -> bool) -> Result<Rows> {
    let mut rows = Rows { total: 0, first: Vec::new() };
    for block in table.blocks() {
        job.check()?;
        for row in block {
            let pair = table.pair(row);
            if !table.takes(pair) || !wanted(row, pair) {
                continue;
            }
            rows.total += 1;
            if rows.first.len() < Rows::SHOWN {
                let (source, target) = (table.labels.show(pair.0 as usize), table.labels.show(pair.1 as usize));
                rows.first.push(Row { index: row as u64, source, target });
            }
        }
    }
    Ok(rows)
}
