//! Logical minimization: all smallest sums of prime implicants (doi:10.1002/j.1538-7305.1956.tb03835.x).

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
    let covers = |prime: &Cube| job.check().map(|()| covered(*prime, &rows));
    let columns: Vec<Rows> = primes.iter().map(covers).collect::<Result<_>>()?;
    let numbers: Vec<[u32; 1]> = (0..primes.len() as u32).map(|number| [number]).collect();
    let essential = essential(&columns, rows.len());
    let left: Vec<usize> = (0..rows.len())
        .filter(|&row| !essential.iter().any(|&prime| columns[prime as usize][row / 64] >> (row % 64) & 1 == 1))
        .collect();
    let whole =
        Chart::new(columns.iter().map(Vec::as_slice).zip(numbers.iter().map(<[u32; 1]>::as_slice)), &left, job)?;
    let whole = whole.restricted(&whole.hardest(job)?, job)?;
    let mut models = vec![essential.clone()];
    let mut complete = true;
    for rows in whole.parts() {
        let part = whole.restricted(&rows, job)?;
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

    /// Every term of four conditions, by its definition: the rows that it covers, as bits.
    fn terms() -> Vec<u16> {
        let holds = |term: u32, row: u32| {
            (0..4).all(|bit| [0, 1, row >> bit & 1][(term / 3_u32.pow(bit) % 3) as usize] == row >> bit & 1)
        };
        (0..81).map(|term| (0..16).filter(|&row| holds(term, row)).fold(0, |rows, row| rows | 1 << row)).collect()
    }

    /// Terms that cover no other row than those allowed and one of those wanted, none within a larger one.
    fn primes(terms: &[u16], wanted: u16, allowed: u16) -> Vec<u16> {
        let inside: Vec<u16> = terms.iter().copied().filter(|term| term & !allowed == 0).collect();
        let largest = |term: u16| !inside.iter().any(|&other| other != term && term & !other == 0);
        inside.iter().copied().filter(|&term| term & wanted != 0 && largest(term)).collect()
    }

    /// Adds the sets of `size` more terms that cover what is left.
    fn choose(primes: &[u16], left: u16, size: usize, set: &mut Vec<u16>, found: &mut Vec<Vec<u16>>) {
        if size == 0 {
            if left == 0 {
                found.push(set.clone());
            }
            return;
        }
        for (place, &prime) in primes.iter().enumerate() {
            set.push(prime);
            choose(&primes[place + 1..], left & !prime, size - 1, set, found);
            set.pop();
        }
    }

    /// All smallest covers, by looking at all sets of one prime implicant, then of two, and so on.
    fn brute_force(primes: &[u16], wanted: u16) -> Vec<Vec<u16>> {
        let mut found = Vec::new();
        for size in 0..=primes.len() {
            choose(primes, wanted, size, &mut Vec::new(), &mut found);
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    fn agrees(table: &[u8; 16], terms: &[u16]) {
        let bits = |least: u8, most: u8| {
            (0..16).filter(|&row| (least..=most).contains(&table[row])).fold(0u16, |rows, row| rows | 1 << row)
        };
        let mut wanted = primes(terms, bits(1, 1), bits(1, 2));
        wanted.sort_unstable();
        let expected = brute_force(&wanted, bits(1, 1));
        let found = minimize(table, 10_000, &Job::inline()).unwrap();
        let rows = |cube: Cube| (0..16).filter(|&row| cube.covers(row)).fold(0u16, |rows, row| rows | 1 << row);
        let mut listed: Vec<u16> = found.primes.iter().map(|&cube| rows(cube)).collect();
        let mut models: Vec<Vec<u16>> =
            found.models.iter().map(|model| model.iter().map(|&prime| listed[prime as usize]).collect()).collect();
        models.iter_mut().for_each(|model| model.sort_unstable());
        models.sort();
        listed.sort_unstable();
        assert!(found.complete);
        assert_eq!((listed, models), (wanted, expected), "{table:?}");
    }

    #[test]
    fn every_function_of_four_conditions() {
        let terms = terms();
        for function in 0..1u32 << 16 {
            agrees(&std::array::from_fn(|row| (function >> row & 1) as u8), &terms);
        }
    }

    #[test]
    fn tables_of_four_conditions_with_remainders() {
        let terms = terms();
        // 3^16 tables are too many: every 1,009th.
        for number in (0..43_046_721_u32).step_by(1009) {
            agrees(&std::array::from_fn(|row| (number / 3_u32.pow(row as u32) % 3) as u8), &terms);
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
