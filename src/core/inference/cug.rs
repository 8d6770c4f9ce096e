//! Statistics of random networks (Anderson, Butts & Carley 1999, doi:10.1016/S0378-8733(99)00011-8).

use super::random_networks::RandomNetworks;
use crate::cohesion::{
    Connectivity, arc_reciprocity, centralization_of, components, density, diameter, distance_counts, reach,
    transitivity,
};
use crate::random::stream;
use crate::{Direction, Error, Graph, Job, Network, Result, parallel};

/// A number that says something about a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the measures")]
pub enum Statistic {
    Density,
    Reciprocity,
    Transitivity,
    DegreeCentralization,
    IndegreeCentralization,
    OutdegreeCentralization,
    ClosenessCentralization,
    BetweennessCentralization,
    AverageDistance,
    Diameter,
    Compactness,
    Fragmentation,
    Connectedness,
    KrackhardtHierarchy,
    KrackhardtEfficiency,
    Components,
    Isolates,
}

impl Statistic {
    /// The statistic of a network; `NaN` where it is undefined.
    ///
    /// # Complexity
    /// That of the measure of this name in [`cohesion`](crate::cohesion).
    ///
    /// # Errors
    /// Those of the measure.
    pub fn of(self, network: &Network, job: &Job) -> Result<f64> {
        let graph = network.graph();
        let centralization = |measure, direction| centralization_of(graph, measure, direction, job);
        Ok(match self {
            Self::Density => density(network),
            Self::Reciprocity => arc_reciprocity(network),
            Self::Transitivity => transitivity(graph, job)?,
            Self::DegreeCentralization => centralization("degree", Direction::All)?,
            Self::IndegreeCentralization => centralization("degree", Direction::In)?,
            Self::OutdegreeCentralization => centralization("degree", Direction::Out)?,
            Self::ClosenessCentralization => centralization("closeness", Direction::Out)?,
            Self::BetweennessCentralization => centralization("betweenness", Direction::Out)?,
            Self::AverageDistance => average_distance(&distance_counts(graph, job)?),
            Self::Diameter => match diameter(graph, job)? {
                0 => f64::NAN,
                longest => f64::from(longest),
            },
            Self::Compactness => compactness(&distance_counts(graph, job)?, graph.n()),
            Self::Fragmentation => 1.0 - joined(graph, Connectivity::Strong),
            Self::Connectedness => joined(graph, Connectivity::Weak),
            Self::KrackhardtHierarchy => {
                let pairs = reach(graph, job)?;
                1.0 - pairs.mutual as f64 / (pairs.ordered - pairs.mutual) as f64
            }
            Self::KrackhardtEfficiency => efficiency(graph),
            Self::Components => sizes(graph, Connectivity::Weak).len() as f64,
            Self::Isolates => isolates(graph) as f64,
        })
    }
}

/// The statistic of random networks `first` to `first + count - 1`.
///
/// # Complexity
/// That of a random network and its statistic, for each.
///
/// # Errors
/// Those of the statistic; [`Error::Argument`] for more draws than memory holds; [`Error::Interrupted`].
pub fn cug(
    networks: &RandomNetworks<'_>,
    statistic: Statistic,
    first: u64,
    count: usize,
    seed: u64,
    job: &Job,
) -> Result<Vec<f64>> {
    let mut found: Vec<f64> = Vec::new();
    found.try_reserve_exact(count).map_err(|_| Error::Argument {
        argument: "draws",
        expected: "so few that they fit in memory",
        found: count.to_string(),
    })?;
    found.resize(count, 0.0);
    job.start(count as u64);
    parallel::fill(job, &mut found, 1, &|place, part| {
        let alone = job.alone();
        let network = networks.draw(&mut stream(seed, first + place as u64), &alone)?;
        part[0] = statistic.of(&network, &alone)?;
        job.advance(1);
        Ok(())
    })?;
    Ok(found)
}

/// The mean over pairs that a path joins, from the number of pairs at each distance.
fn average_distance(counts: &[u64]) -> f64 {
    let sum: u64 = counts.iter().zip(0..).map(|(count, steps)| count * steps).sum();
    sum as f64 / counts.iter().sum::<u64>() as f64
}

fn compactness(counts: &[u64], n: usize) -> f64 {
    let sum: f64 = counts.iter().enumerate().skip(1).map(|(steps, count)| *count as f64 / steps as f64).sum();
    // The sum of nothing is -0, which would show.
    (0.0 + sum) / ordered_pairs(n as u64)
}

fn ordered_pairs(n: u64) -> f64 {
    (n * n.saturating_sub(1)) as f64
}

fn sizes(graph: &Graph, kind: Connectivity) -> Vec<u64> {
    let mut sizes = Vec::new();
    for component in components(graph, kind) {
        sizes.resize(sizes.len().max(component as usize + 1), 0);
        sizes[component as usize] += 1;
    }
    sizes
}

/// Share of pairs of actors in one component.
fn joined(graph: &Graph, kind: Connectivity) -> f64 {
    sizes(graph, kind).into_iter().map(ordered_pairs).sum::<f64>() / ordered_pairs(graph.n() as u64)
}

fn efficiency(graph: &Graph) -> f64 {
    let sizes = sizes(graph, Connectivity::Weak);
    let needed: f64 = sizes.iter().map(|size| (size - 1) as f64).sum();
    let possible: f64 = sizes.into_iter().map(ordered_pairs).sum();
    let ties = graph.out().entries() as f64;
    if possible > 0.0 { 1.0 - (ties - needed) / (possible - needed) } else { f64::NAN }
}

fn isolates(graph: &Graph) -> usize {
    (0..graph.n()).filter(|actor| graph.out().degree(*actor) + graph.incoming().degree(*actor) == 0).count()
}
