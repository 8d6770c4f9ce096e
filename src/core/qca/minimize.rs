//! Logical minimization: all smallest sums of prime implicants (McCluskey 1956, doi:10.1002/j.1538-7305.1956.tb03835.x).

use super::chart::{Chart, Rows, places};
use super::cover::smallest_covers;
use super::primes::{Cube, prime_implicants};
use crate::{Job, Result};

/// What a truth table can be made to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimized {
    /// The prime implicants that cover a row with 1; short ones first.
    pub primes: Vec<Cube>,
    /// Places of those that every solution has, since nothing else covers some row.
    pub essential: Vec<u32>,
    /// The smallest sets of prime implicants that cover all rows with 1, as sorted places in `primes`.
    pub models: Vec<Vec<u32>>,
    /// Whether these are all.
    pub complete: bool,
}

/// Finds all smallest covers of the rows with 1 by terms that cover no row with 0: smallest in the number of terms,
/// however long these are. `table` holds 0, 1 or [`FREE`](super::FREE) for each of 2^k rows. No more than `most` are
/// listed.
///
/// # Complexity
/// O(k·3^k) for the terms; the search for covers takes exponential time at worst.
///
/// # Errors
/// [`Error::Argument`](crate::Error::Argument) for a table of another size; [`Error::Interrupted`](crate::Error).
pub fn minimize(table: &[u8], most: usize, job: &Job) -> Result<Minimized> {
    let primes = prime_implicants(table, job)?;
    let rows: Vec<u32> = (0..table.len() as u32).filter(|&row| table[row as usize] == 1).collect();
    let columns: Vec<Rows> = primes.iter().map(|prime| covered(*prime, &rows)).collect();
    let numbers: Vec<[u32; 1]> = (0..primes.len() as u32).map(|number| [number]).collect();
    let essential = essential(&columns, rows.len());
    let left: Vec<usize> = (0..rows.len())
        .filter(|&row| !essential.iter().any(|&prime| columns[prime as usize][row / 64] >> (row % 64) & 1 == 1))
        .collect();
    let whole = Chart::new(columns.iter().map(Vec::as_slice).zip(numbers.iter().map(<[u32; 1]>::as_slice)), &left);
    let whole = whole.restricted(&whole.hardest());
    let mut models = vec![essential.clone()];
    let mut complete = true;
    for rows in whole.parts() {
        let part = whole.restricted(&rows);
        // One more than wanted tells whether there are more.
        let found = smallest_covers(&part, most + 1, job)?;
        models = extended(&models, &found, &part.names, most + 1);
        complete &= models.len() <= most;
        models.truncate(most);
    }
    models.iter_mut().for_each(|model| model.sort_unstable());
    models.sort_by_cached_key(|model| {
        (model.iter().map(|&prime| primes[prime as usize].mask.count_ones()).sum::<u32>(), model.clone())
    });
    Ok(Minimized { primes, essential, models, complete })
}

fn covered(prime: Cube, rows: &[u32]) -> Rows {
    let mut found = vec![0; rows.len().div_ceil(64)];
    for (place, &row) in rows.iter().enumerate() {
        found[place / 64] |= u64::from(prime.covers(row)) << (place % 64);
    }
    found
}

/// The only column of some row, each once.
fn essential(columns: &[Rows], rows: usize) -> Vec<u32> {
    let mut only = vec![None; rows];
    let mut seen = vec![false; rows];
    for (column, covered) in columns.iter().enumerate() {
        for row in places(covered) {
            only[row] = (!seen[row]).then_some(column as u32);
            seen[row] = true;
        }
    }
    let mut found: Vec<u32> = only.into_iter().flatten().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Joins each model with each cover of one more part; a column that stands for several gives one for each.
fn extended(models: &[Vec<u32>], covers: &[Vec<u32>], names: &[Vec<u32>], most: usize) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    for model in models {
        for cover in covers {
            let mut grown = vec![model.clone()];
            for &column in cover {
                let room = most - found.len();
                grown = grown
                    .iter()
                    .flat_map(|one| names[column as usize].iter().map(move |&name| [one.as_slice(), &[name]].concat()))
                    .take(room)
                    .collect();
            }
            found.append(&mut grown);
            if found.len() >= most {
                return found;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All smallest covers by looking at all sets of prime implicants.
    fn brute_force(table: &[u8]) -> Vec<Vec<u32>> {
        let primes = prime_implicants(table, &Job::inline()).unwrap();
        let rows: Vec<u32> = (0..table.len() as u32).filter(|&row| table[row as usize] == 1).collect();
        let mut found: Vec<Vec<u32>> = Vec::new();
        for set in 0..1u32 << primes.len() {
            let members: Vec<u32> = (0..primes.len() as u32).filter(|prime| set >> prime & 1 == 1).collect();
            if rows.iter().all(|&row| members.iter().any(|&prime| primes[prime as usize].covers(row))) {
                found.push(members);
            }
        }
        let least = found.iter().map(Vec::len).min().unwrap();
        found.retain(|set| set.len() == least);
        found.sort();
        found
    }

    #[test]
    fn every_table_of_three_conditions_with_remainders() {
        for number in 0..6561 {
            let table: Vec<u8> = (0..8).map(|row| (number / 3_u32.pow(row) % 3) as u8).collect();
            let mut found = minimize(&table, 1000, &Job::inline()).unwrap();
            assert!(found.complete);
            found.models.sort();
            assert_eq!(found.models, brute_force(&table), "{table:?}");
        }
    }

    #[test]
    fn a_cycle_has_two_solutions() {
        // ~A*~B, ~A*C, A*C... of the six rows other than 000 and 111 any two neighbours make a term.
        let found = minimize(&[0, 1, 1, 1, 1, 1, 1, 0], 1000, &Job::inline()).unwrap();
        assert_eq!((found.primes.len(), found.essential.len(), found.models.len()), (6, 0, 2));
        assert!(found.models.iter().all(|model| model.len() == 3));
        let cut = minimize(&[0, 1, 1, 1, 1, 1, 1, 0], 1, &Job::inline()).unwrap();
        assert_eq!((cut.models.len(), cut.complete), (1, false));
    }
}
