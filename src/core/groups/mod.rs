//! Groups of actors that hold together.

mod cliques;
mod communities;
mod core_periphery;
mod cores;
mod girvan_newman;
mod k_plexes;
mod label_propagation;
mod leiden;
mod level;
mod louvain;
mod modularity;
mod n_clans;

pub use cliques::cliques;
pub use communities::Communities;
pub use core_periphery::{Between, CorePeriphery, Ideal, core_periphery};
pub use cores::cores;
pub use girvan_newman::girvan_newman;
pub use k_plexes::k_plexes;
pub use label_propagation::label_propagation;
pub use leiden::leiden;
pub use louvain::louvain;
pub use modularity::modularity;
pub use n_clans::n_clans;

use crate::{Error, Graph, Result};

fn undirected(graph: &Graph, measure: &'static str) -> Result<()> {
    let remedy = "Say what an undirected tie is with net.symmetrize(...)";
    let refused = Error::Direction { measure, needs: "an undirected", found: "directed", remedy };
    if graph.directed() { Err(refused) } else { Ok(()) }
}
