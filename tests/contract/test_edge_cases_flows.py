"""Flows on every awkward log: a result, or an error of ours; never a warning, never a small count."""

import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from wholenet import flows
from wholenet.errors import WholenetError

LOGS = {
    "one row": {"client": [1], "start": [0], "end": [5]},
    "one client": {"client": [1] * 4, "start": [0, 5, 5, 9], "end": [5, 9, 7, None]},
    "clients with one event": {"client": range(30), "start": [0] * 30, "end": [3] * 30},
    "all on one day": {"client": np.arange(40) // 2, "start": [7] * 40, "end": [7] * 40},
    "all still there": {"client": np.arange(40) // 2, "start": np.arange(40), "end": [None] * 40},
    "far apart": {"client": np.arange(40) // 2, "start": [0, 10**11] * 20, "end": [1, 10**11] * 20},
    "before the start of time": {"client": np.arange(40) // 2, "start": [-(10**6), -5] * 20, "end": [-5, -5] * 20},
    "many": {"client": np.arange(300) // 4, "start": np.arange(300) % 4 * 90, "end": np.arange(300) % 4 * 90 + 80},
}
CALLS = {
    "levels": flows.levels,
    "durations": flows.durations,
    "durations by path": lambda log: flows.durations(log, by="path"),
    "outcomes": lambda log: flows.outcomes(log, permutations=9, seed=1),
    "outcomes by level": lambda log: flows.outcomes(log, by="level", permutations=9, seed=1),
    "outcomes by path": lambda log: flows.outcomes(log, by="path", permutations=9, seed=1),
    "outcomes by referrer": lambda log: flows.outcomes(log, by="referrer", permutations=9, seed=1),
    "referrals": flows.referrals,
    "referrals by sliding window": lambda log: flows.referrals(log, builder="sliding window", window=1),
    "referrals by binning": lambda log: flows.referrals(log, builder="binning", window=2**60),
}


def test_every_function_is_here():
    tested = {name.split(" ", maxsplit=1)[0] for name in CALLS} | {"event_log"}
    assert tested == {name for name in flows.__all__ if name.islower()}


def log_of(columns, **options):
    table = pd.DataFrame(columns)
    n = len(table)
    table = table.assign(where=[f"o{at % 3}" for at in range(n)], level=[f"l{at % 2}" for at in range(n)])
    table = table.assign(by=["a", "b", None][n % 3], grade=[None, 5.0][n % 2])
    return flows.event_log(
        table, client="client", organisation="where", start="start", end="end", level="level",
        levels=["l0", "l1", "l2"], referrer="by", outcomes=["grade"], duplicates="drop", **options,
    )  # fmt: skip


@pytest.mark.parametrize("columns", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("options", [{}, {"min_count": 2, "round_to": 5}, {"by": "level"}], ids=["10", "2", "places"])
def test_result_or_error(name, columns, options):
    try:
        found = CALLS[name](log_of(columns, **options))
    except WholenetError:
        return
    assert repr(found)
    assert found._repr_html_().startswith("<")
    if hasattr(found, "to_frame"):
        frame = found.to_frame()
        for column in set(frame) & {"trajectories", "clients", "ended", "grade_answered"}:
            assert not frame[column].between(1, options.get("min_count", 10) - 1).any()


CODE = """
import sys, time
import numpy as np, pandas as pd, wholenet as wn
from wholenet import _core
random = np.random.default_rng(1)
client = np.repeat(np.arange(2_000, dtype=np.uint32), 3_000)
day = np.tile(np.arange(3_000), 2_000)
organisation = random.integers(0, 5_000, len(client)).astype(np.uint32)
print("ready", flush=True)
try:
    _core.flows_handovers(client, day, organisation, "sliding window", 2_000, False)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_stops_a_long_call():
    with subprocess.Popen([sys.executable, "-c", CODE], stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout.readline() == "ready\n"
            time.sleep(0.5)
            sent = time.monotonic()
            child.send_signal(signal.SIGINT)
            assert child.stdout.readline() == "stopped\n"
            assert time.monotonic() - sent < 2.0  # wide enough for a busy machine
        finally:
            child.kill()
