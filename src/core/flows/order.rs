//! Events in the order of clients and time.

use std::ops::Range;

use crate::parallel::{each, install};
use crate::{Error, Job, Result};

/// Clients whose events are sorted in one go.
const BLOCK: usize = 1 << 12;
/// Rows between two looks for a request to stop.
const STEP: usize = 1 << 16;

/// The rows of a log in the order of clients, and of each client's by `keys` (the first decides, then
/// the second, and so on); rows that are equal in all stay in their order. `clients` holds the client
/// of each row, below `count`.
///
/// Takes time linear in the rows, and in each client's rows times the logarithm of their number.
///
/// # Errors
/// [`Error::Argument`] for columns that do not fit each other; [`Error::Interrupted`].
pub fn order(clients: &[u32], count: usize, keys: &[&[i64]], job: &Job) -> Result<Vec<u32>> {
    let fits = clients.len() < u32::MAX as usize && keys.iter().all(|key| key.len() == clients.len());
    if !fits || clients.iter().any(|client| *client as usize >= count) {
        let found = format!("{} rows of {count} clients", clients.len());
        return Err(Error::Argument { argument: "clients", expected: "columns of one length", found });
    }
    let starts = starts(clients, count, job)?;
    let mut rows = placed(clients, &starts, job)?;
    let compare =
        |a: &u32, b: &u32| keys.iter().map(|key| key[*a as usize].cmp(&key[*b as usize])).find(|it| it.is_ne());
    let sort = |(part, clients): (&mut [u32], Range<usize>)| {
        let first = starts[clients.start];
        clients.into_iter().for_each(|client| {
            part[starts[client] - first..starts[client + 1] - first]
                .sort_by(|a, b| compare(a, b).unwrap_or(std::cmp::Ordering::Equal));
        });
        job.advance(part.len() as u64);
        Ok(())
    };
    job.start(clients.len() as u64);
    let parts = parts(&mut rows, &starts);
    install(job, || each(job, parts, sort))?;
    Ok(rows)
}

/// Where each client's events start, and the end of the last.
fn starts(clients: &[u32], count: usize, job: &Job) -> Result<Vec<usize>> {
    let mut starts = vec![0; count + 1];
    for part in clients.chunks(STEP) {
        job.check()?;
        part.iter().for_each(|client| starts[*client as usize + 1] += 1);
    }
    (0..count).for_each(|client| starts[client + 1] += starts[client]);
    Ok(starts)
}

/// The rows client by client.
fn placed(clients: &[u32], starts: &[usize], job: &Job) -> Result<Vec<u32>> {
    let mut next = starts.to_vec();
    let mut rows = vec![0; clients.len()];
    for (place, part) in clients.chunks(STEP).enumerate() {
        job.check()?;
        for (row, client) in part.iter().enumerate() {
            let to = &mut next[*client as usize];
            rows[*to] = (place * STEP + row) as u32;
            *to += 1;
        }
    }
    Ok(rows)
}

/// The rows cut between clients.
fn parts<'a>(mut rows: &'a mut [u32], starts: &[usize]) -> Vec<(&'a mut [u32], Range<usize>)> {
    let count = starts.len() - 1;
    let mut parts = Vec::new();
    for first in (0..count).step_by(BLOCK) {
        let end = (first + BLOCK).min(count);
        let (part, rest) = rows.split_at_mut(starts[end] - starts[first]);
        parts.push((part, first..end));
        rows = rest;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_then_keys_then_rows() {
        let clients = [1, 0, 1, 0, 1];
        let (start, end) = ([5, 9, 5, 2, 1], [8, 9, 7, 2, 1]);
        let found = order(&clients, 2, &[&start, &end], &Job::inline());
        assert_eq!(found, Ok(vec![3, 1, 4, 2, 0]));
        assert_eq!(order(&[], 0, &[], &Job::inline()), Ok(vec![]));
        assert!(order(&clients, 1, &[], &Job::inline()).is_err());
        assert!(order(&clients, 2, &[&[1]], &Job::inline()).is_err());
    }

    #[test]
    fn the_same_on_any_number_of_threads() {
        let clients: Vec<u32> = (0..40_000_u32).map(|row| row.wrapping_mul(2_654_435_761) % 9_000).collect();
        let start: Vec<i64> = (0..40_000_i64).map(|row| row * 7919 % 365).collect();
        let one = order(&clients, 9_000, &[&start], &Job::inline());
        assert_eq!(order(&clients, 9_000, &[&start], &Job::new(3)), one);
    }

    #[test]
    fn stops_when_asked() {
        let job = Job::inline();
        job.cancel();
        assert_eq!(order(&[0], 1, &[], &job), Err(Error::Interrupted));
    }
}
