//! How far permuted matrices agree with one that stays, cell by cell.

use super::permutation::Layout;
use super::products::{Draws, each_draw, fits, gather};
use crate::{Error, Job, Result};

/// For each of `draws` three sums over the dyads that neither matrix has as `NaN`: 1, |x - y|, and 1 where x = y. The
/// diagonals are `NaN`.
///
/// # Complexity
/// O(cells) per draw.
///
/// # Errors
/// [`Error::Format`] for matrices that do not fit; [`Error::Interrupted`].
pub fn permuted_agreement(
    layout: &Layout,
    moving: &[f64],
    fixed: &[f64],
    draws: &Draws,
    job: &Job,
) -> Result<Vec<f64>> {
    fits(layout, &[moving, fixed])?;
    each_draw(layout, 3, draws, job, |orders, sums| {
        let mut row = vec![0.0; layout.blocks().iter().map(|block| block.columns).max().unwrap_or(0)];
        for (block, order) in layout.blocks().iter().zip(orders) {
            for i in 0..block.rows {
                job.check()?;
                let (reach, start) = (block.reach(i), block.start(i));
                gather(moving, block.start(order.rows[i] as usize), &order.columns()[..reach], &mut row);
                for (x, y) in row.iter().zip(&fixed[start..start + reach]) {
                    let apart = (x - y).abs();
                    if !apart.is_nan() {
                        sums[0] += 1.0;
                        sums[1] += apart;
                        sums[2] += f64::from(u8::from(apart == 0.0));
                    }
                }
            }
        }
        Ok(())
    })
}

/// Pairs of dyads that two matrices order alike, less pairs that they order the other way, ÷ both (Goodman & Kruskal
/// 1954, doi:10.1080/01621459.1954.10501231), for each of `draws`. Cells hold the rank of a value among the `levels` of
/// its matrix, from 0, or `NaN`; the diagonals are `NaN`.
///
/// # Complexity
/// O(cells + product of levels) per draw.
///
/// # Errors
/// [`Error::Format`] for matrices that do not fit; [`Error::Interrupted`].
pub fn permuted_gamma(
    layout: &Layout,
    moving: &[f64],
    fixed: &[f64],
    levels: (usize, usize),
    draws: &Draws,
    job: &Job,
) -> Result<Vec<f64>> {
    fits(layout, &[moving, fixed])?;
    let outside = |matrix: &[f64], levels: usize| matrix.iter().any(|rank| *rank < 0.0 || *rank >= levels as f64);
    if outside(moving, levels.0) || outside(fixed, levels.1) {
        return Err(Error::Format("a rank is not among the levels".into()));
    }
    each_draw(layout, 1, draws, job, |orders, sums| {
        let mut row = vec![0.0; layout.blocks().iter().map(|block| block.columns).max().unwrap_or(0)];
        let mut table = vec![0.0; levels.0 * levels.1];
        for (block, order) in layout.blocks().iter().zip(orders) {
            for i in 0..block.rows {
                job.check()?;
                let (reach, start) = (block.reach(i), block.start(i));
                gather(moving, block.start(order.rows[i] as usize), &order.columns()[..reach], &mut row);
                for (x, y) in row.iter().zip(&fixed[start..start + reach]) {
                    if !x.is_nan() && !y.is_nan() {
                        table[*x as usize * levels.1 + *y as usize] += 1.0;
                    }
                }
            }
        }
        sums[0] = gamma(&table, levels.1);
        Ok(())
    })
}

/// Goodman and Kruskal's gamma of a table of counts; `NaN` where all pairs are tied.
fn gamma(table: &[f64], columns: usize) -> f64 {
    let (mut alike, mut other) = (0.0, 0.0);
    // Of the rows above: counts by column.
    let mut above = vec![0.0; columns];
    for row in table.chunks(columns) {
        let mut left = 0.0;
        let all: f64 = above.iter().sum();
        for (count, over) in row.iter().zip(&above) {
            alike += count * left;
            other += count * (all - left - over);
            left += over;
        }
        above.iter_mut().zip(row).for_each(|(over, count)| *over += count);
    }
    (alike - other) / (alike + other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_of_a_table_by_hand() {
        // Yule's Q of a 2 × 2 table: (ad - bc) ÷ (ad + bc).
        assert!((gamma(&[10.0, 3.0, 2.0, 7.0], 2) - 64.0 / 76.0).abs() < 1e-12);
        // All on the diagonal; all on the other one; one row only.
        assert!((gamma(&[1.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 3.0], 3) - 1.0).abs() < 1e-12);
        assert!((gamma(&[0.0, 2.0, 5.0, 0.0], 2) + 1.0).abs() < 1e-12);
        assert!(gamma(&[4.0, 2.0], 2).is_nan());
    }
}
