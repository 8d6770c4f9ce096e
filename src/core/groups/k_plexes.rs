//! k-plexes (Seidman & Foster 1978, doi:10.1080/0022250X.1978.9989883), listed as cliques are (Bron & Kerbosch 1973;
//! Wu & Pei 2007, doi:10.1007/978-3-540-77018-3_21).

use super::undirected;
use crate::centrality::coreness;
use crate::{Csr, Direction, Error, Graph, Job, Result};

/// How often the request to stop is looked for.
const CHECK: usize = 1 << 10;

/// Lists the sets of at least `least` actors of whom each is tied to all but at most k of the set, itself counted,
/// and whom nobody can be added to; larger sets first, among equals in the order of their members.
///
/// # Complexity
/// Exponential in the size of the sets; as many sets as there are.
///
/// # Errors
/// [`Error::Direction`] for a directed graph; [`Error::Argument`] for `least` below 2k - 1, where sets fall apart;
/// [`Error::Interrupted`].
pub fn k_plexes(graph: &Graph, k: usize, least: usize, job: &Job) -> Result<Vec<Vec<u32>>> {
    undirected(graph, "k_plexes")?;
    if k == 0 || least + 1 < 2 * k {
        return Err(Error::Argument {
            argument: "min_size",
            expected: "at least 2·k - 1 (smaller sets may fall apart)",
            found: least.to_string(),
        });
    }
    let number = coreness(graph, Direction::All, job)?;
    let mut order: Vec<u32> =
        (0..graph.n() as u32).filter(|actor| number[*actor as usize] as usize + k >= least).collect();
    order.sort_by_key(|actor| number[*actor as usize]);
    let mut place = vec![u32::MAX; graph.n()];
    order.iter().zip(0..).for_each(|(actor, at)| place[*actor as usize] = at);
    let mut search = Search { ties: graph.out(), k, least, found: Vec::new(), steps: 0, job };
    job.start(order.len() as u64);
    for &actor in &order {
        // So large sets have no two members more than two steps apart.
        let mut near: Vec<u32> = search.ties.neighbours(actor as usize).to_vec();
        near.extend(near.clone().iter().flat_map(|other| search.ties.neighbours(*other as usize)));
        near.sort_unstable();
        near.dedup();
        near.retain(|other| *other != actor && place[*other as usize] != u32::MAX);
        let (open, closed) = near.into_iter().partition(|other| place[*other as usize] > place[actor as usize]);
        search.grow(&mut vec![actor], open, closed)?;
        job.advance(1);
    }
    let mut found = search.found;
    found.iter_mut().for_each(|set| set.sort_unstable());
    found.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    Ok(found)
}

struct Search<'a> {
    ties: &'a Csr,
    k: usize,
    least: usize,
    found: Vec<Vec<u32>>,
    steps: usize,
    job: &'a Job,
}

impl Search<'_> {
    fn tied(&self, one: u32, other: u32) -> bool {
        self.ties.contains(one as usize, other as usize)
    }

    /// How many of a set an actor is not tied to, itself counted where it is a member.
    fn apart(&self, actor: u32, set: &[u32]) -> usize {
        set.iter().filter(|other| !self.tied(actor, **other)).count()
    }

    /// Adds to a set those of `open` who fit; those in `closed` were tried before.
    fn grow(&mut self, set: &mut Vec<u32>, open: Vec<u32>, closed: Vec<u32>) -> Result<()> {
        self.steps += 1;
        if self.steps.is_multiple_of(CHECK) {
            self.job.check()?;
        }
        // Those who lack k ties already: whoever is added must be tied to them.
        let full: Vec<u32> = set.iter().copied().filter(|member| self.apart(*member, set) == self.k).collect();
        let fits =
            |actor: &u32| self.apart(*actor, set) < self.k && full.iter().all(|member| self.tied(*actor, *member));
        let mut open: Vec<u32> = open.into_iter().filter(fits).collect();
        let mut closed: Vec<u32> = closed.into_iter().filter(fits).collect();
        let room = |member: &u32| {
            let tied = open.iter().filter(|other| self.tied(*member, **other)).count();
            set.len() + tied + (self.k - self.apart(*member, set)).min(open.len() - tied)
        };
        if set.iter().map(room).min().is_some_and(|most| most < self.least) {
            return Ok(());
        }
        // The one whom fewest are tied to first, so that the sets without it lose most.
        let all = open.clone();
        open.sort_by_cached_key(|actor| std::cmp::Reverse(self.apart(*actor, &all)));
        if open.is_empty() && closed.is_empty() {
            self.found.push(set.clone());
            return Ok(());
        }
        for at in 0..open.len() {
            set.push(open[at]);
            self.grow(set, open[at + 1..].to_vec(), closed.clone())?;
            set.pop();
            closed.push(open[at]);
        }
        Ok(())
    }
}
