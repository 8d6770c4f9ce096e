//! Transitivity (Wasserman & Faust 1994, p. 243-247).

use super::bits::BitRows;
use super::triangles::triangles_in_all;
use crate::{Graph, Job, Result};

/// Share of two-paths that are closed.
///
/// Undirected: 3 × triangles ÷ connected triples. Directed: ordered two-paths i → j → k (i, k
/// different) with i → k ÷ all of them ("weak" transitivity). `NaN` without two-paths.
///
/// # Complexity
/// O(m·√m) undirected, O(m·d) directed for the largest degree d.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn transitivity(graph: &Graph, job: &Job) -> Result<f64> {
    let (closed, all) = if graph.directed() { directed(graph, job)? } else { undirected(graph, job)? };
    Ok(closed as f64 / all as f64)
}

fn undirected(graph: &Graph, job: &Job) -> Result<(u64, u64)> {
    let triangles = triangles_in_all(graph.out(), job)?;
    let pairs = |degree: u64| degree * degree.saturating_sub(1) / 2;
    let triples = (0..graph.n()).map(|actor| pairs(graph.out().degree(actor) as u64)).sum();
    Ok((3 * triangles, triples))
}

fn directed(graph: &Graph, job: &Job) -> Result<(u64, u64)> {
    let (out, into) = (graph.out(), graph.incoming());
    let bits = BitRows::suit(graph.n(), out.entries()).then(|| (BitRows::new(out), BitRows::new(into)));
    // Actors that `first` has a tie to and that have one to `third`.
    let through = |first: usize, third: usize| match &bits {
        Some((from, to)) => from.common(first, to, third),
        None => common(out.neighbours(first), into.neighbours(third)),
    };
    let (mut closed, mut all) = (0, 0);
    for actor in 0..graph.n() {
        job.check()?;
        let mutual = through(actor, actor);
        all += (out.degree(actor) * into.degree(actor)) as u64 - mutual;
        closed += out.neighbours(actor).iter().map(|&third| through(actor, third as usize)).sum::<u64>();
    }
    Ok((closed, all))
}

/// Number of entries that two sorted lists share.
fn common(mut a: &[u32], mut b: &[u32]) -> u64 {
    let mut count = 0;
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        count += u64::from(x == y);
        if x <= y {
            a = &a[1..];
        }
        if y <= x {
            b = &b[1..];
        }
    }
    count
}
