//! Adjacency as rows of bits: 64 actors at once, for networks that are small or dense enough.

use crate::Csr;

/// Actors to a word.
const BITS: usize = 64;
/// Actors above which the rows no longer stay near the processor.
const MOST: usize = 4096;

/// A row of bits for each actor.
#[derive(Debug, Clone)]
pub(crate) struct BitRows {
    words: usize,
    rows: Vec<u64>,
}

impl BitRows {
    /// Whether bits are faster than lists with so many entries: where each word holds about one or more.
    pub(crate) fn suit(n: usize, entries: usize) -> bool {
        n <= MOST && entries * BITS >= n * n
    }

    /// The entries of lists.
    pub(crate) fn new(lists: &Csr) -> Self {
        let mut bits = Self::empty(lists.n());
        for actor in 0..lists.n() {
            lists.neighbours(actor).iter().for_each(|&other| bits.insert(actor, other as usize));
        }
        bits
    }

    /// No entry.
    pub(crate) fn empty(n: usize) -> Self {
        let words = n.div_ceil(BITS);
        Self { words, rows: vec![0; n * words] }
    }

    /// Adds an entry.
    #[inline]
    pub(crate) fn insert(&mut self, actor: usize, other: usize) {
        self.rows[actor * self.words + other / BITS] |= 1 << (other % BITS);
    }

    /// Number of entries that the row of `actor` shares with the row of `other` in `rows`.
    #[inline]
    pub(crate) fn common(&self, actor: usize, rows: &Self, other: usize) -> u64 {
        self.row(actor).iter().zip(rows.row(other)).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    #[inline]
    fn row(&self, actor: usize) -> &[u64] {
        &self.rows[actor * self.words..(actor + 1) * self.words]
    }
}
