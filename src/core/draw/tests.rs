use proptest::prelude::*;
use rand::Rng;

use super::{LARGEST, stress};
use crate::cohesion::distances;
use crate::random::stream;
use crate::{Csr, Error, Graph, Job};

fn graph(n: usize, ties: &[(u32, u32)]) -> Graph {
    let mut lists = vec![Vec::new(); n];
    for &(a, b) in ties {
        lists[a as usize].push(b);
        lists[b as usize].push(a);
    }
    let mut offsets = vec![0];
    for list in &mut lists {
        list.sort_unstable();
        list.dedup();
        offsets.push(offsets[offsets.len() - 1] + list.len() as u64);
    }
    Graph::new(false, Csr::new(offsets, lists.concat(), None), Vec::new())
}

fn path(n: u32) -> Vec<(u32, u32)> {
    (1..n).map(|actor| (actor - 1, actor)).collect()
}

fn ring(n: u32) -> Vec<(u32, u32)> {
    (0..n).map(|actor| (actor, (actor + 1) % n)).collect()
}

fn grid(side: u32) -> Vec<(u32, u32)> {
    let right = (0..side * side).filter(|actor| (actor + 1) % side > 0).map(|actor| (actor, actor + 1));
    right.chain((0..side * (side - 1)).map(|actor| (actor, actor + side))).collect()
}

/// A random tree with `extra` more ties.
fn random(n: u32, extra: usize, seed: u64) -> Vec<(u32, u32)> {
    let mut draws = stream(seed, 0);
    let mut below = |limit: u32| (draws.next_u64() % u64::from(limit)) as u32;
    let mut ties: Vec<(u32, u32)> = (1..n).map(|actor| (below(actor), actor)).collect();
    ties.extend((0..extra).map(|_| (below(n), below(n))).filter(|(a, b)| a != b));
    ties
}

fn gap(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn layout(graph: &Graph) -> Vec<[f64; 2]> {
    stress(graph, 1, &Job::inline()).unwrap()
}

/// Stress at the best scale, added up over pairs in the same component.
fn least_stress(steps: &[f64], points: &[[f64; 2]]) -> f64 {
    let n = points.len();
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for i in 0..n {
        for j in (0..i).filter(|j| steps[i * n + j].is_finite()) {
            let ratio = gap(points[i], points[j]) / steps[i * n + j];
            count += 1.0;
            sum += ratio;
            squares += ratio * ratio;
        }
    }
    count - sum * sum / squares
}

/// The method as the paper states it, all actors at once, from random places.
fn reference(steps: &[f64], n: usize, seed: u64) -> f64 {
    let mut draws = stream(seed, 1);
    let mut uniform = || (draws.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut points: Vec<[f64; 2]> = (0..n).map(|_| [uniform() * 5.0, uniform() * 5.0]).collect();
    for _ in 0..500 {
        for i in 0..n {
            let (mut sum, mut weights) = ([0.0; 2], 0.0);
            for j in (0..n).filter(|j| *j != i) {
                let (d, length) = (steps[i * n + j], gap(points[i], points[j]).max(1e-9));
                let weight = d.powi(-2);
                for axis in 0..2 {
                    sum[axis] += weight * (points[j][axis] + d * (points[i][axis] - points[j][axis]) / length);
                }
                weights += weight;
            }
            points[i] = sum.map(|sum| sum / weights);
        }
    }
    least_stress(steps, &points)
}

#[test]
fn a_path_is_a_straight_line_in_order() {
    for n in [3, 10, 100] {
        let points = layout(&graph(n, &path(n as u32)));
        for (actor, point) in points.iter().enumerate() {
            let expected = actor as f64 / (n - 1) as f64;
            assert!(gap(*point, [expected, 0.5]) < 1e-3, "{n}: {actor} at {point:?}");
        }
    }
}

#[test]
fn a_ring_of_four_is_a_square() {
    let points = layout(&graph(4, &ring(4)));
    let side = gap(points[0], points[1]);
    for (a, b) in [(1, 2), (2, 3), (3, 0)] {
        assert!((gap(points[a], points[b]) / side - 1.0).abs() < 1e-3);
    }
    for (a, b) in [(0, 2), (1, 3)] {
        assert!((gap(points[a], points[b]) / side - 2_f64.sqrt()).abs() < 1e-3);
    }
}

#[test]
fn stress_is_not_above_that_of_random_starts() {
    let cases = [
        ("grid", 36, grid(6)),
        ("ring", 30, ring(30)),
        ("tree", 50, random(50, 0, 3)),
        ("sparse", 60, random(60, 60, 4)),
        ("dense", 40, random(40, 250, 5)),
    ];
    for (name, n, ties) in cases {
        let graph = graph(n, &ties);
        let steps = distances(&graph, &Job::inline()).unwrap();
        let found = least_stress(&steps, &layout(&graph));
        let others = (0..5).map(|seed| reference(&steps, n, seed)).fold(f64::INFINITY, f64::min);
        // Pushing actors apart may add a little.
        assert!(found <= others * 1.005, "{name}: {found}, others {others}");
    }
}

#[test]
fn bits_do_not_depend_on_threads() {
    for (n, ties) in [(90, random(90, 400, 1)), (40, ring(20)), (700, random(700, 300, 2))] {
        let graph = graph(n, &ties);
        let one = stress(&graph, 5, &Job::new(1)).unwrap();
        for threads in [2, 8] {
            assert_eq!(stress(&graph, 5, &Job::new(threads)).unwrap(), one);
        }
    }
}

#[test]
fn direction_and_order_of_lists_do_not_matter() {
    let ties = random(30, 40, 6);
    let mut offsets = vec![0; 31];
    let mut sorted = ties.clone();
    sorted.sort_unstable();
    sorted.dedup();
    for (sender, _) in &sorted {
        offsets[*sender as usize + 1] += 1;
    }
    (0..30).for_each(|actor| offsets[actor + 1] += offsets[actor]);
    let targets = sorted.iter().map(|(_, receiver)| *receiver).collect();
    let values = Some(vec![3.0; sorted.len()]);
    let directed = Graph::new(true, Csr::new(offsets, targets, values), Vec::new());
    assert_eq!(layout(&directed), layout(&graph(30, &ties)));
}

#[test]
fn small_networks() {
    assert!(layout(&graph(0, &[])).is_empty());
    assert_eq!(layout(&graph(1, &[])), [[0.5, 0.5]]);
    assert_eq!(layout(&graph(2, &[])), [[0.0, 0.5], [1.0, 0.5]]);
    assert_eq!(layout(&graph(2, &[(0, 1)])), [[0.0, 0.5], [1.0, 0.5]]);
}

#[test]
fn isolates_stand_in_a_grid() {
    let points = layout(&graph(24, &[]));
    let mut columns: Vec<u64> = points.iter().map(|point| (point[0] * 1e9).round() as u64).collect();
    columns.sort_unstable();
    columns.dedup();
    assert_eq!(columns.len(), 6);
    assert!(points[0][1] > points[6][1], "read from the top");
}

#[test]
fn components_stand_apart_and_isolates_below() {
    let mut ties = grid(4);
    ties.extend([(16, 17), (17, 18), (18, 16)]);
    let points = layout(&graph(21, &ties));
    let right = points[..16].iter().map(|point| point[0]).fold(0.0, f64::max);
    let floor = points[..19].iter().map(|point| point[1]).fold(1.0, f64::min);
    assert!(points[16..19].iter().all(|point| point[0] > right));
    assert!(points[19..].iter().all(|point| point[1] < floor));
}

#[test]
fn twins_do_not_coincide() {
    let ties: Vec<(u32, u32)> = (1..200).map(|leaf| (0, leaf)).collect();
    let points = layout(&graph(200, &ties));
    for (position, a) in points.iter().enumerate() {
        assert!(points[..position].iter().all(|b| gap(*a, *b) > 1e-3));
    }
}

#[test]
fn stops_and_refuses() {
    let job = Job::new(2);
    job.cancel();
    assert_eq!(stress(&graph(50, &ring(50)), 1, &job), Err(Error::Interrupted));
    let n = LARGEST as u32 + 1;
    let refused = stress(&graph(n as usize, &path(n)), 1, &Job::inline());
    assert!(matches!(refused, Err(Error::Argument { argument: "net", .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_network_fits_the_unit_square(n in 1_usize..40, ties in prop::collection::vec((0_u32..40, 0_u32..40), 0..80)) {
        let ties: Vec<_> = ties.into_iter().filter(|(a, b)| a != b && (*a.max(b) as usize) < n).collect();
        let points = layout(&graph(n, &ties));
        prop_assert_eq!(points.len(), n);
        prop_assert!(points.iter().flatten().all(|coordinate| (0.0..=1.0).contains(coordinate)));
        let wide = |axis: usize| {
            let values = points.iter().map(|point| point[axis]);
            values.clone().fold(0.0, f64::max) - values.fold(1.0, f64::min)
        };
        prop_assert!(n == 1 || (wide(0).max(wide(1)) - 1.0).abs() < 1e-9);
    }
}
