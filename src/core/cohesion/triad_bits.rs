//! Triads of one tied dyad by sets of bits: 64 third actors at once.

use crate::dyads::Dyads;

/// Third actors to a word.
const BITS: usize = 64;

/// For each actor and each word of third actors: those that it has each kind of dyad with.
pub(super) struct Bits {
    words: usize,
    /// By the codes of [`Dyads`]; at 0 those with no tie.
    rows: Vec<[u64; 4]>,
}

impl Bits {
    pub(super) fn new(dyads: &Dyads) -> Self {
        let n = dyads.lists().n();
        let words = n.div_ceil(BITS);
        let mut rows = vec![[u64::MAX, 0, 0, 0]; n * words];
        for actor in 0..n {
            for (&partner, &code) in dyads.partners(actor).iter().zip(dyads.codes(actor)) {
                let row = &mut rows[actor * words + partner as usize / BITS];
                let bit = 1 << (partner as usize % BITS);
                row[0] &= !bit;
                row[usize::from(code)] |= bit;
            }
        }
        Self { words, rows }
    }

    fn row(&self, actor: usize) -> &[[u64; 4]] {
        &self.rows[actor * self.words..(actor + 1) * self.words]
    }

    /// Of a tied dyad: how many third actors have a tie with either, and by their codes with the first and the second
    /// how many of them this dyad is the first tied one of.
    pub(super) fn thirds(&self, first: usize, second: usize) -> (u64, [[u32; 4]; 4]) {
        let (mut joined, mut counts) = (0, [[0; 4]; 4]);
        for (word, (a, b)) in self.row(first).iter().zip(self.row(second)).enumerate() {
            joined += u64::from((!(a[0] & b[0])).count_ones());
            let later = above(second, word);
            if later != 0 {
                for (row, from_first) in counts.iter_mut().zip(a) {
                    for (count, from_second) in row.iter_mut().zip(b) {
                        *count += (from_first & from_second & later).count_ones();
                    }
                }
            }
            // Between the two in the order of actors, but without a tie to the first.
            let between = above(first, word) & !later & a[0];
            if between != 0 {
                for (count, from_second) in counts[0].iter_mut().zip(b) {
                    *count += (from_second & between).count_ones();
                }
            }
        }
        // The bits past the last actor, and those with no tie to either, are not looked at by the caller.
        counts[0][0] = 0;
        (joined - 2, counts)
    }
}

/// The bits of a word that stand for actors after `actor`.
fn above(actor: usize, word: usize) -> u64 {
    match (actor / BITS).cmp(&word) {
        std::cmp::Ordering::Less => u64::MAX,
        std::cmp::Ordering::Equal => (u64::MAX << (actor % BITS)) << 1,
        std::cmp::Ordering::Greater => 0,
    }
}
