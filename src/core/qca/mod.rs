//! Qualitative comparative analysis: prime implicants of a truth table, and all smallest sets of them that cover it.

mod chart;
mod cover;
mod minimize;
mod primes;
mod search;

pub use minimize::{Minimized, minimize};
pub use primes::{Cube, FREE, MOST_CONDITIONS, prime_implicants};
