//! What passes between organisations: three ways to read it from the order of a client's events.

use std::ops::Range;

use crate::parallel::reduce;
use crate::{Error, Job, Result};

/// Clients whose handovers are counted in one go.
const BLOCK: usize = 1 << 12;
/// Handovers of one client that are listed before they are counted.
const LISTED: usize = 1 << 20;
/// Events between two looks for a request to stop.
const STEP: usize = 1 << 10;

/// How handovers are read from a client's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Builder {
    /// From each day of events to the next day of events, if that is within the window.
    TraceRoute,
    /// From each event to all later ones within the window.
    SlidingWindow,
    /// Within periods of the window's length, from each organisation to all that the client came to later.
    Binning,
}

/// Events in the order of clients, and of each client's days.
#[derive(Debug, Clone, Copy)]
pub struct Events<'a> {
    /// The client of each event.
    pub client: &'a [u32],
    /// Its day.
    pub day: &'a [i64],
    /// Its organisation.
    pub organisation: &'a [u32],
}

/// Pairs of organisations with what passed from the first to the second, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handovers {
    /// Who hands over.
    pub source: Vec<u32>,
    /// Who takes over.
    pub target: Vec<u32>,
    /// How many clients.
    pub clients: Vec<u64>,
    /// How many handovers.
    pub times: Vec<u64>,
}

/// A pair of organisations as one number, its clients, its handovers.
type Counted = (u64, u64, u64);

/// Counts clients and handovers between different organisations; `window` is in days. Events of one client at one
/// organisation on one day are one event; events of one day have no order, and so nothing passes
/// between them. Periods of [`Builder::Binning`] start at the earliest day.
///
/// Takes time linear in the events times the events in a window, and in the handovers times the
/// logarithm of their number.
///
/// # Errors
/// [`Error::Argument`] for columns that do not fit each other or are not in order, and for a window
/// of less than a day; [`Error::Interrupted`].
pub fn handovers(events: Events<'_>, builder: Builder, window: i64, job: &Job) -> Result<Handovers> {
    check(&events, window)?;
    let bounds = bounds(events.client, job)?;
    let origin = events.day.iter().copied().min().unwrap_or(0);
    let how = How { builder, window, origin };
    let clients = bounds.len() - 1;
    job.start(events.client.len() as u64);
    let leaf = |range: Range<usize>| {
        let mut found = Vec::new();
        let (first, last) = (bounds[range.start], bounds[range.end]);
        for client in range {
            of_client(&events, bounds[client]..bounds[client + 1], how, job, &mut found)?;
        }
        job.advance((last - first) as u64);
        found.sort_unstable();
        Ok(merged(found))
    };
    let join = |left: Vec<Counted>, right: Vec<Counted>| joined(&left, &right);
    let counted = reduce(job, clients, BLOCK, &leaf, &join)?.unwrap_or_default();
    Ok(Handovers {
        source: counted.iter().map(|(pair, _, _)| (pair >> 32) as u32).collect(),
        target: counted.iter().map(|(pair, _, _)| *pair as u32).collect(),
        clients: counted.iter().map(|(_, clients, _)| *clients).collect(),
        times: counted.iter().map(|(_, _, times)| *times).collect(),
    })
}

/// The builder, the days of its window, and the day on which periods start.
#[derive(Clone, Copy)]
struct How {
    builder: Builder,
    window: i64,
    origin: i64,
}

fn check(events: &Events<'_>, window: i64) -> Result<()> {
    let rows = events.client.len();
    if window < 1 {
        let found = window.to_string();
        return Err(Error::Argument { argument: "window", expected: "a whole number of at least 1", found });
    }
    let ordered = |row: usize| {
        let (before, after) = (events.client[row - 1], events.client[row]);
        before < after || before == after && events.day[row - 1] <= events.day[row]
    };
    if events.day.len() != rows || events.organisation.len() != rows || !(1..rows).all(ordered) {
        let found = format!("{rows} rows out of order or of other lengths");
        return Err(Error::Argument { argument: "events", expected: "in the order of clients and days", found });
    }
    Ok(())
}

/// Where the events of each client start, and the end of the last.
fn bounds(clients: &[u32], job: &Job) -> Result<Vec<usize>> {
    job.check()?;
    let mut bounds = vec![0];
    bounds.extend((1..clients.len()).filter(|&row| clients[row] != clients[row - 1]));
    if !clients.is_empty() {
        bounds.push(clients.len());
    }
    Ok(bounds)
}

/// The handovers of one client.
fn of_client(events: &Events<'_>, rows: Range<usize>, how: How, job: &Job, found: &mut Vec<Counted>) -> Result<()> {
    let mut visits: Vec<(i64, u32)> = rows.map(|row| (events.day[row], events.organisation[row])).collect();
    visits.sort_unstable();
    visits.dedup();
    let mut tally = Tally::default();
    let How { builder, window, origin } = how;
    match builder {
        Builder::TraceRoute => trace_route(&visits, window, &mut tally, job)?,
        Builder::SlidingWindow => sliding_window(&visits, window, &mut tally, job)?,
        Builder::Binning => {
            let period = |visit: &(i64, u32)| visit.0.saturating_sub(origin).div_euclid(window);
            for visits in visits.chunk_by(|a, b| period(a) == period(b)) {
                binning(visits, &mut tally, job)?;
            }
        }
    }
    found.extend(tally.finish().into_iter().map(|(pair, times)| (pair, 1, times)));
    Ok(())
}

fn trace_route(visits: &[(i64, u32)], window: i64, tally: &mut Tally, job: &Job) -> Result<()> {
    let mut before: &[(i64, u32)] = &[];
    for (place, now) in visits.chunk_by(|a, b| a.0 == b.0).enumerate() {
        if place % STEP == 0 {
            job.check()?;
        }
        if before.first().is_some_and(|last| now[0].0.saturating_sub(last.0) <= window) {
            before.iter().for_each(|from| now.iter().for_each(|to| tally.add(from.1, to.1)));
        }
        before = now;
    }
    Ok(())
}

fn sliding_window(visits: &[(i64, u32)], window: i64, tally: &mut Tally, job: &Job) -> Result<()> {
    for (place, from) in visits.iter().enumerate() {
        if place % STEP == 0 {
            job.check()?;
        }
        let later = visits[place + 1..].iter().take_while(|to| to.0.saturating_sub(from.0) <= window);
        later.filter(|to| to.0 > from.0).for_each(|to| tally.add(from.1, to.1));
    }
    Ok(())
}

/// `visits` are those of one period.
fn binning(visits: &[(i64, u32)], tally: &mut Tally, job: &Job) -> Result<()> {
    let mut by_organisation: Vec<(u32, i64)> = visits.iter().map(|(day, organisation)| (*organisation, *day)).collect();
    by_organisation.sort_unstable();
    by_organisation.dedup_by_key(|visit| visit.0);
    for from in &by_organisation {
        job.check()?;
        by_organisation.iter().filter(|to| to.1 > from.1).for_each(|to| tally.add(from.0, to.0));
    }
    Ok(())
}

/// Counts pairs: lists them first, and counts the list when it gets long.
#[derive(Default)]
struct Tally {
    listed: Vec<u64>,
    counted: Vec<Counted>,
}

impl Tally {
    fn add(&mut self, from: u32, to: u32) {
        if from != to {
            self.listed.push(u64::from(from) << 32 | u64::from(to));
            if self.listed.len() >= LISTED {
                self.count();
            }
        }
    }

    fn count(&mut self) {
        self.listed.sort_unstable();
        let listed = merged(self.listed.drain(..).map(|pair| (pair, 0, 1)).collect());
        self.counted = joined(&self.counted, &listed);
    }

    fn finish(mut self) -> Vec<(u64, u64)> {
        self.count();
        self.counted.into_iter().map(|(pair, _, times)| (pair, times)).collect()
    }
}

/// Adds up neighbours of the same pair.
fn merged(mut counted: Vec<Counted>) -> Vec<Counted> {
    counted.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
            kept.2 += next.2;
        }
        same
    });
    counted
}

/// Two lists in order as one.
fn joined(left: &[Counted], right: &[Counted]) -> Vec<Counted> {
    let mut all = Vec::with_capacity(left.len() + right.len());
    let (mut i, mut j) = (0, 0);
    while i < left.len() || j < right.len() {
        let take_left = j == right.len() || i < left.len() && left[i].0 <= right[j].0;
        all.push(if take_left { left[i] } else { right[j] });
        if take_left { i += 1 } else { j += 1 }
    }
    merged(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three clients among organisations 0, 1, 2: days and organisations.
    const CLIENT: [u32; 8] = [0, 0, 0, 1, 1, 1, 2, 2];
    const DAY: [i64; 8] = [0, 10, 50, 5, 5, 20, 3, 90];
    const ORGANISATION: [u32; 8] = [0, 1, 0, 0, 1, 2, 0, 1];

    fn found(builder: Builder, window: i64) -> Vec<(u32, u32, u64, u64)> {
        let events = Events { client: &CLIENT, day: &DAY, organisation: &ORGANISATION };
        let found = handovers(events, builder, window, &Job::inline()).unwrap();
        (0..found.source.len())
            .map(|at| (found.source[at], found.target[at], found.clients[at], found.times[at]))
            .collect()
    }

    #[test]
    fn by_hand() {
        // Client 0: 0 → 1 (10 days) → 0 (40 days). Client 1: 0 and 1 on one day, → 2 (15 days). Client 2: 0 → 1 (87).
        let all = [(0, 1, 2, 2), (0, 2, 1, 1), (1, 0, 1, 1), (1, 2, 1, 1)];
        assert_eq!(found(Builder::TraceRoute, i64::MAX), all);
        assert_eq!(found(Builder::TraceRoute, 15), [(0, 1, 1, 1), (0, 2, 1, 1), (1, 2, 1, 1)]);
        assert_eq!(found(Builder::SlidingWindow, 40), [(0, 1, 1, 1), (0, 2, 1, 1), (1, 0, 1, 1), (1, 2, 1, 1)]);
        // Periods of 30 days from day 0: client 0 is at 0 and then 1 in the first, client 1 at 0 and 1 and then 2.
        assert_eq!(found(Builder::Binning, 30), [(0, 1, 1, 1), (0, 2, 1, 1), (1, 2, 1, 1)]);
    }

    #[test]
    fn the_same_on_any_number_of_threads() {
        let client: Vec<u32> = (0..60_000).map(|row| row / 6).collect();
        let day: Vec<i64> = (0..60_000).map(|row| row % 6 * 20).collect();
        let organisation: Vec<u32> = (0..60_000_u32).map(|row| row.wrapping_mul(2_654_435_761) % 50).collect();
        let events = Events { client: &client, day: &day, organisation: &organisation };
        for (builder, window) in [(Builder::TraceRoute, 20), (Builder::SlidingWindow, 60), (Builder::Binning, 45)] {
            let one = handovers(events, builder, window, &Job::inline());
            assert_eq!(handovers(events, builder, window, &Job::new(4)), one);
        }
    }

    #[test]
    fn many_handovers_of_one_client_are_counted_in_parts() {
        let day: Vec<i64> = (0..3000).collect();
        let organisation: Vec<u32> = (0..3000).map(|row| row % 2).collect();
        let events = Events { client: &[0; 3000], day: &day, organisation: &organisation };
        let found = handovers(events, Builder::SlidingWindow, 3000, &Job::inline()).unwrap();
        // Of 1,500 events at either: the k-th at 0 is followed by 1500 - k + 1 at 1, the k-th at 1 by 1500 - k at 0.
        assert_eq!((found.clients, found.times), (vec![1, 1], vec![1500 * 1501 / 2, 1500 * 1499 / 2]));
    }

    #[test]
    fn refuses_what_is_out_of_order_and_stops_when_asked() {
        let events = Events { client: &[0, 0], day: &[2, 1], organisation: &[0, 1] };
        assert!(handovers(events, Builder::TraceRoute, 1, &Job::inline()).is_err());
        let events = Events { day: &[1, 2], ..events };
        assert!(handovers(events, Builder::Binning, 0, &Job::inline()).is_err());
        let job = Job::inline();
        job.cancel();
        assert_eq!(handovers(events, Builder::Binning, 1, &job), Err(Error::Interrupted));
    }
}
