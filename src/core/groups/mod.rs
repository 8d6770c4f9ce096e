//! Groups of actors that hold together.

mod cliques;
mod communities;
mod leiden;
mod level;
mod louvain;
mod modularity;

pub use cliques::cliques;
pub use communities::Communities;
pub use leiden::leiden;
pub use louvain::louvain;
pub use modularity::modularity;
