"""Time the networks of handovers beside pandas: ten million events of a million clients at 5,000 organisations."""

import subprocess
import sys
import textwrap

EVENTS, CLIENTS, ORGANISATIONS, DAYS = 10_000_000, 1_000_000, 5_000, 3_650

# Clients go to organisations around one that is theirs, and now and then to any.
MAKE = f"""
import resource, time
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import wholenet as wn

random = np.random.default_rng(1)
client = random.integers(0, {CLIENTS}, {EVENTS})
near = (client * 7919 + (random.random({EVENTS}) ** 3 * 20).astype(np.int64)) % {ORGANISATIONS}
organisation = np.where(random.random({EVENTS}) < 0.8, near, random.integers(0, {ORGANISATIONS}, {EVENTS}))
day = random.integers(0, {DAYS}, {EVENTS})
"""
TABLES = {
    "integers": 'table = pd.DataFrame({"client": client, "organisation": organisation, "start": day})',
    "text": """
def named(word, codes):
    return pc.binary_join_element_wise(word, pc.cast(pa.array(codes), pa.string()), "-")
table = pa.table({"client": named("client", client), "organisation": named("organisation", organisation),
                  "start": pa.array(day.astype("datetime64[D]"))})
""",
}
OURS = """
del client, organisation, day, near
started = time.perf_counter()
log = wn.flows.event_log(table, client="client", organisation="organisation", start="start", duplicates="drop")
read = time.perf_counter() - started
started = time.perf_counter()
wn.flows.referrals(log, builder={builder!r}, window={window}, progress=False)
print(read, time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""
# The same trace-route, but for events of one day, and without suppression.
PEER = """
started = time.perf_counter()
ordered = table.drop_duplicates().sort_values(["client", "start"], kind="stable")
ordered["target"] = ordered.groupby("client")["organisation"].shift(-1)
pairs = ordered[ordered["target"].notna() & (ordered["organisation"] != ordered["target"])]
pairs.groupby(["organisation", "target"])["client"].agg(["nunique", "size"])
print(time.perf_counter() - started)
"""


def child(code):
    """Run code in a fresh process; what it prints, as floats."""
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    return [float(word) for word in run.stdout.split()]


def flows(table):
    """Add rows for ids of both kinds, and for the three builders, to a table of benchmarks."""
    theirs = child(MAKE + TABLES["integers"] + PEER)[0]
    for kind, lines in TABLES.items():
        read, built, peak = child(MAKE + lines + OURS.format(builder="trace-route", window=None))
        name = f"trace-route of 10 M events, ids are {kind}, from columns to network; peak {peak:.1f} GB"
        peer = ("pandas", theirs) if kind == "integers" else ("", None)
        table.add(name, read + built, *peer, target="< 10 s, < 4 GB")
    for builder in ("sliding window", "binning"):
        _, built, _ = child(MAKE + TABLES["integers"] + OURS.format(builder=builder, window=90))
        table.add(f"{builder} of 90 days, 10 M events, from the log", built)
