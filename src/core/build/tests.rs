//! Ties in columns against a map from dyads to their rows.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{Duplicates, Error};

const N: u32 = 5;

fn labels(n: u32) -> Labels {
    Labels::Integer((0..n).map(|actor| i64::from(actor) * 10).collect())
}

/// The network by the book; `None` when the rules refuse a row.
fn naive(ties: &Ties<'_>, rules: Rules, silent: Option<&[bool]>, n: u32) -> Option<Built> {
    let mut dyads: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
    let (mut dropped, mut zeros, mut unobserved) = (0, 0, 0);
    let value = |row: usize| ties.value.map_or(1.0, |values| values[row]);
    for (row, (&i, &j)) in ties.source.iter().zip(ties.target).enumerate() {
        if i == u32::MAX || j == u32::MAX {
            continue;
        }
        if i == j && rules.loops == Loops::Drop {
            dropped += 1;
            continue;
        }
        let value = value(row);
        let is_silent = |actor: u32| silent.is_some_and(|silent| silent[actor as usize]);
        let unasked = is_silent(i) && (rules.directed || is_silent(j)) && !value.is_nan();
        let refused = (i == j && rules.loops == Loops::Error) || (value < 0.0 && !rules.signed);
        if refused || unasked || value.is_infinite() {
            return None;
        }
        unobserved += u64::from(value.is_nan());
        let dyad = if rules.directed { (i, j) } else { (i.min(j), i.max(j)) };
        dyads.entry(dyad).or_default().push(value);
    }
    let valued = ties.value.is_some() || rules.duplicates == Duplicates::Sum;
    let mut lists: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); n as usize];
    let (mut loops, mut cells, mut merged) = (Vec::new(), Vec::new(), 0);
    for ((i, j), rows) in dyads {
        if rows.len() > 1 && rules.duplicates == Duplicates::Error {
            return None;
        }
        merged += rows.len() as u64 - 1;
        let seen: Vec<f64> = rows.into_iter().filter(|value| !value.is_nan()).collect();
        if seen.is_empty() {
            cells.push((i, j));
            continue;
        }
        let value = match rules.duplicates {
            _ if !valued => 1.0,
            Duplicates::Error | Duplicates::First => seen[0],
            Duplicates::Sum => seen.iter().sum(),
            Duplicates::Max => seen.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Duplicates::Mean => seen.iter().sum::<f64>() / seen.len() as f64,
        };
        if value == 0.0 {
            zeros += u64::from(i != j);
        } else if i == j {
            loops.push((i, value));
        } else {
            lists[i as usize].insert(j, value);
            if !rules.directed {
                lists[j as usize].insert(i, value);
            }
        }
    }
    let offsets = (0..=n as usize).map(|end| lists[..end].iter().map(|list| list.len() as u64).sum()).collect();
    let targets = lists.iter().flat_map(|list| list.keys().copied()).collect();
    let values = valued.then(|| lists.iter().flat_map(|list| list.values().copied()).collect());
    let graph = Graph::new(rules.directed, Csr::new(offsets, targets, values), loops);
    let missing = Missing::new(rules.directed, silent.unwrap_or_default().to_vec(), vec![], cells);
    let network = Network::new(labels(n), graph, missing).unwrap();
    Some(Built { network, loops_dropped: dropped, duplicates_merged: merged, zeros, unobserved_rows: unobserved })
}

fn rules() -> impl Strategy<Value = Rules> {
    let loops = prop_oneof![Just(Loops::Error), Just(Loops::Drop), Just(Loops::Keep)];
    let duplicates = prop_oneof![
        Just(Duplicates::Error),
        Just(Duplicates::Sum),
        Just(Duplicates::Max),
        Just(Duplicates::Mean),
        Just(Duplicates::First),
    ];
    (any::<bool>(), loops, duplicates, any::<bool>()).prop_map(|(directed, loops, duplicates, signed)| Rules {
        directed,
        loops,
        duplicates,
        signed,
    })
}

fn actor() -> impl Strategy<Value = u32> {
    prop_oneof![9 => 0..N, 1 => Just(u32::MAX)]
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![4 => (1_u8..4).prop_map(f64::from), 1 => Just(0.0), 1 => Just(f64::NAN)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn networks_agree_with_the_book(
        rows in proptest::collection::vec((actor(), actor(), value()), 0..14),
        negative in proptest::option::weighted(0.2, 0_usize..14),
        valued: bool,
        rules in rules(),
        silent in proptest::option::weighted(0.3, proptest::collection::vec(proptest::bool::weighted(0.2), N as usize)),
    ) {
        let source: Vec<u32> = rows.iter().map(|row| row.0).collect();
        let target: Vec<u32> = rows.iter().map(|row| row.1).collect();
        let mut value: Vec<f64> = rows.iter().map(|row| row.2).collect();
        if let Some(value) = negative.and_then(|row| value.get_mut(row)) {
            *value = -*value;
        }
        let ties = Ties { source: &source, target: &target, value: valued.then_some(&value[..]) };
        let expected = naive(&ties, rules, silent.as_deref(), N);
        let found = Network::build(labels(N), &ties, &rules, silent.as_deref(), &Job::inline());
        prop_assert_eq!(found.as_ref().ok(), expected.as_ref(), "{:?}", &found);
    }
}

#[test]
fn many_ties_make_equal_networks_on_any_number_of_threads() {
    let (n, m) = (3_000_u32, 150_000_u32);
    let at = |row: u32, step: u32| (row.wrapping_mul(step) >> 7) % n;
    let source: Vec<u32> = (0..m).map(|row| if row % 3 == 0 { 17 } else { at(row, 2_654_435_761) }).collect();
    let target: Vec<u32> = (0..m).map(|row| at(row, 2_246_822_519)).collect();
    let value: Vec<f64> =
        (0..m).map(|row| if row % 1000 == 0 { f64::NAN } else { 1.0 / f64::from(row % 91) }).collect();
    let value: Vec<f64> = value.into_iter().map(|value| if value.is_infinite() { 0.0 } else { value }).collect();
    for (directed, value) in [(true, None), (false, None), (true, Some(&value[..])), (false, Some(&value[..]))] {
        let ties = Ties { source: &source, target: &target, value };
        let rules = Rules { directed, loops: Loops::Keep, duplicates: Duplicates::Sum, signed: false };
        let expected = naive(&ties, rules, None, n).unwrap();
        assert!(expected.duplicates_merged > 1000);
        for threads in [1, 2, 8] {
            let found = Network::build(labels(n), &ties, &rules, None, &Job::new(threads)).unwrap();
            assert!(found == expected, "{threads} threads, directed: {directed}");
        }
    }
}

/// The message for rows that a network of 3 actors refuses.
fn refusal(rows: &[(u32, u32, f64)], rules: Rules, silent: Option<&[bool]>) -> Error {
    let source: Vec<u32> = rows.iter().map(|row| row.0).collect();
    let target: Vec<u32> = rows.iter().map(|row| row.1).collect();
    let value: Vec<f64> = rows.iter().map(|row| row.2).collect();
    let ties = Ties { source: &source, target: &target, value: Some(&value) };
    Network::build(labels(3), &ties, &rules, silent, &Job::inline()).unwrap_err()
}

fn starts_with(error: &Error, rows: &str) -> bool {
    error.to_string().starts_with(rows)
}

#[test]
fn refused_rows_are_named() {
    let strict = Rules::default();
    let error = refusal(&[(0, 1, 1.0), (1, 1, 1.0), (2, 2, 1.0)], strict, None);
    assert!(matches!(&error, Error::SelfTies(_)) && starts_with(&error, "2 rows (row 1: 10 → 10, row 2: 20 → 20)"));
    let error = refusal(&[(0, 1, 1.0), (1, 0, 1.0), (0, 1, 2.0)], strict, None);
    assert!(matches!(&error, Error::DuplicateTies(_)) && starts_with(&error, "1 row (row 2: 0 → 10)"));
    let error = refusal(&[(0, 1, 1.0), (1, 0, 1.0)], Rules { directed: false, ..strict }, None);
    assert!(matches!(&error, Error::BothDirections(_)) && starts_with(&error, "1 row (row 1: 10 → 0)"));
    let keep = Rules { directed: false, loops: Loops::Keep, ..strict };
    let error = refusal(&[(2, 2, 1.0), (0, 1, 1.0), (1, 0, 1.0)], keep, None);
    assert!(matches!(&error, Error::BothDirections(_)) && starts_with(&error, "1 row (row 2: 10 → 0)"));
    let error = refusal(&[(2, 2, 1.0), (2, 2, 1.0)], keep, None);
    assert!(matches!(&error, Error::DuplicateTies(_)) && starts_with(&error, "1 row (row 1: 20 → 20)"));
    let error = refusal(&[(0, 1, f64::NEG_INFINITY)], strict, None);
    assert!(matches!(&error, Error::InfiniteValues(_)) && starts_with(&error, "1 row (row 0: 0 → 10)"));
    let error = refusal(&[(0, 1, f64::NAN), (1, 2, -0.5)], strict, None);
    assert!(matches!(&error, Error::NegativeValues(_)) && starts_with(&error, "1 row (row 1: 10 → 20)"));
    let silent = [true, false, true];
    let error = refusal(&[(0, 1, f64::NAN), (2, 1, 1.0), (1, 0, 1.0)], strict, Some(&silent));
    assert!(matches!(&error, Error::TiesOfNonRespondents(_)) && starts_with(&error, "1 row (row 1: 20 → 10)"));
    let undirected = Rules { directed: false, ..strict };
    let error = refusal(&[(0, 1, 1.0), (2, 0, 1.0)], undirected, Some(&silent));
    assert!(matches!(&error, Error::TiesOfNonRespondents(_)) && starts_with(&error, "1 row (row 1: 20 → 0)"));
}

#[test]
fn values_that_add_up_to_infinity_are_refused() {
    let sum = Rules { duplicates: Duplicates::Sum, loops: Loops::Keep, ..Rules::default() };
    let error = refusal(&[(0, 1, 1.0), (1, 2, f64::MAX), (1, 2, f64::MAX)], sum, None);
    assert!(matches!(&error, Error::InfiniteValues(_)) && starts_with(&error, "2 rows (row 1: 10 → 20"));
    let error = refusal(&[(1, 1, f64::MAX), (1, 1, f64::MAX)], sum, None);
    assert!(matches!(&error, Error::InfiniteValues(_)) && starts_with(&error, "2 rows (row 0: 10 → 10"));
}

#[test]
fn opposite_values_leave_no_tie() {
    let ties = Ties { source: &[0, 0], target: &[1, 1], value: Some(&[1.0, -1.0]) };
    let rules = Rules { duplicates: Duplicates::Sum, signed: true, ..Rules::default() };
    let built = Network::build(labels(2), &ties, &rules, None, &Job::inline()).unwrap();
    assert_eq!((built.network.graph().ties(), built.duplicates_merged, built.zeros), (0, 1, 1));
    assert!(built.network.missing().is_none());
}

#[test]
fn rules_decide_whether_plain_ties_get_values() {
    let ties = Ties { source: &[0, 0, 1], target: &[1, 1, 0], value: None };
    let build = |duplicates| {
        let rules = Rules { duplicates, ..Rules::default() };
        Network::build(labels(2), &ties, &rules, None, &Job::inline()).unwrap().network
    };
    assert_eq!(build(Duplicates::Sum).graph().out().values(), Some(&[2.0, 1.0][..]));
    for duplicates in [Duplicates::Max, Duplicates::Mean, Duplicates::First] {
        assert!(!build(duplicates).graph().is_valued());
    }
}

#[test]
fn no_actors_and_no_ties_are_networks() {
    for n in [0, 1, 2] {
        let ties = Ties { source: &[], target: &[], value: None };
        let built = Network::build(labels(n), &ties, &Rules::default(), None, &Job::inline()).unwrap();
        assert_eq!((built.network.n(), built.network.graph().ties()), (n as usize, 0));
    }
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    let build = |source: &[u32], target: &[u32], value: Option<&[f64]>, silent: Option<&[bool]>| {
        Network::build(labels(2), &Ties { source, target, value }, &Rules::default(), silent, &Job::inline())
            .unwrap_err()
    };
    let wrong = [
        build(&[0], &[0, 1], None, None),
        build(&[0], &[1], Some(&[]), None),
        build(&[0], &[1], None, Some(&[true])),
        build(&[0], &[2], None, None),
    ];
    assert!(wrong.iter().all(|error| matches!(error, Error::Argument { .. })));
}

#[test]
fn a_cancelled_job_stops() {
    let job = Job::inline();
    job.cancel();
    let ties = Ties { source: &[0], target: &[1], value: None };
    let stopped = Network::build(labels(2), &ties, &Rules::default(), None, &job);
    assert_eq!(stopped.unwrap_err(), Error::Interrupted);
}
