//! The flows between all pairs of an undirected graph in a tree (Gomory & Hu 1961, doi:10.1137/0109047), as
//! Gusfield makes it (1990, doi:10.1137/0219009).

use super::{Capacity, Flow};
use crate::{Error, Graph, Job, Result};

/// The largest flow between two actors is the smallest value on the way between them in this tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Of each actor another, of smaller index; 0 of the first.
    pub parent: Vec<u32>,
    /// The largest flow between the two; infinite for the first.
    pub flow: Vec<f64>,
}

impl Tree {
    /// The flow between all pairs, row by row; infinite on the diagonal.
    #[must_use]
    pub fn matrix(&self) -> Vec<f64> {
        let n = self.parent.len();
        let mut flows = vec![f64::INFINITY; n * n];
        for i in 1..n {
            for j in 0..i {
                let most = self.flow[i].min(flows[self.parent[i] as usize * n + j]);
                flows[i * n + j] = most;
                flows[j * n + i] = most;
            }
        }
        flows
    }
}

/// Makes the tree, by n − 1 flows.
///
/// # Complexity
/// O(n · m·√m) with unit capacities at worst.
///
/// # Errors
/// [`Error::Direction`] for a directed graph; [`Error::Signed`]; [`Error::Interrupted`].
pub fn tree(graph: &Graph, capacity: Capacity, job: &Job) -> Result<Tree> {
    if graph.directed() {
        return Err(Error::Direction {
            measure: "a tree of flows",
            needs: "an undirected",
            found: "directed",
            remedy: "Make it undirected with net.symmetrize(...)",
        });
    }
    let n = graph.n();
    let mut flow = Flow::new(graph, capacity)?;
    let mut tree = Tree { parent: vec![0; n], flow: vec![f64::INFINITY; n] };
    job.start(n as u64);
    for actor in 1..n {
        let parent = tree.parent[actor];
        tree.flow[actor] = flow.most(actor, parent as usize, None, job)?;
        for later in actor + 1..n {
            if tree.parent[later] == parent && flow.on_source_side(later) {
                tree.parent[later] = actor as u32;
            }
        }
        job.advance(1);
    }
    Ok(tree)
}
