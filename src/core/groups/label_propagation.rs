//! Label propagation (Raghavan, Albert & Kumara 2007, doi:10.1103/PhysRevE.76.036106).

use rand::RngExt;
use rand::seq::SliceRandom;

use super::communities::{Communities, check};
use super::level::{Tally, renumber};
use crate::random::stream;
use crate::{Graph, Job, Result};

/// How often the request to stop is looked for.
const CHECK: usize = 1 << 14;

/// Gives every actor a label of its own, then, in random order, the label that most of its ties lead to, until nobody
/// has a label that fewer lead to.
///
/// # Complexity
/// O(m) per pass, of which there are few.
///
/// # Errors
/// [`Error::Direction`](crate::Error::Direction) for a directed graph; [`Error::Signed`](crate::Error::Signed);
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn label_propagation(graph: &Graph, seed: u64, job: &Job) -> Result<Communities> {
    check(graph, 1.0, "label_propagation")?;
    let (ties, mut random) = (graph.out(), stream(seed, 0));
    let mut label: Vec<u32> = (0..graph.n() as u32).collect();
    let mut order = label.clone();
    let (mut tally, mut best) = (Tally::new(), Vec::new());
    let mut changed = true;
    while changed {
        changed = false;
        order.shuffle(&mut random);
        for (step, &actor) in order.iter().enumerate() {
            if step % CHECK == 0 {
                job.check()?;
            }
            let actor = actor as usize;
            tally.fit(ties.degree(actor) + 1);
            ties.valued(actor).for_each(|(other, value)| tally.add(label[other], value));
            let most = tally.met().map(|(_, weight)| weight).fold(0.0, f64::max);
            // Sums of the same values in another order may differ in the last bits.
            let enough = most - 1e-12 * most;
            if tally.of(label[actor]) < enough {
                best.clear();
                best.extend(tally.met().filter(|(_, weight)| *weight >= enough).map(|(label, _)| label));
                label[actor] = best[random.random_range(0..best.len())];
                changed = true;
            }
        }
    }
    renumber(&mut label);
    Communities::new(graph, label, 1.0)
}
