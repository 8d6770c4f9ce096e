//! An actor's contacts, and how it divides itself over them (Burt 1992, ch. 2).

use crate::{Csr, Error, Graph, Job, Result, parallel};

/// Which ties of a contact count when it divides itself over its own contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All it has.
    Whole,
    /// Those within the network of the actor looked at: to the actor and to the other contacts.
    Ego,
}

/// Actors that are worked on in one go.
const BLOCK: usize = 64;

/// Ties without direction, valued by the sum a(i, j) + a(j, i), and what each actor has of them.
pub(super) struct Contacts {
    lists: Csr,
    total: Vec<f64>,
    largest: Vec<f64>,
    scope: Scope,
}

impl Contacts {
    pub(super) fn new(graph: &Graph, scope: Scope, measure: &'static str) -> Result<Self> {
        if graph.is_signed() {
            return Err(Error::Signed { measure });
        }
        let lists = if graph.directed() { summed(graph) } else { doubled(graph.out()) };
        let of = |actor: usize| lists.valued(actor).map(|(_, value)| value);
        let total = (0..lists.n()).map(|actor| of(actor).sum()).collect();
        let largest = (0..lists.n()).map(|actor| of(actor).fold(0.0, f64::max)).collect();
        Ok(Self { lists, total, largest, scope })
    }

    /// One score per actor; `NaN` for actors without contacts. `score` gets the actor, seen as ego.
    pub(super) fn scores(&self, job: &Job, score: &(impl Fn(&Ego<'_>) -> f64 + Sync)) -> Result<Vec<f64>> {
        let n = self.lists.n();
        let mut scores = vec![f64::NAN; n];
        job.start(n as u64);
        parallel::fill(job, &mut scores, BLOCK, &|first, part| {
            let mut place = vec![u32::MAX; n];
            let mut sums = Vec::new();
            for (actor, slot) in (first..).zip(part.iter_mut()) {
                job.check()?;
                let contacts = self.lists.neighbours(actor);
                if !contacts.is_empty() {
                    contacts.iter().enumerate().for_each(|(at, contact)| place[*contact as usize] = at as u32);
                    sums.clear();
                    sums.resize(contacts.len(), 0.0);
                    *slot = score(&Ego::new(self, actor, &place, &mut sums));
                    contacts.iter().for_each(|contact| place[*contact as usize] = u32::MAX);
                }
            }
            job.advance(part.len() as u64);
            Ok(())
        })?;
        Ok(scores)
    }
}

/// An actor with its contacts.
pub(super) struct Ego<'a> {
    contacts: &'a Contacts,
    actor: usize,
    /// Where each actor stands in the list of contacts.
    place: &'a [u32],
    /// For each contact j: Σ over the other contacts q of p(i, q)·p(q, j).
    indirect: &'a [f64],
}

impl<'a> Ego<'a> {
    fn new(contacts: &'a Contacts, actor: usize, place: &'a [u32], sums: &'a mut Vec<f64>) -> Self {
        let own = contacts.total[actor];
        for (contact, value) in contacts.lists.valued(actor) {
            let share = value / own / contacts.spent(contact, actor, place);
            for (other, between) in contacts.lists.valued(contact) {
                if let Some(sum) = sums.get_mut(place[other] as usize) {
                    *sum += share * between;
                }
            }
        }
        Self { contacts, actor, place, indirect: sums }
    }

    pub(super) fn size(&self) -> usize {
        self.contacts.lists.degree(self.actor)
    }

    /// What each contact adds to the constraint: (p(i, j) + Σ p(i, q)·p(q, j))².
    pub(super) fn constraints(&self) -> impl Iterator<Item = f64> + '_ {
        let own = self.contacts.total[self.actor];
        let direct = self.contacts.lists.valued(self.actor).map(move |(_, value)| value / own);
        direct.zip(self.indirect).map(|(direct, indirect)| (direct + indirect).powi(2))
    }

    /// Σ over pairs of contacts j, q of p(i, q)·m(j, q), with m the tie of j relative to its strongest.
    pub(super) fn redundancy(&self) -> f64 {
        let (lists, own) = (&self.contacts.lists, self.contacts.total[self.actor]);
        let mut sum = 0.0;
        for (contact, _) in lists.valued(self.actor) {
            let strongest = self.contacts.strongest(contact, self.actor, self.place);
            for (other, between) in lists.valued(contact) {
                if self.place[other] != u32::MAX {
                    let share = lists.value(self.actor, other).unwrap_or(0.0) / own;
                    sum += share * (between / strongest);
                }
            }
        }
        sum
    }
}

impl Contacts {
    /// What a contact has of ties, within the scope.
    fn spent(&self, contact: usize, ego: usize, place: &[u32]) -> f64 {
        match self.scope {
            Scope::Whole => self.total[contact],
            Scope::Ego => self.within(contact, ego, place).sum(),
        }
    }

    fn strongest(&self, contact: usize, ego: usize, place: &[u32]) -> f64 {
        match self.scope {
            Scope::Whole => self.largest[contact],
            Scope::Ego => self.within(contact, ego, place).fold(0.0, f64::max),
        }
    }

    fn within<'a>(&'a self, contact: usize, ego: usize, place: &'a [u32]) -> impl Iterator<Item = f64> + 'a {
        let ties = self.lists.valued(contact);
        ties.filter(move |(other, _)| *other == ego || place[*other] != u32::MAX).map(|(_, value)| value)
    }
}

/// a(i, j) + a(j, i) for each pair with a tie.
fn summed(graph: &Graph) -> Csr {
    let mut offsets = vec![0_u64];
    let (mut targets, mut values) = (Vec::new(), Vec::new());
    for actor in 0..graph.n() {
        let mut out = graph.out().valued(actor).peekable();
        let mut into = graph.incoming().valued(actor).peekable();
        while let Some(next) = out.peek().into_iter().chain(into.peek()).map(|(other, _)| *other).min() {
            let of = |ties: &mut dyn Iterator<Item = (usize, f64)>| ties.next().map_or(0.0, |(_, value)| value);
            let sent = if out.peek().is_some_and(|(other, _)| *other == next) { of(&mut out) } else { 0.0 };
            let received = if into.peek().is_some_and(|(other, _)| *other == next) { of(&mut into) } else { 0.0 };
            targets.push(next as u32);
            values.push(sent + received);
        }
        offsets.push(targets.len() as u64);
    }
    Csr::new(offsets, targets, Some(values))
}

/// The same for an undirected graph, where the factor 2 cancels out everywhere.
fn doubled(lists: &Csr) -> Csr {
    let values = lists.values().map_or_else(|| vec![1.0; lists.entries()], <[f64]>::to_vec);
    Csr::new(lists.offsets().to_vec(), lists.targets().to_vec(), Some(values))
}
