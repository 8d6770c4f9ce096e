//! Communities by taking away the ties that most shortest paths run along (Girvan & Newman 2002,
//! doi:10.1073/pnas.122653799; Newman & Girvan 2004, doi:10.1103/PhysRevE.69.026113).

use super::communities::Communities;
use super::level::renumber;
use super::undirected;
use crate::centrality::edge_betweenness;
use crate::{Csr, Error, Graph, Job, Result};

/// Takes the tie with the highest betweenness away, again and again; gives the components when there are `number` of
/// them (or more, where there are more from the start), or those of the highest modularity.
///
/// # Complexity
/// O(n·m²).
///
/// # Errors
/// [`Error::Direction`] for a directed graph; [`Error::Argument`] for a number above that of the actors;
/// [`Error::Interrupted`].
///
/// # Panics
/// Never: the first partition is kept where no number is asked for.
pub fn girvan_newman(graph: &Graph, number: Option<usize>, job: &Job) -> Result<Communities> {
    undirected(graph, "girvan_newman")?;
    if let Some(number) = number.filter(|number| *number > graph.n()) {
        let expected = "at most the number of actors";
        return Err(Error::Argument { argument: "number", expected, found: number.to_string() });
    }
    let plain =
        Graph::new(false, Csr::new(graph.out().offsets().to_vec(), graph.out().targets().to_vec(), None), vec![]);
    let mut ties: Vec<Vec<u32>> = (0..graph.n()).map(|actor| graph.out().neighbours(actor).to_vec()).collect();
    let (mut parts, mut part) = (Vec::new(), vec![0; graph.n()]);
    let mut seen = vec![false; graph.n()];
    for actor in 0..graph.n() {
        if !seen[actor] {
            let members = around(&ties, actor as u32);
            members.iter().for_each(|member| seen[*member as usize] = true);
            parts.push(Part::new(&ties, members, job)?);
        }
    }
    job.start(graph.ties() as u64);
    let mut best: Option<Communities> = None;
    loop {
        for (at, found) in (0..).zip(&parts) {
            found.members.iter().for_each(|member| part[*member as usize] = at);
        }
        let mut numbered = part.clone();
        renumber(&mut numbered);
        let here = Communities::new(&plain, numbered, 1.0)?;
        if number.is_some_and(|number| parts.len() >= number) {
            return Ok(here);
        }
        if number.is_none() && best.as_ref().is_none_or(|best| here.modularity > best.modularity + 1e-12) {
            best = Some(here);
        }
        let parted = parts.len();
        while parts.len() == parted {
            job.check()?;
            let Some(at) = highest(&parts) else {
                return Ok(best.expect("the first is kept where no number is asked for"));
            };
            let (one, other) = parts[at].tie;
            ties[one as usize].retain(|end| *end != other);
            ties[other as usize].retain(|end| *end != one);
            job.advance(1);
            let members = around(&ties, one);
            if members.binary_search(&other).is_err() {
                parts.push(Part::new(&ties, around(&ties, other), job)?);
            }
            parts[at] = Part::new(&ties, members, job)?;
        }
    }
}

/// A component of what is left.
struct Part {
    /// In order.
    members: Vec<u32>,
    /// Its tie with the highest betweenness, the first among equals; 0 where there is no tie.
    tie: (u32, u32),
    betweenness: f64,
}

/// Rounding must not decide between ties of equal betweenness.
fn exceeds(one: f64, other: f64) -> bool {
    one > other * (1.0 + 1e-9)
}

impl Part {
    fn new(ties: &[Vec<u32>], members: Vec<u32>, job: &Job) -> Result<Self> {
        let place = |actor: &u32| members.binary_search(actor).expect("ties stay within a component") as u32;
        let (mut offsets, mut targets) = (vec![0], Vec::new());
        for &member in &members {
            targets.extend(ties[member as usize].iter().map(place));
            offsets.push(targets.len() as u64);
        }
        let graph = Graph::new(false, Csr::new(offsets, targets, None), Vec::new());
        let (source, target, _) = graph.list();
        let (mut tie, mut most) = ((0, 0), 0.0);
        for (at, betweenness) in edge_betweenness(&graph, &job.part())?.into_iter().enumerate() {
            if exceeds(betweenness, most) {
                (tie, most) = ((members[source[at] as usize], members[target[at] as usize]), betweenness);
            }
        }
        Ok(Self { members, tie, betweenness: most })
    }
}

fn highest(parts: &[Part]) -> Option<usize> {
    let mut found: Option<usize> = None;
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.betweenness > 0.0) {
        let better = found.is_none_or(|found| {
            let best = &parts[found];
            let equal = !exceeds(part.betweenness, best.betweenness) && !exceeds(best.betweenness, part.betweenness);
            if equal { part.tie < best.tie } else { part.betweenness > best.betweenness }
        });
        found = if better { Some(at) } else { found };
    }
    found
}

/// Those that an actor reaches, itself included, in order.
fn around(ties: &[Vec<u32>], actor: u32) -> Vec<u32> {
    let mut found = vec![actor];
    let mut seen = std::collections::HashSet::from([actor]);
    let mut next = 0;
    while let Some(&from) = found.get(next) {
        next += 1;
        found.extend(ties[from as usize].iter().copied().filter(|other| seen.insert(*other)));
    }
    found.sort_unstable();
    found
}
