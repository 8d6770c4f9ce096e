//! Generalised linear models of dyads, in the data and in draws, by iteratively reweighted least squares (Nelder &
//! Wedderburn 1972, doi:10.2307/2344614).

use super::least_squares::Role;
use super::permutation::{Layout, Order};
use super::products::{Draws, dot, each_draw, fits};
use crate::{Error, Job, Result};

/// What the outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// 0 or 1, by its log-odds.
    Logistic,
    /// A count, by its logarithm.
    Poisson,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// A coefficient for each column.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub errors: Vec<f64>,
    /// Twice the distance of the log-likelihood to that of the saturated model.
    pub deviance: f64,
    /// Whether the steps came to rest.
    pub converged: bool,
    /// Whether each coefficient was still on its way without a bound, since it tells outcomes apart without exception.
    pub unbounded: Vec<bool>,
}

/// Steps after which a fit is given up.
const STEPS: usize = 40;
/// Change of the deviance, relative to it, at which the data's fit and a draw's end.
const FINE: f64 = 1e-13;
const COARSE: f64 = 1e-9;
/// Cells handled in one go.
const CHUNK: usize = 512;

/// Fits `outcome` by `columns`; cells of which one is `NaN` are left out.
///
/// # Complexity
/// O(cells · columns²) per step, of which there are few.
///
/// # Errors
/// [`Error::Format`] for matrices that do not fit; [`Error::Interrupted`].
pub fn glm(layout: &Layout, family: Family, outcome: &[f64], columns: &[&[f64]], job: &Job) -> Result<Fit> {
    fits(layout, columns.iter().chain([&outcome]))?;
    let cells = Cells::of(layout, &[columns, &[outcome]].concat());
    let columns: Vec<Vec<f64>> = columns.iter().map(|column| cells.taken(column)).collect();
    let mut model = Model::new(family, columns.len());
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let taken = cells.taken(outcome);
    let mut start = vec![0.0; columns.len()];
    if let Some(first) = start.first_mut().filter(|_| columns[0].iter().all(|one| one.to_bits() == 1_f64.to_bits())) {
        *first = family.link(taken.iter().sum::<f64>() / taken.len() as f64);
    }
    let converged = model.fit(&columns, &taken, &start, FINE, job)?;
    let unbounded = (0..columns.len()).map(|at| model.unbounded(at, columns[at])).collect();
    Ok(Fit { errors: model.errors(), coefficients: model.beta, deviance: model.deviance, converged, unbounded })
}

/// z-values of draws: of `moving` beside `columns` ([`Role::Predictor`], with `still` the outcome), or of all `columns`
/// where the outcome is `moving` ([`Role::Outcome`]; `still` is then one of the columns). `start` holds the coefficients
/// of the columns to start from. `NaN` where a fit does not come to rest or separates, or the outcome does not vary.
///
/// # Complexity
/// O(cells · columns²) per draw and step.
///
/// # Errors
/// As [`glm`].
#[expect(clippy::too_many_arguments, reason = "the parts of a regression")]
pub fn permuted_glm(
    layout: &Layout,
    family: Family,
    moving: &[f64],
    still: &[f64],
    columns: &[&[f64]],
    start: &[f64],
    role: Role,
    draws: &Draws,
    job: &Job,
) -> Result<Vec<f64>> {
    fits(layout, columns.iter().chain([&moving, &still]))?;
    if start.len() != columns.len() {
        return Err(Error::Format(format!("{} coefficients do not fit {} columns", start.len(), columns.len())));
    }
    let cells = Cells::of(layout, &[columns, &[still]].concat());
    let fixed: Vec<Vec<f64>> = columns.iter().map(|column| cells.taken(column)).collect();
    let still = cells.taken(still);
    let width = if role == Role::Predictor { 1 } else { columns.len() };
    each_draw(layout, width, draws, job, |orders, found| {
        let moved = cells.permuted(layout, moving, orders);
        // Cells that the permutation brought nothing to are left out.
        let gaps = moved.iter().any(|value| value.is_nan());
        let kept = |values: &[f64]| -> Vec<f64> {
            values.iter().zip(&moved).filter(|(_, moved)| !moved.is_nan()).map(|(value, _)| *value).collect()
        };
        let own: Option<Vec<Vec<f64>>> = gaps.then(|| fixed.iter().map(|column| kept(column)).collect());
        let mut columns: Vec<&[f64]> = own.as_ref().unwrap_or(&fixed).iter().map(Vec::as_slice).collect();
        let (moved, still) = if gaps { (kept(&moved), &kept(&still)) } else { (moved, &still) };
        let mut model = Model::new(family, columns.len() + usize::from(role == Role::Predictor));
        let mut begin = start.to_vec();
        let outcome = match role {
            Role::Predictor => {
                columns.push(&moved);
                begin.push(0.0);
                still
            }
            Role::Outcome => &moved,
        };
        // An outcome that is the same in all dyads of a draw has no model.
        let varies = outcome.windows(2).any(|two| two[0].to_bits() != two[1].to_bits());
        let converged = varies && model.fit(&columns, outcome, &begin, COARSE, job)?;
        let errors = model.errors();
        let z = |at: usize| {
            let bad = !converged || model.unbounded(at, columns[at]);
            if bad { f64::NAN } else { model.beta[at] / errors[at] }
        };
        let first = columns.len() - width;
        found.iter_mut().enumerate().for_each(|(at, slot)| *slot = z(first + at));
        Ok(())
    })
}

impl Family {
    #[inline]
    fn mean(self, score: f64) -> f64 {
        match self {
            Self::Logistic => 1.0 / (1.0 + (-score).exp()),
            Self::Poisson => score.exp(),
        }
    }

    /// The score of a mean, as far as it has one.
    fn link(self, mean: f64) -> f64 {
        let score = match self {
            Self::Logistic => (mean / (1.0 - mean)).ln(),
            Self::Poisson => mean.ln(),
        };
        if score.is_finite() { score } else { 0.0 }
    }

    /// The variance, of a fitted value.
    #[inline]
    fn variance(self, mean: f64) -> f64 {
        match self {
            Self::Logistic => mean * (1.0 - mean),
            Self::Poisson => mean,
        }
    }

    /// What a cell adds to the deviance; `score` is that of the fitted value.
    #[inline]
    fn deviance(self, outcome: f64, score: f64, mean: f64) -> f64 {
        match self {
            // log(1 + exp(-s)) of the side that the outcome is on, without overflow.
            Self::Logistic => {
                let against = if outcome > 0.5 { -score } else { score };
                2.0 * (against.max(0.0) + (-against.abs()).exp().ln_1p())
            }
            Self::Poisson => {
                let own = if outcome > 0.0 { outcome * (outcome.ln() - score) } else { 0.0 };
                2.0 * (own - (outcome - mean))
            }
        }
    }
}

/// The dyads of a layout that have all values, in order.
struct Cells {
    places: Vec<usize>,
}

impl Cells {
    fn of(layout: &Layout, matrices: &[&[f64]]) -> Self {
        let mut places = Vec::new();
        for block in layout.blocks() {
            for row in 0..block.rows {
                let cells = block.start(row)..block.start(row) + block.reach(row);
                places.extend(cells.filter(|cell| matrices.iter().all(|matrix| !matrix[*cell].is_nan())));
            }
        }
        Self { places }
    }

    fn taken(&self, matrix: &[f64]) -> Vec<f64> {
        self.places.iter().map(|place| matrix[*place]).collect()
    }

    /// The values that a permuted matrix has in these cells.
    fn permuted(&self, layout: &Layout, matrix: &[f64], orders: &[Order]) -> Vec<f64> {
        let mut found = Vec::with_capacity(self.places.len());
        let mut left = self.places.as_slice();
        for (block, order) in layout.blocks().iter().zip(orders) {
            let columns = order.columns();
            for row in 0..block.rows {
                let start = block.start(row);
                let here = left.partition_point(|place| *place < start + block.columns);
                let from = &matrix[block.start(order.rows[row] as usize)..];
                found.extend(left[..here].iter().map(|place| from[columns[place - start] as usize]));
                left = &left[here..];
            }
        }
        found
    }
}

/// A fit under way.
struct Model {
    family: Family,
    beta: Vec<f64>,
    /// Xᵀ W X, its lower triangle, row by row; then its Cholesky factor.
    information: Vec<f64>,
    deviance: f64,
    /// By how much the coefficients changed last.
    change: Vec<f64>,
}

impl Model {
    fn new(family: Family, columns: usize) -> Self {
        let information = vec![0.0; columns * columns];
        Self { family, beta: vec![0.0; columns], information, deviance: f64::INFINITY, change: vec![0.0; columns] }
    }

    /// Steps until the deviance hardly falls; says whether it came to that.
    fn fit(&mut self, columns: &[&[f64]], outcome: &[f64], start: &[f64], change: f64, job: &Job) -> Result<bool> {
        self.beta = start.to_vec();
        let p = columns.len();
        let (mut slope, mut old) = (vec![0.0; p], vec![0.0; p]);
        let mut before = self.look(columns, outcome, &mut slope, job)?;
        if !before.is_finite() {
            self.beta = vec![0.0; p];
            before = self.look(columns, outcome, &mut slope, job)?;
        }
        for _ in 0..STEPS {
            if !factor(&mut self.information, p) {
                return Ok(false);
            }
            old.copy_from_slice(&self.beta);
            solve(&self.information, &mut slope);
            let step = slope.clone();
            let (mut length, mut now) = (1.0, f64::INFINITY);
            // A step that overshoots is halved.
            for _ in 0..STEPS {
                self.beta
                    .iter_mut()
                    .zip(old.iter().zip(&step))
                    .for_each(|(beta, (from, by))| *beta = from + length * by);
                self.change.iter_mut().zip(&step).for_each(|(change, by)| *change = length * by);
                now = self.look(columns, outcome, &mut slope, job)?;
                if now.is_finite() && now <= before * (1.0 + 1e-12) + 1e-12 {
                    break;
                }
                length /= 2.0;
            }
            self.deviance = now;
            if !now.is_finite() {
                return Ok(false);
            }
            if (before - now).abs() <= change * (now.abs() + 0.1) {
                return Ok(factor(&mut self.information, p));
            }
            before = now;
        }
        factor(&mut self.information, p);
        Ok(false)
    }

    /// Information and slope of the log-likelihood at the coefficients; gives the deviance.
    fn look(&mut self, columns: &[&[f64]], outcome: &[f64], slope: &mut [f64], job: &Job) -> Result<f64> {
        let p = columns.len();
        self.information.fill(0.0);
        slope.fill(0.0);
        let (mut deviance, mut weighted) = (0.0, [0.0; CHUNK]);
        let (mut left, mut weight) = ([0.0; CHUNK], [0.0; CHUNK]);
        for first in (0..outcome.len()).step_by(CHUNK) {
            job.check()?;
            let size = CHUNK.min(outcome.len() - first);
            let mut score = [0.0; CHUNK];
            for (column, beta) in columns.iter().zip(&self.beta) {
                score[..size].iter_mut().zip(&column[first..first + size]).for_each(|(score, x)| *score += beta * x);
            }
            for at in 0..size {
                let (y, mean) = (outcome[first + at], self.family.mean(score[at]));
                left[at] = y - mean;
                weight[at] = self.family.variance(mean);
                deviance += self.family.deviance(y, score[at], mean);
            }
            for (i, column) in columns.iter().enumerate() {
                let column = &column[first..first + size];
                slope[i] += dot(column, &left[..size]);
                weighted[..size].iter_mut().zip(column.iter().zip(&weight)).for_each(|(out, (x, w))| *out = x * w);
                for (j, other) in columns.iter().enumerate().take(i + 1) {
                    self.information[i * p + j] += dot(&weighted[..size], &other[first..first + size]);
                }
            }
        }
        Ok(deviance)
    }

    /// Whether a coefficient was still changing by so much that scores moved, though the deviance did not: each step on
    /// the way to infinity moves them by about 1, while steps to a maximum become ever shorter.
    fn unbounded(&self, at: usize, column: &[f64]) -> bool {
        const STILL: f64 = 0.1;
        let (low, high) = column
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)));
        // An intercept has no range; it goes where the others take it.
        self.change[at].abs() * (high - low) > STILL
    }

    /// Standard errors, from the factor of the information; `NaN` without one.
    fn errors(&self) -> Vec<f64> {
        let p = self.beta.len();
        let one = |at: usize| {
            let mut unit = vec![0.0; p];
            unit[at] = 1.0;
            solve(&self.information, &mut unit);
            unit[at].sqrt()
        };
        (0..p).map(one).collect()
    }
}

/// The Cholesky factor of a matrix of which the lower triangle is given, in its place; false if it has none.
fn factor(matrix: &mut [f64], p: usize) -> bool {
    for i in 0..p {
        let size = matrix[i * p + i];
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| matrix[i * p + k] * matrix[j * p + k]).sum();
            let rest = matrix[i * p + j] - sum;
            if i == j {
                if rest.is_nan() || rest <= 1e-13 * size {
                    return false;
                }
                matrix[i * p + i] = rest.sqrt();
            } else {
                matrix[i * p + j] = rest / matrix[j * p + j];
            }
        }
    }
    true
}

/// Solves with a Cholesky factor, in place.
fn solve(lower: &[f64], right: &mut [f64]) {
    let p = right.len();
    for i in 0..p {
        let sum: f64 = (0..i).map(|k| lower[i * p + k] * right[k]).sum();
        right[i] = (right[i] - sum) / lower[i * p + i];
    }
    for i in (0..p).rev() {
        let sum: f64 = (i + 1..p).map(|k| lower[k * p + i] * right[k]).sum();
        right[i] = (right[i] - sum) / lower[i * p + i];
    }
}
