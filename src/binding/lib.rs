//! The Python face of `wholenet-core`: converts, releases the interpreter, calls, maps errors.

#![allow(clippy::needless_pass_by_value, reason = "pyo3 hands arguments over by value")]
#![allow(clippy::too_many_arguments, reason = "keyword arguments of Python arrive one by one")]

mod arrow;
mod brokerage;
mod centrality;
mod change;
mod cohesion;
mod convert;
mod cug;
mod draw;
mod error;
mod flows;
mod groups;
mod inference;
mod ingest;
mod mixing;
mod network;
mod positions;
mod qca;
mod run;

/// `wholenet._core`.
#[pyo3::pymodule(gil_used = false)]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::brokerage::{
        brokerage_constraint, brokerage_effective_size, brokerage_efficiency, brokerage_ego_networks,
        brokerage_hierarchy, brokerage_key_players, brokerage_removal, brokerage_roles,
    };
    #[pymodule_export]
    use crate::centrality::{
        Totals, centrality_average_neighbour_degree, centrality_betweenness, centrality_betweenness_sampled,
        centrality_closeness, centrality_coreness, centrality_degree, centrality_eccentricity,
        centrality_edge_betweenness, centrality_eigenvector, centrality_flow_betweenness, centrality_harmonic,
        centrality_hits, centrality_katz, centrality_load, centrality_local_clustering, centrality_pagerank,
        centrality_reach, centrality_strength, centrality_stress, centrality_valente_forman, paths_moments,
        paths_totals,
    };
    #[pymodule_export]
    use crate::change::{change_tie_change, change_tie_fates};
    #[pymodule_export]
    use crate::cohesion::{
        cohesion_biconnected, cohesion_centralization, cohesion_components, cohesion_critical_ties, cohesion_density,
        cohesion_diameter, cohesion_distance_counts, cohesion_distances, cohesion_dyad_census,
        cohesion_edge_connectivity, cohesion_least_upper_bounds, cohesion_reach, cohesion_reciprocity,
        cohesion_small_world, cohesion_transitivity, cohesion_triad_census,
    };
    #[pymodule_export]
    use crate::cug::{inference_cug, inference_random_network, inference_statistic};
    #[pymodule_export]
    use crate::draw::draw_stress;
    #[pymodule_export]
    use crate::flows::{flows_codes, flows_crossed, flows_handovers, flows_order};
    #[pymodule_export]
    use crate::groups::{
        groups_cliques, groups_core_periphery, groups_cores, groups_girvan_newman, groups_k_plexes,
        groups_label_propagation, groups_leiden, groups_louvain, groups_modularity, groups_n_clans,
    };
    #[pymodule_export]
    use crate::inference::{
        inference_glm, inference_permuted_agreement, inference_permuted_gamma, inference_permuted_glm,
        inference_permuted_products, inference_permuted_robust,
    };
    #[pymodule_export]
    use crate::ingest::{network_from_codes, network_from_edges};
    #[pymodule_export]
    use crate::mixing::mixing_sector_density;
    #[pymodule_export]
    use crate::network::Network;
    #[pymodule_export]
    use crate::positions::{
        positions_blockmodel, positions_concor, positions_hierarchy, positions_regular_equivalence,
        positions_structural_equivalence,
    };
    #[pymodule_export]
    use crate::qca::qca_minimize;
    #[pymodule_export]
    use crate::run::{get_threads, set_threads};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
