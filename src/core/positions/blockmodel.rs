//! Blockmodels by direct optimisation (Batagelj, Ferligoj & Doreian 1992,
//! doi:10.1016/0378-8733(92)90018-4; Doreian, Batagelj & Ferligoj 2005, doi:10.1017/CBO9780511584176).

use std::ops::Range;

use rand::RngExt;

use crate::cohesion::by_size;
use crate::{Error, Job, Network, Result, parallel, random};

/// What a block may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockType {
    /// No ties.
    Null,
    /// All ties.
    Complete,
    /// At least one tie in each row and each column.
    Regular,
}

/// The best blockmodel found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blockmodel {
    /// The block of each actor, by decreasing size.
    pub membership: Vec<u32>,
    /// Cells that contradict the ideal.
    pub errors: u64,
    /// The type of each pair of blocks, row by row.
    pub image: Vec<BlockType>,
    /// How many starts ended with so few errors.
    pub reached: u64,
    /// How many different partitions have so few errors, among those found.
    pub solutions: u64,
}

/// Searches for the partition of the actors into `blocks` blocks with the fewest cells that contradict
/// the ideal, each pair of blocks being of the best of `types`: from `starts` random partitions, moving an
/// actor or exchanging two as long as that helps. Unobserved dyads contradict nothing.
///
/// # Complexity
/// O(n²·(n + k²)) for k blocks, per step that helps and start.
///
/// # Errors
/// [`Error::Argument`]; [`Error::Interrupted`].
pub fn blockmodel(
    network: &Network,
    blocks: usize,
    types: &[BlockType],
    starts: u64,
    seed: u64,
    job: &Job,
) -> Result<Blockmodel> {
    let n = network.n();
    if blocks == 0 || blocks > n {
        return Err(Error::Argument {
            argument: "blocks",
            expected: "at least 1 and at most the number of actors",
            found: blocks.to_string(),
        });
    }
    let search = Search { cells: Cells::new(network), blocks, types };
    job.start(starts);
    let leaf = |range: Range<usize>| {
        let mut best = Best::default();
        for start in range {
            best.add(search.run(seed, start as u64, job)?);
            job.advance(1);
        }
        Ok(best)
    };
    let merge = |mut a: Best, b: Best| {
        a.merge(b);
        a
    };
    let best = parallel::reduce(job, starts as usize, 1, &leaf, &merge)?.unwrap_or_default();
    let membership = best.partitions.first().cloned().unwrap_or_default();
    let image = search.image(&membership);
    Ok(Blockmodel {
        image,
        membership,
        errors: best.errors,
        reached: best.reached,
        solutions: best.partitions.len() as u64,
    })
}

/// The best partitions of some starts, sorted.
#[derive(Default)]
struct Best {
    errors: u64,
    reached: u64,
    partitions: Vec<Vec<u32>>,
}

impl Best {
    fn add(&mut self, (errors, partition): (u64, Vec<u32>)) {
        self.merge(Self { errors, reached: 1, partitions: vec![partition] });
    }

    fn merge(&mut self, other: Self) {
        if self.reached == 0 || other.errors < self.errors {
            *self = other;
        } else if other.errors == self.errors {
            self.reached += other.reached;
            self.partitions.extend(other.partitions);
            self.partitions.sort_unstable();
            self.partitions.dedup();
        }
    }
}

/// The cells of the matrix: 0, 1, or 2 where not observed; the diagonal is not observed.
struct Cells {
    n: usize,
    values: Vec<u8>,
}

impl Cells {
    fn new(network: &Network) -> Self {
        let (n, missing, directed) = (network.n(), network.missing(), network.graph().directed());
        let mut values = vec![0; n * n];
        for i in 0..n {
            network.graph().out().neighbours(i).iter().for_each(|j| values[i * n + *j as usize] = 1);
            for j in (0..n).filter(|j| i == *j || !missing.observed(directed, i, *j)) {
                values[i * n + j] = 2;
            }
        }
        Self { n, values }
    }
}

struct Search<'a> {
    cells: Cells,
    blocks: usize,
    types: &'a [BlockType],
}

impl Search<'_> {
    fn run(&self, seed: u64, start: u64, job: &Job) -> Result<(u64, Vec<u32>)> {
        let n = self.cells.n;
        let mut rng = random::stream(seed, start);
        // Every block gets an actor, the others go anywhere.
        let mut membership: Vec<u32> =
            (0..n).map(|i| if i < self.blocks { i as u32 } else { rng.random_range(0..self.blocks as u32) }).collect();
        for last in (1..n).rev() {
            membership.swap(last, rng.random_range(0..=last));
        }
        let mut state = State::new(&self.cells, self.blocks, &membership);
        let mut errors = self.errors(&state);
        loop {
            job.check()?;
            match self.better_move(&mut state, errors).or_else(|| self.better_swap(&mut state, errors)) {
                Some(fewer) => errors = fewer,
                None => return Ok((errors, by_size(&state.membership))),
            }
        }
    }

    fn better_move(&self, state: &mut State, errors: u64) -> Option<u64> {
        for actor in 0..self.cells.n {
            let own = state.membership[actor];
            if state.sizes[own as usize] == 1 {
                continue;
            }
            for block in (0..self.blocks as u32).filter(|block| *block != own) {
                state.shift(actor, block);
                let fewer = self.errors(state);
                if fewer < errors {
                    return Some(fewer);
                }
            }
            state.shift(actor, own);
        }
        None
    }

    fn better_swap(&self, state: &mut State, errors: u64) -> Option<u64> {
        for i in 0..self.cells.n {
            for j in i + 1..self.cells.n {
                let (first, second) = (state.membership[i], state.membership[j]);
                if first == second {
                    continue;
                }
                state.shift(i, second);
                state.shift(j, first);
                let fewer = self.errors(state);
                if fewer < errors {
                    return Some(fewer);
                }
                state.shift(i, first);
                state.shift(j, second);
            }
        }
        None
    }

    fn errors(&self, state: &State) -> u64 {
        state.holdings().map(|block| self.best(&block).1).sum()
    }

    fn image(&self, membership: &[u32]) -> Vec<BlockType> {
        let state = State::new(&self.cells, self.blocks, membership);
        state.holdings().map(|block| self.best(&block).0).collect()
    }

    fn best(&self, block: &Block) -> (BlockType, u64) {
        let costs = self.types.iter().map(|kind| (*kind, block.errors(*kind)));
        costs.min_by_key(|(_, errors)| *errors).unwrap_or((BlockType::Null, 0))
    }
}

/// A partition with what each pair of blocks holds, kept up while actors move.
struct State<'a> {
    cells: &'a Cells,
    k: usize,
    membership: Vec<u32>,
    sizes: Vec<u64>,
    /// Ties of each actor to and from each block.
    sends: Vec<u32>,
    receives: Vec<u32>,
    /// Of each pair of blocks: ties, absent ties, rows and columns with a tie.
    ties: Vec<u64>,
    absent: Vec<u64>,
    rows: Vec<u64>,
    columns: Vec<u64>,
}

impl<'a> State<'a> {
    fn new(cells: &'a Cells, k: usize, membership: &[u32]) -> Self {
        let n = cells.n;
        let pairs = || vec![0; k * k];
        let mut state = Self {
            cells,
            k,
            membership: vec![0; n],
            sizes: vec![0; k],
            sends: vec![0; n * k],
            receives: vec![0; n * k],
            ties: pairs(),
            absent: pairs(),
            rows: pairs(),
            columns: pairs(),
        };
        state.sizes[0] = n as u64;
        for i in 0..n {
            for j in 0..n {
                match cells.values[i * n + j] {
                    0 => state.absent[0] += 1,
                    1 => {
                        state.ties[0] += 1;
                        state.sends[i * k] += 1;
                        state.receives[j * k] += 1;
                    }
                    _ => {}
                }
            }
        }
        state.rows[0] = (0..n).filter(|i| state.sends[i * k] > 0).count() as u64;
        state.columns[0] = (0..n).filter(|j| state.receives[j * k] > 0).count() as u64;
        (0..n).for_each(|actor| state.shift(actor, membership[actor]));
        state
    }

    /// Moves an actor to another block.
    fn shift(&mut self, actor: usize, block: u32) {
        let (k, n, from, to) = (self.k, self.cells.n, self.membership[actor] as usize, block as usize);
        if from == to {
            return;
        }
        for other in 0..k {
            let (row, column) = (self.sends[actor * k + other] > 0, self.receives[actor * k + other] > 0);
            self.rows[from * k + other] -= u64::from(row);
            self.rows[to * k + other] += u64::from(row);
            self.columns[other * k + from] -= u64::from(column);
            self.columns[other * k + to] += u64::from(column);
        }
        for other in 0..n {
            let own = self.membership[other] as usize;
            match self.cells.values[actor * n + other] {
                0 => {
                    self.absent[from * k + own] -= 1;
                    self.absent[to * k + own] += 1;
                }
                1 => {
                    self.ties[from * k + own] -= 1;
                    self.ties[to * k + own] += 1;
                    let received = &mut self.receives[other * k..(other + 1) * k];
                    received[from] -= 1;
                    received[to] += 1;
                    self.columns[from * k + own] -= u64::from(received[from] == 0);
                    self.columns[to * k + own] += u64::from(received[to] == 1);
                }
                _ => {}
            }
            match self.cells.values[other * n + actor] {
                0 => {
                    self.absent[own * k + from] -= 1;
                    self.absent[own * k + to] += 1;
                }
                1 => {
                    self.ties[own * k + from] -= 1;
                    self.ties[own * k + to] += 1;
                    let sent = &mut self.sends[other * k..(other + 1) * k];
                    sent[from] -= 1;
                    sent[to] += 1;
                    self.rows[own * k + from] -= u64::from(sent[from] == 0);
                    self.rows[own * k + to] += u64::from(sent[to] == 1);
                }
                _ => {}
            }
        }
        self.sizes[from] -= 1;
        self.sizes[to] += 1;
        self.membership[actor] = block;
    }

    fn holdings(&self) -> impl Iterator<Item = Block> + '_ {
        (0..self.k * self.k).map(|pair| Block {
            ties: self.ties[pair],
            absent: self.absent[pair],
            rows: self.rows[pair],
            columns: self.columns[pair],
            shape: (self.sizes[pair / self.k], self.sizes[pair % self.k]),
        })
    }
}

/// What a block holds: ties, absent ties, rows and columns with a tie, its numbers of rows and columns.
struct Block {
    ties: u64,
    absent: u64,
    rows: u64,
    columns: u64,
    shape: (u64, u64),
}

impl Block {
    fn errors(&self, kind: BlockType) -> u64 {
        match kind {
            BlockType::Null => self.ties,
            BlockType::Complete => self.absent,
            // Cells of empty rows, and of empty columns in the other rows.
            BlockType::Regular => (self.shape.0 - self.rows) * self.shape.1 + (self.shape.1 - self.columns) * self.rows,
        }
    }
}
