//! Prime implicants by a table of all cubes (Quine 1952, doi:10.1080/00029890.1952.11988183).

use std::cmp::Reverse;

use crate::{Error, Job, Result};

/// What a row may become: a remainder that the minimization may use or not. Other rows hold 0 or 1.
pub const FREE: u8 = 2;
/// The largest number of conditions: 3^16 cubes take 43 MB.
pub const MOST_CONDITIONS: u32 = 16;

/// Cells looked at before asking whether to stop.
const BATCH: usize = 1 << 16;
const IMPLICANT: u8 = 1;
const POSITIVE: u8 = 2;

/// A term: the rows that agree with `value` in the bits of `mask`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cube {
    /// The bits of the conditions that the term names.
    pub mask: u32,
    /// Their values; 0 elsewhere.
    pub value: u32,
}

impl Cube {
    /// Whether a row is a case of the term.
    #[inline]
    pub fn covers(self, row: u32) -> bool {
        row & self.mask == self.value
    }
}

/// The prime implicants that cover at least one row with 1: terms that cover no row with 0, and from which nothing
/// can be left out. `table` holds 0, 1 or [`FREE`] for each of 2^k rows. Short terms come first.
///
/// # Complexity
/// O(k·3^k) time and O(3^k) memory.
///
/// # Errors
/// [`Error::Argument`] for a table of another size or with other values; [`Error::Interrupted`].
pub fn prime_implicants(table: &[u8], job: &Job) -> Result<Vec<Cube>> {
    let conditions = conditions(table)?;
    let cells = cubes(table, conditions, job)?;
    let mut found = Vec::new();
    for (index, &cell) in cells.iter().enumerate() {
        if index % BATCH == 0 {
            job.check()?;
        }
        if cell == IMPLICANT | POSITIVE
            && let Some(cube) = prime(&cells, index, conditions)
        {
            found.push(cube);
        }
    }
    found.sort_unstable_by_key(|cube| (cube.mask.count_ones(), Reverse(cube.mask), Reverse(cube.value)));
    Ok(found)
}

fn conditions(table: &[u8]) -> Result<u32> {
    let conditions = table.len().checked_ilog2().unwrap_or(0);
    if table.len() != 1 << conditions || conditions > MOST_CONDITIONS || table.iter().any(|&row| row > FREE) {
        let expected = "0, 1 or 2 for each of 2^k rows, with k up to 16";
        return Err(Error::Argument { argument: "table", expected, found: format!("{} rows", table.len()) });
    }
    Ok(conditions)
}

/// For each cube (digits 0, 1 and 2 for "either", the bit of value 1 being the lowest digit) whether it covers no
/// row with 0, and whether it covers one with 1. One bit after the other grows from two values to three.
fn cubes(table: &[u8], conditions: u32, job: &Job) -> Result<Vec<u8>> {
    let mut cells: Vec<u8> = table.iter().map(|&row| [0, IMPLICANT | POSITIVE, IMPLICANT][row as usize]).collect();
    let mut block = 1;
    for _ in 0..conditions {
        let mut grown = Vec::with_capacity(cells.len() / 2 * 3);
        for pair in cells.chunks_exact(2 * block) {
            job.check()?;
            let (low, high) = pair.split_at(block);
            grown.extend_from_slice(pair);
            grown.extend(low.iter().zip(high).map(|(a, b)| (a & b & IMPLICANT) | ((a | b) & POSITIVE)));
        }
        cells = grown;
        block *= 3;
    }
    Ok(cells)
}

/// The cube at an index, unless leaving out one of its literals gives another implicant.
fn prime(cells: &[u8], index: usize, conditions: u32) -> Option<Cube> {
    let (mut rest, mut place) = (index, 1);
    let mut cube = Cube { mask: 0, value: 0 };
    for bit in 0..conditions {
        let digit = rest % 3;
        if digit != 2 {
            if cells[index + (2 - digit) * place] & IMPLICANT != 0 {
                return None;
            }
            cube.mask |= 1 << bit;
            cube.value |= (digit as u32) << bit;
        }
        rest /= 3;
        place *= 3;
    }
    Some(cube)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(table: &[u8]) -> Vec<Cube> {
        prime_implicants(table, &Job::inline()).unwrap()
    }

    #[test]
    fn two_conditions() {
        // A or B: rows 01, 10, 11.
        assert_eq!(found(&[0, 1, 1, 1]), [Cube { mask: 2, value: 2 }, Cube { mask: 1, value: 1 }]);
        // Exclusive or: nothing can be left out.
        assert_eq!(found(&[0, 1, 1, 0]), [Cube { mask: 3, value: 2 }, Cube { mask: 3, value: 1 }]);
        // A remainder makes the term shorter.
        assert_eq!(found(&[0, 0, 1, FREE]), [Cube { mask: 2, value: 2 }]);
        assert_eq!(found(&[FREE, 1, 1, FREE]), [Cube { mask: 0, value: 0 }]);
    }

    #[test]
    fn nothing_to_cover() {
        assert!(found(&[0, 0, 0, FREE]).is_empty());
        assert_eq!(found(&[1]), [Cube { mask: 0, value: 0 }]);
    }

    #[test]
    fn odd_tables_are_refused() {
        for table in [&[][..], &[0, 1, 0], &[0, 3]] {
            assert!(matches!(prime_implicants(table, &Job::inline()), Err(Error::Argument { .. })));
        }
    }
}
