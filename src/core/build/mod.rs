//! Columns of ties become a network, on all threads.
//!
//! Ties are cut into buckets of consecutive senders. Blocks of rows count their ties per bucket,
//! then put them in order of the buckets, some buckets at a time; each bucket sorts its ties,
//! merges those listed more than once, and writes the adjacency lists of its senders.

mod bucket;
mod refuse;
mod survey;
#[cfg(test)]
mod tests;

use bucket::Layout;
use survey::{Survey, Table};

use crate::parallel::install;
use crate::{Csr, Graph, Job, Labels, Loops, Missing, Network, Result, Rules, Ties};

/// A code that stands for no actor; rows that hold it are passed over.
pub const NOBODY: u32 = u32::MAX;

/// With fewer ties than this, threads take longer to start than the work takes.
const FEW: usize = 1 << 16;

/// A network, and what became of the rows that are no tie of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// The network.
    pub network: Network,
    /// Self-ties left out.
    pub loops_dropped: u64,
    /// Rows merged into an earlier row of the same tie.
    pub duplicates_merged: u64,
    /// Dyads whose value is 0: observed, without a tie.
    pub zeros: u64,
    /// Rows with an empty value.
    pub unobserved_rows: u64,
}

impl Network {
    /// Makes a network of ties in columns.
    ///
    /// A row that holds [`NOBODY`] is passed over. A value of 0 is an observed absence,
    /// `NaN` an unobserved dyad, unless another row of the same tie has a value. Without values,
    /// [`Duplicates::Sum`](crate::Duplicates::Sum) makes the number of rows a tie's value; the
    /// other rules make a network without values. `silent` marks actors that did not answer.
    ///
    /// Takes time proportional to the ties times the logarithm of a tie's number of neighbours.
    ///
    /// # Errors
    /// An error that names the rows for self-ties, ties listed more than once and negative values,
    /// if the rules refuse them, for infinite values, and for ties reported by silent actors (in
    /// an undirected network: ties between two of them). [`Error::Argument`](crate::Error::Argument)
    /// for columns that do not fit each other or the labels.
    ///
    /// ```
    /// use wholenet_core::{Duplicates, Job, Labels, Network, Rules, Ties};
    ///
    /// let labels = Labels::text(["a", "b", "c"]);
    /// let ties = Ties { source: &[0, 1, 0], target: &[1, 2, 1], value: Some(&[1.0, 2.0, 4.0]) };
    /// let rules = Rules { duplicates: Duplicates::Sum, ..Rules::default() };
    /// let built = Network::build(labels, &ties, &rules, None, &Job::inline())?;
    /// assert_eq!(built.network.graph().out().value(0, 1), Some(5.0));
    /// assert_eq!(built.duplicates_merged, 1);
    /// # Ok::<(), wholenet_core::Error>(())
    /// ```
    pub fn build(labels: Labels, ties: &Ties<'_>, rules: &Rules, silent: Option<&[bool]>, job: &Job) -> Result<Built> {
        let table = Table::new(&labels, *ties, *rules, silent)?;
        let work = || assemble(&table, job);
        let parts = if ties.source.len() < FEW { work() } else { install(job, work) }?;
        let Parts { graph, missing, survey, merged, zeros } = parts;
        Ok(Built {
            network: Self::new(labels, graph, missing)?,
            loops_dropped: if rules.loops == Loops::Drop { survey.loops } else { 0 },
            duplicates_merged: merged,
            zeros,
            unobserved_rows: survey.unobserved,
        })
    }
}

/// What a network is made of, but for the labels.
struct Parts {
    graph: Graph,
    missing: Missing,
    survey: Survey,
    merged: u64,
    zeros: u64,
}

fn assemble(table: &Table<'_>, job: &Job) -> Result<Parts> {
    let layout = Layout::new(table);
    let (survey, counts) = survey::survey(table, &layout, job)?;
    refuse::rows(table, &survey, job)?;
    let loops = bucket::loops(table, &survey);
    let lists = bucket::lists(table, &layout, &counts, job)?;
    if lists.repeated || loops.repeated {
        refuse::repeated(table, job)?;
    }
    if !lists.overflown.is_empty() || !loops.overflown.is_empty() {
        refuse::overflown(table, &lists.overflown.into_iter().chain(loops.overflown).collect(), job)?;
    }
    let csr = Csr::new(lists.offsets, lists.targets, lists.values);
    let directed = table.rules.directed;
    let senders = table.silent.map(<[bool]>::to_vec).unwrap_or_default();
    Ok(Parts {
        graph: Graph::new(directed, csr, loops.kept),
        missing: Missing::new(directed, senders, Vec::new(), lists.cells),
        survey,
        merged: lists.merged + loops.merged,
        zeros: lists.zeros,
    })
}
