//! Labels become codes: each column of labels turns into actor indices, on all threads.

mod column;
mod dense;
mod error;
mod keys;
mod lookup;
mod order;
mod sheet;
mod sweep;
mod table;
#[cfg(test)]
mod tests;

pub use column::{Chunk, Column, Integers, Offsets, Validity, Values};
pub use error::{LabelError, Places, Repeated, UnknownLabel};
pub use lookup::{Found, Index, Unknown};

use column::Kind;
use dense::Dense;
use keys::{Numbers, Texts};
use order::number_sorted;
use sweep::Piece;

use crate::parallel::install;
use crate::{Job, Labels, Result};

/// With fewer rows than this, threads take longer to start than the work takes.
const FEW: usize = 1 << 16;

/// The different labels of all `columns`, sorted (text by its bytes, integers by size), and each
/// column as positions in them.
///
/// Takes time linear in the rows, and in the labels times the logarithm of their number.
///
/// # Errors
/// [`LabelError`] for rows without a label, for text in one column and integers in another, and
/// for labels that are not UTF-8.
///
/// ```
/// use wholenet_core::{intern, Chunk, Column, Integers, Job, Labels, Values};
///
/// let column = |name, rows| {
///     let values = Values::Integer(Integers::I64(rows));
///     Column::new(name, vec![Chunk { values, validity: None }])
/// };
/// let columns = [column("source", &[30, 10])?, column("target", &[20, 30])?];
/// let (labels, codes) = intern(&columns, &Job::inline())?;
/// assert_eq!(labels, Labels::Integer(vec![10, 20, 30]));
/// assert_eq!(codes, [[2, 0], [1, 2]]);
/// # Ok::<(), wholenet_core::Error>(())
/// ```
pub fn intern(columns: &[Column<'_>], job: &Job) -> Result<(Labels, Vec<Vec<u32>>)> {
    let kind = kind(columns)?;
    columns.iter().try_for_each(Column::require_labels)?;
    pooled(columns, job, || sheet::fill(columns, job, |pieces| number(kind, pieces, job)))
}

/// Numbers the rows of all pieces by the sorted labels, and returns those.
fn number(kind: Kind, pieces: &[Piece<'_>], job: &Job) -> Result<Labels> {
    if kind == Kind::Text {
        return number_sorted::<Texts>(pieces, job);
    }
    if let Some(dense) = Dense::new(pieces, job)? {
        dense.look_up(pieces, |rank| rank, job)?;
        return Ok(dense.labels());
    }
    number_sorted::<Numbers>(pieces, job)
}

/// What the labels of all columns are; columns without rows agree with any.
fn kind(columns: &[Column<'_>]) -> Result<Kind> {
    let of = |wanted| columns.iter().find(|column| !column.is_empty() && column.kind() == Some(wanted));
    match (of(Kind::Text), of(Kind::Integer)) {
        (Some(text), Some(integer)) => {
            Err(LabelError::Mixed { text: text.name().into(), integer: integer.name().into() }.into())
        }
        (Some(_), None) => Ok(Kind::Text),
        (None, Some(_)) => Ok(Kind::Integer),
        (None, None) => Ok(columns.iter().find_map(Column::kind).unwrap_or(Kind::Text)),
    }
}

/// Runs `work` on the job's threads if there are enough rows.
fn pooled<T: Send>(columns: &[Column<'_>], job: &Job, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    let rows: usize = columns.iter().map(Column::len).sum();
    if rows < FEW { work() } else { install(job, work) }
}
