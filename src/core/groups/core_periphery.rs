//! Core and periphery (Borgatti & Everett 2000, doi:10.1016/S0378-8733(99)00019-2); continuous coreness by least
//! squares (Boyd, Fitzgerald, Mahutga & Smith 2010, doi:10.1016/j.socnet.2009.09.003).

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::random::stream;
use crate::{Error, Job, Network, Result, parallel};

/// What the ideal has between core and periphery.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Between {
    /// Nothing: these cells are left out.
    Missing,
    /// The mean of these cells.
    Density,
    /// This value.
    Value(f64),
}

/// The ideal that a network is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ideal {
    /// A core within which all are tied, a periphery within which nobody is.
    Categorical(Between),
    /// Ties in proportion to the product of the corenesses of both.
    Continuous,
}

/// The best core found.
#[derive(Debug, Clone, PartialEq)]
pub struct CorePeriphery {
    /// Categorical: 1 in the core, 0 in the periphery; continuous: the coreness.
    pub coreness: Vec<f64>,
    /// Pearson's correlation of the observed cells with the ideal.
    pub fit: f64,
    /// How many starts ended with this fit.
    pub reached: u64,
    /// The fits of as many networks in which the dyads were permuted.
    pub null: Vec<f64>,
}

/// Finds the core for which the correlation with the ideal is highest (categorical) or the squared differences from it
/// are least (continuous), from `starts` random starts, and does the same in `permutations` networks in which the
/// observed dyads change places.
///
/// # Complexity
/// O(n²) per start, in practice; as much for each permutation.
///
/// # Errors
/// [`Error::Signed`]; [`Error::TooManyActors`]; [`Error::Interrupted`].
pub fn core_periphery(
    network: &Network,
    ideal: Ideal,
    starts: u64,
    permutations: u64,
    seed: u64,
    job: &Job,
) -> Result<CorePeriphery> {
    if network.graph().is_signed() {
        return Err(Error::Signed { measure: "core_periphery" });
    }
    let cells = Cells::new(network)?;
    job.start(permutations + 1);
    let best = cells.best(ideal, starts, &mut stream(seed, 0), job)?;
    job.advance(1);
    let mut null = vec![0.0; permutations as usize];
    parallel::fill(job, &mut null, 1, &|draw, part| {
        let mut random = stream(seed, draw as u64 + 1);
        part[0] = cells.permuted(&mut random).best(ideal, starts, &mut random, job)?.fit;
        job.advance(1);
        Ok(())
    })?;
    Ok(CorePeriphery { coreness: best.coreness, fit: best.fit, reached: best.reached, null })
}

/// Differences that rounding can make.
const ROUNDING: f64 = 1e-10;

struct Best {
    coreness: Vec<f64>,
    /// What the search makes as large as it can.
    score: f64,
    fit: f64,
    reached: u64,
}

/// The two cells of a dyad, x(i, j) and x(j, i), each with 1 where it was observed and 0 (value too) where not.
#[derive(Clone, Copy, Default)]
struct Dyad {
    there: f64,
    back: f64,
    seen_there: f64,
    seen_back: f64,
}

impl Dyad {
    fn turned(self) -> Self {
        Self { there: self.back, back: self.there, seen_there: self.seen_back, seen_back: self.seen_there }
    }

    fn sums(self) -> Sums {
        let squares = self.there * self.there + self.back * self.back;
        Sums { count: self.seen_there + self.seen_back, sum: self.there + self.back, squares }
    }
}

/// Of some cells: how many, their sum, and that of their squares.
#[derive(Clone, Copy, Default)]
struct Sums {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    fn take(&mut self, other: Self) {
        self.count -= other.count;
        self.sum -= other.sum;
        self.squares -= other.squares;
    }

    fn moved(mut self, from: Self, to: Self) -> Self {
        self.take(from);
        self.add(to);
        self
    }
}

/// All dyads, row by row; the diagonal is not observed.
struct Cells {
    n: usize,
    dyads: Vec<Dyad>,
    directed: bool,
}

impl Cells {
    fn new(network: &Network) -> Result<Self> {
        let (n, modes) = (network.n(), network.first_mode());
        let values = network.dense()?;
        let within = |i: usize, j: usize| i == j || modes.is_some_and(|first| (i < first) == (j < first));
        let cell = |i: usize, j: usize| {
            let value = values[i * n + j];
            if within(i, j) || value.is_nan() { (0.0, 0.0) } else { (value, 1.0) }
        };
        let dyad = |i: usize, j: usize| {
            let ((there, seen_there), (back, seen_back)) = (cell(i, j), cell(j, i));
            Dyad { there, back, seen_there, seen_back }
        };
        let dyads = (0..n * n).map(|at| dyad(at / n, at % n)).collect();
        Ok(Self { n, dyads, directed: network.graph().directed() })
    }

    fn row(&self, i: usize) -> &[Dyad] {
        &self.dyads[i * self.n..(i + 1) * self.n]
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.n).flat_map(|i| (i + 1..self.n).map(move |j| (i, j)))
    }

    /// The same dyads in other places, those of one pattern of observation among each other.
    fn permuted(&self, random: &mut ChaCha8Rng) -> Self {
        let mut dyads = vec![Dyad::default(); self.n * self.n];
        let mut place = |i: usize, j: usize, dyad: Dyad| {
            dyads[i * self.n + j] = dyad;
            dyads[j * self.n + i] = dyad.turned();
        };
        let seen = |&(i, j): &(usize, usize)| {
            let dyad = self.row(i)[j];
            (dyad.seen_there > 0.0, dyad.seen_back > 0.0)
        };
        let (whole, partly): (Vec<_>, Vec<_>) = self.pairs().partition(|pair| seen(pair) == (true, true));
        let mut order = whole.clone();
        order.shuffle(random);
        for (&(i, j), &(a, b)) in whole.iter().zip(&order) {
            let dyad = self.row(a)[b];
            let turn = self.directed && random.random::<bool>();
            place(i, j, if turn { dyad.turned() } else { dyad });
        }
        // Dyads of which one direction was observed, turned so that it is the first.
        let half: Vec<(usize, usize)> = partly
            .iter()
            .filter(|pair| seen(pair).0 != seen(pair).1)
            .map(|&(i, j)| if seen(&(i, j)).0 { (i, j) } else { (j, i) })
            .collect();
        let mut order = half.clone();
        order.shuffle(random);
        half.iter().zip(&order).for_each(|(&(i, j), &(a, b))| place(i, j, self.row(a)[b]));
        Self { n: self.n, dyads, directed: self.directed }
    }

    fn best(&self, ideal: Ideal, starts: u64, random: &mut ChaCha8Rng, job: &Job) -> Result<Best> {
        let mut best: Option<Best> = None;
        for _ in 0..starts {
            job.check()?;
            let found = match ideal {
                Ideal::Categorical(between) => self.climb(between, random),
                Ideal::Continuous => self.descend(random, job)?,
            };
            match &mut best {
                Some(best) if found.score <= best.score + ROUNDING => {
                    best.reached += u64::from(found.score >= best.score - ROUNDING);
                }
                // A start without any fit is replaced by whatever comes.
                _ => best = Some(found),
            }
        }
        Ok(best.expect("there is at least one start"))
    }

    /// Moves the actor that helps most from core to periphery or back, as long as any helps.
    fn climb(&self, between: Between, random: &mut ChaCha8Rng) -> Best {
        let share: f64 = random.random();
        let mut core: Vec<bool> = (0..self.n).map(|_| random.random::<f64>() < share).collect();
        // Of each actor, its cells with the core and with all; of the network those within the core, between, and
        // within the periphery.
        let (mut near, mut all) = (vec![Sums::default(); self.n], vec![Sums::default(); self.n]);
        let mut blocks = [Sums::default(); 3];
        for i in 0..self.n {
            for (j, dyad) in self.row(i).iter().enumerate() {
                all[i].add(dyad.sums());
                if core[j] {
                    near[i].add(dyad.sums());
                }
                if i < j {
                    blocks[2 - usize::from(core[i]) - usize::from(core[j])].add(dyad.sums());
                }
            }
        }
        let mut score = correlation(&blocks, between);
        loop {
            let mut step = None;
            for actor in 0..self.n {
                let (with_core, mut with_rest) = (near[actor], all[actor]);
                with_rest.take(with_core);
                let [inner, middle, outer] = blocks;
                let moved = if core[actor] {
                    let none = Sums::default();
                    [inner.moved(with_core, none), middle.moved(with_rest, with_core), outer.moved(none, with_rest)]
                } else {
                    let none = Sums::default();
                    [inner.moved(none, with_core), middle.moved(with_core, with_rest), outer.moved(with_rest, none)]
                };
                let gain = correlation(&moved, between);
                if gain > score + 1e-12 {
                    score = gain;
                    step = Some((actor, moved));
                }
            }
            let Some((actor, moved)) = step else {
                let fit = if score == f64::NEG_INFINITY { f64::NAN } else { score };
                let coreness = core.iter().map(|core| f64::from(u8::from(*core))).collect();
                return Best { coreness, score, fit, reached: 1 };
            };
            blocks = moved;
            core[actor] = !core[actor];
            for (sums, dyad) in near.iter_mut().zip(self.row(actor)) {
                if core[actor] { sums.add(dyad.sums()) } else { sums.take(dyad.sums()) }
            }
        }
    }

    /// Sets the coreness of one actor after the other to what fits best, until none changes.
    fn descend(&self, random: &mut ChaCha8Rng, job: &Job) -> Result<Best> {
        // In a star, say, corenesses go on to infinity and 0 while hardly anything is gained.
        const PASSES: usize = 2000;
        let n = self.n;
        let mut coreness: Vec<f64> = (0..n).map(|_| random.random::<f64>()).collect();
        if self.dyads.iter().all(|dyad| dyad.there == 0.0) {
            return Ok(Best { coreness: vec![0.0; n], score: 0.0, fit: f64::NAN, reached: 1 });
        }
        let (mut change, mut passes) = (f64::INFINITY, 0);
        while change > 1e-12 && passes < PASSES {
            job.check()?;
            passes += 1;
            let (mut moved, mut largest) = (0.0_f64, 0.0_f64);
            for i in 0..n {
                let (mut above, mut below) = (0.0, 0.0);
                for (dyad, c) in self.row(i).iter().zip(&coreness) {
                    above += (dyad.there + dyad.back) * c;
                    below += (dyad.seen_there + dyad.seen_back) * c * c;
                }
                let next = if below > 0.0 { above / below } else { 0.0 };
                moved = moved.max((next - coreness[i]).abs());
                largest = largest.max(next);
                coreness[i] = next;
            }
            change = moved / largest.max(f64::MIN_POSITIVE);
        }
        let (score, fit) = self.compared(&coreness);
        let length = coreness.iter().map(|c| c * c).sum::<f64>().sqrt();
        coreness.iter_mut().for_each(|c| *c /= length);
        Ok(Best { coreness, score, fit, reached: 1 })
    }

    /// Squared differences from the products of corenesses ÷ squared values, below 0; and the correlation with them.
    fn compared(&self, coreness: &[f64]) -> (f64, f64) {
        let (mut x, mut y, mut products, mut lost) = (Sums::default(), Sums::default(), 0.0, 0.0);
        for i in 0..self.n {
            for (dyad, c) in self.row(i).iter().zip(coreness).filter(|(dyad, _)| dyad.seen_there > 0.0) {
                let (value, ideal) = (dyad.there, coreness[i] * c);
                x.add(Sums { count: 1.0, sum: value, squares: value * value });
                y.add(Sums { count: 1.0, sum: ideal, squares: ideal * ideal });
                products += value * ideal;
                lost += (value - ideal).powi(2);
            }
        }
        (-lost / x.squares, pearson(x, y, products))
    }
}

/// The correlation of cells within the core, between and within the periphery with 1, what `between` says, and 0;
/// -∞ where it is not defined.
fn correlation(blocks: &[Sums; 3], between: Between) -> f64 {
    let [inner, middle, outer] = *blocks;
    let value = match between {
        Between::Missing => None,
        Between::Density => (middle.count > 0.0).then(|| middle.sum / middle.count),
        Between::Value(value) => Some(value),
    };
    let (mut cells, mut products) = (inner, inner.sum);
    cells.add(outer);
    let mut ideal = Sums { count: inner.count + outer.count, sum: inner.count, squares: inner.count };
    if let Some(value) = value {
        cells.add(middle);
        products += value * middle.sum;
        let (count, sum) = (middle.count, value * middle.count);
        ideal.add(Sums { count, sum, squares: value * sum });
    }
    let found = pearson(cells, ideal, products);
    if found.is_nan() { f64::NEG_INFINITY } else { found }
}

/// Pearson's correlation, `NaN` where one of the two has no spread.
fn pearson(x: Sums, y: Sums, products: f64) -> f64 {
    let spread = |of: Sums| of.squares - of.sum * of.sum / of.count;
    // What rounding leaves of no spread.
    let flat = |of: Sums| spread(of) <= 1e-12 * of.squares;
    if x.count <= 0.0 || flat(x) || flat(y) {
        return f64::NAN;
    }
    (products - x.sum * y.sum / x.count) / (spread(x) * spread(y)).sqrt()
}
