//! Random networks among the actors of a network, given something of its ties: conditional uniform graphs (Holland &
//! Leinhardt 1976, doi:10.2307/270703; Wasserman & Faust 1994, ch. 13).

use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;

use super::presence::Presence;
use super::switching::Switching;
use crate::cohesion::dyad_census;
use crate::mixing::sector_density;
use crate::{Csr, Error, Graph, Job, Network, Result};

/// Tries between two looks at the request to stop.
const CHECK: u64 = 1 << 14;

/// What random networks share with the network that they come from, beside its actors and what was not observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Nothing: each observed dyad has a tie with probability 1/2.
    Size,
    /// The number of ties.
    Density,
    /// The numbers of mutual, asymmetric and null dyads, and of ties in dyads observed one way.
    Dyads,
    /// The number of ties of each actor; in a directed network of those that leave and of those that arrive.
    Degrees,
    /// The number of ties from each group of actors to each; in an undirected network between each two.
    Sectors,
}

/// Which of the cells between two groups of actors there are in a [`Block`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// Those that were observed.
    Observed,
    /// Pairs of actors observed both ways, the smaller index first.
    BothWays,
    /// Those observed whose opposite was not.
    OneWay,
}

/// Cells among which ties lie at random.
#[derive(Debug, Clone, Copy)]
struct Block {
    from: usize,
    to: usize,
    which: Which,
    cells: u64,
    ties: u64,
}

#[derive(Debug, Clone)]
enum Plan {
    Coins(Vec<Block>),
    Numbers(Vec<Block>),
    Census { both: Block, mutual: u64, one: Block },
    Degrees { all: Option<Block>, switching: Switching },
}

/// Draws random networks.
#[derive(Debug, Clone)]
pub struct RandomNetworks<'a> {
    network: &'a Network,
    members: Vec<Vec<u32>>,
    plan: Plan,
}

impl<'a> RandomNetworks<'a> {
    /// Prepares draws; `groups` holds each actor's group for [`Condition::Sectors`] and is empty for the others.
    ///
    /// # Complexity
    /// O(n + m + g²) for g groups; for the degrees of a network in which more than half of the dyads have a tie, O(n²).
    ///
    /// # Errors
    /// [`Error::Argument`] for a network with values, or groups that do not fit; [`Error::Direction`] for the dyads of
    /// an undirected network; [`Error::Interrupted`].
    pub fn new(network: &'a Network, condition: Condition, groups: &[u32], job: &Job) -> Result<Self> {
        let refuse = |argument, expected, found: &str| Err(Error::Argument { argument, expected, found: found.into() });
        if network.graph().is_valued() {
            return refuse("net", "without values (keep some with net.dichotomize(...))", "a network with values");
        }
        if (condition == Condition::Sectors) == groups.is_empty() && network.n() > 0 {
            return refuse("by", "given for the condition \"sectors\", and for no other", "otherwise");
        }
        if condition == Condition::Dyads && !network.graph().directed() {
            return Err(Error::Direction {
                measure: "condition=\"dyads\"",
                needs: "a directed",
                found: "undirected",
                remedy: "Its dyads are mutual or null, so that condition=\"density\" gives as many of each",
            });
        }
        let (members, blocks) = blocks(network, groups)?;
        let mut networks = Self { network, members, plan: Plan::Coins(Vec::new()) };
        networks.plan = match condition {
            Condition::Size => Plan::Coins(blocks),
            Condition::Density | Condition::Sectors => Plan::Numbers(blocks),
            Condition::Dyads => census(network),
            Condition::Degrees => networks.degrees(blocks.first().copied(), job)?,
        };
        Ok(networks)
    }

    /// One random network.
    ///
    /// # Complexity
    /// O(n + m), but for [`Condition::Size`] and where more than half of the dyads have a tie O(n²); times 20 for
    /// [`Condition::Degrees`].
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn draw(&self, random: &mut ChaCha8Rng, job: &Job) -> Result<Network> {
        let mut taken = Presence::new(self.network.n());
        let mut ties = Vec::new();
        match &self.plan {
            Plan::Coins(blocks) => self.toss(blocks, &mut ties, random, job)?,
            Plan::Numbers(blocks) => {
                for block in blocks {
                    ties.append(&mut self.choose(block, &mut taken, random, job)?);
                }
            }
            Plan::Census { both, mutual, one } => {
                let mut pairs = self.choose(both, &mut taken, random, job)?;
                let (mutual, asymmetric) = pairs.partial_shuffle(random, *mutual as usize);
                ties.extend(mutual.iter().flat_map(|&(i, j)| [(i, j), (j, i)]));
                ties.extend(asymmetric.iter().map(|&(i, j)| if random.random() { (i, j) } else { (j, i) }));
                ties.append(&mut self.choose(one, &mut taken, random, job)?);
            }
            Plan::Degrees { all, switching } => {
                let (cells, present) = switching.run(self.network, random, job)?;
                match all {
                    Some(all) => self.each(all, job, |cell| ties.extend((!present.contains(cell)).then_some(cell)))?,
                    None => ties = cells,
                }
            }
        }
        Ok(self.with(&ties))
    }

    /// A tie in each cell with probability 1/2.
    fn toss(&self, blocks: &[Block], ties: &mut Vec<(u32, u32)>, random: &mut ChaCha8Rng, job: &Job) -> Result<()> {
        let (mut coins, mut left) = (0, 0);
        for block in blocks {
            self.each(block, job, |cell| {
                if left == 0 {
                    (coins, left) = (random.next_u64(), 64);
                }
                if coins & 1 == 1 {
                    ties.push(cell);
                }
                coins >>= 1;
                left -= 1;
            })?;
        }
        Ok(())
    }

    /// As many cells of a block as it has ties, any with equal probability. Where that is more than half, the others
    /// are drawn.
    fn choose(
        &self,
        block: &Block,
        taken: &mut Presence,
        random: &mut ChaCha8Rng,
        job: &Job,
    ) -> Result<Vec<(u32, u32)>> {
        let few = block.ties <= block.cells / 2;
        let wanted = if few { block.ties } else { block.cells - block.ties };
        let (rows, columns) = (&self.members[block.from], &self.members[block.to]);
        let mut chosen = Vec::with_capacity(block.ties as usize);
        let (mut tries, mut found) = (0_u64, 0);
        while found < wanted {
            if tries % CHECK == 0 {
                job.check()?;
            }
            tries += 1;
            let (i, j) = (rows[random.random_range(0..rows.len())], columns[random.random_range(0..columns.len())]);
            let cell = self.ordered(block, i, j);
            if self.holds(block, i, j) && taken.insert(cell) {
                found += 1;
                chosen.push(cell);
            }
        }
        if !few {
            chosen.clear();
            self.each(block, job, |cell| chosen.extend((!taken.contains(cell)).then_some(cell)))?;
        }
        Ok(chosen)
    }

    /// Calls `found` for each cell of a block.
    fn each(&self, block: &Block, job: &Job, mut found: impl FnMut((u32, u32))) -> Result<()> {
        let once = block.from == block.to && self.is_unordered(block);
        for &i in &self.members[block.from] {
            job.check()?;
            for &j in &self.members[block.to] {
                if (!once || i < j) && self.holds(block, i, j) {
                    found(self.ordered(block, i, j));
                }
            }
        }
        Ok(())
    }

    /// Whether a block has a cell from `i` to `j`.
    #[inline]
    fn holds(&self, block: &Block, i: u32, j: u32) -> bool {
        let (directed, missing) = (self.network.graph().directed(), self.network.missing());
        let observed = |i, j| missing.is_none() || missing.observed(directed, i as usize, j as usize);
        i != j
            && observed(i, j)
            && match block.which {
                Which::Observed => true,
                Which::BothWays => observed(j, i),
                Which::OneWay => !observed(j, i),
            }
    }

    #[inline]
    fn is_unordered(&self, block: &Block) -> bool {
        !self.network.graph().directed() || block.which == Which::BothWays
    }

    #[inline]
    fn ordered(&self, block: &Block, i: u32, j: u32) -> (u32, u32) {
        if self.is_unordered(block) { (i.min(j), i.max(j)) } else { (i, j) }
    }

    /// Ties change places, or where they are many the cells without one.
    fn degrees(&self, all: Option<Block>, job: &Job) -> Result<Plan> {
        let (source, target, _) = self.network.graph().list();
        let ties: Vec<(u32, u32)> = source.into_iter().zip(target).collect();
        let Some(all) = all.filter(|all| all.ties > all.cells / 2) else {
            return Ok(Plan::Degrees { all: None, switching: Switching::new(self.network, ties) });
        };
        let mut absent = Vec::with_capacity((all.cells - all.ties) as usize);
        let graph = self.network.graph();
        let free = |(i, j): (u32, u32)| !graph.out().contains(i as usize, j as usize);
        self.each(&all, job, |cell| absent.extend(free(cell).then_some(cell)))?;
        Ok(Plan::Degrees { all: Some(all), switching: Switching::new(self.network, absent) })
    }

    /// The network with other ties.
    fn with(&self, ties: &[(u32, u32)]) -> Network {
        let (n, old) = (self.network.n(), self.network.graph());
        let back = |&(i, j): &(u32, u32)| (!old.directed()).then_some((j, i));
        let cells = || ties.iter().copied().chain(ties.iter().filter_map(back));
        let mut offsets = vec![0_u64; n + 1];
        cells().for_each(|(_, j)| offsets[j as usize + 1] += 1);
        (0..n).for_each(|actor| offsets[actor + 1] += offsets[actor]);
        let mut next = offsets.clone();
        let mut sources = vec![0; next[n] as usize];
        for (i, j) in cells() {
            sources[next[j as usize] as usize] = i;
            next[j as usize] += 1;
        }
        // Lists by receiver, turned round, are lists by sender in order.
        let out = Csr::new(offsets, sources, None).transpose();
        let graph = Graph::new(old.directed(), out, old.loops().to_vec());
        let modes = self.network.first_mode().map(|first| first as u32);
        Network::with_parts(self.network.labels().clone(), graph, self.network.missing().clone()).in_modes(modes)
    }
}

/// The cells from each group of actors to each, where there are any; those of the two modes are groups apart.
fn blocks(network: &Network, groups: &[u32]) -> Result<(Vec<Vec<u32>>, Vec<Block>)> {
    let n = network.n();
    let mut codes = if groups.is_empty() { vec![0; n] } else { groups.to_vec() };
    let number = codes.iter().max().map_or(0, |last| last + 1);
    codes.iter_mut().skip(network.first_mode().unwrap_or(n)).for_each(|code| *code += number);
    let found = sector_density(network, &codes)?;
    let mut members = vec![Vec::new(); found.groups];
    codes.iter().zip(0..).for_each(|(code, actor)| members[*code as usize].push(actor));
    let second = |group: usize| group >= number as usize;
    let apart = |from, to| network.first_mode().is_none() || second(from) != second(to);
    let mut blocks = Vec::new();
    for from in 0..found.groups {
        for to in if network.graph().directed() { 0 } else { from }..found.groups {
            let at = from * found.groups + to;
            if found.dyads[at] > 0 && apart(from, to) {
                let (cells, ties) = (found.dyads[at], found.ties[at] as u64);
                blocks.push(Block { from, to, which: Which::Observed, cells, ties });
            }
        }
    }
    Ok((members, blocks))
}

/// The dyads observed both ways, and the cells of those observed one way.
fn census(network: &Network) -> Plan {
    let census = dyad_census(network);
    let block = |which, cells, ties| Block { from: 0, to: 0, which, cells, ties };
    let tied = census.mutual + census.asymmetric;
    let both = block(Which::BothWays, tied + census.null, tied);
    let seen = network.observed_dyads() - 2 * both.cells;
    let one = block(Which::OneWay, seen, network.graph().ties() as u64 - tied - census.mutual);
    Plan::Census { both, mutual: census.mutual, one }
}
