use proptest::prelude::*;

use super::*;
use crate::Csr;

/// A graph from pairs of actors, whichever way round and however often they are listed.
fn graph(n: usize, directed: bool, ties: &[(usize, usize)]) -> Graph {
    valued(n, directed, &ties.iter().map(|&(i, j)| (i, j, 1)).collect::<Vec<_>>(), false)
}

fn valued(n: usize, directed: bool, ties: &[(usize, usize, u32)], values: bool) -> Graph {
    let mut lists = vec![std::collections::BTreeMap::new(); n];
    for &(i, j, value) in ties.iter().filter(|(i, j, _)| i != j) {
        lists[i].insert(j as u32, f64::from(value));
        if !directed {
            lists[j].insert(i as u32, f64::from(value));
        }
    }
    let mut offsets = vec![0];
    lists.iter().for_each(|list| offsets.push(offsets[offsets.len() - 1] + list.len() as u64));
    let targets = lists.iter().flat_map(|list| list.keys().copied()).collect();
    let values = values.then(|| lists.iter().flat_map(|list| list.values().copied()).collect());
    Graph::new(directed, Csr::new(offsets, targets, values), vec![])
}

fn path(n: usize) -> Vec<(usize, usize)> {
    (1..n).map(|i| (i - 1, i)).collect()
}

fn cycle(n: usize) -> Vec<(usize, usize)> {
    (0..n).map(|i| (i, (i + 1) % n)).collect()
}

/// Each actor tied to one before it, at random.
fn tree(parents: &[usize]) -> Vec<(usize, usize)> {
    parents.iter().enumerate().map(|(i, parent)| (parent % (i + 1), i + 1)).collect()
}

/// From the definition: Σ σ(s, v)·σ(v, t) ÷ σ(s, t), where v is on the way. Lengths are in units
/// that make them whole.
fn brute_force(graph: &Graph, length: impl Fn(f64) -> u64) -> Vec<f64> {
    const FAR: u64 = 1 << 40;
    let n = graph.n();
    let ties: Vec<(usize, usize, u64)> = (0..n)
        .flat_map(|i| graph.out().valued(i).map(move |tie| (i, tie)))
        .map(|(i, (j, v))| (i, j, length(v)))
        .collect();
    let mut distance = vec![vec![FAR; n]; n];
    (0..n).for_each(|i| distance[i][i] = 0);
    ties.iter().for_each(|&(i, j, length)| distance[i][j] = length);
    for (k, i, j) in triples(n) {
        distance[i][j] = distance[i][j].min(distance[i][k] + distance[k][j]);
    }
    let mut sigma = vec![vec![0.0; n]; n];
    for s in 0..n {
        sigma[s][s] = 1.0;
        let mut order: Vec<usize> = (0..n).filter(|i| distance[s][*i] < FAR).collect();
        order.sort_by_key(|i| distance[s][*i]);
        for i in order {
            for tie in ties.iter().filter(|tie| tie.0 == i && distance[s][i] + tie.2 == distance[s][tie.1]) {
                sigma[s][tie.1] += sigma[s][i];
            }
        }
    }
    let mut scores = vec![0.0; n];
    for (s, v, t) in triples(n).filter(|(s, v, t)| s != v && v != t && s != t) {
        if distance[s][t] < FAR && distance[s][v] + distance[v][t] == distance[s][t] {
            scores[v] += sigma[s][v] * sigma[v][t] / sigma[s][t] / if graph.directed() { 1.0 } else { 2.0 };
        }
    }
    scores
}

fn triples(n: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..n).flat_map(move |i| (0..n).flat_map(move |j| (0..n).map(move |k| (i, j, k))))
}

fn by<S: Sweep>(graph: &Graph, threads: usize) -> Result<Vec<f64>> {
    let job = Job::new(threads);
    let reduced = Reduced::new(graph, None, &job)?;
    scores(graph, &reduced, &sweep::<S>(&reduced, None, &job)?, false)
}

fn close(found: &[f64], expected: &[f64]) -> bool {
    found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= 1e-11 * (1.0 + b.abs()))
}

/// All ways to sweep agree with `expected`.
fn assert_scores(graph: &Graph, expected: &[f64]) {
    let found = [
        betweenness(graph, false, &Job::inline()).unwrap(),
        by::<Scalar>(graph, 1).unwrap(),
        by::<Lanes<8>>(graph, 1).unwrap(),
        by::<Lanes<16>>(graph, 1).unwrap(),
    ];
    for found in found {
        assert!(close(&found, expected), "{found:?} is not {expected:?}");
    }
}

fn by_length(graph: &Graph, distance: Distance) -> Result<Vec<f64>> {
    betweenness_by_length(graph, distance, false, &Job::inline())
}

#[test]
fn hand_values() {
    assert_scores(&graph(5, false, &path(5)), &[0.0, 3.0, 4.0, 3.0, 0.0]);
    assert_scores(&graph(5, true, &path(5)), &[0.0, 3.0, 4.0, 3.0, 0.0]);
    assert_scores(&graph(5, false, &[(2, 0), (2, 1), (2, 3), (2, 4)]), &[0.0, 0.0, 6.0, 0.0, 0.0]);
    assert_scores(&graph(4, false, &cycle(4)), &[0.5; 4]);
    // A triangle with a tail of two and, apart from it, a pair and an isolate.
    let ties = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (5, 6)];
    assert_scores(&graph(8, false, &ties), &[0.0, 0.0, 4.0, 3.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn normalised_by_pairs_of_others() {
    let star = [(0, 1), (0, 2), (0, 3)];
    let job = Job::inline();
    assert_eq!(betweenness(&graph(4, false, &star), true, &job).unwrap(), [1.0, 0.0, 0.0, 0.0]);
    let mutual: Vec<_> = star.iter().flat_map(|&(i, j)| [(i, j), (j, i)]).collect();
    assert_eq!(betweenness(&graph(4, true, &mutual), true, &job).unwrap(), [1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn fewer_than_three_actors_have_no_pairs_of_others() {
    for n in 0..3 {
        for ties in [vec![], path(n)] {
            let graph = graph(n, false, &ties);
            assert_scores(&graph, &vec![0.0; n]);
            assert!(betweenness(&graph, true, &Job::inline()).unwrap().iter().all(|score| score.is_nan()));
            assert_eq!(by_length(&graph, Distance::Value).unwrap(), vec![0.0; n]);
        }
    }
}

#[test]
fn long_distances() {
    let n = 301;
    assert_scores(&graph(n, true, &cycle(n)), &vec![((n - 1) * (n - 2) / 2) as f64; n]);
    assert_scores(&graph(n, false, &cycle(n)), &vec![((n - 1) * (n - 3) / 8) as f64; n]);
    let expected: Vec<f64> = (0..n).map(|i| (i * (n - 1 - i)) as f64).collect();
    assert_scores(&graph(n, false, &path(n)), &expected);
    assert_scores(&graph(n, true, &path(n)), &expected);
}

#[test]
fn as_many_paths_as_an_f64_does_not_hold() {
    // Layers of three, each tied to the whole next: 3 to the power of their number.
    let layers = |count: usize, directed| {
        let ties: Vec<_> = (0..3 * count).flat_map(|i| (0..3).map(move |k| (i, 3 * (i / 3) + 3 + k))).collect();
        graph(3 * count + 3, directed, &ties)
    };
    let few = layers(600, true);
    assert!(betweenness(&few, false, &Job::inline()).unwrap().iter().all(|score| score.is_finite()));
    let many = layers(670, true);
    for result in [by::<Scalar>(&many, 1), by::<Lanes<16>>(&many, 1), by_length(&many, Distance::Value)] {
        assert!(matches!(result, Err(Error::Argument { argument: "network", .. })));
    }
}

#[test]
fn lengths_that_are_none() {
    for value in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-320] {
        let ties = Csr::new(vec![0, 1, 2], vec![1, 0], Some(vec![value; 2]));
        let result = by_length(&Graph::new(false, ties, vec![]), Distance::Inverse);
        assert!(matches!(result, Err(Error::Argument { argument: "distance", .. })), "{value}");
    }
}

#[test]
fn reciprocals_that_are_equal_on_paper() {
    // 1/3 + 1/6, 1/6 + 1/3 and 1/4 + 1/4 are 1/2; 1/10 + 1/2 is more.
    let ties = [(0, 1, 3), (1, 5, 6), (0, 2, 6), (2, 5, 3), (0, 3, 4), (3, 5, 4), (0, 4, 10), (4, 5, 2)];
    let scores = by_length(&valued(6, false, &ties, true), Distance::Inverse).unwrap();
    assert!(close(&scores[1..4], &[1.0 / 3.0; 3]) && scores[4] == 0.0, "{scores:?}");
}

#[test]
fn a_cancelled_job_stops() {
    let job = Job::new(2);
    job.cancel();
    let graph = graph(50, false, &cycle(50));
    assert_eq!(betweenness(&graph, false, &job), Err(Error::Interrupted));
    assert_eq!(betweenness_by_length(&graph, Distance::Value, false, &job), Err(Error::Interrupted));
}

#[test]
fn progress_reaches_its_total() {
    let job = Job::inline();
    let mut ties = cycle(40);
    ties.extend((0..30).map(|i| (i, 40 + i)));
    betweenness(&graph(80, false, &ties), false, &job).unwrap();
    assert_eq!(job.progress(), (80, 80));
}

fn ties(n: usize, most: usize) -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..n, 0..n), 0..most)
}

/// Few actors, up to many ties, often in pieces.
fn small() -> impl Strategy<Value = Graph> {
    (1..=8_usize, any::<bool>())
        .prop_flat_map(|(n, directed)| ties(n, 30).prop_map(move |ties| graph(n, directed, &ties)))
}

/// Several batches of sources.
fn large() -> impl Strategy<Value = Graph> {
    (any::<bool>(), 20..400_usize)
        .prop_flat_map(|(directed, most)| ties(60, most).prop_map(move |ties| graph(60, directed, &ties)))
}

/// A tree and some ties more.
fn leafy() -> impl Strategy<Value = Graph> {
    (prop::collection::vec(0..60_usize, 59), ties(60, 12))
        .prop_map(|(parents, more)| graph(60, false, &[tree(&parents), more].concat()))
}

fn with_values() -> impl Strategy<Value = Graph> {
    (2..12_usize, any::<bool>()).prop_flat_map(|(n, directed)| {
        prop::collection::vec((0..n, 0..n, 1..=6_u32), 0..40).prop_map(move |ties| valued(n, directed, &ties, true))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn small_graphs_agree_with_the_definition(graph in small()) {
        assert_scores(&graph, &brute_force(&graph, |_| 1));
    }

    #[test]
    fn larger_graphs_agree_with_the_definition(graph in large()) {
        assert_scores(&graph, &brute_force(&graph, |_| 1));
    }

    #[test]
    fn leafy_graphs_agree_with_the_definition(graph in leafy()) {
        assert_scores(&graph, &brute_force(&graph, |_| 1));
    }

    #[test]
    fn lengths_agree_with_the_definition(graph in with_values()) {
        let expected = brute_force(&graph, |value| 60 / value as u64);
        prop_assert!(close(&by_length(&graph, Distance::Inverse).unwrap(), &expected));
        let expected = brute_force(&graph, |value| value as u64);
        prop_assert!(close(&by_length(&graph, Distance::Value).unwrap(), &expected));
    }

    #[test]
    fn ties_of_equal_length_are_steps(graph in prop_oneof![large(), leafy()]) {
        let expected = betweenness(&graph, true, &Job::inline()).unwrap();
        let found = betweenness_by_length(&graph, Distance::Inverse, true, &Job::inline()).unwrap();
        prop_assert!(close(&found, &expected));
    }
}

#[test]
fn threads_do_not_change_a_bit() {
    let next = |state: &mut u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) as usize
    };
    let mut state = 1;
    let ties: Vec<_> =
        (0..4000).map(|_| (next(&mut state) % 500, next(&mut state) % 900, 1 + next(&mut state) as u32 % 9)).collect();
    for directed in [false, true] {
        let graph = valued(900, directed, &ties, true);
        let bits = |scores: Result<Vec<f64>>| scores.unwrap().iter().map(|score| score.to_bits()).collect::<Vec<_>>();
        let all = |threads| {
            let job = Job::new(threads);
            [
                bits(betweenness(&graph, true, &job)),
                bits(by::<Scalar>(&graph, threads)),
                bits(by::<Lanes<8>>(&graph, threads)),
                bits(betweenness_by_length(&graph, Distance::Inverse, true, &job)),
            ]
        };
        let one = all(1);
        for threads in [2, 3, 8] {
            assert_eq!(all(threads), one);
        }
    }
}
