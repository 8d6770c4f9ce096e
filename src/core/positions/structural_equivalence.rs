//! Structural equivalence: how alike the ties of two actors are (Lorrain & White 1971; Burt 1976,
//! doi:10.2307/2577097; Wasserman & Faust 1994, p. 366-375).

use crate::{Direction, Error, Job, Network, Result, parallel};

/// How two profiles are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The Euclidean distance.
    Euclidean,
    /// Pearson's correlation.
    Correlation,
    /// The number of cells that differ.
    Hamming,
    /// Cells with a tie in both ÷ cells with a tie in either.
    Jaccard,
}

/// Compares the profiles of each pair of actors: ties to (`Out`) and from (`In`) every third actor, and the
/// ties between the two, seen from either side. An undirected tie is one cell. Over the cells observed in both profiles,
/// for several relations one after the other; distances are scaled up by the share left out.
///
/// The networks must have the same actors in the same order.
///
/// # Complexity
/// O(n³) per relation.
///
/// # Errors
/// [`Error::Argument`] when the networks do not fit; [`Error::TooManyActors`]; [`Error::Interrupted`].
pub fn structural_equivalence(
    relations: &[&Network],
    direction: Direction,
    comparison: Comparison,
    job: &Job,
) -> Result<Vec<f64>> {
    let n = relations.first().map_or(0, |network| network.n());
    if relations.iter().any(|network| network.n() != n || network.labels() != relations[0].labels()) {
        return Err(Error::Argument {
            argument: "net",
            expected: "relations among the same actors in the same order",
            found: "others".into(),
        });
    }
    let views = relations.iter().map(|network| View::new(network, direction)).collect::<Result<Vec<_>>>()?;
    let mut scores = vec![0.0; n * n];
    job.start(n as u64);
    if n > 0 {
        parallel::fill(job, &mut scores, n, &|first, row| {
            let i = first / n;
            for (j, score) in row.iter_mut().enumerate().skip(i) {
                let mut sums = Sums::default();
                views.iter().for_each(|view| view.compare(i, j, &mut sums));
                *score = sums.score(comparison, i == j);
            }
            job.advance(1);
            job.check()
        })?;
    }
    for i in 0..n {
        (0..i).for_each(|j| scores[i * n + j] = scores[j * n + i]);
    }
    Ok(scores)
}

/// A relation as the full matrices whose rows are compared: its rows, its columns, or both.
struct View {
    n: usize,
    matrices: Vec<Vec<f64>>,
}

impl View {
    fn new(network: &Network, direction: Direction) -> Result<Self> {
        let (n, rows) = (network.n(), network.dense()?);
        if direction == Direction::Out || !network.graph().directed() {
            return Ok(Self { n, matrices: vec![rows] });
        }
        let mut columns = vec![0.0; n * n];
        for i in 0..n {
            (0..n).for_each(|j| columns[j * n + i] = rows[i * n + j]);
        }
        let matrices = if direction == Direction::In { vec![columns] } else { vec![rows, columns] };
        Ok(Self { n, matrices })
    }

    fn compare(&self, i: usize, j: usize, sums: &mut Sums) {
        for matrix in &self.matrices {
            let (a, b) = (&matrix[i * self.n..(i + 1) * self.n], &matrix[j * self.n..(j + 1) * self.n]);
            for third in (0..self.n).filter(|third| *third != i && *third != j) {
                sums.add(a[third], b[third]);
            }
            if i != j {
                sums.add(a[j], b[i]);
            }
        }
    }
}

/// Sums over the cells of two profiles.
#[derive(Default)]
struct Sums {
    cells: f64,
    seen: f64,
    a: f64,
    b: f64,
    aa: f64,
    bb: f64,
    ab: f64,
    differences: f64,
    differ: f64,
    both: f64,
    either: f64,
}

impl Sums {
    fn add(&mut self, a: f64, b: f64) {
        self.cells += 1.0;
        if a.is_nan() || b.is_nan() {
            return;
        }
        self.seen += 1.0;
        self.a += a;
        self.b += b;
        self.aa += a * a;
        self.bb += b * b;
        self.ab += a * b;
        self.differences += (a - b) * (a - b);
        self.differ += f64::from(u8::from((a - b).abs() > 0.0));
        let (tied, other) = (a != 0.0, b != 0.0);
        self.both += f64::from(u8::from(tied && other));
        self.either += f64::from(u8::from(tied || other));
    }

    fn score(&self, comparison: Comparison, same: bool) -> f64 {
        // NaN where no cell was observed in both profiles.
        let scale = self.cells / self.seen;
        match comparison {
            Comparison::Euclidean | Comparison::Hamming if same => 0.0,
            Comparison::Correlation | Comparison::Jaccard if same => 1.0,
            Comparison::Euclidean => (self.differences * scale).sqrt(),
            Comparison::Hamming => self.differ * scale,
            Comparison::Jaccard => self.both / self.either,
            Comparison::Correlation => self.correlation(),
        }
    }

    fn correlation(&self) -> f64 {
        let spread = |square: f64, sum: f64| self.seen * square - sum * sum;
        let (a, b) = (spread(self.aa, self.a), spread(self.bb, self.b));
        // A profile of equal values has no correlation; what rounding leaves of its spread is none.
        let none = |spread: f64, square: f64| spread <= 1e-12 * self.seen * square;
        if none(a, self.aa) || none(b, self.bb) {
            return f64::NAN;
        }
        ((self.seen * self.ab - self.a * self.b) / (a.sqrt() * b.sqrt())).clamp(-1.0, 1.0)
    }
}
