//! Words of the Python interface as core types.

use pyo3::prelude::*;
use wholenet_core::brokerage::Scope;
use wholenet_core::centrality::{Scale, Unreachable, Variant};
use wholenet_core::cohesion::Connectivity;
use wholenet_core::flow::Capacity;
use wholenet_core::flows::Builder;
use wholenet_core::groups::Between;
use wholenet_core::inference::{Condition, Family, Role, Shape, Statistic};
use wholenet_core::paths::Distance;
use wholenet_core::positions::{BlockType, Comparison, Linkage};
use wholenet_core::{Direction, Duplicates, Error, Incomplete, Loops, OneReport, Projection, Symmetrize, Unknown};

use crate::error::BindingError;

/// A core type spelled as a word.
pub(crate) struct Word<T>(pub(crate) T);

macro_rules! words {
    ($type:ty, $argument:literal, $expected:literal, { $($word:literal => $value:expr),+ $(,)? }) => {
        impl FromPyObject<'_, '_> for Word<$type> {
            type Error = PyErr;

            fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                match object.extract::<String>().as_deref() {
                    $(Ok($word) => Ok(Self($value)),)+
                    _ => Err(unexpected($argument, $expected, object)),
                }
            }
        }
    };
}

fn unexpected(argument: &'static str, expected: &'static str, object: Borrowed<'_, '_, PyAny>) -> PyErr {
    let found = object.repr().map_or_else(|_| "something else".into(), |text| text.to_string());
    BindingError(Error::Argument { argument, expected, found }).into()
}

words!(Direction, "mode", r#""in", "out" or "all""#, {
    "in" => Direction::In, "out" => Direction::Out, "all" => Direction::All,
});
words!(Unreachable, "unreachable", r#""ignore", "scale", "n" or "max+1""#, {
    "ignore" => Unreachable::Ignore, "scale" => Unreachable::Scale, "n" => Unreachable::N,
    "max+1" => Unreachable::MaxPlusOne,
});
words!(Distance, "distance", r#"None, "inverse" or "value""#, {
    "inverse" => Distance::Inverse, "value" => Distance::Value,
});
words!(Scale, "scale", r#""max" or "norm""#, { "max" => Scale::Max, "norm" => Scale::Norm });
words!(Connectivity, "kind", r#""weak" or "strong""#, {
    "weak" => Connectivity::Weak, "strong" => Connectivity::Strong,
});
words!(Builder, "builder", r#""trace-route", "sliding window" or "binning""#, {
    "trace-route" => Builder::TraceRoute, "sliding window" => Builder::SlidingWindow, "binning" => Builder::Binning,
});
words!(Loops, "loops", r#""error", "drop" or "keep""#, {
    "error" => Loops::Error, "drop" => Loops::Drop, "keep" => Loops::Keep,
});
words!(Duplicates, "duplicates", r#""error", "sum", "max", "mean" or "first""#, {
    "error" => Duplicates::Error, "sum" => Duplicates::Sum, "max" => Duplicates::Max,
    "mean" => Duplicates::Mean, "first" => Duplicates::First,
});
words!(Symmetrize, "rule", r#""union", "confirmed", "mean", "max", "min" or "sum""#, {
    "union" => Symmetrize::Union, "confirmed" => Symmetrize::Confirmed, "mean" => Symmetrize::Mean,
    "max" => Symmetrize::Max, "min" => Symmetrize::Min, "sum" => Symmetrize::Sum,
});
words!(Unknown, "unknown", r#""error", "drop" or "add""#, {
    "error" => Unknown::Error, "drop" => Unknown::Drop, "add" => Unknown::Add,
});
words!(OneReport, "one_report", r#"None, "missing" or "use""#, {
    "missing" => OneReport::Missing, "use" => OneReport::Use,
});
words!(Projection, "values", r#""count", "product", "newman" or "jaccard""#, {
    "count" => Projection::Count, "product" => Projection::Product, "newman" => Projection::Newman,
    "jaccard" => Projection::Jaccard,
});
words!(Incomplete, "incomplete", r#"None, "missing" or "count""#, {
    "missing" => Incomplete::Missing, "count" => Incomplete::Count,
});
words!(Comparison, "kind", r#""euclidean", "correlation", "hamming" or "jaccard""#, {
    "euclidean" => Comparison::Euclidean, "correlation" => Comparison::Correlation,
    "hamming" => Comparison::Hamming, "jaccard" => Comparison::Jaccard,
});
words!(Linkage, "method", r#""single", "complete" or "average""#, {
    "single" => Linkage::Single, "complete" => Linkage::Complete, "average" => Linkage::Average,
});
words!(BlockType, "types", r#""null", "complete" or "regular""#, {
    "null" => BlockType::Null, "complete" => BlockType::Complete, "regular" => BlockType::Regular,
});
words!(Scope, "scope", r#""whole" or "ego""#, { "whole" => Scope::Whole, "ego" => Scope::Ego });
words!(Variant, "variant", r#"None, "barrat" or "onnela""#, {
    "barrat" => Variant::Barrat, "onnela" => Variant::Onnela,
});
words!(Shape, "shape", r#""directed", "undirected" or "two-mode""#, {
    "directed" => Shape::Directed, "undirected" => Shape::Undirected, "two-mode" => Shape::TwoMode,
});
words!(Family, "family", r#""logistic" or "poisson""#, {
    "logistic" => Family::Logistic, "poisson" => Family::Poisson,
});
words!(Role, "role", r#""predictor" or "outcome""#, { "predictor" => Role::Predictor, "outcome" => Role::Outcome });
words!(Capacity, "capacity", r#""unit" or "value""#, { "unit" => Capacity::Unit, "value" => Capacity::Value });
words!(Condition, "condition", r#""size", "density", "dyads", "degrees" or "sectors""#, {
    "size" => Condition::Size, "density" => Condition::Density, "dyads" => Condition::Dyads,
    "degrees" => Condition::Degrees, "sectors" => Condition::Sectors,
});
words!(Statistic, "statistic", "the name of a built-in one", {
    "density" => Statistic::Density, "reciprocity" => Statistic::Reciprocity,
    "transitivity" => Statistic::Transitivity, "degree_centralization" => Statistic::DegreeCentralization,
    "indegree_centralization" => Statistic::IndegreeCentralization,
    "outdegree_centralization" => Statistic::OutdegreeCentralization,
    "closeness_centralization" => Statistic::ClosenessCentralization,
    "betweenness_centralization" => Statistic::BetweennessCentralization,
    "average_distance" => Statistic::AverageDistance, "diameter" => Statistic::Diameter,
    "compactness" => Statistic::Compactness, "fragmentation" => Statistic::Fragmentation,
    "connectedness" => Statistic::Connectedness, "krackhardt_hierarchy" => Statistic::KrackhardtHierarchy,
    "krackhardt_efficiency" => Statistic::KrackhardtEfficiency, "components" => Statistic::Components,
    "isolates" => Statistic::Isolates,
});

impl FromPyObject<'_, '_> for Word<Between> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let value = object.extract::<f64>().ok().filter(|value| value.is_finite());
        match (object.extract::<String>().as_deref(), value) {
            (Ok("missing"), _) => Ok(Self(Between::Missing)),
            (Ok("density"), _) => Ok(Self(Between::Density)),
            (_, Some(value)) => Ok(Self(Between::Value(value))),
            _ => Err(unexpected("between", r#""missing", "density" or a number"#, object)),
        }
    }
}
