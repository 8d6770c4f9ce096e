//! Trajectories of clients: their events in order of time, and what passes between organisations.

mod crossed;
mod handovers;
mod order;

pub use crossed::crossed;
pub use handovers::{Builder, Events, Handovers, handovers};
pub use order::order;
