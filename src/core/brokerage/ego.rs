//! Ego networks: whom an actor is tied to, and the ties among them.

use crate::paths::lists;
use crate::{Direction, Graph, Job, Result, parallel};

/// The partners of one actor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ego {
    /// Number of partners.
    pub size: u32,
    /// Ties among them.
    pub ties: u64,
    /// Weak components that they fall into without the actor.
    pub parts: u32,
}

/// Looks at those with whom each actor has a tie in `direction`.
///
/// # Complexity
/// O(Σ d·e·log d) for actors of degree d whose partners have degree e.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn ego_networks(graph: &Graph, direction: Direction, job: &Job) -> Result<Vec<Ego>> {
    let lists = lists(graph, direction);
    let mut egos = vec![Ego::default(); graph.n()];
    job.start(graph.n() as u64);
    parallel::fill(job, &mut egos, 64, &|first, block| {
        for (actor, ego) in (first..).zip(block.iter_mut()) {
            *ego = around(graph, lists.neighbours(actor));
        }
        job.advance(block.len() as u64);
        job.check()
    })?;
    Ok(egos)
}

fn around(graph: &Graph, partners: &[u32]) -> Ego {
    let mut above: Vec<usize> = (0..partners.len()).collect();
    let (mut ties, mut parts) = (0, partners.len() as u32);
    for (place, partner) in partners.iter().enumerate() {
        for other in graph.out().neighbours(*partner as usize) {
            let Ok(met) = partners.binary_search(other) else { continue };
            ties += 1;
            let (one, two) = (root(&mut above, place), root(&mut above, met));
            if one != two {
                above[one] = two;
                parts -= 1;
            }
        }
    }
    Ego { size: partners.len() as u32, ties: if graph.directed() { ties } else { ties / 2 }, parts }
}

fn root(above: &mut [usize], mut place: usize) -> usize {
    while above[place] != place {
        above[place] = above[above[place]];
        place = above[place];
    }
    place
}
