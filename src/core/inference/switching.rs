//! Networks in which every actor keeps its numbers of ties, by exchanges of ends that leave all of them equally likely
//! (Rao, Jana & Bandyopadhyay 1996, Sankhyā A 58, 225-242; Fosdick, Larremore, Nishimura & Ugander 2018,
//! doi:10.1137/16M1087175).

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::presence::Presence;
use crate::{Job, Network, Result};

/// Exchanges tried per tie: what is left of the first network is then lost in chance (see the tests).
const ATTEMPTS: usize = 20;
/// Exchanges tried at least, in a network observed in full and in others: there may be one way only, of several ties,
/// that is seldom found.
const LEAST: (usize, usize) = (2_000, 10_000);
/// Exchanges between two looks at the request to stop.
const CHECK: usize = 1 << 12;

/// Where the exchanges begin.
#[derive(Debug, Clone)]
pub(super) struct Switching {
    /// Sorted by their first actor.
    ties: Vec<(u32, u32)>,
    /// Where the ties of each first actor begin; empty where there are no directed triangles.
    offsets: Vec<usize>,
    attempts: usize,
}

impl Switching {
    /// From cells of a network, sorted: its ties, or those without one.
    pub(super) fn new(network: &Network, ties: Vec<(u32, u32)>) -> Self {
        let offset = |actor: usize| ties.partition_point(|(from, _)| (*from as usize) < actor);
        let offsets = if network.graph().directed() { (0..=network.n()).map(offset).collect() } else { Vec::new() };
        let least = if network.missing().is_none() { LEAST.0 } else { LEAST.1 };
        let attempts = least.max(ATTEMPTS * ties.len());
        Self { ties, offsets, attempts }
    }

    /// The cells after all exchanges, as a list and as a set.
    ///
    /// Each exchange is as likely as the one that undoes it. In a network observed in full those of two ties, with the
    /// turns of directed triangles, lead from any network to any other; where dyads were not observed those of more
    /// ties do.
    pub(super) fn run(
        &self,
        network: &Network,
        random: &mut ChaCha8Rng,
        job: &Job,
    ) -> Result<(Vec<(u32, u32)>, Presence)> {
        let mut present = Presence::new(network.n());
        self.ties.iter().for_each(|cell| _ = present.insert(*cell));
        let mut chain = Chain { network, ties: self.ties.clone(), present, fresh: Vec::new() };
        let (ties, complete) = (self.ties.len(), network.missing().is_none());
        for step in 0..if ties < 2 { 0 } else { self.attempts } {
            if step % CHECK == 0 {
                job.check()?;
            }
            match random.random_range(0..8_u32) {
                0 | 1 if !self.offsets.is_empty() => chain.turn(&self.offsets, random),
                2 if !complete => chain.exchange_more(random),
                _ => {
                    let places = [random.random_range(0..ties), random.random_range(0..ties)];
                    if places[0] != places[1] {
                        chain.exchange(&places, random);
                    }
                }
            }
        }
        Ok((chain.ties, chain.present))
    }
}

struct Chain<'a> {
    network: &'a Network,
    ties: Vec<(u32, u32)>,
    present: Presence,
    /// New cells of the exchange at hand.
    fresh: Vec<(u32, u32)>,
}

impl Chain<'_> {
    /// Whether a tie could be put between two actors.
    #[inline]
    fn is_free(&self, cell: (u32, u32)) -> bool {
        let (missing, directed) = (self.network.missing(), self.network.graph().directed());
        cell.0 != cell.1
            && !self.present.contains(cell)
            && (missing.is_none() || missing.observed(directed, cell.0 as usize, cell.1 as usize))
    }

    /// The ties at different `places` hand their second ends on, each to the next and the last to the first, if all the
    /// new cells are free. An undirected tie has no first end: which that is, is drawn.
    #[inline]
    fn exchange(&mut self, places: &[usize], random: &mut ChaCha8Rng) {
        let (k, first_mode) = (places.len(), self.network.first_mode());
        let loose = !self.network.graph().directed() && first_mode.is_none();
        let turns: u64 = if loose { random.random() } else { 0 };
        let ends = |ties: &[(u32, u32)], i: usize| {
            let (a, b) = ties[places[i]];
            if turns >> (i % 64) & 1 == 1 { (b, a) } else { (a, b) }
        };
        self.fresh.clear();
        for i in 0..k {
            let (end, next) = (ends(&self.ties, i).1, ends(&self.ties, (i + 1) % k).0);
            let cell = if loose { (end.min(next), end.max(next)) } else { (next, end) };
            if !self.is_free(cell) {
                return;
            }
            self.fresh.push(cell);
        }
        for i in 0..k {
            if !self.present.insert(self.fresh[i]) {
                // Twice the same.
                self.fresh[..i].iter().for_each(|cell| self.present.remove(*cell));
                return;
            }
        }
        places.iter().for_each(|place| self.present.remove(self.ties[*place]));
        for i in 0..k {
            self.ties[places[(i + 1) % k]] = self.fresh[i];
        }
    }

    /// An exchange of three ties with probability 1/2, of four with 1/4, and so on.
    fn exchange_more(&mut self, random: &mut ChaCha8Rng) {
        let mut places: Vec<usize> = Vec::new();
        while places.len() < 3 || random.random() {
            let place = random.random_range(0..self.ties.len());
            if places.contains(&place) {
                return;
            }
            places.push(place);
        }
        self.exchange(&places, random);
    }

    /// Turns a directed triangle a → b → c → a round, if there is no tie the other way: which exchanges of two ties
    /// can't. Found from a tie at random and a tie at random of its receiver, one with given corners comes up as often
    /// as the one turned round, since who has how many ties stays the same.
    fn turn(&mut self, offsets: &[usize], random: &mut ChaCha8Rng) {
        let one = random.random_range(0..self.ties.len());
        let (a, b) = self.ties[one];
        let own = offsets[b as usize]..offsets[b as usize + 1];
        if own.is_empty() {
            return;
        }
        let two = random.random_range(own);
        let c = self.ties[two].1;
        if !self.present.contains((c, a)) || ![(b, a), (c, b), (a, c)].iter().all(|cell| self.is_free(*cell)) {
            return;
        }
        let own = offsets[c as usize]..offsets[c as usize + 1];
        let Some(three) = own.into_iter().find(|place| self.ties[*place].1 == a) else { return };
        for (place, cell) in [(one, (a, c)), (two, (b, a)), (three, (c, b))] {
            self.present.remove(self.ties[place]);
            self.present.insert(cell);
            self.ties[place] = cell;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::random_networks_tests::network;
    use super::*;
    use crate::Missing;
    use crate::cohesion::transitivity;
    use crate::random::stream;

    const DRAWS: u64 = 400;

    /// Mean and variance of the mean, over draws: of the share of ties that stay, and of transitivity.
    fn moments(observed: &Network, switching: &Switching, seed: u64) -> [(f64, f64); 2] {
        let job = Job::inline();
        let mut sums = [(0.0, 0.0); 2];
        for draw in 0..DRAWS {
            let (cells, present) = switching.run(observed, &mut stream(seed, draw), &job).unwrap();
            let kept = switching.ties.iter().filter(|cell| present.contains(**cell)).count();
            let drawn = network(observed.graph().directed(), observed.n(), &cells, Missing::default());
            let found = [kept as f64 / cells.len() as f64, transitivity(drawn.graph(), &job).unwrap()];
            sums.iter_mut().zip(found).for_each(|(sums, one)| *sums = (sums.0 + one, sums.1 + one * one));
        }
        let count = DRAWS as f64;
        sums.map(|(sum, squares)| (sum / count, (squares / count - (sum / count).powi(2)) / count))
    }

    /// Groups of ten in which everybody is tied to everybody, and one whom all name: far from what is likely.
    fn clustered(directed: bool) -> Network {
        let pairs = (0..60_u32).flat_map(|i| (0..60).map(move |j| (i, j)));
        let tied =
            |i: u32, j: u32| i != j && (directed || i < j) && (i / 10 == j / 10 || j == 59 || (i + 11) % 60 == j);
        let cells: Vec<(u32, u32)> = pairs.filter(|&(i, j)| tied(i, j)).collect();
        network(directed, 60, &cells, Missing::default())
    }

    #[test]
    fn what_was_there_is_lost_in_chance() {
        for directed in [true, false] {
            let observed = clustered(directed);
            let (source, target, _) = observed.graph().list();
            let enough = Switching::new(&observed, source.into_iter().zip(target).collect());
            let enough = Switching { attempts: ATTEMPTS * enough.ties.len(), ..enough };
            let tenfold = Switching { attempts: 10 * enough.attempts, ..enough.clone() };
            let few = Switching { attempts: enough.attempts / 20, ..enough.clone() };
            let (enough, tenfold) = (moments(&observed, &enough, 1), moments(&observed, &tenfold, 2));
            for ((one, spread), (other, wide)) in enough.into_iter().zip(tenfold) {
                // Normal: farther apart once in a thousand.
                assert!((one - other).abs() < 3.3 * (spread + wide).sqrt(), "{one} is not {other}");
            }
            // That this tells something: one exchange per tie is too few.
            let (one, spread) = moments(&observed, &few, 3)[0];
            assert!(one - tenfold[0].0 > 10.0 * (spread + tenfold[0].1).sqrt());
        }
    }
}
