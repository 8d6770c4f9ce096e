//! Small worlds: clustering and distances beside those of random networks and lattices with the same degrees (Humphries
//! & Gurney 2008, doi:10.1371/journal.pone.0002051; Telesford et al. 2011, doi:10.1089/brain.2011.0038).

use crate::centrality::local_clustering;
use crate::paths::totals;
use crate::random::stream;
use crate::rewire::{lattice, rewire};
use crate::{Direction, Error, Graph, Job, Result};

/// Mean local clustering (0 for fewer than two ties) and mean distance of the pairs that are joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct World {
    /// `NaN` without actors.
    pub clustering: f64,
    /// `NaN` without ties.
    pub distance: f64,
}

/// Of an undirected network, of `draws` random networks and of as many lattices with its degrees.
///
/// # Complexity
/// That of all distances, for each network.
///
/// # Errors
/// [`Error::Direction`] for a directed graph; [`Error::Interrupted`].
pub fn small_world(
    graph: &Graph,
    draws: u32,
    swaps: u32,
    seed: u64,
    job: &Job,
) -> Result<(World, Vec<World>, Vec<World>)> {
    if graph.directed() {
        let remedy = "Say what an undirected tie is with net.symmetrize(...)";
        let (needs, found) = ("an undirected", "directed");
        return Err(Error::Direction { measure: "small_world", needs, found, remedy });
    }
    let one = world(graph, &job.part())?;
    job.start(2 * u64::from(draws));
    let counted = |reference: Result<Graph>| {
        let found = world(&reference?, &job.part())?;
        job.advance(1);
        Ok(found)
    };
    let draws = 0..u64::from(draws);
    let random = draws.clone().map(|draw| counted(rewire(graph, swaps, &mut stream(seed, 2 * draw), job)));
    let random: Vec<World> = random.collect::<Result<_>>()?;
    let lattices = draws.map(|draw| counted(lattice(graph, 10 * swaps, &mut stream(seed, 2 * draw + 1), job)));
    Ok((one, random, lattices.collect::<Result<_>>()?))
}

fn world(graph: &Graph, job: &Job) -> Result<World> {
    let local = local_clustering(graph, job)?;
    let clustering = local.iter().filter(|score| !score.is_nan()).sum::<f64>() / local.len() as f64;
    let totals = totals(graph, Direction::Out, None, job)?;
    let sum: f64 = totals.iter().map(|total| total.sum).sum();
    let distance = sum / totals.iter().map(|total| total.reached).sum::<f64>();
    Ok(World { clustering, distance })
}
