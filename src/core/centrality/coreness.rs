//! Coreness (Seidman 1983, doi:10.1016/0378-8733(83)90028-X), by peeling level by level
//! (Batagelj & Zaveršnik 2003, arXiv:cs/0310049; Kabir & Madduri 2017, doi:10.1109/IPDPSW.2017.151).

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use super::degree;
use crate::{Csr, Direction, Graph, Job, Result, parallel};

/// Actors taken away in one go.
const BLOCK: usize = 1 << 12;

/// The largest k such that the actor is in a set whose members each have ties with at least k others in it: ties
/// from others (`In`), to others (`Out`), or either, so that a mutual tie counts twice (`All`).
///
/// # Complexity
/// O(n + m).
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn coreness(graph: &Graph, direction: Direction, job: &Job) -> Result<Vec<u32>> {
    let (out, incoming) = (graph.out(), graph.incoming());
    // Who goes takes a tie from those that it sends one to, where ties from others count, and the other way round.
    let losing: &[&Csr] = match direction {
        _ if !graph.directed() => &[out],
        Direction::In => &[out],
        Direction::Out => &[incoming],
        Direction::All => &[out, incoming],
    };
    let degree = degree::degree(graph, direction, false).into_iter().map(|ties| ties as u32).collect();
    peel(degree, losing, job)
}

/// Takes away those with the lowest degree left, and with them whoever falls to it, again and again; `losing` holds
/// the ends of ties that others then lose.
fn peel(degree: Vec<u32>, losing: &[&Csr], job: &Job) -> Result<Vec<u32>> {
    let degree: Vec<AtomicU32> = degree.into_iter().map(AtomicU32::new).collect();
    let of = |actor: &u32| degree[*actor as usize].load(Relaxed);
    parallel::install(job, || {
        let mut left: Vec<u32> = (0..degree.len() as u32).collect();
        while let Some(level) = left.iter().map(of).min() {
            let mut going: Vec<u32> = left.iter().copied().filter(|actor| of(actor) == level).collect();
            while !going.is_empty() {
                let mut fallen = vec![Vec::new(); going.len().div_ceil(BLOCK)];
                let parts = going.chunks(BLOCK).zip(&mut fallen).collect();
                parallel::each(job, parts, |(gone, fallen): (&[u32], &mut Vec<u32>)| {
                    for ties in gone.iter().flat_map(|actor| losing.iter().map(|ties| ties.neighbours(*actor as usize)))
                    {
                        for &other in ties {
                            let own = &degree[other as usize];
                            if own.load(Relaxed) <= level {
                                continue;
                            }
                            let before = own.fetch_sub(1, Relaxed);
                            if before == level + 1 {
                                fallen.push(other);
                            } else if before <= level {
                                // Another thread took the last one in between.
                                own.fetch_add(1, Relaxed);
                            }
                        }
                    }
                    Ok(())
                })?;
                going = fallen.concat();
            }
            left.retain(|actor| of(actor) > level);
        }
        Ok(())
    })?;
    Ok(degree.into_iter().map(AtomicU32::into_inner).collect())
}
