//! Roles of brokers between groups (Gould & Fernandez 1989, doi:10.2307/270949).

use crate::{Error, Graph, Job, Result};

/// The roles, in the order of the columns: i → broker → k, by the groups of the three.
///
/// Coordinator: all in one group. Gatekeeper: the broker in that of k. Representative: the broker in that of
/// i. Consultant: i and k in one, the broker in another. Liaison: three groups.
pub const ROLES: usize = 5;

/// Brokerage of each actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Roles {
    /// Number of pairs brokered in each role: n rows of [`ROLES`].
    pub raw: Vec<f64>,
    /// The same, each pair divided by the number of its brokers.
    pub partial: Vec<f64>,
    /// Of each actor: how many pairs it brokers, and how these overlap.
    overlaps: Vec<Overlaps>,
}

/// How the pairs (i, k) that an actor brokers overlap, as numbers of ordered pairs of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Overlaps {
    pairs: f64,
    reversed: f64,
    same_sender: f64,
    same_receiver: f64,
    chain: f64,
}

/// Counts for each actor j the pairs i → j → k without a tie i → k, by the groups of the three.
///
/// # Complexity
/// O(Σ in-degree · out-degree · log d).
///
/// # Errors
/// [`Error::Direction`] for an undirected graph; [`Error::Interrupted`].
pub fn roles(graph: &Graph, group: &[u32], job: &Job) -> Result<Roles> {
    if !graph.directed() {
        return Err(Error::Direction {
            measure: "roles",
            needs: "a directed",
            found: "undirected",
            remedy: "Brokers pass on from one to another",
        });
    }
    let n = graph.n();
    let mut found = Roles { raw: vec![0.0; n * ROLES], partial: vec![0.0; n * ROLES], overlaps: Vec::new() };
    let mut brokers = vec![0_u32; n];
    for sender in 0..n {
        job.check()?;
        let middle = graph.out().neighbours(sender);
        each_pair(graph, sender, middle, |_, receiver| brokers[receiver] += 1);
        each_pair(graph, sender, middle, |broker, receiver| {
            let cell = broker * ROLES + role(group[sender], group[broker], group[receiver]);
            found.raw[cell] += 1.0;
            found.partial[cell] += 1.0 / f64::from(brokers[receiver]);
        });
        for broker in middle {
            graph.out().neighbours(*broker as usize).iter().for_each(|receiver| brokers[*receiver as usize] = 0);
        }
    }
    found.overlaps = (0..n).map(|broker| overlaps(graph, broker, job)).collect::<Result<_>>()?;
    Ok(found)
}

/// Calls `found` for each broker and receiver of a two-path from `sender` that no tie shortens.
fn each_pair(graph: &Graph, sender: usize, middle: &[u32], mut found: impl FnMut(usize, usize)) {
    for &broker in middle {
        for &receiver in graph.out().neighbours(broker as usize) {
            if receiver as usize != sender && middle.binary_search(&receiver).is_err() {
                found(broker as usize, receiver as usize);
            }
        }
    }
}

fn role(sender: u32, broker: u32, receiver: u32) -> usize {
    match (sender == broker, broker == receiver, sender == receiver) {
        (true, true, _) => 0,
        (false, true, _) => 1,
        (true, false, _) => 2,
        (false, false, true) => 3,
        (false, false, false) => 4,
    }
}

fn overlaps(graph: &Graph, broker: usize, job: &Job) -> Result<Overlaps> {
    let (senders, receivers) = (graph.incoming().neighbours(broker), graph.out().neighbours(broker));
    let brokered = |i: u32, k: u32| i != k && !graph.out().contains(i as usize, k as usize);
    let mut counts = Overlaps::default();
    let mut received = vec![0.0; receivers.len()];
    let mut sent = Vec::with_capacity(senders.len());
    for &i in senders {
        job.check()?;
        let mut own = 0.0;
        for (at, &k) in receivers.iter().enumerate().filter(|(_, k)| brokered(i, **k)) {
            own += 1.0;
            received[at] += 1.0;
            let back = senders.binary_search(&k).is_ok() && receivers.binary_search(&i).is_ok() && brokered(k, i);
            counts.reversed += f64::from(u8::from(back));
        }
        counts.pairs += own;
        counts.same_sender += own * (own - 1.0);
        sent.push(own);
    }
    counts.same_receiver = received.iter().map(|own| own * (own - 1.0)).sum();
    for (at, k) in receivers.iter().enumerate() {
        if let Ok(place) = senders.binary_search(k) {
            counts.chain += received[at] * sent[place];
        }
    }
    counts.chain -= counts.reversed;
    Ok(counts)
}

/// Expectation and standard deviation of each raw count when the groups' labels are dealt out at random: n rows of
/// [`ROLES`] each.
#[must_use]
pub fn expected_roles(roles: &Roles, group: &[u32]) -> (Vec<f64>, Vec<f64>) {
    let n = group.len() as f64;
    let groups = group.iter().max().map_or(0, |largest| *largest as usize + 1);
    let mut sizes = vec![0.0; groups];
    group.iter().for_each(|own| sizes[*own as usize] += 1.0);
    let mut chances = [Chances::default(); ROLES];
    for (own, size) in sizes.iter().enumerate() {
        let given = Chances::given(&sizes, own, n - 1.0);
        chances.iter_mut().zip(&given).for_each(|(sum, one)| sum.add(one, size / n));
    }
    let (mut mean, mut deviation) = (Vec::new(), Vec::new());
    for overlaps in &roles.overlaps {
        for chance in &chances {
            let expected = overlaps.pairs * chance.one;
            let variance = chance.second_moment(overlaps) - expected * expected;
            mean.push(expected);
            // What rounding leaves of no variance is none.
            deviation.push(if variance > 1e-9 * expected * expected { variance.sqrt() } else { 0.0 });
        }
    }
    (mean, deviation)
}

/// The chance that one pair, or two that overlap in some way, are brokered in a role.
#[derive(Debug, Clone, Copy, Default)]
struct Chances {
    one: f64,
    reversed: f64,
    same_sender: f64,
    same_receiver: f64,
    chain: f64,
    apart: f64,
}

impl Chances {
    fn add(&mut self, other: &Self, weight: f64) {
        self.one += weight * other.one;
        self.reversed += weight * other.reversed;
        self.same_sender += weight * other.same_sender;
        self.same_receiver += weight * other.same_receiver;
        self.chain += weight * other.chain;
        self.apart += weight * other.apart;
    }

    fn second_moment(&self, overlaps: &Overlaps) -> f64 {
        let Overlaps { pairs, reversed, same_sender, same_receiver, chain } = *overlaps;
        let apart = pairs * pairs - pairs - reversed - same_sender - same_receiver - 2.0 * chain;
        pairs * self.one
            + reversed * self.reversed
            + same_sender * self.same_sender
            + same_receiver * self.same_receiver
            + 2.0 * chain * self.chain
            + apart * self.apart
    }

    /// The chances by role, for a broker in group `own`, drawing from the `rest` others without replacement.
    fn given(sizes: &[f64], own: usize, rest: f64) -> [Self; ROLES] {
        let inside = sizes[own] - 1.0;
        let outside = rest - inside;
        let others = || sizes.iter().enumerate().filter(move |(group, _)| *group != own).map(|(_, size)| *size);
        let (two, three, four): (f64, f64, f64) = others()
            .fold((0.0, 0.0, 0.0), |sums, m| (sums.0 + falling(m, 2), sums.1 + falling(m, 3), sums.2 + falling(m, 4)));
        // Two pairs, each within one outside group; and one actor with two others outside its group.
        let both: f64 = two * two - others().map(|m| falling(m, 2).powi(2)).sum::<f64>() + four;
        let star: f64 = others().map(|m| m * falling(outside - m, 2)).sum();
        let out_of = |ways: f64, actors: i32| {
            let all = falling(rest, actors);
            if all > 0.0 { ways / all } else { 0.0 }
        };
        let chances = |one, reversed, same_sender, same_receiver, chain, apart| Self {
            one: out_of(one, 2),
            reversed: out_of(reversed, 2),
            same_sender: out_of(same_sender, 3),
            same_receiver: out_of(same_receiver, 3),
            chain: out_of(chain, 3),
            apart: out_of(apart, 4),
        };
        let (in2, in3) = (falling(inside, 2), falling(inside, 3));
        let (out2, mixed) = (falling(outside, 2), inside * outside);
        let crossed = in2 * out2;
        [
            chances(in2, in2, in3, in3, in3, falling(inside, 4)),
            chances(mixed, 0.0, in2 * outside, inside * out2, 0.0, crossed),
            chances(mixed, 0.0, inside * out2, in2 * outside, 0.0, crossed),
            chances(two, two, three, three, three, both),
            chances(
                out2 - two,
                out2 - two,
                star,
                star,
                star,
                falling(outside, 4) - 2.0 * two * falling(outside - 2.0, 2) + both,
            ),
        ]
    }
}

/// m·(m − 1)· … with `factors` factors; 0 when there are not so many.
fn falling(m: f64, factors: i32) -> f64 {
    if m < f64::from(factors) { 0.0 } else { (0..factors).map(|less| m - f64::from(less)).product() }
}
