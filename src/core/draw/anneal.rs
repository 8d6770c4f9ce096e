//! Stochastic descent of the stress (Zheng, Pawar & Goodman 2019, doi:10.1109/TVCG.2018.2859997):
//! large steps at first, which leave poor minima that majorization would stay in.

use rand::Rng;

use super::Points;
use super::stress::{Distances, POLL, TOUCHING};
use crate::{Job, Result};

/// Passes over all pairs.
const PASSES: usize = 30;
/// The step of the last pass, as a share of the way to the right distance for neighbours.
const LAST: f64 = 0.1;

/// Moves both actors of each pair towards their distance, in an order drawn anew for each pass.
///
/// ```text
/// μ = min(1, η ÷ d²)   share of the way; η falls geometrically from the largest d² to LAST
/// ```
pub(super) fn anneal(distances: &Distances, points: &mut Points, random: &mut impl Rng, job: &Job) -> Result<()> {
    let k = distances.len();
    let mut order: Vec<usize> = (0..k).collect();
    let mut eta = distances.longest().powi(2);
    let fall = (LAST / eta).powf(1.0 / (PASSES - 1) as f64);
    let mut since = 0;
    for _ in 0..PASSES {
        shuffle(&mut order, random);
        for (position, &actor) in order.iter().enumerate() {
            since += position;
            if since > POLL {
                job.check()?;
                since = 0;
            }
            step(distances.row(actor), &order[..position], points, actor, eta);
        }
        eta *= fall;
    }
    Ok(())
}

fn shuffle(order: &mut [usize], random: &mut impl Rng) {
    for last in (1..order.len()).rev() {
        order.swap(last, (random.next_u64() % (last as u64 + 1)) as usize);
    }
}

/// Moves `actor` and each of `others` in turn.
fn step(row: &[f32], others: &[usize], points: &mut Points, actor: usize, eta: f64) {
    let (mut x, mut y) = (points.x[actor], points.y[actor]);
    for &other in others {
        let d = f64::from(row[other]);
        let (to_x, to_y) = (points.x[other] - x, points.y[other] - y);
        let length = (to_x * to_x + to_y * to_y).sqrt().max(TOUCHING);
        let share = (eta / (d * d)).min(1.0) * (length - d) / (2.0 * length);
        x += share * to_x;
        y += share * to_y;
        points.x[other] -= share * to_x;
        points.y[other] -= share * to_y;
    }
    (points.x[actor], points.y[actor]) = (x, y);
}
