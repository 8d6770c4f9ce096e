//! Runs a computation with the interpreter released: small ones inline, others on threads while the
//! caller's thread looks for Ctrl-C and shows progress.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use wholenet_core::{Job, Result};

use crate::error::{BindingError, panicked};

/// Elementary steps up to which a computation runs inline (a few milliseconds).
const INLINE: u64 = 4_000_000;
/// How often the caller's thread looks for Ctrl-C.
const TICK: Duration = Duration::from_millis(25);
/// Seconds of work after which progress shows.
const PATIENCE: Duration = Duration::from_secs(1);

/// Threads a computation may use; 0 until set: as many as the machine runs at once.
static THREADS: AtomicUsize = AtomicUsize::new(0);

#[pyfunction]
pub(crate) fn set_threads(threads: usize) {
    THREADS.store(threads, Ordering::Relaxed);
}

#[pyfunction]
pub(crate) fn get_threads() -> usize {
    match THREADS.load(Ordering::Relaxed) {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        threads => threads,
    }
}

/// Runs `work`, which costs about `cost` elementary steps; `progress` names the bar of a long one.
pub(crate) fn run<T: Send>(
    py: Python<'_>,
    cost: u64,
    progress: Option<&str>,
    work: impl FnOnce(&Job) -> Result<T> + Send,
) -> PyResult<T> {
    let outcome = if cost <= INLINE {
        py.detach(|| Ok(catch_unwind(AssertUnwindSafe(|| work(&Job::inline())))))
    } else {
        let job = Job::new(get_threads());
        py.detach(|| watched(&job, progress, work))
    };
    match outcome? {
        Ok(result) => Ok(result.map_err(BindingError)?),
        Err(payload) => Err(panicked(payload.as_ref())),
    }
}

fn watched<T: Send>(
    job: &Job,
    progress: Option<&str>,
    work: impl FnOnce(&Job) -> Result<T> + Send,
) -> PyResult<std::thread::Result<Result<T>>> {
    std::thread::scope(|scope| {
        let (done, waiting) = channel();
        let worker = scope.spawn(move || {
            let result = work(job);
            // The receiver lives until the worker has been joined.
            let _ = done.send(());
            result
        });
        let mut bar = Bar { name: progress, started: Instant::now(), shown: None };
        let mut stopped = Ok(());
        while let Err(RecvTimeoutError::Timeout) = waiting.recv_timeout(TICK) {
            if stopped.is_ok() {
                stopped = Python::attach(|py| py.check_signals().and_then(|()| bar.update(py, job)));
                if stopped.is_err() {
                    job.cancel();
                }
            }
        }
        let result = worker.join();
        Python::attach(|py| bar.close(py)).and(stopped)?;
        Ok(result)
    })
}

/// A progress bar, drawn by Python once the work has lasted long enough.
struct Bar<'a> {
    name: Option<&'a str>,
    started: Instant,
    shown: Option<Py<PyAny>>,
}

impl Bar<'_> {
    fn update(&mut self, py: Python<'_>, job: &Job) -> PyResult<()> {
        let Some(name) = self.name else { return Ok(()) };
        let (done, total) = job.progress();
        if total == 0 || self.started.elapsed() < PATIENCE {
            return Ok(());
        }
        if self.shown.is_none() {
            let bar = py.import("wholenet._progress")?.call_method1("bar", (name, total))?;
            self.shown = Some(bar.unbind());
        }
        if let Some(bar) = &self.shown {
            bar.call_method1(py, "reach", (done,))?;
        }
        Ok(())
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.shown.as_ref().map_or(Ok(()), |bar| bar.call_method0(py, "close").map(|_| ()))
    }
}
