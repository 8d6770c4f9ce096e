//! Columns in every layout against sorted sets and maps.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::Error;

/// Owned buffers of a text chunk in one of the layouts.
struct Buffers {
    layout: Layout,
    offsets: Vec<i64>,
    narrow: Vec<i32>,
    bytes: Vec<u8>,
    views: Vec<[u8; 16]>,
    codes: Vec<u16>,
    bits: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Layout {
    Narrow,
    Wide,
    View,
    Dictionary,
}

const LAYOUTS: [Layout; 4] = [Layout::Narrow, Layout::Wide, Layout::View, Layout::Dictionary];

impl Buffers {
    /// Lays `texts` out; a dictionary also has an unused entry, an unused null and each label twice.
    fn new(layout: Layout, texts: &[String]) -> Self {
        let listed: Vec<&str> = match layout {
            Layout::Dictionary => {
                let distinct: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
                ["unused", ""].into_iter().chain(distinct.iter().copied()).chain(distinct.iter().copied()).collect()
            }
            _ => texts.iter().map(String::as_str).collect(),
        };
        let mut this = Self {
            layout,
            offsets: vec![3],
            narrow: Vec::new(),
            bytes: b"xyz".to_vec(),
            views: Vec::new(),
            codes: Vec::new(),
            bits: vec![0b1111_1011; listed.len() / 8 + 1],
        };
        for text in &listed {
            this.views.push(this.view(text.as_bytes()));
            this.bytes.extend_from_slice(text.as_bytes());
            this.offsets.push(this.bytes.len() as i64);
        }
        this.bits[1..].fill(0xff);
        this.narrow = this.offsets.iter().map(|offset| *offset as i32).collect();
        let position = |(row, text): (usize, &String)| {
            let places: Vec<usize> = (2..listed.len()).filter(|&at| listed[at] == text).collect();
            places.get(row % places.len().max(1)).copied().unwrap_or(0) as u16
        };
        if matches!(layout, Layout::Dictionary) {
            this.codes = texts.iter().enumerate().map(position).collect();
        }
        this
    }

    fn view(&self, text: &[u8]) -> [u8; 16] {
        let mut view = [0; 16];
        view[..4].copy_from_slice(&(text.len() as i32).to_ne_bytes());
        if text.len() <= 12 {
            view[4..4 + text.len()].copy_from_slice(text);
        } else {
            view[4..8].copy_from_slice(&text[..4]);
            view[8..12].copy_from_slice(&1_i32.to_ne_bytes());
            view[12..].copy_from_slice(&(self.bytes.len() as i32).to_ne_bytes());
        }
        view
    }

    fn chunk(&self) -> Chunk<'_> {
        let bytes = &self.bytes[..];
        let values = match self.layout {
            Layout::Narrow => Values::Text { offsets: Offsets::I32(&self.narrow), bytes },
            Layout::Wide => Values::Text { offsets: Offsets::I64(&self.offsets), bytes },
            Layout::View => Values::View { views: &self.views, buffers: vec![b"", bytes] },
            Layout::Dictionary => {
                let values = Values::Text { offsets: Offsets::I64(&self.offsets), bytes };
                let validity = Some(Validity { bits: &self.bits, offset: 1 });
                let values = Box::new(Chunk { values, validity });
                Values::Dictionary { codes: Integers::U16(&self.codes), values }
            }
        };
        Chunk { values, validity: None }
    }
}

fn integers<'a>(name: &str, values: &'a [i64]) -> Column<'a> {
    let values = Values::Integer(Integers::I64(values));
    Column::new(name, vec![Chunk { values, validity: None }]).unwrap()
}

fn texts<'a>(name: &str, buffers: &'a [Buffers]) -> Column<'a> {
    Column::new(name, buffers.iter().map(Buffers::chunk).collect()).unwrap()
}

/// Sorted labels and codes, by the book.
fn naive<T: Ord + Clone>(columns: &[Vec<T>]) -> (Vec<T>, Vec<Vec<u32>>) {
    let labels: BTreeSet<T> = columns.iter().flatten().cloned().collect();
    let rank: BTreeMap<&T, u32> = labels.iter().zip(0..).collect();
    let codes = columns.iter().map(|column| column.iter().map(|label| rank[label]).collect()).collect();
    (labels.iter().cloned().collect(), codes)
}

fn message(error: &Error) -> String {
    error.to_string()
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof!["[ab]{0,3}", "[a\u{e9}]{6,10}", "abcdefgh[a\u{0}]{0,9}", "the same long beginning [ab]{0,12}"]
}

proptest! {
    #[test]
    fn text_in_any_layout_gets_sorted_labels(
        rows in proptest::collection::vec(label(), 0..60),
        cut in 0_usize..60,
        first in 0_usize..4,
        second in 0_usize..4,
    ) {
        let cut = cut.min(rows.len());
        let (left, right) = rows.split_at(cut);
        let left = [Buffers::new(LAYOUTS[first], left), Buffers::new(LAYOUTS[second], right)];
        let right = [Buffers::new(LAYOUTS[second], &rows[cut / 2..])];
        let (labels, codes) = naive(&[rows.clone(), rows[cut / 2..].to_vec()]);
        let columns = [texts("source", &left), texts("target", &right)];
        let (found, found_codes) = intern(&columns, &Job::inline()).unwrap();
        prop_assert_eq!(&found, &Labels::text(&labels));
        prop_assert_eq!(found_codes, codes);
    }

    #[test]
    fn integers_near_and_far_get_sorted_labels(near in proptest::collection::vec(-9_i64..9, 0..30), far: Vec<i64>) {
        for rows in [near, far] {
            let (labels, codes) = naive(&[rows.clone(), rows[rows.len() / 2..].to_vec()]);
            let columns = [integers("source", &rows), integers("target", &rows[rows.len() / 2..])];
            let found = intern(&columns, &Job::inline()).unwrap();
            prop_assert_eq!(found, (Labels::Integer(labels), codes));
        }
    }

    #[test]
    fn columns_are_coded_by_the_actors_table(
        actors in proptest::collection::btree_set(label(), 0..20),
        rows in proptest::collection::vec(label(), 0..40),
        layout in 0_usize..4,
        turn in 0_usize..20,
    ) {
        let mut actors: Vec<String> = actors.into_iter().collect();
        let turn = turn % actors.len().max(1);
        actors.rotate_left(turn);
        let labels = Labels::text(&actors);
        let index = Index::new(&labels, &Job::inline()).unwrap();
        let buffers = [Buffers::new(LAYOUTS[layout], &rows)];
        let column = [texts("source", &buffers)];
        let new: BTreeSet<&String> = rows.iter().filter(|row| !actors.contains(row)).collect();
        let known = |row: &String| actors.iter().position(|actor| actor == row);
        let place = |row: &String| known(row).unwrap_or_else(|| actors.len() + new.iter().filter(|label| **label < row).count()) as u32;
        let unknown = rows.iter().filter(|row| known(row).is_none()).count() as u64;

        let added = index.look_up(&column, Unknown::Add, &Job::inline()).unwrap();
        let codes = vec![rows.iter().map(place).collect()];
        prop_assert_eq!(added, Found { codes, added: Labels::text(&new), rows: unknown });
        let dropped = index.look_up(&column, Unknown::Drop, &Job::inline()).unwrap();
        let codes = vec![rows.iter().map(|row| known(row).map_or(u32::MAX, |place| place as u32)).collect()];
        prop_assert_eq!(dropped, Found { codes, added: Labels::text([""; 0]), rows: unknown });
        let refused = index.look_up(&column, Unknown::Error, &Job::inline());
        prop_assert_eq!(refused.is_err(), unknown > 0);
    }

    #[test]
    fn far_integers_are_coded_by_the_actors_table(
        actors in proptest::collection::btree_set(any::<i64>(), 0..20),
        other: Vec<i64>,
    ) {
        let actors: Vec<i64> = actors.into_iter().rev().collect();
        let labels = Labels::Integer(actors.clone());
        let index = Index::new(&labels, &Job::inline()).unwrap();
        let rows: Vec<i64> = actors.iter().chain(&other).copied().collect();
        let place = |row: &i64| actors.iter().position(|actor| actor == row).map_or(u32::MAX, |place| place as u32);
        let found = index.look_up(&[integers("source", &rows)], Unknown::Drop, &Job::inline()).unwrap();
        prop_assert_eq!(&found.codes[0], &rows.iter().map(place).collect::<Vec<_>>());
    }
}

#[test]
fn many_rows_get_equal_codes_on_any_number_of_threads() {
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % 50_000
    };
    let shape = |number: u64| match number % 3 {
        0 => format!("{number}"),
        1 => format!("organisation {number:>9}"),
        _ => format!("{number}, a name that is longer than two words"),
    };
    let columns: Vec<Vec<String>> = (0..2).map(|_| (0..90_000).map(|_| shape(draw())).collect()).collect();
    let (labels, codes) = naive(&columns);
    let left = [Buffers::new(Layout::View, &columns[0][..40_000]), Buffers::new(Layout::Narrow, &columns[0][40_000..])];
    let right = [Buffers::new(Layout::Wide, &columns[1])];
    let columns = [texts("source", &left), texts("target", &right)];
    for threads in [1, 2, 8] {
        let job = Job::new(threads);
        let (found, found_codes) = intern(&columns, &job).unwrap();
        assert!(found == Labels::text(&labels), "{threads} threads");
        assert!(found_codes == codes, "{threads} threads");
        let index = Index::new(&found, &job).unwrap();
        assert!(index.look_up(&columns, Unknown::Error, &job).unwrap().codes == codes, "{threads} threads");
    }
}

#[test]
fn many_integers_get_equal_codes_on_any_number_of_threads() {
    for spread in [3, 1 << 40] {
        let rows: Vec<i64> = (0..100_000_i64).map(|row| (row * 7919 % 30_011 - 15_000) * spread).collect();
        let (labels, codes) = naive(std::slice::from_ref(&rows));
        for threads in [1, 2, 8] {
            let job = Job::new(threads);
            let found = intern(&[integers("source", &rows)], &job).unwrap();
            assert!(found == (Labels::Integer(labels.clone()), codes.clone()), "{threads} threads");
            let index = Index::new(&found.0, &job).unwrap();
            let looked_up = index.look_up(&[integers("source", &rows)], Unknown::Error, &job).unwrap();
            assert!(looked_up.codes == codes, "{threads} threads");
        }
    }
}

#[test]
fn every_integer_width_is_read() {
    let widths = [
        Integers::I8(&[1, 2]),
        Integers::I16(&[1, 2]),
        Integers::I32(&[1, 2]),
        Integers::I64(&[1, 2]),
        Integers::U8(&[1, 2]),
        Integers::U16(&[1, 2]),
        Integers::U32(&[1, 2]),
        Integers::U64(&[1, 2]),
    ];
    for width in widths {
        let chunks = vec![Chunk { values: Values::Integer(width), validity: None }];
        let column = Column::new("source", chunks).unwrap();
        assert_eq!(intern(&[column], &Job::inline()).unwrap(), (Labels::Integer(vec![1, 2]), vec![vec![0, 1]]));
    }
    let chunk = |values| vec![Chunk { values: Values::Integer(Integers::U64(values)), validity: None }];
    let error = Column::new("id", chunk(&[1, u64::MAX, 1 << 63])).unwrap_err();
    assert_eq!(
        message(&error),
        "column 'id': the number is larger than 9223372036854775807 in 2 rows (1, 2). Convert such labels to text"
    );
}

#[test]
fn columns_without_rows_agree_with_any() {
    let none = Column::new("source", vec![]).unwrap();
    assert_eq!(intern(&[], &Job::inline()).unwrap().0.len(), 0);
    assert_eq!(intern(std::slice::from_ref(&none), &Job::inline()).unwrap().1, [[]; 1]);
    let nulls = Column::new("target", vec![Chunk { values: Values::Null(0), validity: None }]).unwrap();
    let (labels, codes) = intern(&[none, nulls, integers("more", &[7])], &Job::inline()).unwrap();
    assert_eq!((labels, codes), (Labels::Integer(vec![7]), vec![vec![], vec![], vec![0]]));
}

#[test]
fn rows_without_a_label_are_named() {
    let validity = Some(Validity { bits: &[0b0101_0110, 0b1111_1110], offset: 1 });
    let values = Values::Integer(Integers::I64(&[1, 2, 3, 4, 5, 6, 7, 8]));
    let column = Column::new("from", vec![Chunk { values, validity }]).unwrap();
    let error = intern(&[column], &Job::inline()).unwrap_err();
    let expected = "column 'from': no label in 4 rows (2, 4, 6, 7). Fill the labels in, or leave these rows out";
    assert_eq!(message(&error), expected);

    let values =
        Chunk { values: Values::Integer(Integers::I8(&[9, 8])), validity: Some(Validity { bits: &[1], offset: 0 }) };
    let values = Values::Dictionary { codes: Integers::I8(&[0, 1, 0]), values: Box::new(values) };
    let column = Column::new("from", vec![Chunk { values, validity: None }]).unwrap();
    let error = intern(&[column], &Job::inline()).unwrap_err();
    assert_eq!(message(&error), "column 'from': no label in 1 row (1). Fill the labels in, or leave these rows out");

    let column = Column::new("from", vec![Chunk { values: Values::Null(9), validity: None }]).unwrap();
    let error = intern(&[column], &Job::inline()).unwrap_err();
    assert!(message(&error).contains("9 rows (0, 1, 2, 3, 4, …)"));
}

#[test]
fn text_and_integers_do_not_mix() {
    let buffers = [Buffers::new(Layout::Narrow, &["1".into()])];
    let error = intern(&[texts("from", &buffers), integers("to", &[1])], &Job::inline()).unwrap_err();
    assert!(message(&error).starts_with("column 'from' holds text and column 'to' whole numbers"));
    let labels = Labels::Integer(vec![1]);
    let index = Index::new(&labels, &Job::inline()).unwrap();
    assert!(index.look_up(&[texts("from", &buffers)], Unknown::Add, &Job::inline()).is_err());
}

#[test]
fn actors_listed_twice_are_named() {
    let labels = Labels::text(["a", "b", "a", "c", "b", "a"]);
    let error = Index::new(&labels, &Job::inline()).unwrap_err();
    let expected = "2 actors are listed more than once: 'a' (rows 0, 2, 5), 'b' (rows 1, 4). Each actor has one row";
    assert_eq!(message(&error), expected);
    for far in [2, 1 << 50] {
        let labels = Labels::Integer(vec![5, far, 5]);
        let error = Index::new(&labels, &Job::inline()).unwrap_err();
        assert_eq!(message(&error), "1 actor is listed more than once: 5 (rows 0, 2). Each actor has one row");
    }
}

#[test]
fn unknown_labels_are_named() {
    let labels = Labels::Integer(vec![1, 2]);
    let index = Index::new(&labels, &Job::inline()).unwrap();
    let columns = [integers("from", &[1, 7, 7, 2]), integers("to", &[9, 1, 8, 2])];
    let error = index.look_up(&columns, Unknown::Error, &Job::inline()).unwrap_err();
    let expected = "3 labels are not in the actors table, in 3 rows: 9 (row 0 of 'to'), 7 (row 1 of 'from'), \
                    8 (row 2 of 'to'). Pass unknown=\"add\" to add them, unknown=\"drop\" to leave these rows out, \
                    or correct the labels";
    assert_eq!(message(&error), expected);
}

#[test]
fn damaged_columns_are_refused() {
    let text = |offsets: &'static [i32]| Values::Text { offsets: Offsets::I32(offsets), bytes: b"abc" };
    let view = |view: [i32; 4]| {
        let mut bytes = [0; 16];
        for (to, word) in bytes.chunks_mut(4).zip(view) {
            to.copy_from_slice(&word.to_ne_bytes());
        }
        Values::View { views: Box::leak(Box::new([bytes])), buffers: vec![b"0123456789abcdef"] }
    };
    let dictionary = |codes: &'static [i8], values| {
        let values = Box::new(Chunk { values, validity: None });
        Values::Dictionary { codes: Integers::I8(codes), values }
    };
    let damaged = [
        text(&[]),
        text(&[0, 2, 1]),
        text(&[-1, 2]),
        text(&[0, 4]),
        view([-1, 0, 0, 0]),
        view([16, 0, 1, 0]),
        view([16, 0, 0, 1]),
        view([16, 0, 0, -1]),
        view([i32::MAX, 0, 0, i32::MAX]),
        dictionary(&[1], text(&[0, 1])),
        dictionary(&[-1], text(&[0, 1])),
        dictionary(&[0], text(&[1, 0])),
        dictionary(&[0], dictionary(&[0], text(&[0, 1]))),
    ];
    for values in damaged {
        let error = Column::new("x", vec![Chunk { values, validity: None }]).unwrap_err();
        assert!(matches!(error, Error::Labels(LabelError::Malformed { .. })), "{error}");
    }
    let validity = Some(Validity { bits: &[0xff], offset: 1 });
    let values = Values::Integer(Integers::I8(&[0; 8]));
    assert!(Column::new("x", vec![Chunk { values, validity }]).is_err());
}

#[test]
fn labels_that_are_not_utf8_are_refused() {
    let values = Values::Text { offsets: Offsets::I64(&[0, 1, 3]), bytes: b"a\xe9t" };
    let column = Column::new("x", vec![Chunk { values, validity: None }]).unwrap();
    let error = intern(&[column], &Job::inline()).unwrap_err();
    assert_eq!(error, LabelError::NotText { label: "\u{fffd}t".into() }.into());
}

#[test]
fn a_cancelled_job_stops() {
    let job = Job::inline();
    job.cancel();
    assert_eq!(intern(&[integers("x", &[1])], &job).unwrap_err(), Error::Interrupted);
}
