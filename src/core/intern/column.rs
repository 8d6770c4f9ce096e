//! Columns of labels as tables hold them: borrowed, in chunks, text or integers.

use super::error::{LabelError, Places};
use crate::{Labels, Result};

/// One column of labels, borrowed from the caller's table.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    name: String,
    chunks: Vec<Chunk<'a>>,
}

/// Consecutive rows of a column.
#[derive(Debug, Clone)]
pub struct Chunk<'a> {
    /// The labels.
    pub values: Values<'a>,
    /// Which rows have one; `None`: all.
    pub validity: Option<Validity<'a>>,
}

/// The labels of a chunk, in one of Arrow's layouts.
#[derive(Debug, Clone)]
pub enum Values<'a> {
    /// Text one after the other: label `i` is `bytes[offsets[i]..offsets[i + 1]]`.
    Text {
        /// Where each label starts, and the end of the last.
        offsets: Offsets<'a>,
        /// All labels, one after the other.
        bytes: &'a [u8],
    },
    /// Text by string views: length, then the label itself (up to 12 bytes), or 4 bytes of it,
    /// the index of a buffer and the offset in it.
    View {
        /// One view a row, in native byte order.
        views: &'a [[u8; 16]],
        /// Where long labels stand.
        buffers: Vec<&'a [u8]>,
    },
    /// Whole numbers.
    Integer(Integers<'a>),
    /// Positions in a list of labels.
    Dictionary {
        /// One position a row.
        codes: Integers<'a>,
        /// The list: text or integers.
        values: Box<Chunk<'a>>,
    },
    /// So many rows without a label, of no type.
    Null(usize),
}

/// Where labels start in packed text.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Offsets<'a> {
    I32(&'a [i32]),
    I64(&'a [i64]),
    U64(&'a [u64]),
}

/// Whole numbers of any width.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Integers<'a> {
    I8(&'a [i8]),
    I16(&'a [i16]),
    I32(&'a [i32]),
    I64(&'a [i64]),
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
    U64(&'a [u64]),
}

/// A bitmap, least significant bit first: row `i` is present when bit `offset + i` is set.
#[derive(Debug, Clone, Copy)]
pub struct Validity<'a> {
    /// The bits.
    pub bits: &'a [u8],
    /// The bit of the first row.
    pub offset: usize,
}

/// What a column's labels are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
}

/// Runs `$body` with `$slice` bound to the slice of whatever width.
macro_rules! any_width {
    ($integers:expr, $slice:ident => $body:expr) => {
        match $integers {
            Integers::I8($slice) => $body,
            Integers::I16($slice) => $body,
            Integers::I32($slice) => $body,
            Integers::I64($slice) => $body,
            Integers::U8($slice) => $body,
            Integers::U16($slice) => $body,
            Integers::U32($slice) => $body,
            Integers::U64($slice) => $body,
        }
    };
}

impl<'a> Column<'a> {
    /// A column of `chunks`, once their parts are found to fit each other; `name` is for messages.
    ///
    /// # Errors
    /// [`LabelError::Malformed`] when they do not, [`LabelError::TooLarge`] for integers beyond
    /// [`i64::MAX`].
    pub fn new(name: impl Into<String>, chunks: Vec<Chunk<'a>>) -> Result<Self> {
        let column = Self { name: name.into(), chunks };
        for chunk in &column.chunks {
            chunk.check().map_err(|reason| LabelError::Malformed { column: column.name.clone(), reason })?;
        }
        let rows = column.places(Chunk::is_too_large, Chunk::has_wide);
        if rows.total > 0 {
            return Err(LabelError::TooLarge { column: column.name, rows }.into());
        }
        Ok(column)
    }

    /// The labels of a network as a column.
    #[must_use]
    pub fn of(name: impl Into<String>, labels: &'a Labels) -> Self {
        let values = Values::from(labels);
        Self { name: name.into(), chunks: vec![Chunk { values, validity: None }] }
    }

    /// The name, for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(Chunk::len).sum()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn chunks(&self) -> &[Chunk<'a>] {
        &self.chunks
    }

    /// What the labels are; `None` when there are none and no type says.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.chunks.iter().find_map(Chunk::kind)
    }

    /// Refuses rows without a label.
    pub(super) fn require_labels(&self) -> Result<()> {
        let rows = self.places(|chunk, row| !chunk.is_present(row), Chunk::may_lack_labels);
        if rows.total > 0 {
            return Err(LabelError::Empty { column: self.name.clone(), rows }.into());
        }
        Ok(())
    }

    /// Label of `row` as messages show it.
    pub(super) fn show(&self, mut row: usize) -> String {
        for chunk in &self.chunks {
            if row < chunk.len() {
                return chunk.show(row);
            }
            row -= chunk.len();
        }
        String::new()
    }

    /// The rows that `wanted` picks, looked for in the chunks that `possible` picks.
    fn places(&self, wanted: impl Fn(&Chunk<'a>, usize) -> bool, possible: impl Fn(&Chunk<'a>) -> bool) -> Places {
        let mut places = Places::default();
        let mut first = 0;
        for chunk in &self.chunks {
            if possible(chunk) {
                (0..chunk.len()).filter(|&row| wanted(chunk, row)).for_each(|row| places.add((first + row) as u64));
            }
            first += chunk.len();
        }
        places
    }
}

impl Chunk<'_> {
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    fn kind(&self) -> Option<Kind> {
        match &self.values {
            Values::Text { .. } | Values::View { .. } => Some(Kind::Text),
            Values::Integer(_) => Some(Kind::Integer),
            Values::Dictionary { values, .. } => values.kind(),
            Values::Null(_) => None,
        }
    }

    fn may_lack_labels(&self) -> bool {
        match &self.values {
            Values::Null(_) => true,
            Values::Dictionary { values, .. } => self.lacks_bits() || values.lacks_bits(),
            _ => self.lacks_bits(),
        }
    }

    fn lacks_bits(&self) -> bool {
        self.validity.is_some_and(|validity| validity.count(self.len()) < self.len())
    }

    fn is_present(&self, row: usize) -> bool {
        let present = self.validity.is_none_or(|validity| validity.get(row));
        present
            && match &self.values {
                Values::Dictionary { codes, values } => values.is_present(codes.get(row) as usize),
                Values::Null(_) => false,
                _ => true,
            }
    }

    fn has_wide(&self) -> bool {
        match &self.values {
            Values::Integer(Integers::U64(values)) => values.iter().any(|value| i64::try_from(*value).is_err()),
            Values::Dictionary { values, .. } => values.has_wide(),
            _ => false,
        }
    }

    fn is_too_large(&self, row: usize) -> bool {
        self.is_present(row)
            && match &self.values {
                Values::Integer(Integers::U64(values)) => i64::try_from(values[row]).is_err(),
                Values::Dictionary { codes, values } => values.is_too_large(codes.get(row) as usize),
                _ => false,
            }
    }

    fn show(&self, row: usize) -> String {
        match &self.values {
            Values::Integer(values) => values.get(row).to_string(),
            Values::Dictionary { codes, values } => values.show(codes.get(row) as usize),
            text => format!("'{}'", String::from_utf8_lossy(text.text(row))),
        }
    }

    /// Whether every row can be read; if not, what is wrong.
    fn check(&self) -> Result<(), &'static str> {
        let len = self.len();
        if self.validity.is_some_and(|validity| validity.bits.len().saturating_mul(8) < validity.offset + len) {
            return Err("its validity bitmap is too short");
        }
        let valid = |row: usize| self.validity.is_none_or(|validity| validity.get(row));
        match &self.values {
            Values::Text { offsets, bytes } => offsets.check(bytes.len()),
            Values::View { views, buffers } => {
                let fits = |row: usize| view(&views[row], buffers).is_some();
                if (0..len).all(|row| fits(row) || !valid(row)) {
                    Ok(())
                } else {
                    Err("a string view leaves its buffer")
                }
            }
            Values::Dictionary { codes, values } => {
                if matches!(values.values, Values::Dictionary { .. }) {
                    return Err("its dictionary has a dictionary");
                }
                values.check()?;
                let count = values.len() as u64;
                let fits = |row: usize| (codes.get(row) as u64) < count;
                if (0..len).all(|row| fits(row) || !valid(row)) {
                    Ok(())
                } else {
                    Err("a position leaves its dictionary")
                }
            }
            Values::Integer(_) | Values::Null(_) => Ok(()),
        }
    }
}

impl Values<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Text { offsets, .. } => offsets.len().saturating_sub(1),
            Self::View { views, .. } => views.len(),
            Self::Integer(values) | Self::Dictionary { codes: values, .. } => values.len(),
            Self::Null(len) => *len,
        }
    }

    /// The text of `row`; empty where there is none.
    #[inline]
    pub(super) fn text(&self, row: usize) -> &[u8] {
        match self {
            Self::Text { offsets, bytes } => &bytes[offsets.get(row)..offsets.get(row + 1)],
            Self::View { views, buffers } => view(&views[row], buffers).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The number of `row`; 0 where there is none.
    #[inline]
    pub(super) fn integer(&self, row: usize) -> i64 {
        match self {
            Self::Integer(values) => values.get(row),
            _ => 0,
        }
    }
}

impl<'a> From<&'a Labels> for Values<'a> {
    fn from(labels: &'a Labels) -> Self {
        match labels {
            Labels::Text { offsets, bytes } => Self::Text { offsets: Offsets::U64(offsets), bytes },
            Labels::Integer(values) => Self::Integer(Integers::I64(values)),
        }
    }
}

/// What a string view points at, if it stays inside its buffer.
#[inline]
fn view<'a>(view: &'a [u8; 16], buffers: &[&'a [u8]]) -> Option<&'a [u8]> {
    let word = |at: usize| i32::from_ne_bytes([view[at], view[at + 1], view[at + 2], view[at + 3]]);
    let len = usize::try_from(word(0)).ok()?;
    if len <= 12 {
        return Some(&view[4..4 + len]);
    }
    let start = usize::try_from(word(12)).ok()?;
    buffers.get(usize::try_from(word(8)).ok()?)?.get(start..start.checked_add(len)?)
}

impl Offsets<'_> {
    fn len(&self) -> usize {
        match self {
            Self::I32(offsets) => offsets.len(),
            Self::I64(offsets) => offsets.len(),
            Self::U64(offsets) => offsets.len(),
        }
    }

    #[inline]
    fn get(&self, row: usize) -> usize {
        match self {
            Self::I32(offsets) => offsets[row] as usize,
            Self::I64(offsets) => offsets[row] as usize,
            Self::U64(offsets) => offsets[row] as usize,
        }
    }

    /// Whether the offsets go up from 0 or more to `end` at most.
    fn check(&self, end: usize) -> Result<(), &'static str> {
        let ascend = match self {
            Self::I32(offsets) => offsets.is_sorted() && offsets.first().is_none_or(|first| *first >= 0),
            Self::I64(offsets) => offsets.is_sorted() && offsets.first().is_none_or(|first| *first >= 0),
            Self::U64(offsets) => offsets.is_sorted(),
        };
        match self.len() {
            0 => Err("it has no offsets"),
            _ if !ascend => Err("its offsets do not ascend"),
            count if self.get(count - 1) > end => Err("its offsets leave its text"),
            _ => Ok(()),
        }
    }
}

#[expect(clippy::cast_lossless, clippy::unnecessary_cast, reason = "one body serves integers of every width")]
impl Integers<'_> {
    /// Number of rows.
    pub fn len(&self) -> usize {
        any_width!(self, values => values.len())
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of `row`; those of an unsigned column beyond [`i64::MAX`] wrap.
    #[inline]
    pub fn get(&self, row: usize) -> i64 {
        any_width!(self, values => values[row] as i64)
    }

    /// Reads as many numbers as `to` has room for, from `first` on.
    pub(super) fn read(&self, first: usize, to: &mut [i64]) {
        any_width!(self, values => {
            let values = &values[first..first + to.len()];
            to.iter_mut().zip(values).for_each(|(to, value)| *to = *value as i64);
        });
    }
}

impl Validity<'_> {
    /// Whether `row` is present.
    #[inline]
    fn get(&self, row: usize) -> bool {
        let bit = self.offset + row;
        self.bits[bit / 8] >> (bit % 8) & 1 == 1
    }

    /// How many of the first `len` rows are present.
    fn count(&self, len: usize) -> usize {
        let end = self.offset + len;
        let (first, last) = (self.offset.div_ceil(8), end / 8);
        if first >= last {
            return (0..len).filter(|&row| self.get(row)).count();
        }
        let whole: usize = self.bits[first..last].iter().map(|byte| byte.count_ones() as usize).sum();
        let edges = (self.offset..first * 8).chain(last * 8..end);
        whole + edges.filter(|bit| self.get(bit - self.offset)).count()
    }
}
