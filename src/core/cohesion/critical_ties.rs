//! Critical ties: what their loss takes from the edge connectivity of pairs.

use crate::flow::{Capacity, Flow, Tree, tree};
use crate::{Error, Graph, Job, Result, parallel};

/// What each tie holds together, in the order of [`Graph::list`].
#[derive(Debug, Clone, PartialEq)]
pub struct CriticalTies {
    /// The ends of each tie.
    pub ties: (Vec<u32>, Vec<u32>),
    /// The edge connectivity between them.
    pub connectivity: Vec<u64>,
    /// How many pairs of actors no path joins any more once the tie is gone.
    pub disconnected: Vec<u64>,
    /// How many pairs have a lower edge connectivity then, these among them.
    pub weakened: Vec<u64>,
    /// How many lambda sets fall apart then, at the level at which they are one.
    pub sets: Vec<u64>,
}

/// Sources that one thread takes at a time.
const BLOCK: usize = 4;

/// Counts what the loss of each tie would take. A pair loses where the tie is in one of its smallest cuts: a flow
/// between the two tells all of these at once.
///
/// # Complexity
/// n(n − 1) ÷ 2 flows, O(m·√m) each at worst; 12n² bytes.
///
/// # Errors
/// [`Error::TooManyActors`] above 2³² pairs; [`Error::Direction`]; [`Error::Interrupted`].
pub fn critical_ties(graph: &Graph, job: &Job) -> Result<CriticalTies> {
    let n = graph.n();
    if n > 1 << 16 {
        return Err(Error::TooManyActors { found: n as u64 });
    }
    let tree = tree(graph, Capacity::Unit, &job.part())?;
    let (flows, sets) = (tree.matrix(), Sets::new(&tree));
    let (source, target, _) = graph.list();
    let template = Flow::new(graph, Capacity::Unit)?;
    job.start(n as u64);
    let leaf = |range: std::ops::Range<usize>| {
        let (mut flow, mut found) = (template.clone(), Found::new(source.len(), sets.count));
        for i in range {
            for j in (i + 1..n).filter(|j| flows[i * n + j] > 0.0) {
                flow.most(i, j, None, job)?;
                let open = flow.open_components();
                let (set, one) = (sets.of[i * n + j] as usize, flows[i * n + j] < 2.0);
                let cut = |tie: &usize| open[source[*tie] as usize] != open[target[*tie] as usize];
                (0..source.len()).filter(cut).for_each(|tie| found.add(tie, set, one));
            }
            job.advance(1);
        }
        Ok(found)
    };
    let found = parallel::reduce(job, n, BLOCK, &leaf, &|one: Found, other| one.merge(&other))?
        .unwrap_or_else(|| Found::new(0, 0));
    let ends = source.iter().zip(&target);
    Ok(CriticalTies {
        connectivity: ends.map(|(&i, &j)| flows[i as usize * n + j as usize] as u64).collect(),
        sets: found
            .hit
            .chunks(found.words)
            .map(|hit| hit.iter().map(|word| u64::from(word.count_ones())).sum())
            .collect(),
        ties: (source, target),
        disconnected: found.disconnected,
        weakened: found.weakened,
    })
}

/// The counts so far, and of each tie the lambda sets that it splits, one bit each.
struct Found {
    disconnected: Vec<u64>,
    weakened: Vec<u64>,
    hit: Vec<u64>,
    words: usize,
}

impl Found {
    fn new(ties: usize, sets: usize) -> Self {
        let words = sets.div_ceil(64).max(1);
        Self { disconnected: vec![0; ties], weakened: vec![0; ties], hit: vec![0; ties * words], words }
    }

    fn add(&mut self, tie: usize, set: usize, one: bool) {
        self.weakened[tie] += 1;
        self.disconnected[tie] += u64::from(one);
        self.hit[tie * self.words + set / 64] |= 1 << (set % 64);
    }

    fn merge(mut self, other: &Self) -> Self {
        let sum = |all: &mut [u64], more: &[u64]| all.iter_mut().zip(more).for_each(|(one, other)| *one += other);
        sum(&mut self.disconnected, &other.disconnected);
        sum(&mut self.weakened, &other.weakened);
        self.hit.iter_mut().zip(&other.hit).for_each(|(one, other)| *one |= other);
        self
    }
}

/// Of each pair, row by row, the smallest lambda set that holds both: the one whose level is their connectivity.
struct Sets {
    of: Vec<u32>,
    count: usize,
}

impl Sets {
    fn new(tree: &Tree) -> Self {
        let n = tree.parent.len();
        let mut order: Vec<usize> = (1..n).filter(|actor| tree.flow[*actor] > 0.0).collect();
        order.sort_by(|a, b| tree.flow[*b].total_cmp(&tree.flow[*a]));
        let mut members: Vec<Vec<u32>> = (0..n as u32).map(|actor| vec![actor]).collect();
        let mut root: Vec<usize> = (0..n).collect();
        let (mut merger, mut set_of, mut count) = (vec![0; n * n], Vec::new(), 0);
        for level in order.chunk_by(|a, b| tree.flow[*a].total_cmp(&tree.flow[*b]).is_eq()) {
            let first = set_of.len();
            for &actor in level {
                let (one, other) = (root[actor], root[tree.parent[actor] as usize]);
                let joined = std::mem::take(&mut members[other]);
                for &a in &members[one] {
                    for &b in &joined {
                        merger[a as usize * n + b as usize] = set_of.len() as u32;
                        merger[b as usize * n + a as usize] = set_of.len() as u32;
                    }
                }
                joined.iter().for_each(|member| root[*member as usize] = one);
                members[one].extend(joined);
                set_of.push(actor as u32);
            }
            // Mergers of one level that ended in one group made one set.
            let mut number = std::collections::BTreeMap::new();
            for set in &mut set_of[first..] {
                *set = *number.entry(root[*set as usize]).or_insert_with(|| {
                    count += 1;
                    count - 1
                });
            }
        }
        let of = merger.into_iter().map(|merger: u32| set_of.get(merger as usize).copied().unwrap_or(0)).collect();
        Self { of, count: count as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Csr;

    #[test]
    fn a_bridge_between_triangles() {
        // Triangles 0 1 2 and 3 4 5 with the tie 2 - 3.
        let offsets = vec![0, 2, 4, 7, 10, 12, 14];
        let graph = Graph::new(false, Csr::new(offsets, vec![1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4], None), vec![]);
        for threads in [1, 2] {
            let found = critical_ties(&graph, &Job::new(threads)).unwrap();
            assert_eq!(found.ties, (vec![0, 0, 1, 2, 3, 3, 4], vec![1, 2, 2, 3, 4, 5, 5]));
            assert_eq!(found.connectivity, [2, 2, 2, 1, 2, 2, 2]);
            assert_eq!(found.disconnected, [0, 0, 0, 9, 0, 0, 0]);
            // Without one of its sides the three pairs of a triangle have one path less, and no others.
            assert_eq!(found.weakened, [3, 3, 3, 9, 3, 3, 3]);
            assert_eq!(found.sets, [1; 7]);
        }
    }
}
