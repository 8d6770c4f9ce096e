//! Local clustering (Watts & Strogatz 1998, doi:10.1038/30918; directed: Fagiolo 2007,
//! doi:10.1103/PhysRevE.76.026107).

use crate::cohesion::BitRows;
use crate::cohesion::triangles::{Triangle, each_triangle, triangles_of_each};
use crate::dyads::{Dyads, MUTUAL};
use crate::{Error, Graph, Job, Result};

/// Share of the possible ties among each actor's partners that exist.
///
/// Undirected: triangles ÷ (d(d − 1)/2). Directed (Fagiolo's total): directed triangles of any
/// orientation ÷ 2(d(d − 1) − 2b), with d the in- plus out-degree and b the number of mutual ties.
/// `NaN` where the denominator is 0. Tie values are not read.
///
/// # Complexity
/// O(m·√m).
///
/// # Errors
/// [`Error::Interrupted`].
pub fn local_clustering(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    if graph.directed() { directed(graph, job) } else { undirected(graph, job) }
}

fn undirected(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let triangles = triangles_of_each(graph.out(), job)?;
    let score = |(actor, count): (usize, &u64)| {
        let degree = graph.out().degree(actor) as f64;
        if degree > 1.0 { *count as f64 / (degree * (degree - 1.0) / 2.0) } else { f64::NAN }
    };
    Ok(triangles.iter().enumerate().map(score).collect())
}

fn directed(graph: &Graph, job: &Job) -> Result<Vec<f64>> {
    let dyads = Dyads::new(graph);
    let triangles = if BitRows::suit(graph.n(), dyads.lists().entries()) {
        directed_by_bits(&dyads, job)?
    } else {
        let mut triangles = vec![0; graph.n()];
        each_triangle(&dyads, job, |Triangle { corners, codes }| {
            let count: u64 = codes.iter().map(|code| ties(*code)).product();
            corners.iter().for_each(|corner| triangles[*corner as usize] += count);
        })?;
        triangles
    };
    let score = |actor: usize| {
        let possible = possible_directed(&dyads, actor);
        if possible > 0.0 { triangles[actor] as f64 / possible } else { f64::NAN }
    };
    Ok((0..graph.n()).map(score).collect())
}

/// Ties s in a dyad: each triangle of dyads holds `2·s_ij·s_jh·s_hi` directed triangles at each corner.
fn ties(code: u8) -> u64 {
    if code == MUTUAL { 2 } else { 1 }
}

/// Each tied dyad counts the ties to the partners that its ends share; so an actor counts each of its triangles twice.
fn directed_by_bits(dyads: &Dyads, job: &Job) -> Result<Vec<u64>> {
    let n = dyads.lists().n();
    // A mutual dyad stands in both, so that sums over the two count its ties.
    let (tied, mut mutual) = (BitRows::new(dyads.lists()), BitRows::empty(n));
    for actor in 0..n {
        let partners = dyads.partners(actor).iter().zip(dyads.codes(actor));
        partners.filter(|(_, code)| **code == MUTUAL).for_each(|(other, _)| mutual.insert(actor, *other as usize));
    }
    let mut counts = vec![0; n];
    for actor in 0..n {
        job.check()?;
        for (&other, &code) in dyads.partners(actor).iter().zip(dyads.codes(actor)) {
            let other = other as usize;
            if other > actor {
                let both = [(&tied, &tied), (&tied, &mutual), (&mutual, &tied), (&mutual, &mutual)];
                let shared: u64 = both.iter().map(|(a, b)| a.common(actor, b, other)).sum();
                counts[actor] += ties(code) * shared;
                counts[other] += ties(code) * shared;
            }
        }
    }
    counts.iter_mut().for_each(|count| *count /= 2);
    Ok(counts)
}

/// How tie values enter local clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Barrat et al. (2004): each triangle counts the mean of the two values at the actor.
    Barrat,
    /// Onnela et al. (2005): each triangle counts the geometric mean of its three values, ÷ the largest value.
    Onnela,
}

/// Valued clustering of each actor; `NaN` where fewer than two partners make it undefined.
///
/// Barrat (undirected only): Σ over closed pairs of partners of the two values ÷ (strength · (d − 1)). Onnela:
/// Σ of cube roots in place of the count of triangles, of values ÷ the largest.
///
/// # Complexity
/// O(m·√m).
///
/// # Errors
/// [`Error::Signed`]; [`Error::Direction`] for Barrat on a directed graph; [`Error::Interrupted`].
pub fn valued_clustering(graph: &Graph, variant: Variant, job: &Job) -> Result<Vec<f64>> {
    if graph.is_signed() {
        return Err(Error::Signed { measure: "local_clustering" });
    }
    if graph.directed() && variant == Variant::Barrat {
        return Err(Error::Direction {
            measure: "local_clustering with variant=\"barrat\"",
            needs: "an undirected",
            found: "directed",
            remedy: "Make it undirected with net.symmetrize(...), or use variant=\"onnela\"",
        });
    }
    let dyads = Dyads::new(graph);
    let out = graph.out();
    let largest = out.values().unwrap_or(&[1.0]).iter().copied().fold(0.0, f64::max);
    let value = |i: u32, j: u32| out.value(i as usize, j as usize).unwrap_or(0.0);
    // What a dyad counts in a triangle: the cube roots of its ties, added up.
    let roots = |i: u32, j: u32| {
        let both = (value(i, j) / largest).cbrt() + (value(j, i) / largest).cbrt();
        if graph.directed() { both } else { both / 2.0 }
    };
    let mut sums = vec![0.0; graph.n()];
    each_triangle(&dyads, job, |Triangle { corners: [a, b, c], .. }| match variant {
        Variant::Barrat => {
            sums[a as usize] += value(a, b) + value(a, c);
            sums[b as usize] += value(b, a) + value(b, c);
            sums[c as usize] += value(c, a) + value(c, b);
        }
        Variant::Onnela => {
            let all = roots(a, b) * roots(b, c) * roots(a, c);
            [a, b, c].iter().for_each(|corner| sums[*corner as usize] += all);
        }
    })?;
    let possible = |actor: usize| {
        let degree = dyads.partners(actor).len() as f64;
        match variant {
            Variant::Barrat => out.valued(actor).map(|(_, value)| value).sum::<f64>() * (degree - 1.0),
            Variant::Onnela if graph.directed() => possible_directed(&dyads, actor),
            Variant::Onnela => degree * (degree - 1.0) / 2.0,
        }
    };
    let score = |actor: usize| if possible(actor) > 0.0 { sums[actor] / possible(actor) } else { f64::NAN };
    Ok((0..graph.n()).map(score).collect())
}

/// Number of directed triangles that an actor's ties allow for (Fagiolo 2007), halved.
fn possible_directed(dyads: &Dyads, actor: usize) -> f64 {
    let mutual = dyads.codes(actor).iter().filter(|code| **code == MUTUAL).count() as f64;
    let degree = dyads.codes(actor).len() as f64 + mutual;
    degree * (degree - 1.0) - 2.0 * mutual
}
