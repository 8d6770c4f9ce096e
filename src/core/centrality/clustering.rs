//! Local clustering (Watts & Strogatz 1998, doi:10.1038/30918; directed: Fagiolo 2007,
//! doi:10.1103/PhysRevE.76.026107).

use crate::cohesion::triangles::{Triangle, each_triangle, triangles_of_each};
use crate::dyads::{Dyads, MUTUAL};
use crate::{Graph, Job, Result};

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
/// [`Error::Interrupted`](crate::Error::Interrupted).
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
    // Ties in a dyad: 1 or 2. Each triangle of dyads holds 2·s_ij·s_jh·s_hi directed triangles at each corner.
    let ties = |code: u8| if code == MUTUAL { 2.0 } else { 1.0 };
    let mut triangles = vec![0.0; graph.n()];
    each_triangle(&dyads, job, |Triangle { corners, codes }| {
        let count: f64 = codes.iter().map(|code| ties(*code)).product();
        corners.iter().for_each(|corner| triangles[*corner as usize] += count);
    })?;
    let score = |actor: usize| {
        let degree: f64 = dyads.codes(actor).iter().map(|code| ties(*code)).sum();
        let mutual = dyads.codes(actor).iter().filter(|code| **code == MUTUAL).count() as f64;
        let possible = degree * (degree - 1.0) - 2.0 * mutual;
        if possible > 0.0 { triangles[actor] / possible } else { f64::NAN }
    };
    Ok((0..graph.n()).map(score).collect())
}
