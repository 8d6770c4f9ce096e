//! CONCOR: convergent correlations (Breiger, Boorman & Arabie 1975, doi:10.1016/0022-2496(75)90028-0).

use crate::{Error, Job, Result, parallel};

/// Iterations after which a call gives up.
const LIMIT: usize = 1_000;
/// How close to ±1 correlations are when they have converged.
const CLOSE: f64 = 1e-9;

/// Splits the actors in two again and again: correlates the columns of a matrix of correlations until
/// every one is 1 or −1, takes those with the first actor as one part, and goes on within each part up to
/// `depth` times. Gives the part of each actor after each split, numbered from 0 along the tree.
///
/// A part whose columns are all alike is not split.
///
/// # Complexity
/// O(n³) per iteration.
///
/// # Errors
/// [`Error::Convergence`]; [`Error::Interrupted`].
pub fn concor(correlations: &[f64], n: usize, depth: usize, job: &Job) -> Result<Vec<Vec<u32>>> {
    let mut levels = Vec::with_capacity(depth);
    let mut parts: Vec<Vec<usize>> = if n == 0 { Vec::new() } else { vec![(0..n).collect()] };
    for _ in 0..depth {
        let mut next = Vec::with_capacity(2 * parts.len());
        for part in parts {
            match split(correlations, n, &part, job)? {
                Some((left, right)) => next.extend([left, right]),
                None => next.push(part),
            }
        }
        parts = next;
        let mut level = vec![0_u32; n];
        for (number, part) in parts.iter().enumerate() {
            part.iter().for_each(|actor| level[*actor] = number as u32);
        }
        levels.push(level);
    }
    Ok(levels)
}

type Halves = Option<(Vec<usize>, Vec<usize>)>;

fn split(correlations: &[f64], n: usize, part: &[usize], job: &Job) -> Result<Halves> {
    let k = part.len();
    let mut matrix: Vec<f64> = Vec::with_capacity(k * k);
    for &i in part {
        matrix.extend(part.iter().map(|j| correlations[i * n + j]));
    }
    for _ in 0..LIMIT {
        job.check()?;
        let Some(next) = correlated(&matrix, k, job)? else { return Ok(None) };
        matrix = next;
        if matrix.iter().all(|value| 1.0 - value.abs() <= CLOSE) {
            let (left, right): (Vec<usize>, Vec<usize>) = (0..k).partition(|column| matrix[*column] > 0.0);
            let named = |columns: Vec<usize>| columns.into_iter().map(|column| part[column]).collect::<Vec<usize>>();
            return Ok(if right.is_empty() { None } else { Some((named(left), named(right))) });
        }
    }
    Err(Error::Convergence {
        measure: "concor",
        iterations: LIMIT,
        change: matrix.iter().map(|value| 1.0 - value.abs()).fold(0.0, f64::max),
        remedy: "Profiles are split evenly; change the depth, or use blockmodel",
    })
}

/// Correlations between the columns of a symmetric matrix; `None` when a column is constant.
fn correlated(matrix: &[f64], k: usize, job: &Job) -> Result<Option<Vec<f64>>> {
    let mut centred = matrix.to_vec();
    for row in centred.chunks_mut(k) {
        let mean = row.iter().sum::<f64>() / k as f64;
        row.iter_mut().for_each(|value| *value -= mean);
        let size = row.iter().map(|value| value * value).sum::<f64>().sqrt();
        if size <= 1e-12 * k as f64 {
            return Ok(None);
        }
        row.iter_mut().for_each(|value| *value /= size);
    }
    let mut next = vec![0.0; k * k];
    parallel::fill(job, &mut next, k, &|first, row| {
        let i = first / k;
        let own = &centred[i * k..(i + 1) * k];
        for (j, value) in row.iter_mut().enumerate() {
            let other = &centred[j * k..(j + 1) * k];
            *value = own.iter().zip(other).map(|(a, b)| a * b).sum::<f64>().clamp(-1.0, 1.0);
        }
        Ok(())
    })?;
    Ok(Some(next))
}
