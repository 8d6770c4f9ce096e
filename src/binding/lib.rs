//! The Python face of `wholenet-core`: converts, releases the interpreter, calls, maps errors.

#![allow(clippy::needless_pass_by_value, reason = "pyo3 hands arguments over by value")]
#![allow(clippy::too_many_arguments, reason = "keyword arguments of Python arrive one by one")]

mod arrow;
mod brokerage;
mod centrality;
mod change;
mod cohesion;
mod convert;
mod draw;
mod error;
mod ingest;
mod mixing;
mod network;
mod positions;
mod run;

/// `wholenet._core`.
#[pyo3::pymodule(gil_used = false)]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::brokerage::{
        brokerage_constraint, brokerage_effective_size, brokerage_efficiency, brokerage_hierarchy, brokerage_roles,
    };
    #[pymodule_export]
    use crate::centrality::{
        centrality_betweenness, centrality_closeness, centrality_degree, centrality_eigenvector, centrality_harmonic,
        centrality_local_clustering, centrality_pagerank, centrality_strength,
    };
    #[pymodule_export]
    use crate::change::{change_tie_change, change_tie_fates};
    #[pymodule_export]
    use crate::cohesion::{
        cohesion_centralization, cohesion_components, cohesion_density, cohesion_distance_summary, cohesion_distances,
        cohesion_dyad_census, cohesion_reciprocity, cohesion_transitivity, cohesion_triad_census,
    };
    #[pymodule_export]
    use crate::draw::draw_stress;
    #[pymodule_export]
    use crate::ingest::{network_from_codes, network_from_edges};
    #[pymodule_export]
    use crate::mixing::mixing_sector_density;
    #[pymodule_export]
    use crate::network::Network;
    #[pymodule_export]
    use crate::positions::{
        positions_blockmodel, positions_concor, positions_hierarchy, positions_structural_equivalence,
    };
    #[pymodule_export]
    use crate::run::{get_threads, set_threads};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
