//! Networks on disk: a versioned, checked format.
//!
//! Eight bytes of magic, the version (u32), the length of the content (u64) and its checksum (u64),
//! all little-endian; then the content, a [`Saved`] in postcard's encoding.

use serde::{Deserialize, Serialize};

use crate::{Csr, Error, Graph, Labels, Network, Result};

const MAGIC: &[u8; 8] = b"wholenet";
const VERSION: u32 = 2;
const HEADER: usize = 28;

/// What a file holds beside the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// The network.
    pub network: Network,
    /// The coding steps that made it.
    pub recipe: Vec<String>,
    /// The actors' attributes, as the caller packed them.
    pub attributes: Vec<u8>,
}

impl Saved {
    /// The file's bytes.
    ///
    /// # Errors
    /// [`Error::Format`] when the content can't be encoded.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let content = postcard::to_stdvec(self).map_err(|error| Error::Format(error.to_string()))?;
        let mut bytes = Vec::with_capacity(HEADER + content.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&(content.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&checksum(&content).to_le_bytes());
        bytes.extend_from_slice(&content);
        Ok(bytes)
    }

    /// Reads a file's bytes; anything but a whole, undamaged file of a known version is refused.
    ///
    /// # Errors
    /// [`Error::Format`] that says what is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let refuse = |reason: String| Err(Error::Format(reason));
        if bytes.len() < MAGIC.len() || &bytes[..MAGIC.len()] != MAGIC {
            return refuse("this is not a file saved by wholenet (its first bytes differ)".into());
        }
        if bytes.len() < HEADER {
            return refuse(format!("the file is truncated: {} bytes, fewer than its header", bytes.len()));
        }
        let number = |from: usize| u64::from_le_bytes(std::array::from_fn(|byte| bytes[from + byte]));
        let version = u32::from_le_bytes(std::array::from_fn(|byte| bytes[8 + byte]));
        if version != VERSION {
            return refuse(format!("the file has format version {version}; this release reads version {VERSION}"));
        }
        let content = &bytes[HEADER..];
        if content.len() as u64 != number(12) {
            return refuse(format!(
                "the file is truncated or has bytes added: its header announces {} bytes of content, it has {}",
                number(12),
                content.len()
            ));
        }
        if checksum(content) != number(20) {
            return refuse("the file is damaged: its checksum does not fit its content".into());
        }
        let saved: Self = postcard::from_bytes(content)
            .map_err(|error| Error::Format(format!("the file's content can't be read: {error}")))?;
        saved.network.verify()?;
        Ok(saved)
    }
}

impl Network {
    /// A number that differs, for all practical purposes, when the labels, ties, values, direction or
    /// unobserved dyads do.
    ///
    /// # Errors
    /// [`Error::Format`] when the content can't be encoded.
    pub fn fingerprint(&self) -> Result<u64> {
        let content = postcard::to_stdvec(self).map_err(|error| Error::Format(error.to_string()))?;
        Ok(checksum(&content))
    }

    /// Checks what the constructors guarantee; for content from outside.
    fn verify(&self) -> Result<()> {
        let whole = lists_hold(self.graph().out())
            && labels_hold(self.labels())
            && Self::new(self.labels().clone(), self.graph().clone(), self.missing().clone()).is_ok()
            && self.missing().cells().iter().all(|&(i, j)| (i.max(j) as usize) < self.n())
            && loops_hold(self.graph())
            && modes_hold(self);
        if whole { Ok(()) } else { Err(Error::Format("the file's content contradicts itself".into())) }
    }
}

fn lists_hold(lists: &Csr) -> bool {
    let (offsets, n) = (lists.offsets(), lists.offsets().len().wrapping_sub(1));
    offsets.first() == Some(&0)
        && offsets.last() == Some(&(lists.entries() as u64))
        && offsets.is_sorted()
        && lists.values().is_none_or(|values| values.len() == lists.entries())
        && (0..n).all(|actor| {
            let row = lists.neighbours(actor);
            row.is_sorted_by(|a, b| a < b) && row.iter().all(|other| (*other as usize) < n && *other as usize != actor)
        })
}

fn labels_hold(labels: &Labels) -> bool {
    match labels {
        Labels::Integer(_) => true,
        Labels::Text { offsets, bytes } => {
            offsets.first() == Some(&0)
                && offsets.last() == Some(&(bytes.len() as u64))
                && offsets.is_sorted()
                && offsets
                    .windows(2)
                    .all(|ends| std::str::from_utf8(&bytes[ends[0] as usize..ends[1] as usize]).is_ok())
        }
    }
}

fn loops_hold(graph: &Graph) -> bool {
    graph.loops().iter().all(|(actor, _)| (*actor as usize) < graph.n())
        && (graph.directed() || graph.out() == &graph.out().transpose())
}

fn modes_hold(network: &Network) -> bool {
    network.first_mode().is_none_or(|first| {
        let graph = network.graph();
        first <= graph.n()
            && !graph.directed()
            && graph.loops().is_empty()
            && (0..graph.n()).all(|actor| {
                graph.out().neighbours(actor).iter().all(|other| (actor < first) != ((*other as usize) < first))
            })
    })
}

/// FNV-1a over eight bytes at a time.
fn checksum(content: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |word: u64| hash = (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    let (words, rest) = content.as_chunks::<8>();
    words.iter().for_each(|word| mix(u64::from_le_bytes(*word)));
    rest.iter().for_each(|byte| mix(u64::from(*byte)));
    mix(content.len() as u64);
    hash
}
