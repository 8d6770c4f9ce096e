//! Labels in the form in which they are hashed, compared and kept.

use std::hash::{BuildHasher, Hasher};
use std::ops::Range;

use foldhash::fast::FixedState;

use super::column::{Offsets, Values};

const HASHER: FixedState = FixedState::with_seed(0x9e37_79b9_7f4a_7c15);

/// Keys of one kind, by number.
pub(super) trait Store: Default + Send + Sync {
    type Key<'k>: Copy;
    /// Hands the keys of `rows` to `take`, one after the other.
    fn scan(values: &Values<'_>, rows: Range<usize>, take: impl FnMut(Self::Key<'_>));
    fn hash(key: Self::Key<'_>) -> u32;
    fn get(&self, number: usize) -> Self::Key<'_>;
    fn holds(&self, number: usize, key: Self::Key<'_>) -> bool;
    fn push(&mut self, key: Self::Key<'_>);
    fn len(&self) -> usize;
    fn clear(&mut self);
}

/// Bytes of a text that [`Text::words`] hold.
const HEAD: usize = 16;

/// A text: its first 16 bytes as two words (little-endian, filled up with zeros), and the rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'k> {
    words: [u64; 2],
    /// Number of bytes in the words; one more than they hold if there is a rest.
    head: u32,
    rest: &'k [u8],
}

impl<'k> Text<'k> {
    #[inline]
    fn new(text: &'k [u8]) -> Self {
        match text.split_first_chunk::<HEAD>() {
            Some((head, rest)) => {
                let words = [word(&head[..8]), word(&head[8..])];
                Self { words, head: HEAD as u32 + u32::from(!rest.is_empty()), rest }
            }
            None => Self { words: short(text), head: text.len() as u32, rest: &[] },
        }
    }

    /// Number of bytes.
    pub(super) fn len(&self) -> usize {
        (self.head as usize).min(HEAD) + self.rest.len()
    }

    /// Writes the text to a slice of its length.
    pub(super) fn write(&self, to: &mut [u8]) {
        let (head, rest) = to.split_at_mut((self.head as usize).min(HEAD));
        for (to, word) in head.chunks_mut(8).zip(self.words) {
            to.copy_from_slice(&word.to_le_bytes()[..to.len()]);
        }
        rest.copy_from_slice(self.rest);
    }

    /// What sorts like the bytes of the text.
    pub(super) fn order(&self) -> impl Ord + use<'k> {
        (self.words.map(u64::swap_bytes), self.head, self.rest)
    }

    /// The eight bytes from `depth` (a multiple of 8, at most the length) on as a number that
    /// sorts like them, and how many bytes there are from there on, up to 9.
    pub(super) fn cut(&self, depth: usize) -> (u64, u32) {
        let left = (self.len() - depth).min(9) as u32;
        match depth.checked_sub(HEAD) {
            None => (self.words[depth / 8].swap_bytes(), left),
            Some(depth) => (Self::new(&self.rest[depth..]).words[0].swap_bytes(), left),
        }
    }
}

/// The first 8 of `bytes` as a word.
#[inline]
fn word(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Fewer than 16 bytes as two words.
#[inline]
fn short(text: &[u8]) -> [u64; 2] {
    let len = text.len();
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        let second = u64::from_le_bytes(*last).checked_shr(128 - 8 * len as u32).unwrap_or(0);
        [u64::from_le_bytes(*first), second]
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last)) << (8 * len - 32);
        [u64::from(u32::from_le_bytes(*first)) | last, 0]
    } else {
        [text.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)), 0]
    }
}

/// Text keys.
#[derive(Debug, Default)]
pub(super) struct Texts {
    heads: Vec<Head>,
    rests: Vec<u8>,
    /// Where each rest starts in `rests`.
    starts: Vec<usize>,
}

#[derive(Debug)]
struct Head {
    words: [u64; 2],
    /// Length up to [`HEAD`]; one more where there is a rest.
    size: u32,
    /// Position in `starts`, if there is a rest.
    rest: u32,
}

impl Texts {
    #[inline]
    fn rest(&self, head: &Head) -> &[u8] {
        if head.size as usize <= HEAD {
            return &[];
        }
        let position = head.rest as usize;
        let end = self.starts.get(position + 1).copied().unwrap_or(self.rests.len());
        &self.rests[self.starts[position]..end]
    }
}

impl Store for Texts {
    type Key<'k> = Text<'k>;

    #[inline]
    fn scan(values: &Values<'_>, rows: Range<usize>, mut take: impl FnMut(Text<'_>)) {
        match values {
            Values::Text { offsets: Offsets::I32(offsets), bytes } => {
                packed(&offsets[rows.start..=rows.end], bytes, take);
            }
            Values::Text { offsets: Offsets::I64(offsets), bytes } => {
                packed(&offsets[rows.start..=rows.end], bytes, take);
            }
            Values::Text { offsets: Offsets::U64(offsets), bytes } => {
                packed(&offsets[rows.start..=rows.end], bytes, take);
            }
            values => rows.for_each(|row| take(Text::new(values.text(row)))),
        }
    }

    #[inline]
    fn hash(key: Text<'_>) -> u32 {
        let mut hasher = HASHER.build_hasher();
        hasher.write_u64(key.words[0]);
        hasher.write_u64(key.words[1]);
        if !key.rest.is_empty() {
            hasher.write(key.rest);
        }
        (hasher.finish() >> 32) as u32
    }

    #[inline]
    fn get(&self, number: usize) -> Text<'_> {
        let head = &self.heads[number];
        Text { words: head.words, head: head.size, rest: self.rest(head) }
    }

    #[inline]
    fn holds(&self, number: usize, key: Text<'_>) -> bool {
        let head = &self.heads[number];
        head.words == key.words && head.size == key.head && (key.rest.is_empty() || self.rest(head) == key.rest)
    }

    #[inline]
    fn push(&mut self, key: Text<'_>) {
        self.heads.push(Head { words: key.words, size: key.head, rest: self.starts.len() as u32 });
        if !key.rest.is_empty() {
            self.starts.push(self.rests.len());
            self.rests.extend_from_slice(key.rest);
        }
    }

    fn len(&self) -> usize {
        self.heads.len()
    }

    fn clear(&mut self) {
        self.heads.clear();
        self.rests.clear();
        self.starts.clear();
    }
}

/// Hands packed texts to `take`.
#[inline]
fn packed<O: Copy + TryInto<usize>>(offsets: &[O], bytes: &[u8], mut take: impl FnMut(Text<'_>)) {
    let at = |offset: O| offset.try_into().unwrap_or(0);
    for pair in offsets.windows(2) {
        take(Text::new(bytes.get(at(pair[0])..at(pair[1])).unwrap_or_default()));
    }
}

/// Integer keys.
#[derive(Debug, Default)]
pub(super) struct Numbers(Vec<i64>);

impl Store for Numbers {
    type Key<'k> = i64;

    fn scan(values: &Values<'_>, rows: Range<usize>, take: impl FnMut(i64)) {
        rows.map(|row| values.integer(row)).for_each(take);
    }

    #[inline]
    fn hash(key: i64) -> u32 {
        let mut hasher = HASHER.build_hasher();
        hasher.write_i64(key);
        (hasher.finish() >> 32) as u32
    }

    #[inline]
    fn get(&self, number: usize) -> i64 {
        self.0[number]
    }

    #[inline]
    fn holds(&self, number: usize, key: i64) -> bool {
        self.0[number] == key
    }

    #[inline]
    fn push(&mut self, key: i64) {
        self.0.push(key);
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}
