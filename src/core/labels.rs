//! The actors' labels: text or integers, packed.

use serde::{Deserialize, Serialize};

/// Labels of all actors, in the network's order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Labels {
    /// Text, UTF-8, one after the other: label `i` is `bytes[offsets[i]..offsets[i + 1]]`.
    Text {
        /// Where each label starts, and the end of the last.
        offsets: Vec<u64>,
        /// All labels, one after the other.
        bytes: Vec<u8>,
    },
    /// Whole numbers.
    Integer(Vec<i64>),
}

impl Labels {
    /// Packs text labels.
    pub fn text<S: AsRef<str>>(labels: impl IntoIterator<Item = S>) -> Self {
        let mut offsets = vec![0];
        let mut bytes = Vec::new();
        for label in labels {
            bytes.extend_from_slice(label.as_ref().as_bytes());
            offsets.push(bytes.len() as u64);
        }
        Self::Text { offsets, bytes }
    }

    /// Number of labels.
    pub fn len(&self) -> usize {
        match self {
            Self::Text { offsets, .. } => offsets.len() - 1,
            Self::Integer(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Label `index` as a message shows it: text in quotes, integers bare.
    pub fn show(&self, index: usize) -> String {
        match self {
            Self::Text { offsets, bytes } => {
                let label = &bytes[offsets[index] as usize..offsets[index + 1] as usize];
                format!("'{}'", String::from_utf8_lossy(label))
            }
            Self::Integer(values) => values[index].to_string(),
        }
    }

    /// These labels and then those of `other`, which must be of the same kind.
    ///
    /// # Errors
    /// [`Error::Format`](crate::Error::Format) when they are not.
    pub fn append(&mut self, other: &Self) -> crate::Result<()> {
        match (self, other) {
            (Self::Integer(values), Self::Integer(more)) => values.extend_from_slice(more),
            (Self::Text { offsets, bytes }, Self::Text { offsets: more_offsets, bytes: more }) => {
                let start = bytes.len() as u64;
                offsets.extend(more_offsets[1..].iter().map(|end| start + end));
                bytes.extend_from_slice(more);
            }
            _ => return Err(crate::Error::Format("text and integer labels do not mix".into())),
        }
        Ok(())
    }

    /// The labels at `indices`, in that order.
    #[must_use]
    pub fn take(&self, indices: &[u32]) -> Self {
        match self {
            Self::Text { offsets, bytes } => {
                let mut taken_offsets = Vec::with_capacity(indices.len() + 1);
                let mut taken = Vec::new();
                taken_offsets.push(0);
                for &index in indices {
                    let index = index as usize;
                    taken.extend_from_slice(&bytes[offsets[index] as usize..offsets[index + 1] as usize]);
                    taken_offsets.push(taken.len() as u64);
                }
                Self::Text { offsets: taken_offsets, bytes: taken }
            }
            Self::Integer(values) => Self::Integer(indices.iter().map(|&index| values[index as usize]).collect()),
        }
    }
}
