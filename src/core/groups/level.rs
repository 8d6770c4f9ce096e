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
        let mut tally = Tally::new(parts);
        for own in 0..parts {
            for vertex in members.of(own) {
                for (other, weight) in self.around(*vertex as usize) {
                    tally.add(part[other], weight);
                }
            }
            for &other in &tally.touched {
                if other as usize != own {
                    targets.push(other);
                    weights.push(tally.of(other));
                }
            }
            tally.clear();
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

    /// Moves vertices, in random order at first, each to the community that gains most, as long as any gains; those
    /// around one that moved are looked at again. Says whether any moved.
    pub(super) fn move_vertices(&self, part: &mut [u32], random: &mut ChaCha8Rng, job: &Job) -> Result<bool> {
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
        let (mut tally, mut moved, mut looks) = (Tally::new(n), false, 0_usize);
        while let Some(vertex) = queue.pop_front() {
            looks += 1;
            if looks.is_multiple_of(CHECK) {
                job.check()?;
            }
            let vertex = vertex as usize;
            queued[vertex] = false;
            let (own, strength) = (part[vertex], self.strength[vertex]);
            self.around(vertex).for_each(|(other, weight)| tally.add(part[other], weight));
            total[own as usize] -= strength;
            let value = |community: u32| tally.of(community) - self.scale * strength * total[community as usize];
            let (mut best, mut most) = (own, value(own));
            for &community in &tally.touched {
                let gain = value(community);
                // Rounding must not send a vertex back and forth.
                if gain > most + 1e-12 * (1.0 + most.abs()) {
                    (best, most) = (community, gain);
                }
            }
            if most < -1e-12 && size[own as usize] > 1 {
                best = *empty.last().expect("with two in one community another is empty");
            }
            total[best as usize] += strength;
            tally.clear();
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
        let mut tally = Tally::new(n);
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
                let own = inside(vertex);
                if size[fine[vertex] as usize] > 1 || !well(own, strength) {
                    continue;
                }
                for (other, weight) in self.around(vertex) {
                    if part[other] as usize == community {
                        tally.add(fine[other], weight);
                    }
                }
                chances.clear();
                chances.push((fine[vertex], 0.0));
                for &to in &tally.touched {
                    let gain = tally.of(to) - self.scale * strength * total[to as usize];
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
                tally.clear();
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

/// What a tally holds of a community that was not met; weights are never below 0.
const UNMET: f64 = -1.0;

/// Sums of weights by community, and which of them were met.
struct Tally {
    weight: Vec<f64>,
    touched: Vec<u32>,
}

impl Tally {
    fn new(communities: usize) -> Self {
        Self { weight: vec![UNMET; communities], touched: Vec::new() }
    }

    #[inline]
    fn add(&mut self, community: u32, weight: f64) {
        let sum = &mut self.weight[community as usize];
        if *sum < 0.0 {
            self.touched.push(community);
            *sum = weight;
        } else {
            *sum += weight;
        }
    }

    /// The sum of a community, 0 for one that was not met.
    fn of(&self, community: u32) -> f64 {
        self.weight[community as usize].max(0.0)
    }

    fn clear(&mut self) {
        for community in self.touched.drain(..) {
            self.weight[community as usize] = UNMET;
        }
    }
}
