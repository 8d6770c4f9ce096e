//! Breadth-first search from 64 sources at once, one bit of a machine word each
//! (Then et al. 2014, doi:10.14778/2735496.2735507).

use crate::{Csr, Job, Result};

/// Sources per sweep.
pub const BATCH: usize = 64;

/// Vertices handled between two looks at the request to stop.
const POLL: usize = 1 << 14;

/// Searches from `sources` (at most [`BATCH`]; bit `k` stands for `sources[k]`) and calls
/// `reached(level, vertex, mask)` once for each vertex and level at which the sources in `mask`
/// reach it first; not for the sources themselves.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn sweep(lists: &Csr, sources: &[u32], job: &Job, reached: impl FnMut(u32, usize, u64)) -> Result<()> {
    sweep_within(lists, sources, u32::MAX, job, reached)
}

/// As [`sweep`], no farther than `steps`.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn sweep_within(
    lists: &Csr,
    sources: &[u32],
    steps: u32,
    job: &Job,
    mut reached: impl FnMut(u32, usize, u64),
) -> Result<()> {
    debug_assert!(sources.len() <= BATCH);
    let n = lists.n();
    let (mut seen, mut next) = (vec![0_u64; n], vec![0_u64; n]);
    let mut frontier: Vec<(u32, u64)> = Vec::with_capacity(sources.len());
    for (bit, &source) in sources.iter().enumerate() {
        seen[source as usize] |= 1 << bit;
        frontier.push((source, 1 << bit));
    }
    let mut touched: Vec<u32> = Vec::new();
    let mut level = 0;
    while !frontier.is_empty() && level < steps {
        level += 1;
        for part in frontier.chunks(POLL) {
            job.check()?;
            for &(vertex, mask) in part {
                for &neighbour in lists.neighbours(vertex as usize) {
                    let slot = &mut next[neighbour as usize];
                    if *slot == 0 {
                        touched.push(neighbour);
                    }
                    *slot |= mask;
                }
            }
        }
        frontier.clear();
        for &vertex in &touched {
            let place = vertex as usize;
            let fresh = next[place] & !seen[place];
            next[place] = 0;
            if fresh != 0 {
                seen[place] |= fresh;
                frontier.push((vertex, fresh));
                reached(level, place, fresh);
            }
        }
        touched.clear();
    }
    Ok(())
}
