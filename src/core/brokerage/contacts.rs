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
            let (mut near, mut indirect) = (vec![false; n], vec![0.0; n]);
            for (actor, slot) in (first..).zip(part.iter_mut()) {
                job.check()?;
                let contacts = self.lists.neighbours(actor);
                if !contacts.is_empty() {
                    contacts.iter().for_each(|contact| near[*contact as usize] = true);
                    self.spread(actor, &near, &mut indirect);
                    *slot = score(&Ego { contacts: self, actor, near: &near, indirect: &indirect });
                    contacts.iter().for_each(|contact| near[*contact as usize] = false);
                    self.forget(actor, &mut indirect);
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
    /// Who is a contact.
    near: &'a [bool],
    /// For each actor j: Σ over the contacts q of p(i, q)·p(q, j).
    indirect: &'a [f64],
}

impl Ego<'_> {
    pub(super) fn size(&self) -> usize {
        self.contacts.lists.degree(self.actor)
    }

    /// What each contact adds to the constraint: (p(i, j) + Σ p(i, q)·p(q, j))².
    pub(super) fn constraints(&self) -> impl Iterator<Item = f64> + '_ {
        let own = self.contacts.total[self.actor];
        let direct = self.contacts.lists.valued(self.actor);
        direct.map(move |(contact, value)| (value / own + self.indirect[contact]).powi(2))
    }

    /// Σ over pairs of contacts j, q of p(i, q)·m(j, q), with m the tie of j relative to its strongest.
    pub(super) fn redundancy(&self) -> f64 {
        let (lists, own) = (&self.contacts.lists, self.contacts.total[self.actor]);
        let mut sum = 0.0;
        for (contact, _) in lists.valued(self.actor) {
            let strongest = self.contacts.strongest(contact, self.actor, self.near);
            for (other, between) in lists.valued(contact) {
                if self.near[other] {
                    let share = lists.value(self.actor, other).unwrap_or(0.0) / own;
                    sum += share * (between / strongest);
                }
            }
        }
        sum
    }
}

impl Contacts {
    /// Adds up, for each actor j, p(i, q)·p(q, j) over the contacts q of an actor i.
    fn spread(&self, actor: usize, near: &[bool], indirect: &mut [f64]) {
        let own = self.total[actor];
        for (contact, value) in self.lists.valued(actor) {
            let share = value / own / self.spent(contact, actor, near);
            // Everybody's sum is kept, which takes less time than asking who is a contact.
            self.lists.valued(contact).for_each(|(other, between)| indirect[other] += share * between);
        }
    }

    /// Sets the sums of an actor back to 0.
    fn forget(&self, actor: usize, indirect: &mut [f64]) {
        let contacts = self.lists.neighbours(actor);
        if contacts.iter().map(|contact| self.lists.degree(*contact as usize)).sum::<usize>() > indirect.len() {
            indirect.fill(0.0);
            return;
        }
        for &other in contacts.iter().flat_map(|contact| self.lists.neighbours(*contact as usize)) {
            indirect[other as usize] = 0.0;
        }
    }

    /// What a contact has of ties, within the scope.
    fn spent(&self, contact: usize, ego: usize, near: &[bool]) -> f64 {
        match self.scope {
            Scope::Whole => self.total[contact],
            Scope::Ego => self.within(contact, ego, near).sum(),
        }
    }

    fn strongest(&self, contact: usize, ego: usize, near: &[bool]) -> f64 {
        match self.scope {
            Scope::Whole => self.largest[contact],
            Scope::Ego => self.within(contact, ego, near).fold(0.0, f64::max),
        }
    }

    fn within<'a>(&'a self, contact: usize, ego: usize, near: &'a [bool]) -> impl Iterator<Item = f64> + 'a {
        let ties = self.lists.valued(contact);
        ties.filter(move |(other, _)| *other == ego || near[*other]).map(|(_, value)| value)
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
