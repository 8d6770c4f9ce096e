//! How many events and how many clients each cell of a table has.

use crate::{Error, Job, Result};

/// Events between two looks for a request to stop.
const STEP: usize = 1 << 16;
/// No client.
const NOBODY: u32 = u32::MAX;

/// Counts the events and the different clients in each of `cells` cells; the events of a client stand
/// together, and `cell` holds the cell of each event.
///
/// Takes time linear in the events and the cells.
///
/// # Errors
/// [`Error::Argument`] for columns of different lengths or cells out of range; [`Error::Interrupted`].
pub fn crossed(client: &[u32], cell: &[i64], cells: usize, job: &Job) -> Result<(Vec<i64>, Vec<i64>)> {
    let inside = |cell: &i64| usize::try_from(*cell).is_ok_and(|at| at < cells);
    if client.len() != cell.len() || !cell.iter().all(inside) {
        let found = format!("{} events and {} cells, of {cells}", client.len(), cell.len());
        return Err(Error::Argument { argument: "cell", expected: "one cell in range for each event", found });
    }
    let (mut events, mut clients, mut last) = (vec![0; cells], vec![0; cells], vec![NOBODY; cells]);
    for (who, at) in client.chunks(STEP).zip(cell.chunks(STEP)) {
        job.check()?;
        for (who, at) in who.iter().zip(at) {
            let at = *at as usize;
            events[at] += 1;
            clients[at] += i64::from(last[at] != *who);
            last[at] = *who;
        }
    }
    Ok((events, clients))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let found = crossed(&[0, 0, 0, 4, 4], &[1, 2, 1, 1, 0], 4, &Job::inline());
        assert_eq!(found, Ok((vec![1, 3, 1, 0], vec![1, 2, 1, 0])));
        assert!(crossed(&[0], &[2], 2, &Job::inline()).is_err());
        assert!(crossed(&[0], &[-1], 2, &Job::inline()).is_err());
        assert!(crossed(&[0], &[], 2, &Job::inline()).is_err());
    }
}
