//! Positions of actors in the plane.

mod anneal;
mod packing;
mod start;
mod stress;
#[cfg(test)]
mod tests;

pub use stress::{LARGEST, cost, stress};

/// Points in the plane, by coordinate.
#[derive(Debug, Clone, Default, PartialEq)]
struct Points {
    x: Vec<f64>,
    y: Vec<f64>,
}
