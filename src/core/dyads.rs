//! The network's dyads with a tie: each actor's partners, and which way the ties go.

use crate::{Csr, Graph};

/// The partners of each actor, sorted, with a code: 1 for a tie to the partner, 2 for a tie from
/// the partner, 3 for both (always 3 in an undirected graph).
#[derive(Debug, Clone)]
pub struct Dyads {
    lists: Csr,
    codes: Vec<u8>,
}

/// A tie to the partner.
pub const OUT: u8 = 1;
/// A tie from the partner.
pub const IN: u8 = 2;
/// Ties both ways.
pub const MUTUAL: u8 = 3;

impl Dyads {
    /// Merges the ties of each actor in both directions.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        if !graph.directed() {
            let lists = Csr::new(graph.out().offsets().to_vec(), graph.out().targets().to_vec(), None);
            return Self { codes: vec![MUTUAL; lists.entries()], lists };
        }
        let mut offsets = Vec::with_capacity(graph.n() + 1);
        let (mut partners, mut codes) = (Vec::new(), Vec::new());
        offsets.push(0);
        for actor in 0..graph.n() {
            let (mut out, mut into) = (graph.out().neighbours(actor), graph.incoming().neighbours(actor));
            while let Some(partner) = out.first().into_iter().chain(into.first()).min().copied() {
                let mut code = 0;
                if out.first() == Some(&partner) {
                    (code, out) = (code | OUT, &out[1..]);
                }
                if into.first() == Some(&partner) {
                    (code, into) = (code | IN, &into[1..]);
                }
                partners.push(partner);
                codes.push(code);
            }
            offsets.push(partners.len() as u64);
        }
        Self { lists: Csr::new(offsets, partners, None), codes }
    }

    /// The partners as adjacency lists.
    pub fn lists(&self) -> &Csr {
        &self.lists
    }

    /// The partners as adjacency lists, without the codes.
    pub fn into_lists(self) -> Csr {
        self.lists
    }

    /// Partners of `actor`, sorted.
    pub fn partners(&self, actor: usize) -> &[u32] {
        self.lists.neighbours(actor)
    }

    /// Codes beside [`partners`](Dyads::partners).
    pub fn codes(&self, actor: usize) -> &[u8] {
        &self.codes[self.lists.offsets()[actor] as usize..self.lists.offsets()[actor + 1] as usize]
    }

    /// The code between two actors; 0 where there is no tie.
    pub fn code(&self, actor: usize, partner: usize) -> u8 {
        let position = self.partners(actor).binary_search(&(partner as u32));
        position.map_or(0, |position| self.codes(actor)[position])
    }
}
