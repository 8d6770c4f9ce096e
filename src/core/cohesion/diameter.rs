//! The longest shortest path, by fringes (iFUB: Crescenzi, Grossi, Habib, Lanzi & Marino 2013,
//! doi:10.1016/j.tcs.2012.09.018), searched from 64 actors at once.

use std::ops::Range;

use super::distances::distance_counts;
use super::{Connectivity, components};
use crate::paths::{BATCH, sweep};
use crate::{Csr, Graph, Job, Result, parallel};

/// Actors searched from between two looks at whether that is enough.
const ROUND: usize = 8 * BATCH;

/// The largest number of steps between two actors that a path joins; 0 where no path joins any.
///
/// In an undirected graph actors are searched from in order of their distance from a middle one, the farthest first:
/// two actors at most k steps from it are at most 2k steps apart, so that the rest need no search once as much is found.
///
/// # Complexity
/// O(n·m ÷ 64) word operations at best, in undirected graphs mostly a small part of it; O(n) memory per thread.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn diameter(graph: &Graph, job: &Job) -> Result<u32> {
    if graph.directed() {
        return Ok(distance_counts(graph, job)?.len() as u32 - 1);
    }
    let ties = graph.out();
    let part = components(graph, Connectivity::Weak);
    let mut members = vec![Vec::new(); part.iter().max().map_or(0, |last| *last as usize + 1)];
    part.iter().zip(0..).for_each(|(part, actor)| members[*part as usize].push(actor));
    let mut longest = 0;
    // Larger components come first.
    for members in members {
        if members.len() as u32 > longest + 1 {
            longest = longest.max(within(ties, &members, longest, job)?);
        }
    }
    Ok(longest)
}

/// The diameter of a component, or `known` if that is more.
fn within(ties: &Csr, members: &[u32], known: u32, job: &Job) -> Result<u32> {
    let hub = members.iter().copied().max_by_key(|actor| ties.degree(*actor as usize)).expect("it has members");
    // From the farthest to the farthest, twice: a long path, in the middle of which everybody is near.
    let mut level = vec![0; ties.n()];
    let (mut longest, mut middle) = (known, hub);
    for _ in 0..2 {
        let one = *levels(ties, middle, &mut level, job)?.last().expect("it reaches itself");
        let mut other = *levels(ties, one, &mut level, job)?.last().expect("it reaches itself");
        let length = level[other as usize];
        longest = longest.max(length);
        for step in (length.div_ceil(2)..length).rev() {
            let nearer = ties.neighbours(other as usize).iter().find(|next| level[**next as usize] == step);
            other = *nearer.expect("a shortest path leads back");
        }
        middle = other;
    }
    let mut orders = Vec::new();
    for candidate in [middle, hub] {
        let order = levels(ties, candidate, &mut level, job)?;
        let order: Vec<(u32, u32)> = order.into_iter().map(|actor| (actor, level[actor as usize])).collect();
        longest = longest.max(order[order.len() - 1].1);
        orders.push(order);
    }
    // Whoever leaves fewer to search from.
    let order = orders.into_iter().min_by_key(|order| far(order, longest)).expect("there are two");
    let mut left = order.len();
    job.start(far(&order, longest) as u64);
    while left > 0 && longest < 2 * order[left - 1].1 {
        // Those of one level first: more may be known then.
        let nearest = order.partition_point(|(_, steps)| *steps < order[left - 1].1);
        let sources: Vec<u32> =
            order[left.saturating_sub(ROUND).max(nearest)..left].iter().map(|(actor, _)| *actor).collect();
        let leaf = |range: Range<usize>| {
            let mut farthest = 0;
            sweep(ties, &sources[range], job, |level, _, _| farthest = level)?;
            Ok(farthest)
        };
        longest = longest.max(parallel::reduce(job, sources.len(), BATCH, &leaf, &u32::max)?.unwrap_or(0));
        left -= sources.len();
        job.advance(sources.len() as u64);
    }
    Ok(longest)
}

/// How many are so far away that they have to be searched from.
fn far(order: &[(u32, u32)], longest: u32) -> usize {
    order.len() - order.partition_point(|(_, level)| 2 * level <= longest)
}

/// Those that an actor reaches, itself first and the farthest last; `level` gets their distances.
fn levels(ties: &Csr, start: u32, level: &mut [u32], job: &Job) -> Result<Vec<u32>> {
    let mut order = vec![start];
    level[start as usize] = 0;
    sweep(ties, &[start], job, |steps, actor, _| {
        level[actor] = steps;
        order.push(actor as u32);
    })?;
    Ok(order)
}
