//! Leiden communities (Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z).

use super::communities::{Communities, check};
use super::level::{Level, renumber};
use crate::random::stream;
use crate::{Graph, Job, Result};

/// So many looks at vertices are made at every level.
const MANY: usize = 1 << 17;

/// As [`louvain`](super::louvain), but what is moved as a whole are well connected parts of communities, so that no
/// community falls apart. All is repeated from what was found as long as modularity rises, at most `rounds` times.
///
/// # Complexity
/// O(m) per level of a round, of which there are few.
///
/// # Errors
/// Those of [`louvain`](super::louvain).
pub fn leiden(graph: &Graph, resolution: f64, rounds: u32, seed: u64, job: &Job) -> Result<Communities> {
    check(graph, resolution, "leiden")?;
    let mut random = stream(seed, 0);
    let start = (0..graph.n() as u32).collect();
    let mut best = Communities::new(graph, start, resolution)?;
    for _ in 0..rounds.max(1) {
        let found = round(graph, resolution, best.membership.clone(), &mut random, job)?;
        let found = Communities::new(graph, found, resolution)?;
        // Without ties there is no modularity, and nothing to improve.
        let better = found.modularity > best.modularity + 1e-12;
        best = if better { found } else { best };
        if !better {
            break;
        }
    }
    Ok(best)
}

fn round(
    graph: &Graph,
    resolution: f64,
    mut part: Vec<u32>,
    random: &mut rand_chacha::ChaCha8Rng,
    job: &Job,
) -> Result<Vec<u32>> {
    let mut level = Level::new(graph, resolution);
    let mut vertex: Vec<u32> = (0..graph.n() as u32).collect();
    loop {
        // What is left of many looks at a large network gains less than another round.
        level.move_vertices(&mut part, (2 * level.n()).max(MANY), random, job)?;
        let parts = renumber(&mut part);
        let mut fine = level.refined(&part, parts, random, job)?;
        let count = renumber(&mut fine);
        if parts == level.n() || count == level.n() {
            return Ok(vertex.into_iter().map(|own| part[own as usize]).collect());
        }
        let mut above = vec![0; count];
        fine.iter().zip(&part).for_each(|(fine, part)| above[*fine as usize] = *part);
        vertex.iter_mut().for_each(|own| *own = fine[*own as usize]);
        level = level.merged(&fine, count);
        part = above;
    }
}
