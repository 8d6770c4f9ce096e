//! Key players (Borgatti 2006, doi:10.1007/s10588-006-7084-x).

use crate::cohesion::distances;
use crate::paths::{BATCH, sweep};
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
const ROUNDING: f64 = 1e-12;

/// Finds the `size` actors with the highest value of a criterion: looks at all sets where these are at most `most`,
/// else adds the best actor again and again and then exchanges members as long as that helps.
///
/// # Complexity
/// O(C(n, k)·(n + m)) or, with steps that help, O(k·n·(n + m)) each; distance-weighted fragmentation n times as much.
///
/// # Errors
/// [`Error::Argument`] for a size that is not below the number of actors; [`Error::Direction`] where a criterion of
/// fragmentation is asked of a directed graph; [`Error::TooManyActors`]; [`Error::Interrupted`].
pub fn key_players(graph: &Graph, size: usize, criterion: Criterion, most: u64, job: &Job) -> Result<KeyPlayers> {
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
    if sets(n, size).is_some_and(|sets| sets <= most) {
        let (members, best, solutions) = exact(&value, n, size, job)?;
        return Ok(KeyPlayers { members, value: best, before, solutions: Some(solutions) });
    }
    let (members, best) = greedy(&value, n, size, job)?;
    Ok(KeyPlayers { members, value: best, before, solutions: None })
}

/// C(n, k), unless that is very many.
fn sets(n: usize, k: usize) -> Option<u64> {
    (0..k as u64).try_fold(1_u64, |sets, i| Some(sets.checked_mul(n as u64 - i)? / (i + 1)))
}

type Found = (Vec<u32>, f64, u64);

fn better(one: Found, other: Found) -> Found {
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

fn greedy(value: &Value<'_>, n: usize, size: usize, job: &Job) -> Result<(Vec<u32>, f64)> {
    job.start(size as u64);
    let mut set: Vec<u32> = Vec::new();
    let mut best = f64::NEG_INFINITY;
    while set.len() < size {
        let (actor, found) = best_addition(value, n, &set, job)?;
        set.push(actor);
        best = found;
        job.advance(1);
    }
    loop {
        let mut exchanged = false;
        for at in 0..size {
            let mut rest = set.clone();
            rest.remove(at);
            let (actor, found) = best_addition(value, n, &rest, job)?;
            if found > best + ROUNDING {
                (set[at], best, exchanged) = (actor, found, true);
            }
        }
        if !exchanged {
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
            Self::Fragmentation(ties) => Ok(fragmentation(ties, set)),
            Self::DistanceFragmentation(ties) => distance_fragmentation(ties, set, job),
            Self::Near(n, near) => {
                let rows: Vec<&[f64]> = set.iter().map(|member| &near[*member as usize * n..][..*n]).collect();
                let nearest = |actor: usize| rows.iter().map(|row| row[actor]).fold(0.0, f64::max);
                Ok((0..*n).map(nearest).sum::<f64>() / *n as f64)
            }
        }
    }
}

/// Of the pairs of those who are left, the share that no path joins; 0 where fewer than two are.
fn fragmentation(ties: &Csr, gone: &[u32]) -> f64 {
    let mut seen = vec![false; ties.n()];
    gone.iter().for_each(|actor| seen[*actor as usize] = true);
    let (mut joined, mut queue) = (0.0, Vec::new());
    for start in 0..ties.n() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        queue.push(start as u32);
        let mut size = 0.0;
        while let Some(actor) = queue.pop() {
            size += 1.0;
            for &other in ties.neighbours(actor as usize) {
                if !seen[other as usize] {
                    seen[other as usize] = true;
                    queue.push(other);
                }
            }
        }
        joined += size * (size - 1.0);
    }
    let left = (ties.n() - gone.len()) as f64;
    if left < 2.0 { 0.0 } else { 1.0 - joined / (left * (left - 1.0)) }
}

fn distance_fragmentation(ties: &Csr, gone: &[u32], job: &Job) -> Result<f64> {
    let n = ties.n();
    let mut out = vec![false; n];
    gone.iter().for_each(|actor| out[*actor as usize] = true);
    let (mut offsets, mut targets) = (vec![0], Vec::with_capacity(ties.entries()));
    for actor in 0..n {
        if !out[actor] {
            targets.extend(ties.neighbours(actor).iter().filter(|other| !out[**other as usize]));
        }
        offsets.push(targets.len() as u64);
    }
    let lists = Csr::new(offsets, targets, None);
    let sources: Vec<u32> = (0..n as u32).filter(|actor| !out[*actor as usize]).collect();
    let mut inverse = 0.0;
    for batch in sources.chunks(BATCH) {
        sweep(&lists, batch, job, |level, _, mask| inverse += f64::from(mask.count_ones()) / f64::from(level))?;
    }
    let left = sources.len() as f64;
    Ok(if left < 2.0 { 0.0 } else { 1.0 - inverse / (left * (left - 1.0)) })
}
