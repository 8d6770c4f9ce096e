//! petgraph's visit traits for [`Graph`], so that its algorithms run on one without a copy.
//!
//! An undirected graph shows each tie from both ends, as a directed graph with mutual ties would.

use fixedbitset::FixedBitSet;
use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors, IntoNeighborsDirected,
    IntoNodeIdentifiers, NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, Direction};

use crate::Graph;

/// A tie as petgraph sees it: sender, receiver, value; its id is the pair of actors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    source: u32,
    target: u32,
    value: f64,
}

impl EdgeRef for Tie {
    type NodeId = u32;
    type EdgeId = (u32, u32);
    type Weight = f64;

    fn source(&self) -> u32 {
        self.source
    }

    fn target(&self) -> u32 {
        self.target
    }

    fn weight(&self) -> &f64 {
        &self.value
    }

    fn id(&self) -> (u32, u32) {
        (self.source, self.target)
    }
}

impl GraphBase for Graph {
    type NodeId = u32;
    type EdgeId = (u32, u32);
}

impl GraphProp for Graph {
    type EdgeType = Directed;
}

impl Data for Graph {
    type NodeWeight = ();
    type EdgeWeight = f64;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        self.n()
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        self.n()
    }

    fn to_index(&self, actor: u32) -> usize {
        actor as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        index as u32
    }
}

impl NodeCompactIndexable for Graph {}

impl Visitable for Graph {
    type Map = FixedBitSet;

    fn visit_map(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.n())
    }

    fn reset_map(&self, map: &mut FixedBitSet) {
        map.clear();
        map.grow(self.n());
    }
}

impl IntoNodeIdentifiers for &Graph {
    type NodeIdentifiers = std::ops::Range<u32>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        0..self.n() as u32
    }
}

impl<'a> IntoNeighbors for &'a Graph {
    type Neighbors = std::iter::Copied<std::slice::Iter<'a, u32>>;

    fn neighbors(self, actor: u32) -> Self::Neighbors {
        self.out().neighbours(actor as usize).iter().copied()
    }
}

impl<'a> IntoNeighborsDirected for &'a Graph {
    type NeighborsDirected = std::iter::Copied<std::slice::Iter<'a, u32>>;

    fn neighbors_directed(self, actor: u32, direction: Direction) -> Self::NeighborsDirected {
        let lists = match direction {
            Direction::Outgoing => self.out(),
            Direction::Incoming => self.incoming(),
        };
        lists.neighbours(actor as usize).iter().copied()
    }
}

impl<'a> IntoEdgeReferences for &'a Graph {
    type EdgeRef = Tie;
    type EdgeReferences = Box<dyn Iterator<Item = Tie> + 'a>;

    fn edge_references(self) -> Self::EdgeReferences {
        Box::new((0..self.n() as u32).flat_map(move |actor| self.edges(actor)))
    }
}

impl<'a> IntoEdges for &'a Graph {
    type Edges = Box<dyn Iterator<Item = Tie> + 'a>;

    fn edges(self, actor: u32) -> Self::Edges {
        let ties = self.out().valued(actor as usize);
        Box::new(ties.map(move |(target, value)| Tie { source: actor, target: target as u32, value }))
    }
}

#[cfg(test)]
mod tests {
    use petgraph::algo::{dijkstra, kosaraju_scc};

    use crate::{Csr, Graph};

    #[test]
    fn petgraph_runs_on_the_graph() {
        // 0 → 1 → 2 → 0 and 2 → 3
        let out = Csr::new(vec![0, 1, 2, 4, 4], vec![1, 2, 0, 3], Some(vec![1.0, 2.0, 1.0, 5.0]));
        let graph = Graph::new(true, out, vec![]);
        let mut sizes: Vec<usize> = kosaraju_scc(&graph).iter().map(Vec::len).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 3]);
        let lengths = dijkstra(&graph, 0, None, |tie| *petgraph::visit::EdgeRef::weight(&tie));
        assert!((lengths[&3] - 8.0).abs() < 1e-12);
    }
}
