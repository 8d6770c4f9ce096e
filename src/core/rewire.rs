//! Networks in which every actor keeps its numbers of ties (Maslov & Sneppen 2002, doi:10.1126/science.1065103;
//! lattices: Sporns & Zwi 2004, doi:10.1385/NI:2:2:145).

use foldhash::{HashSet, HashSetExt};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::{Csr, Graph, Job, Result};

/// How often the request to stop is looked for.
const CHECK: usize = 1 << 12;

/// Exchanges the ends of two random ties, a → b and c → d to a → d and c → b, `swaps` times per tie, unless one of these
/// ties is there already or would be a self-tie; values and self-ties go.
///
/// # Complexity
/// O(n + m) for each swap per tie.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn rewire(graph: &Graph, swaps: u32, random: &mut ChaCha8Rng, job: &Job) -> Result<Graph> {
    let directed = graph.directed();
    let (mut sources, mut targets, _) = graph.list();
    let ties = sources.len();
    let key = |a: u32, b: u32| if directed || a < b { (a, b) } else { (b, a) };
    let mut present: HashSet<(u32, u32)> = HashSet::with_capacity(ties);
    present.extend(sources.iter().zip(&targets).map(|(a, b)| key(*a, *b)));
    for step in 0..if ties < 2 { 0 } else { ties * swaps as usize } {
        if step % CHECK == 0 {
            job.check()?;
        }
        let (one, other) = (random.random_range(0..ties), random.random_range(0..ties));
        let (a, b) = (sources[one], targets[one]);
        // An undirected tie has no first end.
        let turn = !directed && random.random::<bool>();
        let (c, d) = if turn { (targets[other], sources[other]) } else { (sources[other], targets[other]) };
        if a == d || c == b || present.contains(&key(a, d)) || present.contains(&key(c, b)) {
            continue;
        }
        present.remove(&key(a, b));
        present.remove(&key(c, d));
        present.insert(key(a, d));
        present.insert(key(c, b));
        (targets[one], sources[other], targets[other]) = (d, c, b);
    }
    let mut lists = vec![Vec::new(); graph.n()];
    for (&a, &b) in sources.iter().zip(&targets) {
        lists[a as usize].push(b);
        if !directed {
            lists[b as usize].push(a);
        }
    }
    Ok(gathered(directed, lists))
}

/// Makes an undirected network a lattice: actors stand in a ring of random order, and `swaps` times per tie the ends of
/// two ties are exchanged, a - b and c - d to a - c and b - d with c closer to a than b, unless the ends then are
/// farther from each other in sum, or one of these ties is there already or would be a self-tie.
///
/// # Complexity
/// O(n + m) for each swap per tie.
///
/// # Errors
/// [`Error::Interrupted`](crate::Error::Interrupted).
pub fn lattice(graph: &Graph, swaps: u32, random: &mut ChaCha8Rng, job: &Job) -> Result<Graph> {
    let (n, ties) = (graph.n(), graph.out());
    let mut ring: Vec<u32> = (0..n as u32).collect();
    ring.shuffle(random);
    let mut place = vec![0; n];
    ring.iter().enumerate().for_each(|(at, actor)| place[*actor as usize] = at);
    let apart = |a: u32, b: u32| {
        let steps = place[a as usize].abs_diff(place[b as usize]);
        steps.min(n - steps)
    };
    // An entry of the lists is one end of a tie: whose it is never changes, where it leads does.
    let owner: Vec<u32> = (0..n).flat_map(|actor| vec![actor as u32; ties.degree(actor)]).collect();
    // Undirected ties are listed at both ends, each in order.
    let entry = |from: u32, to: u32| {
        ties.offsets()[from as usize] as usize + ties.neighbours(from as usize).partition_point(|other| *other < to)
    };
    let mut mate: Vec<usize> = owner.iter().zip(ties.targets()).map(|(from, to)| entry(*to, *from)).collect();
    let key = |a: u32, b: u32| if a < b { (a, b) } else { (b, a) };
    let mut present: HashSet<(u32, u32)> = owner.iter().zip(ties.targets()).map(|(a, b)| key(*a, *b)).collect();
    for step in 0..graph.ties() * swaps as usize {
        if step % CHECK == 0 {
            job.check()?;
        }
        let one = random.random_range(0..owner.len());
        let (a, b) = (owner[one], owner[mate[one]]);
        let far = apart(a, b);
        if far < 2 {
            continue;
        }
        let steps = random.random_range(1..far);
        let steps = if random.random::<bool>() { steps } else { n - steps };
        let c = ring[(place[a as usize] + steps) % n];
        if ties.degree(c as usize) == 0 {
            continue;
        }
        let other = ties.offsets()[c as usize] as usize + random.random_range(0..ties.degree(c as usize));
        let d = owner[mate[other]];
        if b == d || present.contains(&key(a, c)) || present.contains(&key(b, d)) {
            continue;
        }
        if apart(a, c) + apart(b, d) > far + apart(c, d) {
            continue;
        }
        present.remove(&key(a, b));
        present.remove(&key(c, d));
        present.insert(key(a, c));
        present.insert(key(b, d));
        let (two, four) = (mate[one], mate[other]);
        (mate[one], mate[other], mate[two], mate[four]) = (other, one, four, two);
    }
    let of = |actor: usize| ties.offsets()[actor] as usize..ties.offsets()[actor + 1] as usize;
    Ok(gathered(false, (0..n).map(|actor| mate[of(actor)].iter().map(|end| owner[*end]).collect()).collect()))
}

fn gathered(directed: bool, lists: Vec<Vec<u32>>) -> Graph {
    let (mut offsets, mut ends) = (vec![0], Vec::new());
    for mut list in lists {
        list.sort_unstable();
        ends.append(&mut list);
        offsets.push(ends.len() as u64);
    }
    Graph::new(directed, Csr::new(offsets, ends, None), Vec::new())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::random::stream;

    fn graph(directed: bool, n: usize, ties: &[(u32, u32)]) -> Graph {
        let mut lists = vec![Vec::new(); n];
        for &(a, b) in ties {
            lists[a as usize].push(b);
            if !directed {
                lists[b as usize].push(a);
            }
        }
        gathered(directed, lists)
    }

    fn degrees(graph: &Graph) -> Vec<(usize, usize)> {
        (0..graph.n()).map(|actor| (graph.out().degree(actor), graph.incoming().degree(actor))).collect()
    }

    fn is_simple(graph: &Graph) -> bool {
        let row = |actor: usize| graph.out().neighbours(actor);
        (0..graph.n())
            .all(|actor| row(actor).windows(2).all(|two| two[0] < two[1]) && !row(actor).contains(&(actor as u32)))
    }

    #[test]
    fn every_actor_keeps_its_ties() {
        let ties: Vec<(u32, u32)> = (0..30_u32).flat_map(|i| [(i, (i * 7 + 3) % 31), (i, (i * 5 + 11) % 31)]).collect();
        let ties: Vec<(u32, u32)> = ties.into_iter().filter(|(a, b)| a != b).collect();
        for directed in [false, true] {
            let mut plain: Vec<(u32, u32)> =
                ties.iter().map(|&(a, b)| if directed || a < b { (a, b) } else { (b, a) }).collect();
            plain.sort_unstable();
            plain.dedup();
            let before = graph(directed, 31, &plain);
            let after = rewire(&before, 10, &mut stream(1, 0), &Job::inline()).unwrap();
            assert!(is_simple(&after) && after != before);
            assert_eq!(degrees(&after), degrees(&before));
            if !directed {
                let ring = lattice(&before, 100, &mut stream(1, 0), &Job::inline()).unwrap();
                assert!(is_simple(&ring) && ring != before);
                assert_eq!(degrees(&ring), degrees(&before));
            }
        }
    }

    #[test]
    fn all_networks_with_the_degrees_are_equally_likely() {
        // Undirected degrees 1, 1, 2, 2, 2: a path of five (3! orders of the middle), or a tie and a triangle.
        let path = graph(false, 5, &[(0, 2), (2, 3), (3, 4), (4, 1)]);
        let mut counts: HashMap<Vec<u32>, u32> = HashMap::new();
        for draw in 0..7000 {
            let drawn = rewire(&path, 40, &mut stream(3, draw), &Job::inline()).unwrap();
            *counts.entry(drawn.out().targets().to_vec()).or_default() += 1;
        }
        assert_eq!(counts.len(), 7);
        // A chi-square of 6 degrees of freedom exceeds 22.5 once in a thousand.
        let chi: f64 = counts.values().map(|count| (f64::from(*count) - 1000.0).powi(2) / 1000.0).sum();
        assert!(chi < 22.5, "{chi} {counts:?}");
    }
}
