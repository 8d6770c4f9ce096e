//! Structural holes and roles in brokerage.

mod constraint;
mod contacts;
mod effective_size;
mod ego;
mod hierarchy;
mod key_players;
mod roles;

pub use constraint::constraint;
pub use contacts::Scope;
pub use effective_size::{effective_size, efficiency};
pub use ego::{Ego, ego_networks};
pub use hierarchy::hierarchy;
pub use key_players::{Criterion, KeyPlayers, key_players};
pub use roles::{ROLES, Roles, expected_roles, roles};
