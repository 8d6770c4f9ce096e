//! n-clans (Alba 1973, doi:10.1080/0022250X.1973.9989826; Mokken 1979, doi:10.1007/BF00139635).

use super::{cliques, undirected};
use crate::paths::{BATCH, sweep_within};
use crate::{Csr, Graph, Job, Result};

/// Lists the n-clans of at least `least` actors: the largest sets within `steps` steps of each other in the network, if
/// they are so along ties among themselves too; larger sets first, among equals in the order of their members.
///
/// # Complexity
/// That of [`cliques`] in the network of those within n steps.
///
/// # Errors
/// [`Error::Direction`](crate::Error::Direction) for a directed graph; [`Error::Interrupted`](crate::Error::Interrupted).
pub fn n_clans(graph: &Graph, steps: u32, least: usize, job: &Job) -> Result<Vec<Vec<u32>>> {
    undirected(graph, "n_clans")?;
    let all: Vec<u32> = (0..graph.n() as u32).collect();
    let within = Graph::new(false, reached(graph.out(), &all, steps, job)?, Vec::new());
    let mut found = cliques(&within, least, job)?;
    let mut place = vec![u32::MAX; graph.n()];
    let mut failure = None;
    found.retain(|set| {
        set.iter().zip(0..).for_each(|(actor, at)| place[*actor as usize] = at);
        let among = among(graph.out(), set, &place);
        set.iter().for_each(|actor| place[*actor as usize] = u32::MAX);
        let inside: Vec<u32> = (0..set.len() as u32).collect();
        match reached(&among, &inside, steps, job) {
            Ok(lists) => lists.entries() == set.len() * (set.len() - 1),
            Err(error) => {
                failure = Some(error);
                false
            }
        }
    });
    failure.map_or(Ok(found), Err)
}

/// For each actor those within some steps.
fn reached(ties: &Csr, actors: &[u32], steps: u32, job: &Job) -> Result<Csr> {
    let (mut offsets, mut targets) = (vec![0], Vec::new());
    for batch in actors.chunks(BATCH) {
        let mut rows = vec![Vec::new(); batch.len()];
        sweep_within(ties, batch, steps, job, |_, vertex, mut mask| {
            while mask != 0 {
                rows[mask.trailing_zeros() as usize].push(vertex as u32);
                mask &= mask - 1;
            }
        })?;
        for mut row in rows {
            row.sort_unstable();
            targets.append(&mut row);
            offsets.push(targets.len() as u64);
        }
    }
    Ok(Csr::new(offsets, targets, None))
}

/// The ties among the members of a set, numbered by their places in it.
fn among(ties: &Csr, set: &[u32], place: &[u32]) -> Csr {
    let (mut offsets, mut targets) = (vec![0], Vec::new());
    for &actor in set {
        let others = ties.neighbours(actor as usize).iter().map(|other| place[*other as usize]);
        targets.extend(others.filter(|at| *at != u32::MAX));
        offsets.push(targets.len() as u64);
    }
    Csr::new(offsets, targets, None)
}
