//! Sorting of labels that are all different: text by its bytes, eight at a time.

use std::sync::atomic::AtomicU32;

use rayon::prelude::*;

use super::error::LabelError;
use super::keys::{Numbers, Store, Texts};
use super::sweep::Piece;
use super::table::{Ranks, Tables};
use crate::parallel::{each, is_installed};
use crate::{Error, Job, Labels, Result};

/// Groups up to this size are sorted by comparing whole labels.
const SMALL: usize = 24;
/// Groups from this size on are sorted on all threads.
const LARGE: usize = 1 << 15;
/// Labels packed at a time.
const PACK: usize = 1 << 13;

/// Labels that can be put in order.
pub(super) trait Sorted: Store + Sized {
    /// Provisional codes in order of the labels, and the labels in that order.
    fn sort(tables: &Tables<Self>, job: &Job) -> Result<(Vec<u32>, Labels)>;
}

/// Numbers the rows of all pieces by the sorted labels, and returns those.
pub(super) fn number_sorted<S: Sorted>(pieces: &[Piece<'_>], job: &Job) -> Result<Labels> {
    let rows = pieces.iter().map(|piece| piece.codes.len()).sum();
    let mut tables = Tables::<S>::new(rows);
    tables.number(pieces, job)?;
    let found = tables.len() as u64;
    if found >= u64::from(u32::MAX) {
        return Err(Error::TooManyActors { found });
    }
    let (order, labels) = S::sort(&tables, job)?;
    let mut ranks = tables.ranks();
    drop(tables);
    order.iter().enumerate().for_each(|(rank, &code)| ranks.set(code, rank as u32));
    drop(order);
    apply(&ranks, pieces, job)?;
    Ok(labels)
}

fn apply(ranks: &Ranks, pieces: &[Piece<'_>], job: &Job) -> Result<()> {
    pieces.iter().map(|piece| piece.codes).try_for_each(|codes: &[AtomicU32]| ranks.apply(codes, job))
}

impl Sorted for Numbers {
    fn sort(tables: &Tables<Self>, job: &Job) -> Result<(Vec<u32>, Labels)> {
        let mut numbers: Vec<(i64, u32)> = tables.codes().map(|code| (tables.key(code), code)).collect();
        job.check()?;
        if is_installed(job) {
            numbers.par_sort_unstable();
        } else {
            numbers.sort_unstable();
        }
        let (labels, order): (Vec<i64>, Vec<u32>) = numbers.into_iter().unzip();
        Ok((order, Labels::Integer(labels)))
    }
}

impl Sorted for Texts {
    fn sort(tables: &Tables<Self>, job: &Job) -> Result<(Vec<u32>, Labels)> {
        let mut items: Vec<Item> = tables.codes().map(|code| Item { key: 0, tail: 0, code }).collect();
        let mut groups = vec![&mut items[..]];
        let mut depth = 0;
        while !groups.is_empty() {
            job.check()?;
            let split = |group| split(group, depth, tables, job);
            groups = if is_installed(job) {
                groups.into_par_iter().with_max_len(64).flat_map_iter(split).collect()
            } else {
                groups.into_iter().flat_map(split).collect()
            };
            depth += 8;
        }
        let order: Vec<u32> = items.into_iter().map(|item| item.code).collect();
        let labels = pack(tables, &order, job)?;
        Ok((order, labels))
    }
}

/// A label to be sorted: eight of its bytes, and how many it has left from there on (9: more than
/// eight).
struct Item {
    key: u64,
    tail: u32,
    code: u32,
}

/// Sorts a group of labels that agree up to `depth` by their next eight bytes; returns the groups
/// that agree in those as well.
fn split<'i>(group: &'i mut [Item], depth: usize, tables: &Tables<Texts>, job: &Job) -> Vec<&'i mut [Item]> {
    if group.len() <= SMALL {
        group.sort_unstable_by(|a, b| tables.key(a.code).order().cmp(&tables.key(b.code).order()));
        return Vec::new();
    }
    let parallel = group.len() >= LARGE && is_installed(job);
    let cut = |item: &mut Item| {
        (item.key, item.tail) = tables.key(item.code).cut(depth);
    };
    if parallel {
        group.par_iter_mut().with_min_len(1024).for_each(cut);
        group.par_sort_unstable_by_key(|item| (item.key, item.tail));
    } else {
        group.iter_mut().for_each(cut);
        group.sort_unstable_by_key(|item| (item.key, item.tail));
    }
    let same = |a: &Item, b: &Item| (a.key, a.tail) == (b.key, b.tail);
    group.chunk_by_mut(same).filter(|group| group.len() > 1).collect()
}

/// The labels of `order`, one after the other.
fn pack(tables: &Tables<Texts>, order: &[u32], job: &Job) -> Result<Labels> {
    let mut offsets = vec![0; order.len() + 1];
    let mut end = 0;
    for (offset, &code) in offsets[1..].iter_mut().zip(order) {
        end += tables.key(code).len() as u64;
        *offset = end;
    }
    let mut bytes = vec![0; end as usize];
    let mut rest = &mut bytes[..];
    let mut parts = Vec::with_capacity(order.len() / PACK + 1);
    for (first, codes) in (0..).step_by(PACK).zip(order.chunks(PACK)) {
        let (part, after) = rest.split_at_mut((offsets[first + codes.len()] - offsets[first]) as usize);
        parts.push((codes, part));
        rest = after;
    }
    each(job, parts, |(codes, mut part)| {
        for &code in codes {
            let key = tables.key(code);
            let (label, after) = part.split_at_mut(key.len());
            key.write(label);
            if std::str::from_utf8(label).is_err() {
                return Err(LabelError::NotText { label: String::from_utf8_lossy(label).into_owned() }.into());
            }
            part = after;
        }
        Ok(())
    })?;
    Ok(Labels::Text { offsets, bytes })
}
