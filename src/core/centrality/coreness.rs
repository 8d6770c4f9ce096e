//! Coreness (Seidman 1983, doi:10.1016/0378-8733(83)90028-X), by peeling in order of degree
//! (Batagelj & Zaveršnik 2003, arXiv:cs/0310049).

use super::degree;
use crate::{Csr, Direction, Graph, Job, Result};

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

/// Takes the actor with the lowest degree away, again and again; `losing` holds the ends of ties that others then lose.
fn peel(mut degree: Vec<u32>, losing: &[&Csr], job: &Job) -> Result<Vec<u32>> {
    let n = degree.len();
    let most = degree.iter().copied().max().unwrap_or(0) as usize;
    // Actors in order of degree; first[d] is where those of degree d start.
    let mut first = vec![0_usize; most + 2];
    degree.iter().for_each(|d| first[*d as usize + 1] += 1);
    (0..=most).for_each(|d| first[d + 1] += first[d]);
    let (mut order, mut place, mut slot) = (vec![0_u32; n], vec![0_usize; n], first.clone());
    for actor in 0..n {
        let at = &mut slot[degree[actor] as usize];
        (order[*at], place[actor]) = (actor as u32, *at);
        *at += 1;
    }
    for at in 0..n {
        if at % 4096 == 0 {
            job.check()?;
        }
        let gone = order[at] as usize;
        for &other in losing.iter().flat_map(|ties| ties.neighbours(gone)) {
            let (other, own) = (other as usize, degree[other as usize]);
            if own > degree[gone] {
                // It changes places with the first of its degree, and is the last of the next lower one.
                let (here, start) = (place[other], first[own as usize]);
                let ahead = order[start] as usize;
                (order[here], order[start]) = (ahead as u32, other as u32);
                (place[ahead], place[other]) = (here, start);
                first[own as usize] = start + 1;
                degree[other] -= 1;
            }
        }
    }
    Ok(degree)
}
