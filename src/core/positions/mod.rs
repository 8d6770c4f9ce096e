//! Who stands in the same place: equivalence of positions, and blockmodels.

mod blockmodel;
mod concor;
mod hierarchy;
mod regular_equivalence;
mod structural_equivalence;

pub use blockmodel::{BlockType, Blockmodel, blockmodel};
pub use concor::concor;
pub use hierarchy::{Linkage, hierarchy};
pub use regular_equivalence::regular_equivalence;
pub use structural_equivalence::{Comparison, structural_equivalence};
