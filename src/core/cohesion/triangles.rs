//! Enumeration of triangles (Schank & Wagner 2005; Latapy 2008, doi:10.1016/j.tcs.2008.07.017).

use crate::dyads::Dyads;
use crate::{Job, Result};

/// Three actors with a tie, of whatever direction, in each of their dyads.
#[derive(Debug, Clone, Copy)]
pub struct Triangle {
    /// The actors.
    pub corners: [u32; 3],
    /// Codes of the dyads (0, 1), (0, 2), (1, 2), seen from the first of each pair.
    pub codes: [u8; 3],
}

/// Calls `found` once for each triangle, in a fixed order.
///
/// Each dyad is looked at from the actor with fewer partners, so that no list longer than √(2m)
/// is scanned.
///
/// # Complexity
/// O(m·√m) time, O(m) memory.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn each_triangle(dyads: &Dyads, job: &Job, mut found: impl FnMut(Triangle)) -> Result<()> {
    let n = dyads.lists().n();
    let rank = |actor: u32| (dyads.partners(actor as usize).len(), actor);
    let upward: Vec<Vec<(u32, u8)>> = (0..n as u32)
        .map(|actor| {
            let partners = dyads.partners(actor as usize).iter().zip(dyads.codes(actor as usize));
            partners.filter(|(other, _)| rank(**other) > rank(actor)).map(|(other, code)| (*other, *code)).collect()
        })
        .collect();
    for (first, list) in upward.iter().enumerate() {
        job.check()?;
        for &(second, first_second) in list {
            let (mut left, mut right) = (list.iter().peekable(), upward[second as usize].iter().peekable());
            while let (Some(&&(a, first_third)), Some(&&(b, second_third))) = (left.peek(), right.peek()) {
                if a == b {
                    found(Triangle {
                        corners: [first as u32, second, a],
                        codes: [first_second, first_third, second_third],
                    });
                }
                if a <= b {
                    left.next();
                }
                if b <= a {
                    right.next();
                }
            }
        }
    }
    Ok(())
}
