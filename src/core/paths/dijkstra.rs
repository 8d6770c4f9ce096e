//! Dijkstra's algorithm over lengths derived from tie values.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::{Csr, Error, Job, Result};

/// How a tie's length follows from its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// Length = 1 ÷ value: strong ties are short.
    Inverse,
    /// Length = value: the values are distances.
    Value,
}

/// Lengths beside adjacency lists, each finite and above 0.
#[derive(Debug, Clone)]
pub struct Lengths(Vec<f64>);

impl Lengths {
    /// The lengths of all entries of `lists`; 1 each without values.
    ///
    /// # Errors
    /// [`Error::Argument`] when a value gives no length that is finite and above 0.
    pub fn new(lists: &Csr, distance: Distance) -> Result<Self> {
        let Some(values) = lists.values() else {
            return Ok(Self(vec![1.0; lists.entries()]));
        };
        let lengths: Vec<f64> = match distance {
            Distance::Inverse => values.iter().map(|value| value.recip()).collect(),
            Distance::Value => values.to_vec(),
        };
        match lengths.iter().position(|length| !(length.is_finite() && *length > 0.0)) {
            None => Ok(Self(lengths)),
            Some(entry) => Err(Error::Argument {
                argument: "distance",
                expected: "used on ties whose values are above 0 (and not too small to divide by)",
                found: format!("used on a tie of value {}", values[entry]),
            }),
        }
    }

    /// The lengths beside the neighbours of `actor`.
    pub fn of(&self, lists: &Csr, actor: usize) -> &[f64] {
        &self.0[lists.offsets()[actor] as usize..lists.offsets()[actor + 1] as usize]
    }
}

#[derive(PartialEq)]
struct Reached {
    length: f64,
    vertex: u32,
}

impl Eq for Reached {}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Reached {
    // Reversed: the heap gives the shortest first, and among equals the smallest index.
    fn cmp(&self, other: &Self) -> Ordering {
        other.length.total_cmp(&self.length).then(other.vertex.cmp(&self.vertex))
    }
}

/// Shortest lengths from `source` to every vertex (infinite where there is no path), written to
/// `lengths`, which has one entry per vertex.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn from_source(lists: &Csr, tie_lengths: &Lengths, source: usize, lengths: &mut [f64], job: &Job) -> Result<()> {
    lengths.fill(f64::INFINITY);
    lengths[source] = 0.0;
    let mut heap = BinaryHeap::from([Reached { length: 0.0, vertex: source as u32 }]);
    let mut settled = 0_u32;
    while let Some(Reached { length, vertex }) = heap.pop() {
        let vertex = vertex as usize;
        if length > lengths[vertex] {
            continue;
        }
        settled = settled.wrapping_add(1);
        if settled.is_multiple_of(1 << 12) {
            job.check()?;
        }
        for (&neighbour, &step) in lists.neighbours(vertex).iter().zip(tie_lengths.of(lists, vertex)) {
            let candidate = length + step;
            if candidate < lengths[neighbour as usize] {
                lengths[neighbour as usize] = candidate;
                heap.push(Reached { length: candidate, vertex: neighbour });
            }
        }
    }
    Ok(())
}
