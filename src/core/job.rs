//! What a running computation shares with its caller: threads, progress, the request to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::{Error, Result};

/// A computation under way.
///
/// Kernels call [`check`](Job::check) at least every few milliseconds of work and
/// [`advance`](Job::advance) as work gets done; another thread may call
/// [`cancel`](Job::cancel) and read [`progress`](Job::progress).
#[derive(Debug)]
pub struct Job {
    threads: usize,
    cancelled: Arc<AtomicBool>,
    done: AtomicU64,
    total: AtomicU64,
}

impl Job {
    /// A job that runs on `threads` threads (at least one).
    #[must_use]
    pub fn new(threads: usize) -> Self {
        Self { threads: threads.max(1), cancelled: Arc::default(), done: AtomicU64::new(0), total: AtomicU64::new(0) }
    }

    /// A job that runs on the caller's thread.
    #[must_use]
    pub fn inline() -> Self {
        Self::new(1)
    }

    /// A job for a part of the work: it stops with this one, but counts its own progress.
    #[must_use]
    pub fn part(&self) -> Self {
        Self { cancelled: Arc::clone(&self.cancelled), ..Self::new(self.threads) }
    }

    /// A job for one of many parts that run side by side: as [`part`](Job::part), on the thread that runs it.
    #[must_use]
    pub fn alone(&self) -> Self {
        Self { cancelled: Arc::clone(&self.cancelled), ..Self::new(1) }
    }

    /// How many threads the job may use.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Asks the computation to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the computation was asked to stop; for inner loops that unwind by themselves.
    #[inline]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Goes on, or stops with [`Error::Interrupted`] when asked to.
    ///
    /// # Errors
    /// [`Error::Interrupted`] after [`cancel`](Job::cancel).
    #[inline]
    pub fn check(&self) -> Result<()> {
        if self.is_cancelled() {
            return Err(Error::Interrupted);
        }
        Ok(())
    }

    /// States how many units of work there are.
    pub fn start(&self, total: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// Counts units of work as done.
    #[inline]
    pub fn advance(&self, units: u64) {
        self.done.fetch_add(units, Ordering::Relaxed);
    }

    /// Units done and units in all (0 in all: not known).
    pub fn progress(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}
