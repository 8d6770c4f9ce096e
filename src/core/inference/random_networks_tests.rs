//! Random networks of few actors beside all there are.

use std::collections::HashMap;

use super::{Condition, RandomNetworks, Statistic, cug};
use crate::cohesion::dyad_census;
use crate::mixing::sector_density;
use crate::random::stream;
use crate::{Csr, Error, Graph, Job, Labels, Missing, Network};

/// A network of few actors; `cells` are its ties.
pub(super) fn network(directed: bool, n: usize, cells: &[(u32, u32)], missing: Missing) -> Network {
    let mut lists = vec![Vec::new(); n];
    for &(i, j) in cells {
        lists[i as usize].push(j);
        if !directed {
            lists[j as usize].push(i);
        }
    }
    lists.iter_mut().for_each(|list| list.sort_unstable());
    let offsets = std::iter::once(0).chain(lists.iter().scan(0, |end, list| {
        *end += list.len() as u64;
        Some(*end)
    }));
    let out = Csr::new(offsets.collect(), lists.concat(), None);
    Network::new(Labels::Integer((0..n as i64).collect()), Graph::new(directed, out, Vec::new()), missing).unwrap()
}

fn complete() -> Missing {
    Missing::default()
}

fn cells_of(network: &Network) -> Vec<(u32, u32)> {
    let (source, target, _) = network.graph().list();
    source.into_iter().zip(target).collect()
}

/// All networks with the same actors and unobserved dyads of which `kept` says the same.
fn all<T: PartialEq>(observed: &Network, kept: impl Fn(&Network) -> T) -> Vec<Vec<(u32, u32)>> {
    let (n, directed, first) = (observed.n() as u32, observed.graph().directed(), observed.first_mode());
    let apart = |i: u32, j: u32| first.is_none_or(|first| (i < first as u32) != (j < first as u32));
    let seen = |i: u32, j: u32| observed.missing().observed(directed, i as usize, j as usize);
    let pairs: Vec<(u32, u32)> = (0..n)
        .flat_map(|i| (0..n).map(move |j| (i, j)))
        .filter(|&(i, j)| i != j && (directed || i < j) && apart(i, j) && seen(i, j))
        .collect();
    let wanted = kept(observed);
    (0..1_u32 << pairs.len())
        .map(|bits| (0..pairs.len()).filter(|at| bits >> at & 1 == 1).map(|at| pairs[at]).collect::<Vec<_>>())
        .filter(|cells| {
            let one = network(directed, n as usize, cells, observed.missing().clone());
            kept(&one.in_modes(first.map(|first| first as u32))) == wanted
        })
        .collect()
}

/// What a chi-square with so many degrees of freedom exceeds once in a thousand (Wilson & Hilferty).
fn bound(freedom: f64) -> f64 {
    let part = 2.0 / (9.0 * freedom);
    freedom * (1.0 - part + 3.09 * part.sqrt()).powi(3)
}

/// Every network of `expected` comes up, and all about as often; gives how many there are.
fn check_uniform(observed: &Network, condition: Condition, groups: &[u32], expected: &[Vec<(u32, u32)>]) -> usize {
    let job = Job::inline();
    let networks = RandomNetworks::new(observed, condition, groups, &job).unwrap();
    let each = 50;
    let mut counts: HashMap<Vec<(u32, u32)>, usize> = expected.iter().map(|cells| (cells.clone(), 0)).collect();
    for draw in 0..each * expected.len() {
        let drawn = networks.draw(&mut stream(11, draw as u64), &job).unwrap();
        assert_eq!(drawn.missing(), observed.missing());
        assert_eq!(drawn.first_mode(), observed.first_mode());
        *counts.get_mut(&cells_of(&drawn)).expect("a network with what is given") += 1;
    }
    let chi: f64 = counts.values().map(|count| (*count as f64 - each as f64).powi(2) / each as f64).sum();
    if expected.len() > 1 {
        assert!(chi < bound(expected.len() as f64 - 1.0), "{condition:?}: {chi} of {}", expected.len());
    }
    expected.len()
}

fn degrees(network: &Network) -> Vec<(usize, usize)> {
    let graph = network.graph();
    (0..graph.n()).map(|actor| (graph.out().degree(actor), graph.incoming().degree(actor))).collect()
}

fn with_degrees(observed: &Network) -> usize {
    check_uniform(observed, Condition::Degrees, &[], &all(observed, degrees))
}

#[test]
fn any_ties_or_so_many() {
    for directed in [true, false] {
        let missing = Missing::new(directed, vec![false, false, true, true], Vec::new(), vec![(0, 1)]);
        for missing in [complete(), missing] {
            let four = network(directed, 4, &[(0, 2), (0, 3), (1, 2)], missing);
            let some = all(&four, |_| ());
            assert_eq!(check_uniform(&four, Condition::Size, &[], &some), 1 << four.observed_dyads());
            check_uniform(&four, Condition::Density, &[], &all(&four, |one| one.graph().ties()));
        }
        // More than half of the dyads: the others are drawn.
        let dense = network(directed, 4, &[(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)], complete());
        check_uniform(&dense, Condition::Density, &[], &all(&dense, |one| one.graph().ties()));
    }
}

#[test]
fn so_many_dyads_of_each_kind() {
    let census = |one: &Network| (dyad_census(one), one.graph().ties());
    let four = network(true, 4, &[(0, 1), (1, 0), (2, 3), (1, 2)], complete());
    assert_eq!(check_uniform(&four, Condition::Dyads, &[], &all(&four, census)), 6 * 10 * 4);
    // Five of six dyads have a tie.
    let dense = network(true, 4, &[(0, 1), (1, 0), (0, 2), (0, 3), (1, 2), (3, 1)], complete());
    assert_eq!(check_uniform(&dense, Condition::Dyads, &[], &all(&dense, census)), 6 * 5 * 16);
    // The last did not answer, and 0 → 1 is not known: two dyads are, and of the four others one direction.
    let missing = Missing::new(true, vec![false, false, false, true], Vec::new(), vec![(0, 1)]);
    let half = network(true, 4, &[(1, 0), (0, 3), (1, 2), (2, 1)], missing);
    assert_eq!(check_uniform(&half, Condition::Dyads, &[], &all(&half, census)), 2 * 6);
}

#[test]
fn so_many_ties_from_group_to_group() {
    let groups = [0, 1, 0, 1];
    for directed in [true, false] {
        let missing = Missing::new(directed, vec![false, false, true, true], Vec::new(), vec![(0, 1)]);
        for missing in [complete(), missing] {
            let four = network(directed, 4, &[(0, 2), (0, 3), (1, 2)], missing);
            let blocks = |one: &Network| sector_density(one, &groups).unwrap();
            check_uniform(&four, Condition::Sectors, &groups, &all(&four, blocks));
        }
    }
}

#[test]
fn so_many_ties_of_each_actor() {
    // Only a turn leads from one triangle to the other.
    assert_eq!(with_degrees(&network(true, 3, &[(0, 1), (1, 2), (2, 0)], complete())), 2);
    let four = [(0, 1), (1, 2), (2, 0), (0, 3), (3, 1)];
    assert!(with_degrees(&network(true, 4, &four, complete())) > 5);
    // Everybody sends two and gets two.
    let ring: Vec<(u32, u32)> = (0..5).flat_map(|i| [(i, (i + 1) % 5), (i, (i + 2) % 5)]).collect();
    let one: Vec<(u32, u32)> = ring.iter().copied().step_by(2).collect();
    assert_eq!(with_degrees(&network(true, 5, &one, complete())), 44);
    assert_eq!(with_degrees(&network(true, 5, &ring, complete())), 216);
    // Five of six dyads: those without a tie change places.
    let dense = [(0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 3), (3, 1), (3, 0)];
    assert!(with_degrees(&network(true, 4, &dense, complete())) > 3);
    // Undirected: a path of five, or a tie and a triangle; then its complement.
    assert_eq!(with_degrees(&network(false, 5, &[(0, 2), (2, 3), (3, 4), (1, 4)], complete())), 7);
    let many = [(0, 1), (0, 3), (0, 4), (1, 2), (1, 3), (2, 4)];
    assert_eq!(with_degrees(&network(false, 5, &many, complete())), 7);
}

#[test]
fn so_many_ties_of_each_actor_as_far_as_observed() {
    let silent = |directed| Missing::new(directed, vec![false, false, false, true, true], Vec::new(), Vec::new());
    let directed = network(true, 5, &[(0, 1), (1, 2), (2, 0), (0, 3), (1, 4)], silent(true));
    assert!(with_degrees(&directed) > 5);
    let undirected = network(false, 5, &[(0, 1), (1, 3), (2, 4)], silent(false));
    assert!(with_degrees(&undirected) > 3);
    // 0 → 1 → 2 → 3 or 0 → 2 → 1 → 3: where 0 → 3 is not known, no two ties can be exchanged.
    let cell = |cells| Missing::new(true, Vec::new(), Vec::new(), cells);
    let path = network(true, 4, &[(0, 1), (1, 2), (2, 3)], cell(vec![(0, 3), (1, 0), (3, 2)]));
    assert_eq!(with_degrees(&path), 2);
    // Of a ring of eight cells every other one: only an exchange of all four ties leads to the others.
    let ring = |i: u32| [(i, i + 4), (i, (i + 1) % 4 + 4)];
    let outside = (0..8_u32).flat_map(|i| (0..8).map(move |j| (i, j)));
    let outside: Vec<(u32, u32)> = outside.filter(|&(i, j)| i >= 4 || !ring(i).contains(&(i, j))).collect();
    assert_eq!(with_degrees(&network(true, 8, &[(0, 4), (1, 5), (2, 6), (3, 7)], cell(outside))), 2);
}

#[test]
fn between_two_modes() {
    let missing = Missing::new(false, vec![false, true, false, true, true, true], Vec::new(), vec![(0, 5)]);
    for missing in [complete(), missing] {
        let ties = [(0, 3), (0, 4), (2, 5)];
        let modes = network(false, 6, &ties, missing).in_modes(Some(3));
        check_uniform(&modes, Condition::Size, &[], &all(&modes, |_| ()));
        check_uniform(&modes, Condition::Density, &[], &all(&modes, |one| one.graph().ties()));
        with_degrees(&modes);
        // Groups of the two modes are different ones, also under one name.
        let groups = [0, 1, 1, 1, 0, 0];
        let apart = |one: &Network| sector_density(one, &[0, 1, 1, 3, 2, 2]).unwrap();
        check_uniform(&modes, Condition::Sectors, &groups, &all(&modes, apart));
        assert!(matches!(
            RandomNetworks::new(&modes, Condition::Dyads, &[], &Job::inline()),
            Err(Error::Direction { .. })
        ));
    }
}

#[test]
fn what_is_there_stays() {
    let job = Job::inline();
    for n in 0..3 {
        for directed in [true, false] {
            let empty = network(directed, n, &[], complete());
            for condition in [Condition::Size, Condition::Density, Condition::Degrees] {
                let networks = RandomNetworks::new(&empty, condition, &[], &job).unwrap();
                assert_eq!(networks.draw(&mut stream(1, 0), &job).unwrap().n(), n);
            }
        }
    }
    let all: Vec<(u32, u32)> = (0..4).flat_map(|i| (0..4).map(move |j| (i, j))).filter(|(i, j)| i != j).collect();
    let full = network(true, 4, &all, complete());
    for condition in [Condition::Density, Condition::Dyads, Condition::Degrees] {
        let networks = RandomNetworks::new(&full, condition, &[], &job).unwrap();
        assert_eq!(networks.draw(&mut stream(1, 0), &job).unwrap(), full);
    }
    assert!(RandomNetworks::new(&full, Condition::Sectors, &[], &job).is_err());
    assert!(RandomNetworks::new(&full, Condition::Sectors, &[0, 1], &job).is_err());
    assert!(RandomNetworks::new(&full, Condition::Density, &[0; 4], &job).is_err());
}

#[test]
fn large_networks_are_drawn_without_a_bit_for_each_cell() {
    let n = 5000_u32;
    let ties: Vec<(u32, u32)> = (0..n).flat_map(|i| [(i, (i + 1) % n), (i, (i * 7 + 3) % n)]).collect();
    let mut ties: Vec<(u32, u32)> = ties.into_iter().filter(|(i, j)| i != j).collect();
    ties.sort_unstable();
    ties.dedup();
    let observed = network(true, n as usize, &ties, complete());
    let job = Job::inline();
    for condition in [Condition::Density, Condition::Dyads, Condition::Degrees] {
        let networks = RandomNetworks::new(&observed, condition, &[], &job).unwrap();
        let drawn = networks.draw(&mut stream(1, 0), &job).unwrap();
        assert_eq!(drawn.graph().ties(), observed.graph().ties());
        assert_ne!(drawn, observed);
        match condition {
            Condition::Dyads => assert_eq!(dyad_census(&drawn), dyad_census(&observed)),
            Condition::Degrees => assert_eq!(degrees(&drawn), degrees(&observed)),
            _ => {}
        }
    }
}

#[test]
fn equal_bits_on_any_number_of_threads_and_in_any_parts() {
    let ties: Vec<(u32, u32)> =
        (0..40).flat_map(|i| [(i, (i + 1) % 40), (i, (i + 7) % 40), (i, (i + 9) % 40)]).collect();
    let observed = network(true, 40, &ties, complete());
    let networks = RandomNetworks::new(&observed, Condition::Degrees, &[], &Job::inline()).unwrap();
    let draws = |first, count, threads| {
        cug(&networks, Statistic::BetweennessCentralization, first, count, 5, &Job::new(threads)).unwrap()
    };
    let one = draws(0, 20, 1);
    assert_eq!(draws(0, 20, 2), one);
    assert_eq!(draws(0, 20, 8), one);
    assert_eq!([draws(0, 7, 2), draws(7, 13, 2)].concat(), one);
    let job = Job::new(2);
    job.cancel();
    assert!(matches!(cug(&networks, Statistic::Density, 0, 5, 5, &job), Err(Error::Interrupted)));
}
