//! A graph whose vertices stand for sets of actors, and the moves of vertices between communities.

use std::borrow::Cow;
use std::collections::VecDeque;

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::{Graph, Job, Result};

/// How often the request to stop is looked for.
const CHECK: usize = 1 << 14;

/// An undirected graph with weights; ties within a vertex show in its strength only.
pub(super) struct Level<'a> {
    offsets: Cow<'a, [u64]>,
    targets: Cow<'a, [u32]>,
    /// None: all 1.
    weights: Option<Cow<'a, [f64]>>,
    /// Sum of the weights of each vertex, those within it twice.
    pub(super) strength: Vec<f64>,
    /// Resolution ÷ the sum of all strengths.
    pub(super) scale: f64,
}

impl<'a> Level<'a> {
    pub(super) fn new(graph: &'a Graph, resolution: f64) -> Self {
        let out = graph.out();
        let strength: Vec<f64> = (0..graph.n()).map(|actor| out.valued(actor).map(|(_, value)| value).sum()).collect();
        let all: f64 = strength.iter().sum();
        Self {
            offsets: Cow::Borrowed(out.offsets()),
            targets: Cow::Borrowed(out.targets()),
            weights: out.values().map(Cow::Borrowed),
            strength,
            scale: resolution / all,
        }
    }

    pub(super) fn n(&self) -> usize {
        self.strength.len()
    }

    fn degree(&self, vertex: usize) -> usize {
        (self.offsets[vertex + 1] - self.offsets[vertex]) as usize
    }

    fn around(&self, vertex: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.offsets[vertex] as usize..self.offsets[vertex + 1] as usize;
        let weights = self.weights.as_deref();
        range.map(move |at| (self.targets[at] as usize, weights.map_or(1.0, |weights| weights[at])))
    }

    /// Makes one vertex of each part of a partition numbered from 0 to `parts` - 1.
    pub(super) fn merged(&self, part: &[u32], parts: usize) -> Level<'static> {
        let members = members(part, parts);
        let mut strength = vec![0.0; parts];
        part.iter().zip(&self.strength).for_each(|(part, own)| strength[*part as usize] += own);
        let (mut offsets, mut targets, mut weights) = (vec![0_u64], Vec::new(), Vec::new());
        let mut tally = Tally::new();
        for own in 0..parts {
            tally.fit(members.of(own).iter().map(|vertex| self.degree(*vertex as usize)).sum());
            for vertex in members.of(own) {
                for (other, weight) in self.around(*vertex as usize) {
                    tally.add(part[other], weight);
                }
            }
            for (other, weight) in tally.met().filter(|(other, _)| *other as usize != own) {
                targets.push(other);
                weights.push(weight);
            }
            offsets.push(targets.len() as u64);
        }
        Level {
            offsets: Cow::Owned(offsets),
            targets: Cow::Owned(targets),
            weights: Some(Cow::Owned(weights)),
            strength,
            scale: self.scale,
        }
    }

    /// Moves vertices, in random order at first, each to the community that gains most, as long as any gains or until
    /// `looks` vertices were looked at; those around one that moved are looked at again. Says whether any moved.
    pub(super) fn move_vertices(
        &self,
        part: &mut [u32],
        looks: usize,
        random: &mut ChaCha8Rng,
        job: &Job,
    ) -> Result<bool> {
        let n = self.n();
        let (mut total, mut size) = (vec![0.0; n], vec![0_u32; n]);
        for (vertex, own) in part.iter().enumerate() {
            total[*own as usize] += self.strength[vertex];
            size[*own as usize] += 1;
        }
        let mut empty: Vec<u32> = (0..n as u32).rev().filter(|one| size[*one as usize] == 0).collect();
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.shuffle(random);
        let (mut queue, mut queued) = (VecDeque::from(order), vec![true; n]);
        let (mut tally, mut moved, mut left) = (Tally::new(), false, looks);
        let mut near: Vec<(u32, f64)> = Vec::new();
        while let Some(vertex) = queue.pop_front() {
            if left.is_multiple_of(CHECK) {
                job.check()?;
                if left == 0 {
                    break;
                }
            }
            left -= 1;
            let vertex = vertex as usize;
            queued[vertex] = false;
            let (own, strength) = (part[vertex], self.strength[vertex]);
            tally.fit(self.degree(vertex));
            // All memory is asked for before any of it decides what comes next.
            near.clear();
            near.extend(self.around(vertex).map(|(other, weight)| (part[other], weight)));
            near.iter().for_each(|(community, weight)| tally.add(*community, *weight));
            total[own as usize] -= strength;
            let value = |community: u32, weight: f64| weight - self.scale * strength * total[community as usize];
            let (mut best, mut most) = (own, value(own, tally.of(own)));
            for (community, weight) in tally.met() {
                let gain = value(community, weight);
                // Rounding must not send a vertex back and forth.
                if gain > most + 1e-12 * (1.0 + most.abs()) {
                    (best, most) = (community, gain);
                }
            }
            if most < -1e-12 && size[own as usize] > 1 {
                best = *empty.last().expect("with two in one community another is empty");
            }
            total[best as usize] += strength;
            if best != own {
                moved = true;
                part[vertex] = best;
                if empty.last() == Some(&best) {
                    empty.pop();
                }
                size[own as usize] -= 1;
                size[best as usize] += 1;
                if size[own as usize] == 0 {
                    empty.push(own);
                }
                for (other, _) in self.around(vertex) {
                    if part[other] != best && !queued[other] {
                        queued[other] = true;
                        queue.push_back(other as u32);
                    }
                }
            }
        }
        Ok(moved)
    }

    /// Splits each community into parts that are well connected: each vertex by itself at first, merged at random
    /// with parts of its community, those that gain more with more probability.
    pub(super) fn refined(&self, part: &[u32], parts: usize, random: &mut ChaCha8Rng, job: &Job) -> Result<Vec<u32>> {
        use rand::RngExt;

        /// How much worse merges than the best are tried.
        const RANDOMNESS: f64 = 0.01;
        let n = self.n();
        let members = members(part, parts);
        let mut fine: Vec<u32> = (0..n as u32).collect();
        let (mut total, mut size) = (self.strength.clone(), vec![1_u32; n]);
        let inside = |vertex: usize| -> f64 {
            let own = part[vertex];
            self.around(vertex).filter(|(other, _)| part[*other] == own).map(|(_, weight)| weight).sum()
        };
        // Of each part, the weight to the rest of its community.
        let mut outward: Vec<f64> = (0..n).map(inside).collect();
        let mut tally = Tally::new();
        let mut chances: Vec<(u32, f64)> = Vec::new();
        for community in 0..parts {
            if community % CHECK == 0 {
                job.check()?;
            }
            let mut vertices = members.of(community).to_vec();
            if vertices.len() < 2 {
                continue;
            }
            let whole: f64 = vertices.iter().map(|vertex| self.strength[*vertex as usize]).sum();
            let well = |outward: f64, total: f64| outward >= self.scale * total * (whole - total) - 1e-12;
            vertices.shuffle(random);
            for vertex in vertices.into_iter().map(|vertex| vertex as usize) {
                let strength = self.strength[vertex];
                let own = outward[vertex];
                if size[fine[vertex] as usize] > 1 || !well(own, strength) {
                    continue;
                }
                tally.fit(self.degree(vertex));
                for (other, weight) in self.around(vertex) {
                    if part[other] as usize == community {
                        tally.add(fine[other], weight);
                    }
                }
                chances.clear();
                chances.push((fine[vertex], 0.0));
                for (to, weight) in tally.met() {
                    let gain = weight - self.scale * strength * total[to as usize];
                    if to != fine[vertex] && gain >= 0.0 && well(outward[to as usize], total[to as usize]) {
                        chances.push((to, gain));
                    }
                }
                let most = chances.iter().map(|(_, gain)| *gain).fold(0.0, f64::max);
                chances.iter_mut().for_each(|(_, gain)| *gain = ((*gain - most) / RANDOMNESS).exp());
                let mut draw = random.random::<f64>() * chances.iter().map(|(_, chance)| chance).sum::<f64>();
                let chosen = chances.iter().find(|(_, chance)| {
                    draw -= chance;
                    draw < 0.0
                });
                let to = chosen.or(chances.last()).map_or(fine[vertex], |(to, _)| *to);
                if to != fine[vertex] {
                    outward[to as usize] += own - 2.0 * tally.of(to);
                    total[to as usize] += strength;
                    size[to as usize] += 1;
                    size[fine[vertex] as usize] -= 1;
                    total[fine[vertex] as usize] -= strength;
                    fine[vertex] = to;
                }
            }
        }
        Ok(fine)
    }
}

/// Numbers the parts from 0 in the order of their first vertices; gives their number.
pub(super) fn renumber(part: &mut [u32]) -> usize {
    let mut number = vec![u32::MAX; part.len()];
    let mut parts = 0;
    for own in part.iter_mut() {
        let slot = &mut number[*own as usize];
        if *slot == u32::MAX {
            *slot = parts;
            parts += 1;
        }
        *own = *slot;
    }
    parts as usize
}

/// The vertices of each part, one part after the other.
struct Members {
    first: Vec<usize>,
    vertices: Vec<u32>,
}

impl Members {
    fn of(&self, part: usize) -> &[u32] {
        &self.vertices[self.first[part]..self.first[part + 1]]
    }
}

fn members(part: &[u32], parts: usize) -> Members {
    let mut first = vec![0; parts + 1];
    part.iter().for_each(|own| first[*own as usize + 1] += 1);
    (0..parts).for_each(|own| first[own + 1] += first[own]);
    let (mut next, mut vertices) = (first.clone(), vec![0; part.len()]);
    for (vertex, own) in part.iter().enumerate() {
        vertices[next[*own as usize]] = vertex as u32;
        next[*own as usize] += 1;
    }
    Members { first, vertices }
}

/// No community: an empty slot of a tally.
const NONE: u32 = u32::MAX;

/// Sums of weights by community: a hash table so small that it stays near the processor, unlike a sum for every
/// community of the network.
pub(super) struct Tally {
    slots: Vec<(u32, f64)>,
    /// The slots in use, in the order in which their communities were met.
    touched: Vec<u32>,
    shift: u32,
}

impl Tally {
    pub(super) fn new() -> Self {
        Self { slots: Vec::new(), touched: Vec::new(), shift: 0 }
    }

    /// Makes an empty tally with room for as many communities.
    pub(super) fn fit(&mut self, communities: usize) {
        for slot in self.touched.drain(..) {
            self.slots[slot as usize].0 = NONE;
        }
        let size = (2 * communities).next_power_of_two().max(2);
        if self.slots.len() < size {
            self.slots.resize(size, (NONE, 0.0));
        }
        self.shift = 64 - size.trailing_zeros();
    }

    /// The slot of a community, or the empty one that it would get.
    #[inline]
    fn slot(&self, community: u32) -> usize {
        let mask = (1_usize << (64 - self.shift)) - 1;
        let mut slot = (u64::from(community).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize;
        while self.slots[slot].0 != community && self.slots[slot].0 != NONE {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[inline]
    pub(super) fn add(&mut self, community: u32, weight: f64) {
        let slot = self.slot(community);
        if self.slots[slot].0 == NONE {
            self.slots[slot] = (community, weight);
            self.touched.push(slot as u32);
        } else {
            self.slots[slot].1 += weight;
        }
    }

    /// The sum of a community, 0 for one that was not met.
    pub(super) fn of(&self, community: u32) -> f64 {
        let (found, weight) = self.slots[self.slot(community)];
        if found == community { weight } else { 0.0 }
    }

    /// The communities met, with their sums.
    pub(super) fn met(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.touched.iter().map(|slot| self.slots[*slot as usize])
    }
}
