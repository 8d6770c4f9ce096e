//! Triad census (Holland & Leinhardt 1970, doi:10.1086/224954; algorithm: Batagelj & Mrvar 2001,
//! doi:10.1016/S0378-8733(01)00035-1).

use std::collections::BTreeSet;
use std::ops::Range;

use super::bits::BitRows;
use super::triad_bits::Bits;
use crate::dyads::{Dyads, MUTUAL};
use crate::{Error, Job, Network, Result, parallel};

/// The 16 types in the usual order: mutual, asymmetric, null dyads, and down, up, cyclic, transitive.
pub const TRIADS: [&str; 16] = [
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C", "210",
    "300",
];

/// Type of each of the 64 ways in which three actors can be tied; bits as in [`code`].
const TYPES: [u8; 64] = types();

/// Actors looked at between two merges.
const BLOCK: usize = 64;

/// The most actors whose triads, n(n − 1)(n − 2)/6, a signed 64-bit number counts.
const MOST: usize = 3_810_000;

/// Numbers of triads of each of the 16 [`TRIADS`], over triads of which all six ties were observed.
/// Ties of an undirected network are mutual.
///
/// # Complexity
/// O(m·d) for the largest degree d; c unobserved cells add O(c·n).
///
/// # Errors
/// [`Error::Argument`] above 3,810,000 actors; [`Error::Interrupted`].
pub fn triad_census(network: &Network, job: &Job) -> Result<[u64; 16]> {
    let missing = network.missing();
    if network.n() > MOST {
        return Err(Error::Argument {
            argument: "net",
            expected: "a network of at most 3,810,000 actors (more triads can't be counted)",
            found: format!("one of {}", network.n()),
        });
    }
    if missing.is_none() {
        return census(&Dyads::new(network.graph()), job);
    }
    // Three actors of whom one is marked are never seen in full, except that in an undirected network
    // one actor who did not answer may stand between two who did.
    let directed = network.graph().directed();
    let marked = |actor: usize| missing.receiver(actor) || (directed && missing.sender(actor));
    let seen: Vec<u32> = (0..network.n() as u32).filter(|&actor| !marked(actor as usize)).collect();
    let observed = network.subset(&seen)?;
    let dyads = Dyads::new(observed.graph());
    let mut counts = census(&dyads, job)?;
    without_silent(&dyads, observed.missing().senders(), &mut counts);
    let silent = |triad: &[u32; 3]| triad.iter().filter(|actor| observed.missing().sender(**actor as usize)).count();
    let mut hidden = BTreeSet::new();
    for &(i, j) in observed.missing().cells() {
        job.check()?;
        for k in (0..observed.n() as u32).filter(|k| *k != i && *k != j) {
            let mut triad = [i, j, k];
            triad.sort_unstable();
            if silent(&triad) < 2 {
                hidden.insert(triad);
            }
        }
    }
    for triad in hidden {
        counts[usize::from(kind(&dyads, triad.map(|actor| actor as usize)))] -= 1;
    }
    Ok(counts)
}

fn census(dyads: &Dyads, job: &Job) -> Result<[u64; 16]> {
    let n = dyads.lists().n();
    job.start(n as u64);
    let bits = BitRows::suit(n, dyads.lists().entries()).then(|| Bits::new(dyads));
    let leaf = |range: Range<usize>| {
        let mut counts = [0_u64; 16];
        let polled = range.len() as u64;
        for first in range {
            job.check()?;
            match &bits {
                Some(bits) => by_bits(dyads, bits, first, &mut counts),
                None => from_actor(dyads, first, &mut counts),
            }
        }
        job.advance(polled);
        Ok(counts)
    };
    let merge = |mut a: [u64; 16], b: [u64; 16]| {
        a.iter_mut().zip(b).for_each(|(total, share)| *total += share);
        a
    };
    let mut counts = parallel::reduce(job, n, BLOCK, &leaf, &merge)?.unwrap_or_default();
    counts[0] = triples(n as u64) - counts[1..].iter().sum::<u64>();
    Ok(counts)
}

/// Number of ways to choose three of `n`.
fn triples(n: u64) -> u64 {
    let n = u128::from(n);
    (n * n.saturating_sub(1) * n.saturating_sub(2) / 6) as u64
}

/// Counts the triads whose first tied dyad, in the order of actors, is (`first`, second).
fn from_actor(dyads: &Dyads, first: usize, counts: &mut [u64; 16]) {
    let n = dyads.lists().n() as u64;
    let (partners, codes) = (dyads.partners(first), dyads.codes(first));
    for (&second, &code_12) in partners.iter().zip(codes) {
        if (second as usize) <= first {
            continue;
        }
        let (others, other_codes) = (dyads.partners(second as usize), dyads.codes(second as usize));
        let (mut a, mut b, mut joined) = (0, 0, 0);
        while a < partners.len() || b < others.len() {
            let left = partners.get(a).copied().unwrap_or(u32::MAX);
            let right = others.get(b).copied().unwrap_or(u32::MAX);
            let third = left.min(right);
            let (code_13, code_23) =
                (if left == third { codes[a] } else { 0 }, if right == third { other_codes[b] } else { 0 });
            a += usize::from(left == third);
            b += usize::from(right == third);
            if third as usize == first || third == second {
                continue;
            }
            joined += 1;
            let between = (first as u32) < third && third < second;
            if second < third || (between && code_13 == 0) {
                counts[usize::from(TYPES[code(code_12, code_13, code_23)])] += 1;
            }
        }
        counts[if code_12 == MUTUAL { 2 } else { 1 }] += n - 2 - joined;
    }
}

/// As [`from_actor`], by sets of bits.
fn by_bits(dyads: &Dyads, bits: &Bits, first: usize, counts: &mut [u64; 16]) {
    let n = dyads.lists().n() as u64;
    for (&second, &code_12) in dyads.partners(first).iter().zip(dyads.codes(first)) {
        if (second as usize) <= first {
            continue;
        }
        let (joined, thirds) = bits.thirds(first, second as usize);
        for (code_13, row) in (0..).zip(thirds) {
            for (code_23, count) in (0..).zip(row) {
                counts[usize::from(TYPES[code(code_12, code_13, code_23)])] += u64::from(count);
            }
        }
        counts[if code_12 == MUTUAL { 2 } else { 1 }] += n - 2 - joined;
    }
}

/// Takes out the triads of an undirected network with two or three actors who did not answer; between
/// these there is no tie, so a third actor's ties to them say which type the triad was counted as.
fn without_silent(dyads: &Dyads, silent: &[bool], counts: &mut [u64; 16]) {
    let pairs = |k: u64| k * k.saturating_sub(1) / 2;
    let all = silent.iter().filter(|silent| **silent).count() as u64;
    counts[0] -= triples(all);
    for actor in (0..silent.len()).filter(|actor| !silent[*actor]) {
        let tied = dyads.partners(actor).iter().filter(|partner| silent[**partner as usize]).count() as u64;
        counts[10] -= pairs(tied);
        counts[2] -= tied * (all - tied);
        counts[0] -= pairs(all - tied);
    }
}

fn kind(dyads: &Dyads, [i, j, k]: [usize; 3]) -> u8 {
    TYPES[code(dyads.code(i, j), dyads.code(i, k), dyads.code(j, k))]
}

/// Two bits a dyad, each pair seen from its first actor.
const fn code(dyad_12: u8, dyad_13: u8, dyad_23: u8) -> usize {
    (dyad_12 | dyad_13 << 2 | dyad_23 << 4) as usize
}

/// Names each of the 64 codes by its dyads, and the four ambiguous kinds by who sends and receives.
const fn types() -> [u8; 64] {
    let mut table = [0; 64];
    let mut index = 0;
    while index < 64 {
        table[index] = name(index);
        index += 1;
    }
    table
}

const fn name(index: usize) -> u8 {
    let dyads = [index & 3, index >> 2 & 3, index >> 4 & 3];
    let ends = [[0, 1], [0, 2], [1, 2]];
    let (mut mutual, mut asymmetric) = (0, 0);
    let (mut sent, mut received) = ([0; 3], [0; 3]);
    let mut apart = 0; // the actor outside the mutual (or, without one, the null) dyad
    let mut position = 0;
    while position < 3 {
        let [a, b] = ends[position];
        match dyads[position] {
            3 => {
                mutual += 1;
                apart = 3 - a - b;
            }
            1 => {
                asymmetric += 1;
                sent[a] += 1;
                received[b] += 1;
            }
            2 => {
                asymmetric += 1;
                sent[b] += 1;
                received[a] += 1;
            }
            _ => {}
        }
        position += 1;
    }
    let most_sent = most(sent);
    let most_received = most(received);
    match (mutual, asymmetric) {
        (0, 0) => 0,
        (0, 1) => 1,
        (1, 0) => 2,
        (0, 2) if most_sent == 2 => 3,
        (0, 2) if most_received == 2 => 4,
        (0, 2) => 5,
        // D: the asymmetric tie points to the mutual pair's member (it comes from the third actor).
        (1, 1) if sent[apart] == 1 => 6,
        (1, 1) => 7,
        (0, 3) if most_sent == 2 => 8,
        (0, 3) => 9,
        (2, 0) => 10,
        (1, 2) if sent[apart] == 2 => 11,
        (1, 2) if received[apart] == 2 => 12,
        (1, 2) => 13,
        (2, 1) => 14,
        _ => 15,
    }
}

const fn most(counts: [u8; 3]) -> u8 {
    let first = if counts[0] > counts[1] { counts[0] } else { counts[1] };
    if first > counts[2] { first } else { counts[2] }
}
