//! What is left to sweep: hanging trees folded, vertices renumbered component by component.

use std::ops::Range;

use crate::paths::Lengths;
use crate::{Csr, Graph, Job, Result};

const NONE: u32 = u32::MAX;

/// A graph made ready for sweeps.
///
/// In an undirected graph, actors of degree 1 are folded into their neighbour, again and again
/// (Baglioni et al. 2012; Sariyüce et al. 2013, arXiv:1209.6007): a vertex that is left stands for itself and
/// the `weight − 1` actors that hang from it.
pub(super) struct Reduced {
    out: Csr,
    /// `None`: undirected, the same as `out`.
    incoming: Option<Csr>,
    /// How many actors each vertex stands for.
    weights: Vec<f64>,
    /// The actor that each vertex is.
    actors: Vec<u32>,
    /// First vertex of each (weak) component, and the number of vertices at the end.
    starts: Vec<u32>,
    /// Vertices with outgoing ties, in order of components.
    sources: Vec<u32>,
    /// Unordered pairs separated by each actor whose path runs through a hanging tree.
    folded: Vec<f64>,
}

impl Reduced {
    /// Folds and renumbers; `lengths` stand beside the outgoing ties of `graph`.
    pub(super) fn new(graph: &Graph, lengths: Option<&Lengths>, job: &Job) -> Result<Self> {
        let components = Components::new(graph, job)?;
        let mut trees = Trees::new(graph, job)?;
        if !graph.directed() {
            trees.fold(graph, &components, job)?;
        }
        let (actors, starts) = order(graph, &components, &trees.absent, job)?;
        let mut vertices = vec![NONE; graph.n()];
        actors.iter().enumerate().for_each(|(vertex, &actor)| vertices[actor as usize] = vertex as u32);
        let out = renumber(graph.out(), lengths, &actors, &vertices, job)?;
        let incoming =
            graph.directed().then(|| renumber(graph.incoming(), None, &actors, &vertices, job)).transpose()?;
        let weights = actors.iter().map(|&actor| trees.weights[actor as usize]).collect();
        let sources = sources(&out, incoming.as_ref().unwrap_or(&out), job)?;
        job.advance((graph.n() - sources.len()) as u64);
        Ok(Self { out, incoming, weights, actors, starts, sources, folded: trees.scores })
    }

    pub(super) fn n(&self) -> usize {
        self.actors.len()
    }

    pub(super) fn out(&self) -> &Csr {
        &self.out
    }

    pub(super) fn incoming(&self) -> &Csr {
        self.incoming.as_ref().unwrap_or(&self.out)
    }

    pub(super) fn weight(&self, vertex: usize) -> f64 {
        self.weights[vertex]
    }

    pub(super) fn actor(&self, vertex: usize) -> usize {
        self.actors[vertex] as usize
    }

    pub(super) fn sources(&self) -> &[u32] {
        &self.sources
    }

    pub(super) fn folded(&self) -> &[f64] {
        &self.folded
    }

    /// The components of consecutive sources.
    pub(super) fn span(&self, sources: &[u32]) -> Range<usize> {
        let (Some(&first), Some(&last)) = (sources.first(), sources.last()) else {
            return 0..0;
        };
        let before = self.starts.partition_point(|start| *start <= first) - 1;
        let after = self.starts.partition_point(|start| *start <= last);
        self.starts[before] as usize..self.starts[after] as usize
    }
}

/// Weak components, numbered by their first actor.
struct Components {
    of: Vec<u32>,
    sizes: Vec<f64>,
}

impl Components {
    fn new(graph: &Graph, job: &Job) -> Result<Self> {
        let mut of = vec![NONE; graph.n()];
        let mut sizes = Vec::new();
        let mut queue: Vec<u32> = Vec::new();
        for root in 0..graph.n() {
            if of[root] != NONE {
                continue;
            }
            let component = sizes.len() as u32;
            of[root] = component;
            queue.clear();
            queue.push(root as u32);
            let mut next = 0;
            while let Some(&actor) = queue.get(next) {
                next += 1;
                job.check()?;
                let mut reach = |neighbours: &[u32]| {
                    for &neighbour in neighbours {
                        if of[neighbour as usize] == NONE {
                            of[neighbour as usize] = component;
                            queue.push(neighbour);
                        }
                    }
                };
                reach(graph.out().neighbours(actor as usize));
                if graph.directed() {
                    reach(graph.incoming().neighbours(actor as usize));
                }
            }
            sizes.push(queue.len() as f64);
        }
        Ok(Self { of, sizes })
    }
}

/// Hanging trees, while they are folded.
struct Trees {
    weights: Vec<f64>,
    scores: Vec<f64>,
    absent: Vec<bool>,
}

impl Trees {
    fn new(graph: &Graph, job: &Job) -> Result<Self> {
        job.check()?;
        let n = graph.n();
        Ok(Self { weights: vec![1.0; n], scores: vec![0.0; n], absent: vec![false; n] })
    }

    /// Folds actors of degree 1 until there are none; of a component that is a tree one is left.
    ///
    /// An actor that stands for `a` actors, itself included, separates pairs in two ways: when a
    /// tree of size `b` is hung on it, the `a − 1` that hung there before from those `b`; in the
    /// end, all `a − 1` from the rest of its component.
    fn fold(&mut self, graph: &Graph, components: &Components, job: &Job) -> Result<()> {
        let ties = graph.out();
        let mut degrees: Vec<u32> = (0..graph.n()).map(|actor| ties.degree(actor) as u32).collect();
        let mut leaves: Vec<u32> = (0..graph.n() as u32).filter(|actor| degrees[*actor as usize] == 1).collect();
        let mut next = 0;
        while let Some(&leaf) = leaves.get(next) {
            next += 1;
            job.check()?;
            let leaf = leaf as usize;
            // The last of a tree has lost its only neighbour.
            let Some(&stem) = ties.neighbours(leaf).iter().find(|stem| !self.absent[**stem as usize]) else {
                continue;
            };
            let stem = stem as usize;
            self.absent[leaf] = true;
            self.scores[stem] += self.weights[leaf] * (self.weights[stem] - 1.0);
            self.weights[stem] += self.weights[leaf];
            degrees[stem] -= 1;
            if degrees[stem] == 1 {
                leaves.push(stem as u32);
            }
        }
        for (actor, score) in self.scores.iter_mut().enumerate() {
            let size = components.sizes[components.of[actor] as usize];
            *score += (self.weights[actor] - 1.0) * (size - self.weights[actor]);
        }
        Ok(())
    }
}

/// The actors that are left, by component and, in it, from many ties to few; and where components start.
fn order(graph: &Graph, components: &Components, absent: &[bool], job: &Job) -> Result<(Vec<u32>, Vec<u32>)> {
    let actors: Vec<u32> = (0..graph.n() as u32).filter(|actor| !absent[*actor as usize]).collect();
    let incoming = |actor: usize| if graph.directed() { graph.incoming().degree(actor) } else { 0 };
    let degrees: Vec<u32> = (0..graph.n()).map(|actor| (graph.out().degree(actor) + incoming(actor)) as u32).collect();
    let most = degrees.iter().max().map_or(0, |most| *most);
    job.check()?;
    let actors = sorted(&actors, |actor| most - degrees[actor]);
    job.check()?;
    let actors = sorted(&actors, |actor| components.of[actor]);
    let mut starts: Vec<u32> = Vec::new();
    let mut last = NONE;
    for (vertex, &actor) in actors.iter().enumerate() {
        let component = components.of[actor as usize];
        if component != last {
            starts.push(vertex as u32);
            last = component;
        }
    }
    starts.push(actors.len() as u32);
    Ok((actors, starts))
}

/// Sorts by a small number, leaving equals in order: two passes of counting, which unlike a general
/// sort take milliseconds for a million.
fn sorted(actors: &[u32], key: impl Fn(usize) -> u32) -> Vec<u32> {
    let mut next: Vec<u32> = Vec::new();
    for &actor in actors {
        let place = key(actor as usize) as usize + 1;
        if next.len() <= place {
            next.resize(place + 1, 0);
        }
        next[place] += 1;
    }
    for place in 1..next.len() {
        next[place] += next[place - 1];
    }
    let mut sorted = vec![0; actors.len()];
    for &actor in actors {
        let slot = &mut next[key(actor as usize) as usize];
        sorted[*slot as usize] = actor;
        *slot += 1;
    }
    sorted
}

/// The lists of `actors` under their new numbers, `vertices`.
fn renumber(lists: &Csr, lengths: Option<&Lengths>, actors: &[u32], vertices: &[u32], job: &Job) -> Result<Csr> {
    let mut offsets = Vec::with_capacity(actors.len() + 1);
    let (mut targets, mut values) = (Vec::with_capacity(lists.entries()), Vec::new());
    let mut list: Vec<(u32, f64)> = Vec::new();
    offsets.push(0);
    for &actor in actors {
        job.check()?;
        let beside = lengths.map(|lengths| lengths.of(lists, actor as usize));
        for (place, &neighbour) in lists.neighbours(actor as usize).iter().enumerate() {
            if vertices[neighbour as usize] != NONE {
                list.push((vertices[neighbour as usize], beside.map_or(1.0, |beside| beside[place])));
            }
        }
        list.sort_unstable_by_key(|(neighbour, _)| *neighbour);
        targets.extend(list.iter().map(|(neighbour, _)| *neighbour));
        if lengths.is_some() {
            values.extend(list.iter().map(|(_, length)| *length));
        }
        list.clear();
        offsets.push(targets.len() as u64);
    }
    Ok(Csr::new(offsets, targets, lengths.map(|_| values)))
}

/// Vertices with outgoing ties, in order of components; those that share their best connected
/// neighbours stand together, because their searches have much in common.
fn sources(out: &Csr, incoming: &Csr, job: &Job) -> Result<Vec<u32>> {
    let mut sources = Vec::with_capacity(out.n());
    for hub in 0..out.n() {
        job.check()?;
        let first = sources.len();
        let closest = |vertex: &u32| out.neighbours(*vertex as usize).first() == Some(&(hub as u32));
        sources.extend(incoming.neighbours(hub).iter().copied().filter(closest));
        sources[first..].sort_by(|a, b| out.neighbours(*a as usize).cmp(out.neighbours(*b as usize)));
    }
    Ok(sources)
}
