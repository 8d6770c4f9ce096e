//! What community detection finds.

use super::modularity::modularity;
use super::undirected;
use crate::{Error, Graph, Result};

/// A partition of the actors.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The community of each actor, numbered from 0 by decreasing size; the one of the first actor comes first among
    /// equals.
    pub membership: Vec<u32>,
    /// Its modularity at the resolution asked for.
    pub modularity: f64,
}

impl Communities {
    pub(super) fn new(graph: &Graph, part: Vec<u32>, resolution: f64) -> Result<Self> {
        let parts = part.iter().max().map_or(0, |last| *last as usize + 1);
        let mut size = vec![0_u32; parts];
        part.iter().for_each(|own| size[*own as usize] += 1);
        let mut order: Vec<usize> = (0..parts).collect();
        order.sort_by_key(|own| std::cmp::Reverse(size[*own]));
        let mut number = vec![0_u32; parts];
        order.into_iter().zip(0..).for_each(|(own, place)| number[own] = place);
        let membership: Vec<u32> = part.into_iter().map(|own| number[own as usize]).collect();
        let modularity = modularity(graph, &membership, resolution)?;
        Ok(Self { membership, modularity })
    }
}

pub(super) fn check(graph: &Graph, resolution: f64, measure: &'static str) -> Result<()> {
    undirected(graph, measure)?;
    if graph.is_signed() {
        return Err(Error::Signed { measure });
    }
    if !(resolution.is_finite() && resolution >= 0.0) {
        let found = resolution.to_string();
        return Err(Error::Argument { argument: "resolution", expected: "a number of at least 0", found });
    }
    Ok(())
}
