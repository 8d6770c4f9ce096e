//! Sums over dyads of permuted matrices times matrices that stay: what correlations and least squares need of a draw
//! (Frisch & Waugh 1933; Dekker, Krackhardt & Snijders 2007, doi:10.1007/s11336-007-9016-1).

use std::ops::Range;

use super::permutation::{Layout, Order};
use crate::random::stream;
use crate::{Error, Job, Result, parallel};

/// Some of the draws of a seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draws {
    /// The numbers of the draws.
    pub range: Range<u64>,
    /// The seed.
    pub seed: u64,
}

/// Draws that share a look at the matrices that stay.
const BATCH: usize = 8;
/// Cells of a part of the work, about.
const PART: usize = 1 << 18;

/// For each of `draws` and each of `pairs` (a, b) the sum over dyads of `moving[a]`, its actors permuted, times
/// `fixed[b]`. All matrices are laid out as `layout` says; the diagonal of a `fixed` one is 0.
///
/// # Complexity
/// O(cells · (matrices that move + pairs)) per draw.
///
/// # Errors
/// [`Error::Format`] for matrices that do not fit; [`Error::Interrupted`].
pub fn permuted_products(
    layout: &Layout,
    moving: &[&[f64]],
    fixed: &[&[f64]],
    pairs: &[(usize, usize)],
    draws: &Draws,
    job: &Job,
) -> Result<Vec<f64>> {
    fits(layout, moving.iter().chain(fixed))?;
    if pairs.iter().any(|(a, b)| *a >= moving.len() || *b >= fixed.len()) {
        return Err(Error::Format("a pair names a matrix that is not there".into()));
    }
    let width = pairs.len();
    each_batch(layout, width, draws, job, |batch, sums| {
        let mut row = vec![0.0; layout.blocks().iter().map(|block| block.columns).max().unwrap_or(0)];
        for (at, block) in layout.blocks().iter().enumerate() {
            for i in 0..block.rows {
                job.check()?;
                let (reach, start) = (block.reach(i), block.start(i));
                // A row of what stays is near the processor for all draws of the batch.
                for (orders, sums) in batch.iter().zip(sums.chunks_mut(width)) {
                    let order = &orders[at];
                    for (a, matrix) in moving.iter().enumerate() {
                        gather(matrix, block.start(order.rows[i] as usize), &order.columns()[..reach], &mut row);
                        for (sum, (_, b)) in sums.iter_mut().zip(pairs).filter(|(_, pair)| pair.0 == a) {
                            *sum += dot(&row[..reach], &fixed[*b][start..start + reach]);
                        }
                    }
                }
            }
        }
        Ok(())
    })
}

/// Calls `work` with the orders of each draw and the `width` numbers that it fills, which are 0 before.
pub(super) fn each_draw(
    layout: &Layout,
    width: usize,
    draws: &Draws,
    job: &Job,
    work: impl Fn(&[Order], &mut [f64]) -> Result<()> + Sync,
) -> Result<Vec<f64>> {
    each_batch(layout, width, draws, job, |batch, numbers| {
        batch.iter().zip(numbers.chunks_mut(width)).try_for_each(|(orders, own)| work(orders, own))
    })
}

/// As [`each_draw`], for several draws in one go.
fn each_batch(
    layout: &Layout,
    width: usize,
    draws: &Draws,
    job: &Job,
    work: impl Fn(&[Vec<Order>], &mut [f64]) -> Result<()> + Sync,
) -> Result<Vec<f64>> {
    let count = draws.range.end - draws.range.start;
    let mut found: Vec<f64> = Vec::new();
    let size = width.checked_mul(usize::try_from(count).unwrap_or(usize::MAX)).filter(|size| *size < 1 << 40);
    let room = size.map(|size| found.try_reserve_exact(size));
    let (Some(size), Some(Ok(()))) = (size, room) else {
        let expected = "so few that they fit in memory";
        return Err(Error::Argument { argument: "permutations", expected, found: count.to_string() });
    };
    found.resize(size, 0.0);
    job.start(count);
    let together = (PART / layout.cells().max(1)).clamp(1, 256).next_multiple_of(BATCH);
    parallel::fill(job, &mut found, width * together, &|first, part: &mut [f64]| {
        for (batch, numbers) in (first / width..).step_by(BATCH).zip(part.chunks_mut(width * BATCH)) {
            let size = numbers.len() / width;
            let draw = |at: usize| stream(draws.seed, draws.range.start + (batch + at) as u64);
            let orders: Vec<Vec<Order>> = (0..size).map(|at| layout.draw(&mut draw(at))).collect();
            work(&orders, numbers)?;
            job.advance(size as u64);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Checks that matrices have as many cells as the layout.
pub(super) fn fits<'a>(layout: &Layout, matrices: impl IntoIterator<Item = &'a &'a [f64]>) -> Result<()> {
    match matrices.into_iter().find(|matrix| matrix.len() != layout.cells()) {
        Some(odd) => Err(Error::Format(format!("{} cells do not fit {}", odd.len(), layout.cells()))),
        None => Ok(()),
    }
}

/// Takes the cells of a row at the given columns.
#[inline]
pub(super) fn gather(matrix: &[f64], start: usize, columns: &[u32], into: &mut [f64]) {
    let row = &matrix[start..];
    for (slot, column) in into.iter_mut().zip(columns) {
        *slot = row[*column as usize];
    }
}

/// Σ of products, in eight running sums.
#[inline]
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    let (mut lanes, mut rest) = ([0.0; LANES], 0.0);
    let (left, right) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    left.remainder().iter().zip(right.remainder()).for_each(|(x, y)| rest += x * y);
    for (x, y) in left.zip(right) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::super::Shape;
    use super::*;

    #[test]
    fn sums_are_those_of_the_permuted_matrix() {
        let n = 21;
        let mut layout = Layout::default();
        layout.push(n, n, Shape::Directed, &[]).unwrap();
        layout.push(4, 3, Shape::TwoMode, &[0, 0, 1, 1, 0, 1, 1]).unwrap();
        let cells = layout.cells();
        let moving: Vec<f64> = (0..cells).map(|cell| ((cell * 37) % 101) as f64).collect();
        let mut fixed: Vec<f64> = (0..cells).map(|cell| ((cell * 53) % 89) as f64).collect();
        (0..n).for_each(|i| fixed[i * (n + 1)] = 0.0);
        let found = permuted_products(
            &layout,
            &[&moving],
            &[&fixed],
            &[(0, 0)],
            &Draws { range: 3..5, seed: 9 },
            &Job::inline(),
        )
        .unwrap();
        for (draw, sum) in (3..5).zip(found) {
            let orders = layout.draw(&mut stream(9, draw));
            let mut expected = 0.0;
            for i in 0..n {
                for j in (0..n).filter(|j| *j != i) {
                    let (a, b) = (orders[0].rows[i] as usize, orders[0].rows[j] as usize);
                    expected += moving[a * n + b] * fixed[i * n + j];
                }
            }
            let columns = orders[1].columns();
            for i in 0..4 {
                for j in 0..3 {
                    let a = orders[1].rows[i] as usize;
                    assert_eq!(a / 2, i / 2);
                    assert_eq!(columns[j] == 0, j == 0);
                    expected += moving[n * n + a * 3 + columns[j] as usize] * fixed[n * n + i * 3 + j];
                }
            }
            assert!((sum - expected).abs() < 1e-6, "{sum} {expected}");
        }
    }
}
