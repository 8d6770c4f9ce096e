//! The one graph type: compressed sparse rows, loop-free, both directions on demand.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// Which ties of a directed network an actor is looked at through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Ties that arrive at the actor.
    In,
    /// Ties that leave the actor.
    Out,
    /// Both, each tie counted.
    All,
}

impl Direction {
    /// The other way round; `All` stays.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::In => Self::Out,
            Self::Out => Self::In,
            Self::All => Self::All,
        }
    }
}

/// Adjacency lists in compressed-sparse-row form: the neighbours of `i` are
/// `targets[offsets[i]..offsets[i + 1]]`, sorted; `values`, where there are any, stand beside them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Csr {
    offsets: Vec<u64>,
    targets: Vec<u32>,
    values: Option<Vec<f64>>,
}

impl Csr {
    /// Takes lists as they are: `offsets` of length n + 1 from 0, each list sorted, without
    /// duplicates or self-ties.
    #[must_use]
    pub fn new(offsets: Vec<u64>, targets: Vec<u32>, values: Option<Vec<f64>>) -> Self {
        debug_assert_eq!(offsets.last().copied(), Some(targets.len() as u64));
        debug_assert!(values.as_ref().is_none_or(|values| values.len() == targets.len()));
        Self { offsets, targets, values }
    }

    /// Number of actors.
    #[inline]
    pub fn n(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Number of entries (an undirected tie has two).
    #[inline]
    pub fn entries(&self) -> usize {
        self.targets.len()
    }

    /// Where each list starts, and the end of the last.
    #[inline]
    pub fn offsets(&self) -> &[u64] {
        &self.offsets
    }

    /// All lists, one after the other.
    #[inline]
    pub fn targets(&self) -> &[u32] {
        &self.targets
    }

    /// The values beside [`targets`](Csr::targets), if the network is valued.
    #[inline]
    pub fn values(&self) -> Option<&[f64]> {
        self.values.as_deref()
    }

    /// Neighbours of `actor`, sorted.
    #[inline]
    pub fn neighbours(&self, actor: usize) -> &[u32] {
        &self.targets[self.range(actor)]
    }

    /// Values beside [`neighbours`](Csr::neighbours), if the network is valued.
    #[inline]
    pub fn values_of(&self, actor: usize) -> Option<&[f64]> {
        self.values.as_deref().map(|values| &values[self.range(actor)])
    }

    /// Neighbours of `actor` with their values (1 in a network without values).
    pub fn valued(&self, actor: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let values = self.values_of(actor);
        self.neighbours(actor)
            .iter()
            .enumerate()
            .map(move |(position, &neighbour)| (neighbour as usize, values.map_or(1.0, |values| values[position])))
    }

    /// Σ of value · `scores[neighbour]` over the neighbours of `actor`.
    #[inline]
    pub fn product(&self, actor: usize, scores: &[f64]) -> f64 {
        let neighbours = self.neighbours(actor);
        match self.values_of(actor) {
            Some(values) => in_lanes(neighbours.len(), |i| scores[neighbours[i] as usize] * values[i]),
            None => in_lanes(neighbours.len(), |i| scores[neighbours[i] as usize]),
        }
    }

    /// Number of neighbours of `actor`.
    #[inline]
    pub fn degree(&self, actor: usize) -> usize {
        self.range(actor).len()
    }

    /// Whether `actor` has `neighbour` in its list.
    #[inline]
    pub fn contains(&self, actor: usize, neighbour: usize) -> bool {
        self.neighbours(actor).binary_search(&(neighbour as u32)).is_ok()
    }

    /// The value of the entry from `actor` to `neighbour`, if there is one.
    pub fn value(&self, actor: usize, neighbour: usize) -> Option<f64> {
        let position = self.neighbours(actor).binary_search(&(neighbour as u32)).ok()?;
        Some(self.values_of(actor).map_or(1.0, |values| values[position]))
    }

    #[inline]
    fn range(&self, actor: usize) -> std::ops::Range<usize> {
        self.offsets[actor] as usize..self.offsets[actor + 1] as usize
    }

    /// The same ties, listed from their other end.
    #[must_use]
    pub fn transpose(&self) -> Self {
        let n = self.n();
        let mut offsets = vec![0_u64; n + 1];
        for &target in &self.targets {
            offsets[target as usize + 1] += 1;
        }
        for actor in 0..n {
            offsets[actor + 1] += offsets[actor];
        }
        let mut next = offsets.clone();
        let mut targets = vec![0_u32; self.targets.len()];
        let mut values = self.values.as_ref().map(|values| vec![0.0; values.len()]);
        for actor in 0..n {
            for position in self.range(actor) {
                let slot = &mut next[self.targets[position] as usize];
                targets[*slot as usize] = actor as u32;
                if let (Some(to), Some(from)) = (values.as_mut(), self.values.as_ref()) {
                    to[*slot as usize] = from[position];
                }
                *slot += 1;
            }
        }
        Self { offsets, targets, values }
    }
}

/// Adds up in four lanes, so that an addition need not wait for the one before.
#[inline]
fn in_lanes(count: usize, term: impl Fn(usize) -> f64) -> f64 {
    let mut lanes = [0.0; 4];
    let whole = count / 4 * 4;
    for first in (0..whole).step_by(4) {
        for (lane, sum) in lanes.iter_mut().enumerate() {
            *sum += term(first + lane);
        }
    }
    (whole..count).for_each(|i| lanes[i - whole] += term(i));
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
}

/// The ties of a network. Self-ties stand apart, so that no measure meets one by accident.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Graph {
    directed: bool,
    out: Csr,
    #[serde(skip)]
    incoming: OnceLock<Csr>,
    loops: Vec<(u32, f64)>,
}

impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        self.directed == other.directed && self.out == other.out && self.loops == other.loops
    }
}

impl Graph {
    /// Takes adjacency lists as they are; those of an undirected graph list each tie at both ends.
    #[must_use]
    pub fn new(directed: bool, out: Csr, loops: Vec<(u32, f64)>) -> Self {
        Self { directed, out, incoming: OnceLock::new(), loops }
    }

    /// Number of actors.
    #[inline]
    pub fn n(&self) -> usize {
        self.out.n()
    }

    /// Number of ties between different actors; an undirected tie counts once.
    pub fn ties(&self) -> usize {
        if self.directed { self.out.entries() } else { self.out.entries() / 2 }
    }

    /// Whether ties have a direction.
    #[inline]
    pub fn directed(&self) -> bool {
        self.directed
    }

    /// Whether ties have values.
    pub fn is_valued(&self) -> bool {
        self.out.values.is_some()
    }

    /// Whether any tie has a negative value.
    pub fn is_signed(&self) -> bool {
        self.out.values.iter().flatten().chain(self.loops.iter().map(|(_, value)| value)).any(|value| *value < 0.0)
    }

    /// Ties by sender (by either end in an undirected graph).
    #[inline]
    pub fn out(&self) -> &Csr {
        &self.out
    }

    /// Ties by receiver; made when first asked for, the same lists in an undirected graph.
    pub fn incoming(&self) -> &Csr {
        if self.directed { self.incoming.get_or_init(|| self.out.transpose()) } else { &self.out }
    }

    /// Ties in columns: senders, receivers and, if there are any, values; an undirected tie once, its
    /// smaller index first.
    pub fn list(&self) -> (Vec<u32>, Vec<u32>, Option<Vec<f64>>) {
        let ties = self.ties();
        let (mut source, mut target) = (Vec::with_capacity(ties), Vec::with_capacity(ties));
        let mut value = self.is_valued().then(|| Vec::with_capacity(ties));
        for actor in 0..self.n() {
            for (position, &other) in self.out.neighbours(actor).iter().enumerate() {
                if self.directed || actor < other as usize {
                    source.push(actor as u32);
                    target.push(other);
                    if let (Some(value), Some(values)) = (&mut value, self.out.values_of(actor)) {
                        value.push(values[position]);
                    }
                }
            }
        }
        (source, target, value)
    }

    /// Self-ties with their values, by actor.
    pub fn loops(&self) -> &[(u32, f64)] {
        &self.loops
    }
}
