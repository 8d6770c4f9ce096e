//! Regular equivalence: REGE (White & Reitz 1983, doi:10.1016/0378-8733(83)90025-4; Borgatti & Everett 1993,
//! doi:10.1016/0378-8733(93)90012-A).

use crate::{Error, Job, Network, Result, parallel};

/// How well the ties of each pair of actors match, partners counting as much as they match themselves: 1 at first for
/// all pairs, then `iterations` times, for all k of i and of j, the best match among those of the other, ÷ the most
/// that it could be. Row by row.
///
/// # Complexity
/// O(m²) per iteration, O(n²) memory.
///
/// # Errors
/// [`Error::Signed`]; [`Error::TooManyActors`]; [`Error::Interrupted`].
pub fn regular_equivalence(relations: &[&Network], iterations: u32, job: &Job) -> Result<Vec<f64>> {
    if relations.iter().any(|network| network.graph().is_signed()) {
        return Err(Error::Signed { measure: "regular_equivalence" });
    }
    let n = relations.first().map_or(0, |network| network.n());
    let cells = n.checked_mul(n).filter(|cells| *cells <= 1 << 32);
    let mut matrix = vec![1.0; cells.ok_or(Error::TooManyActors { found: n as u64 })?];
    let profiles: Vec<Profile> = (0..n).map(|actor| Profile::new(relations, actor)).collect();
    job.start(u64::from(iterations) * n as u64);
    for _ in 0..iterations {
        let mut next = vec![1.0; n * n];
        parallel::fill(job, &mut next, n, &|first, row| {
            let i = first / n;
            for (j, cell) in row.iter_mut().enumerate().filter(|(j, _)| *j > i) {
                let (one, other) = (&profiles[i], &profiles[j]);
                let (found, most) = one.matched(other, &matrix, n);
                let (back, least) = other.matched(one, &matrix, n);
                // Two who have no ties at all are alike.
                *cell = if most + least > 0.0 { (found + back) / (most + least) } else { 1.0 };
            }
            job.advance(1);
            job.check()
        })?;
        for i in 0..n {
            (0..i).for_each(|j| next[i * n + j] = next[j * n + i]);
        }
        matrix = next;
    }
    Ok(matrix)
}

/// The ties of an actor by partner: the values to and from it in each relation.
struct Profile {
    width: usize,
    partners: Vec<u32>,
    values: Vec<f64>,
}

impl Profile {
    fn new(relations: &[&Network], actor: usize) -> Self {
        let width = 2 * relations.len();
        let mut ties = Vec::new();
        for (at, network) in relations.iter().enumerate() {
            let graph = network.graph();
            ties.extend(graph.out().valued(actor).map(|(partner, value)| (partner as u32, 2 * at, value)));
            ties.extend(graph.incoming().valued(actor).map(|(partner, value)| (partner as u32, 2 * at + 1, value)));
        }
        ties.sort_unstable_by_key(|(partner, at, _)| (*partner, *at));
        let (mut partners, mut values) = (Vec::new(), Vec::new());
        for same in ties.chunk_by(|one, other| one.0 == other.0) {
            partners.push(same[0].0);
            let first = values.len();
            values.resize(first + width, 0.0);
            same.iter().for_each(|(_, at, value)| values[first + at] = *value);
        }
        Self { width, partners, values }
    }

    fn ties(&self) -> impl Iterator<Item = (usize, &[f64])> {
        self.partners.iter().map(|partner| *partner as usize).zip(self.values.chunks(self.width))
    }

    /// Sums over the partners of the best match among those of another, and of the most that it could be.
    fn matched(&self, other: &Self, matrix: &[f64], n: usize) -> (f64, f64) {
        let (mut found, mut most) = (0.0, 0.0);
        for (k, own) in self.ties() {
            // Nobody matches: all of the own ties are missed.
            let mut best = (0.0, own.iter().sum::<f64>());
            for (m, theirs) in other.ties() {
                let both = own.iter().zip(theirs);
                let shared: f64 = both.clone().map(|(a, b)| a.min(*b)).sum::<f64>() * matrix[k * n + m];
                if shared >= best.0 {
                    let either: f64 = both.map(|(a, b)| a.max(*b)).sum();
                    // Of equal matches the one that misses least.
                    if shared > best.0 || either < best.1 {
                        best = (shared, either);
                    }
                }
            }
            found += best.0;
            most += best.1;
        }
        (found, most)
    }
}
