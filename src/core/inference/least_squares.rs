//! Least squares in draws, with standard errors that allow for unequal variances (White 1980, doi:10.2307/1912934).

use super::permutation::Layout;
use super::products::{Draws, dot, each_draw, fits, gather};
use crate::{Error, Job, Result};

/// What is permuted in a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// One predictor.
    Predictor,
    /// The outcome.
    Outcome,
}

/// Robust t-values of draws, with the factor N ÷ (N - p) in the variance that the caller puts in.
///
/// `basis` holds orthonormal columns that span the predictors that stay. [`Role::Predictor`]: `target` is what they
/// leave of the outcome; the t-value of `moving`, given them, is found. [`Role::Outcome`]: `target` holds for each
/// coefficient the vector whose product with the outcome it is; the t-values of all are found.
/// Diagonals are 0; no cell is `NaN`.
///
/// # Complexity
/// O(cells · (columns + targets)) per draw.
///
/// # Errors
/// [`Error::Format`] for matrices that do not fit; [`Error::Interrupted`].
pub fn permuted_robust(
    layout: &Layout,
    moving: &[f64],
    basis: &[&[f64]],
    targets: &[&[f64]],
    role: Role,
    draws: &Draws,
    job: &Job,
) -> Result<Vec<f64>> {
    fits(layout, basis.iter().chain(targets).chain([&moving]))?;
    if targets.is_empty() || (role == Role::Predictor && targets.len() != 1) {
        return Err(Error::Format("a predictor has one target, an outcome has one for each coefficient".into()));
    }
    let lengths: Vec<usize> =
        layout.blocks().iter().flat_map(|block| (0..block.rows).map(|row| block.reach(row))).collect();
    let starts: Vec<usize> =
        layout.blocks().iter().flat_map(|block| (0..block.rows).map(|row| block.start(row))).collect();
    each_draw(layout, targets.len(), draws, job, |orders, found| {
        let mut permuted = vec![0.0; layout.cells()];
        for (block, order) in layout.blocks().iter().zip(orders) {
            for i in 0..block.rows {
                job.check()?;
                let start = block.start(i);
                let columns = &order.columns()[..block.reach(i)];
                gather(moving, block.start(order.rows[i] as usize), columns, &mut permuted[start..]);
            }
        }
        let rows = || starts.iter().zip(&lengths).map(|(start, length)| *start..start + length);
        let inner = |a: &[f64], b: &[f64]| rows().map(|row| dot(&a[row.clone()], &b[row])).sum::<f64>();
        let shares: Vec<f64> = basis.iter().map(|column| inner(column, &permuted)).collect();
        let slopes: Vec<f64> = targets.iter().map(|target| inner(target, &permuted)).collect();
        for (column, share) in basis.iter().zip(&shares) {
            rows().for_each(|row| {
                let own = permuted[row.clone()].iter_mut().zip(&column[row]);
                own.for_each(|(value, other)| *value -= share * other);
            });
        }
        job.check()?;
        match role {
            Role::Predictor => {
                let size = inner(&permuted, &permuted);
                let slope = slopes[0] / size;
                let target = targets[0];
                let left = |cell: usize| (permuted[cell] * (target[cell] - slope * permuted[cell])).powi(2);
                let spread: f64 = rows().map(|row| row.map(left).sum::<f64>()).sum();
                found[0] = slope * size / spread.sqrt();
            }
            Role::Outcome => {
                for (t, (target, slope)) in found.iter_mut().zip(targets.iter().zip(&slopes)) {
                    let left = |cell: usize| (target[cell] * permuted[cell]).powi(2);
                    let spread: f64 = rows().map(|row| row.map(left).sum::<f64>()).sum();
                    *t = slope / spread.sqrt();
                }
            }
        }
        Ok(())
    })
}
