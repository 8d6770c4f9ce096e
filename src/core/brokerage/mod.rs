//! Structural holes and roles in brokerage.

mod constraint;
mod contacts;
mod coverage;
mod effective_size;
mod ego;
mod hierarchy;
mod key_players;
mod removal;
mod roles;

pub use constraint::constraint;
pub use contacts::Scope;
pub use effective_size::{effective_size, efficiency};
pub use ego::{Ego, ego_networks};
pub use hierarchy::hierarchy;
pub use key_players::{Criterion, Effort, KeyPlayers, key_players};
pub use removal::{Left, removal};
pub use roles::{ROLES, Roles, expected_roles, roles};
