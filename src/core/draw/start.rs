//! Where majorization starts: pivot scaling (Brandes & Pich 2007, doi:10.1007/978-3-540-70904-6_6),
//! classical scaling of the distances to a few pivots.

use rand::Rng;

use super::Points;
use super::stress::Distances;
use crate::{Job, Result};

/// Pivots; of a component that has no more actors all are pivots.
const PIVOTS: usize = 64;
/// Steps of the power iteration; the start need not be exact.
const STEPS: usize = 100;
/// Eigenvalues below this share of their sum are 0.
const ROUNDING: f64 = 1e-12;
/// Points nearer than this are parted by up to [`JITTER`]; the unit is one step between actors.
const COINCIDENT: f64 = 1e-6;
const JITTER: f64 = 1e-2;

/// Two dimensions of the distances to pivots, scaled to fit all distances.
pub(super) fn pivots(distances: &Distances, random: &mut impl Rng, job: &Job) -> Result<Points> {
    let mut uniform = || (random.next_u64() >> 11) as f64 * (-53_f64).exp2() - 0.5;
    let columns = centred(distances, job)?;
    let square = products(&columns);
    let first = principal(&square, None, &mut uniform);
    let second = principal(&square, Some(&first), &mut uniform);
    let mut points = Points { x: scores(&columns, &first), y: scores(&columns, &second) };
    part(&mut points, &mut uniform);
    fit(distances, &mut points, job)?;
    Ok(points)
}

/// Squared distances of all actors (inner) to each pivot (outer), centred both ways. Pivots are the
/// actor of index 0, then always the one that is farthest from those before.
fn centred(distances: &Distances, job: &Job) -> Result<Vec<Vec<f64>>> {
    let k = distances.len();
    let mut columns = Vec::with_capacity(PIVOTS.min(k));
    let mut nearest = vec![f32::INFINITY; k];
    let mut pivot = 0;
    while columns.len() < PIVOTS.min(k) {
        job.check()?;
        let mut column: Vec<f64> = distances.row(pivot).iter().map(|d| f64::from(*d).powi(2)).collect();
        column[pivot] = 0.0;
        columns.push(column);
        nearest.iter_mut().zip(distances.row(pivot)).for_each(|(nearest, d)| *nearest = nearest.min(*d));
        nearest[pivot] = -1.0;
        pivot = (0..k).fold(0, |best, actor| if nearest[actor] > nearest[best] { actor } else { best });
    }
    let count = columns.len() as f64;
    let row_mean: Vec<f64> =
        (0..k).map(|actor| columns.iter().map(|column| column[actor]).sum::<f64>() / count).collect();
    let mean = row_mean.iter().sum::<f64>() / k as f64;
    for column in &mut columns {
        let column_mean = column.iter().sum::<f64>() / k as f64;
        for (cell, row_mean) in column.iter_mut().zip(&row_mean) {
            *cell = -0.5 * (*cell - row_mean - column_mean + mean);
        }
    }
    Ok(columns)
}

/// Inner products of the columns with each other.
fn products(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum();
    columns.iter().map(|a| columns.iter().map(|b| dot(a, b)).collect()).collect()
}

/// The eigenvector of the largest eigenvalue, or of the next, orthogonal to `other`.
fn principal(square: &[Vec<f64>], other: Option<&[f64]>, uniform: &mut impl FnMut() -> f64) -> Vec<f64> {
    let mut vector: Vec<f64> = square.iter().map(|_| uniform()).collect();
    let trace: f64 = square.iter().enumerate().map(|(index, row)| row[index]).sum();
    for _ in 0..STEPS {
        if let Some(other) = other {
            let share: f64 = vector.iter().zip(other).map(|(a, b)| a * b).sum();
            vector.iter_mut().zip(other).for_each(|(entry, other)| *entry -= share * other);
        }
        let next: Vec<f64> = square.iter().map(|row| row.iter().zip(&vector).map(|(a, b)| a * b).sum()).collect();
        let size = next.iter().map(|entry| entry * entry).sum::<f64>().sqrt();
        // Nothing but rounding is left beside `other`: the actors stand on a line.
        if size <= ROUNDING * trace {
            return vec![0.0; square.len()];
        }
        vector = next.into_iter().map(|entry| entry / size).collect();
    }
    vector
}

fn scores(columns: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    let mut scores = vec![0.0; columns[0].len()];
    for (column, weight) in columns.iter().zip(vector) {
        scores.iter_mut().zip(column).for_each(|(score, cell)| *score += weight * cell);
    }
    scores
}

/// Moves points apart that (nearly) coincide.
fn part(points: &mut Points, uniform: &mut impl FnMut() -> f64) {
    let Points { x, y } = points;
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_unstable_by(|a, b| x[*a].total_cmp(&x[*b]).then(a.cmp(b)));
    let mut together: Vec<usize> = Vec::new();
    for (position, &actor) in order.iter().enumerate() {
        let after = order[position + 1..].iter().take_while(|other| x[**other] - x[actor] < COINCIDENT);
        for &other in after.filter(|other| (y[**other] - y[actor]).abs() < COINCIDENT) {
            together.push(other);
        }
    }
    together.sort_unstable();
    together.dedup();
    for actor in together {
        x[actor] += 2.0 * JITTER * uniform();
        y[actor] += 2.0 * JITTER * uniform();
    }
}

/// Scales the points to the size at which their stress is lowest: Σ |p| ÷ d over Σ (|p| ÷ d)².
fn fit(distances: &Distances, points: &mut Points, job: &Job) -> Result<()> {
    let Points { x, y } = points;
    let (mut sum, mut squares) = (0.0, 0.0);
    for i in 0..x.len() {
        job.check()?;
        for (j, d) in distances.row(i).iter().enumerate() {
            let ratio = ((x[i] - x[j]).powi(2) + (y[i] - y[j]).powi(2)).sqrt() / f64::from(*d);
            sum += ratio;
            squares += ratio * ratio;
        }
    }
    let scale = if squares > 0.0 { sum / squares } else { 1.0 };
    x.iter_mut().chain(y).for_each(|coordinate| *coordinate *= scale);
    Ok(())
}
