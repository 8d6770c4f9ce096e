//! Key players (Borgatti 2006, doi:10.1007/s10588-006-7084-x).

use super::coverage::Coverage;
use super::removal::{distance_fragmentation, fragmentation};
use crate::cohesion::distances;
use crate::paths::BATCH;
use crate::{Csr, Error, Graph, Job, Result, parallel};

/// What a set of actors is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Criterion {
    /// The share of pairs that no path joins once they are gone.
    Fragmentation,
    /// 1 - the mean of 1 ÷ distance once they are gone.
    DistanceFragmentation,
    /// The share of all actors within so many steps of them, themselves included.
    Reach(u32),
    /// The mean over all actors of 1 ÷ the distance from the nearest of them, themselves counting 1.
    DistanceReach,
}

/// The set found.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyPlayers {
    /// In order.
    pub members: Vec<u32>,
    /// The value of the criterion.
    pub value: f64,
    /// Without any actor chosen.
    pub before: f64,
    /// How many sets have this value, where all were looked at.
    pub solutions: Option<u64>,
}

/// Differences that rounding can make.
pub(super) const ROUNDING: f64 = 1e-12;

/// How much work a search may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Sets that are all looked at, if there are no more.
    pub sets: u64,
    /// Sets to begin exchanges with, at least one.
    pub starts: usize,
    /// Machine words looked at to leave out sets that reach too little.
    pub words: u64,
}

/// Finds the `size` actors with the highest value of a criterion. Where they are to reach others, sets that can't be
/// best are left out; else all sets are looked at where the effort allows for it. Where neither can be done, the best
/// actor is added again and again and members are exchanged as long as that helps, from several starts.
///
/// # Complexity
/// O(C(n, k)·(n + m)) or, with steps that help, O(k·n·(n + m)) each; distance-weighted fragmentation n times as much.
///
/// # Errors
/// [`Error::Argument`] for a size that is not below the number of actors; [`Error::Direction`] where a criterion of
/// fragmentation is asked of a directed graph; [`Error::TooManyActors`]; [`Error::Interrupted`].
pub fn key_players(graph: &Graph, size: usize, criterion: Criterion, effort: Effort, job: &Job) -> Result<KeyPlayers> {
    let n = graph.n();
    if size == 0 || size >= n {
        let expected = "at least 1 and below the number of actors";
        return Err(Error::Argument { argument: "size", expected, found: size.to_string() });
    }
    let removes = matches!(criterion, Criterion::Fragmentation | Criterion::DistanceFragmentation);
    if removes && graph.directed() {
        let remedy = "Say what an undirected tie is with net.symmetrize(...)";
        let (needs, found) = ("an undirected", "directed");
        return Err(Error::Direction { measure: "key_players(criterion=\"…fragmentation\")", needs, found, remedy });
    }
    let value = Value::new(graph, criterion, job)?;
    let before = value.of(&[], job)?;
    let all = sets(n, size).is_some_and(|sets| sets <= effort.sets);
    let coverage = if let Value::Near(n, near) = &value { Coverage::new(near, *n) } else { None };
    if all && coverage.is_none() {
        let (members, best, solutions) = exact(&value, n, size, job)?;
        return Ok(KeyPlayers { members, value: best, before, solutions: Some(solutions) });
    }
    let starts = starts(graph, size, removes, effort.starts);
    let (members, best) = exchanged(&value, n, size, &starts, job)?;
    if let Some(coverage) = coverage {
        let words = if all { u64::MAX } else { effort.words / n as u64 };
        if let Some((members, _, solutions)) = coverage.best(size, best, words, job)? {
            let best = value.of(&members, job)?;
            return Ok(KeyPlayers { members, value: best, before, solutions: Some(solutions) });
        }
    }
    Ok(KeyPlayers { members, value: best, before, solutions: None })
}

/// C(n, k), unless that is very many.
fn sets(n: usize, k: usize) -> Option<u64> {
    (0..k as u64).try_fold(1_u64, |sets, i| Some(sets.checked_mul(n as u64 - i)? / (i + 1)))
}

/// A set, its value, and how many have that value.
pub(super) type Found = (Vec<u32>, f64, u64);

pub(super) fn better(one: Found, other: Found) -> Found {
    if other.1 > one.1 + ROUNDING {
        other
    } else if other.1 >= one.1 - ROUNDING {
        (one.0, one.1, one.2 + other.2)
    } else {
        one
    }
}

fn exact(value: &Value<'_>, n: usize, size: usize, job: &Job) -> Result<Found> {
    job.start(n as u64);
    let leaf = |range: std::ops::Range<usize>| {
        let mut best = (Vec::new(), f64::NEG_INFINITY, 0);
        for first in range.filter(|first| first + size <= n) {
            let mut set: Vec<u32> = (first as u32..(first + size) as u32).collect();
            loop {
                let found = (set.clone(), value.of(&set, job)?, 1);
                best = better(best, found);
                // The next set with the same first member, in the order of words in a dictionary.
                let Some(at) = (1..size).rev().find(|at| (set[*at] as usize) < n - size + at) else { break };
                set[at] += 1;
                (at + 1..size).for_each(|later| set[later] = set[later - 1] + 1);
            }
            job.advance(1);
        }
        Ok(best)
    };
    let none = || (Vec::new(), f64::NEG_INFINITY, 0);
    Ok(parallel::reduce(job, n, 1, &leaf, &better)?.unwrap_or_else(none))
}

/// Sets to begin with: nobody; where actors are taken away, those whose absence cuts another off; and each actor, by
/// falling degree.
fn starts(graph: &Graph, size: usize, removes: bool, count: usize) -> Vec<Vec<u32>> {
    let ties = graph.out();
    let mut order: Vec<usize> = (0..graph.n()).collect();
    order.sort_by_key(|actor| ties.degree(*actor));
    let few = order.iter().filter(|actor| removes && (1..=size).contains(&ties.degree(**actor)));
    let mut cuts: Vec<Vec<u32>> = few.map(|actor| ties.neighbours(*actor).to_vec()).collect();
    cuts.dedup();
    cuts.truncate(count / 2);
    order.sort_by_key(|actor| std::cmp::Reverse(ties.degree(*actor)));
    let single = order.iter().map(|actor| vec![*actor as u32]);
    std::iter::once(Vec::new()).chain(cuts).chain(single).take(count.max(1)).collect()
}

/// The best set that additions and exchanges lead to from any start.
fn exchanged(value: &Value<'_>, n: usize, size: usize, starts: &[Vec<u32>], job: &Job) -> Result<(Vec<u32>, f64)> {
    job.start(starts.len() as u64);
    let (mut members, mut best) = (Vec::new(), f64::NEG_INFINITY);
    for start in starts {
        let (set, found) = greedy(value, n, size, start, job)?;
        if found > best + ROUNDING {
            (members, best) = (set, found);
        }
        job.advance(1);
    }
    Ok((members, best))
}

fn greedy(value: &Value<'_>, n: usize, size: usize, start: &[u32], job: &Job) -> Result<(Vec<u32>, f64)> {
    let mut set = start.to_vec();
    let mut best = value.of(&set, job)?;
    while set.len() < size {
        let (actor, found) = best_addition(value, n, &set, job)?;
        set.push(actor);
        best = found;
    }
    loop {
        let mut changed = false;
        for at in 0..size {
            let mut rest = set.clone();
            rest.remove(at);
            let (actor, found) = best_addition(value, n, &rest, job)?;
            if found > best + ROUNDING {
                (set[at], best, changed) = (actor, found, true);
            }
        }
        if !changed {
            set.sort_unstable();
            return Ok((set, best));
        }
    }
}

fn best_addition(value: &Value<'_>, n: usize, set: &[u32], job: &Job) -> Result<(u32, f64)> {
    let leaf = |range: std::ops::Range<usize>| {
        let mut best = (Vec::new(), f64::NEG_INFINITY, 0);
        for actor in range.map(|actor| actor as u32).filter(|actor| !set.contains(actor)) {
            let larger = [set, &[actor]].concat();
            best = better(best, (vec![actor], value.of(&larger, job)?, 1));
        }
        Ok(best)
    };
    let best = parallel::reduce(job, n, BATCH, &leaf, &better)?;
    let (members, found, _) = best.expect("there are more actors than members");
    Ok((members[0], found))
}

/// A criterion with what it needs to know of the network.
enum Value<'a> {
    Fragmentation(&'a Csr),
    DistanceFragmentation(&'a Csr),
    /// For each actor 1 ÷ the distance from it, or 1 and 0 for those within reach and not; row by row.
    Near(usize, Vec<f64>),
}

impl<'a> Value<'a> {
    fn new(graph: &'a Graph, criterion: Criterion, job: &Job) -> Result<Self> {
        let near = |of: &dyn Fn(f64) -> f64| {
            let mut near = distances(graph, &job.part())?;
            near.iter_mut().for_each(|distance| *distance = if *distance == 0.0 { 1.0 } else { of(*distance) });
            Ok(Self::Near(graph.n(), near))
        };
        match criterion {
            Criterion::Fragmentation => Ok(Self::Fragmentation(graph.out())),
            Criterion::DistanceFragmentation => Ok(Self::DistanceFragmentation(graph.out())),
            Criterion::Reach(steps) => near(&|distance| f64::from(u8::from(distance <= f64::from(steps)))),
            Criterion::DistanceReach => near(&f64::recip),
        }
    }

    fn of(&self, set: &[u32], job: &Job) -> Result<f64> {
        job.check()?;
        match self {
            Self::Fragmentation(ties) => Ok(fragmentation(ties, set).unwrap_or(0.0)),
            Self::DistanceFragmentation(ties) => Ok(distance_fragmentation(ties, set, job)?.unwrap_or(0.0)),
            Self::Near(n, near) => {
                let rows: Vec<&[f64]> = set.iter().map(|member| &near[*member as usize * n..][..*n]).collect();
                let nearest = |actor: usize| rows.iter().map(|row| row[actor]).fold(0.0, f64::max);
                Ok((0..*n).map(nearest).sum::<f64>() / *n as f64)
            }
        }
    }
}
