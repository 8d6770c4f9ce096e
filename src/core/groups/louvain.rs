//! Louvain communities (Blondel, Guillaume, Lambiotte & Lefebvre 2008, doi:10.1088/1742-5468/2008/10/P10008).

use super::communities::{Communities, check};
use super::level::{Level, renumber};
use crate::random::stream;
use crate::{Graph, Job, Result};

/// Moves actors between communities as long as modularity rises, then whole communities, and so on.
///
/// # Complexity
/// O(m) per round, of which there are few.
///
/// # Errors
/// [`Error::Direction`](crate::Error::Direction) for a directed graph; [`Error::Signed`](crate::Error::Signed);
/// [`Error::Argument`](crate::Error::Argument) for a resolution below 0;
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn louvain(graph: &Graph, resolution: f64, seed: u64, job: &Job) -> Result<Communities> {
    check(graph, resolution, "louvain")?;
    let mut random = stream(seed, 0);
    let mut level = Level::new(graph, resolution);
    let mut membership: Vec<u32> = (0..graph.n() as u32).collect();
    loop {
        let mut part: Vec<u32> = (0..level.n() as u32).collect();
        let moved = level.move_vertices(&mut part, usize::MAX, &mut random, job)?;
        let parts = renumber(&mut part);
        membership.iter_mut().for_each(|own| *own = part[*own as usize]);
        if !moved || parts == level.n() {
            return Communities::new(graph, membership, resolution);
        }
        level = level.merged(&part, parts);
    }
}
