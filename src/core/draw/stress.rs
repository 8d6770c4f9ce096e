//! Stress majorization (Gansner, Koren & North 2004, doi:10.1007/978-3-540-31843-9_25).

use std::ops::Range;

use super::anneal::anneal;
use super::{Points, packing, start};
use crate::cohesion::{Connectivity, components};
use crate::paths::{self, BATCH};
use crate::random::stream;
use crate::{Csr, Direction, Error, Graph, Job, Result, parallel};

/// Actors that a component to be laid out may have: time and memory grow with their square.
pub const LARGEST: usize = 20_000;

/// Starts beside the first; the layout of least stress is taken.
const TRIES: usize = 3;
/// Components with more actors have the first start only, and their actors may cover each other.
const TRIED: usize = 2_000;
/// Sweeps after which a layout is taken as it is.
const SWEEPS: usize = 1_000;
/// A layout has settled when a sweep lowers the stress per pair by less than this.
const SETTLED: f64 = 1e-7;
/// The same for layouts that are compared.
const COMPARABLE: f64 = 3e-6;
/// How far an actor moves on the way to its best place and beyond. Below 2 the stress can't rise, and
/// it falls faster than at 1 (de Leeuw & Heiser 1980).
const RELAXATION: f64 = 1.9;
/// Pairs handled between two looks at the request to stop.
pub(super) const POLL: usize = 1 << 18;
/// What stands for the distance of an actor to itself: its weight vanishes beside any other.
const FAR: f32 = 1e30;
/// Distances on the page below this count as this, so that coincident points do not divide by 0.
pub(super) const TOUCHING: f64 = 1e-12;

/// Work that a layout comes to, roughly, in elementary steps.
pub fn cost(graph: &Graph) -> u64 {
    paths::cost(graph) + 300 * (graph.n() as u64).pow(2)
}

/// Positions that make the distances on the page resemble the steps between actors: the stress
/// Σ (|p(i) − p(j)| − d(i, j))² ÷ d(i, j)² over pairs of a component is at a (local) minimum.
///
/// Ties are read without direction and value. Each component is laid out from pivot scaling (Brandes
/// & Pich 2007) and, up to 2,000 actors, from three annealed variants of it (Zheng, Pawar & Goodman
/// 2019), and the layout of least stress is turned so that it is widest from left to right. Actors
/// that would cover each other are pushed apart. The largest component stands left, the others in
/// columns beside it, isolates in rows below; the whole is scaled to the unit square, its proportions
/// kept, and centred there.
///
/// # Complexity
/// O(k²) memory and time per sweep for a component of k actors; some hundred sweeps.
///
/// # Errors
/// [`Error::Argument`] when a component has more than [`LARGEST`] actors; [`Error::Interrupted`].
///
/// ```
/// use wholenet_core::{Csr, Graph, Job, draw};
///
/// let pair = Graph::new(false, Csr::new(vec![0, 1, 2], vec![1, 0], None), Vec::new());
/// assert_eq!(draw::stress(&pair, 1, &Job::inline())?, [[0.0, 0.5], [1.0, 0.5]]);
/// # Ok::<(), wholenet_core::Error>(())
/// ```
pub fn stress(graph: &Graph, seed: u64, job: &Job) -> Result<Vec<[f64; 2]>> {
    let lists = paths::lists(graph, Direction::All);
    let mut members: Vec<Vec<u32>> = Vec::new();
    for (actor, component) in components(graph, Connectivity::Weak).into_iter().enumerate() {
        members.resize(members.len().max(component as usize + 1), Vec::new());
        members[component as usize].push(actor as u32);
    }
    if let Some(largest) = members.first().filter(|largest| largest.len() > LARGEST) {
        return Err(Error::Argument {
            argument: "net",
            expected: "a network whose components have at most 20,000 actors, for this layout",
            found: format!("one with a component of {} actors", largest.len()),
        });
    }
    let isolates = members.iter().position(|actors| actors.len() == 1).unwrap_or(members.len());
    job.start(members[..isolates].iter().map(|actors| (actors.len() * (TRIES + 1)) as u64).sum());
    let mut pieces = Vec::with_capacity(isolates);
    for (piece, actors) in members[..isolates].iter().enumerate() {
        let distances = Distances::new(&lists, actors, job)?;
        let points = packing::upright(best(&distances, seed, (piece * (TRIES + 1)) as u64, job)?);
        pieces.push(if actors.len() <= TRIED { packing::apart(points, job)? } else { points });
    }
    Ok(packing::pack(&members, &pieces))
}

/// The layout of least stress from several starts, which take the streams from `draw` on.
fn best(distances: &Distances, seed: u64, draw: u64, job: &Job) -> Result<Points> {
    let k = distances.len();
    let first = start::pivots(distances, &mut stream(seed, draw), job)?;
    let tries = if (4..=TRIED).contains(&k) { TRIES } else { 0 };
    let attempt = |range: Range<usize>| {
        let mut points = first.clone();
        if range.start > 0 {
            anneal(distances, &mut points, &mut stream(seed, draw + range.start as u64), job)?;
        }
        majorize(distances, &mut points, COMPARABLE, job)?;
        job.advance(k as u64);
        Ok((distances.stress(&points), points))
    };
    let least = |left: (f64, Points), right: (f64, Points)| if right.0 < left.0 { right } else { left };
    let found = parallel::reduce(job, tries + 1, 1, &attempt, &least)?;
    let mut points = found.map_or(first, |(_, points)| points);
    majorize(distances, &mut points, SETTLED, job)?;
    Ok(points)
}

/// Steps between the actors of a component.
pub(super) struct Distances {
    k: usize,
    cells: Vec<f32>,
}

impl Distances {
    fn new(lists: &Csr, actors: &[u32], job: &Job) -> Result<Self> {
        let k = actors.len();
        let mut place = vec![0_u32; lists.n()];
        actors.iter().enumerate().for_each(|(position, actor)| place[*actor as usize] = position as u32);
        let mut cells = vec![FAR; k * k];
        let write = |first: usize, rows: &mut [f32]| {
            let sources = &actors[first / k..(first + rows.len()) / k];
            paths::sweep(lists, sources, job, |level, vertex, mut mask| {
                while mask != 0 {
                    rows[mask.trailing_zeros() as usize * k + place[vertex] as usize] = level as f32;
                    mask &= mask - 1;
                }
            })
        };
        parallel::fill(job, &mut cells, k * BATCH, &write)?;
        Ok(Self { k, cells })
    }

    /// Number of actors.
    pub(super) fn len(&self) -> usize {
        self.k
    }

    /// Distances from `actor` to all others.
    pub(super) fn row(&self, actor: usize) -> &[f32] {
        &self.cells[actor * self.k..(actor + 1) * self.k]
    }

    /// The largest distance.
    pub(super) fn longest(&self) -> f64 {
        f64::from(self.cells.iter().copied().filter(|d| *d < FAR).fold(0.0, f32::max))
    }

    /// The stress of a layout: squared relative errors, added up over pairs.
    pub(super) fn stress(&self, points: &Points) -> f64 {
        let error = |i: usize, j: usize| {
            let (x, y) = (points.x[i] - points.x[j], points.y[i] - points.y[j]);
            ((x * x + y * y).sqrt() / f64::from(self.row(i)[j]) - 1.0).powi(2)
        };
        (0..self.k).map(|i| (0..i).map(|j| error(i, j)).sum::<f64>()).sum()
    }
}

/// Moves one actor after the other to where the function that majorizes the stress has its minimum
/// (the paper's localized optimization, section 2.3), until nothing moves any more.
///
/// ```text
/// p(i) ← p(i) + Σ_j w(i, j) (p(j) − p(i)) (1 − d(i, j) ÷ |p(i) − p(j)|) ÷ Σ_j w(i, j),  w = d⁻²
/// ```
fn majorize(distances: &Distances, points: &mut Points, settled: f64, job: &Job) -> Result<()> {
    let k = distances.len();
    let weigh = |actor: usize| {
        job.check()?;
        Ok(distances.row(actor).iter().map(|d| f64::from(*d).powi(-2)).sum())
    };
    let weights: Vec<f64> = (0..k).map(weigh).collect::<Result<_>>()?;
    let pairs = (k * (k - 1) / 2) as f64;
    let mut since = 0;
    for _ in 0..SWEEPS {
        let mut gain = 0.0;
        for (actor, weight) in weights.iter().enumerate() {
            since += k;
            if since > POLL {
                job.check()?;
                since = 0;
            }
            let [x, y] = pull(distances.row(actor), points, actor).map(|sum| sum / weight);
            points.x[actor] += RELAXATION * x;
            points.y[actor] += RELAXATION * y;
            gain += weight * (x * x + y * y);
        }
        if gain <= settled * pairs {
            break;
        }
    }
    Ok(())
}

/// The sum over all others that moves `actor`, in four lanes that are added up at the end.
fn pull(row: &[f32], points: &Points, actor: usize) -> [f64; 2] {
    const LANES: usize = 4;
    let (x, y) = (points.x[actor], points.y[actor]);
    let force = |d: f32, to_x: f64, to_y: f64| {
        let d = f64::from(d);
        let (x, y) = (to_x - x, to_y - y);
        let length = (x * x + y * y).sqrt().max(TOUCHING);
        let strength = (length - d) / (d * d * length);
        (strength * x, strength * y)
    };
    let (mut sum_x, mut sum_y) = ([0.0; LANES], [0.0; LANES]);
    let (d, rest_d) = row.as_chunks::<LANES>();
    let (xs, rest_x) = points.x.as_chunks::<LANES>();
    let (ys, rest_y) = points.y.as_chunks::<LANES>();
    for ((d, xs), ys) in d.iter().zip(xs).zip(ys) {
        for lane in 0..LANES {
            let (x, y) = force(d[lane], xs[lane], ys[lane]);
            sum_x[lane] += x;
            sum_y[lane] += y;
        }
    }
    for (lane, ((d, x), y)) in rest_d.iter().zip(rest_x).zip(rest_y).enumerate() {
        let (x, y) = force(*d, *x, *y);
        sum_x[lane] += x;
        sum_y[lane] += y;
    }
    [sum_x.iter().sum(), sum_y.iter().sum()]
}
