"""Ctrl-C stops a long call soon and leaves nothing behind.

How soon is measured by the benchmarks; here the bound is wide enough for a busy machine.
"""

import signal
import subprocess
import sys
import time

import pytest

BOUND = 2.0
CODE = """
import sys, time
import numpy as np
import pandas as pd
import wholenet as wn
ends = np.random.default_rng(1).integers(0, 30_000, (400_000, 2))
net = wn.Network.from_edges(ends, loops="drop", duplicates="first")
small = net.subset(net.labels[:500])
levels = pd.DataFrame({{"name": range(120), "care_level": np.arange(120) % 7}})
wide = wn.Network.from_edges(ends[:90] % 120, levels, directed=False, loops="drop", duplicates="first")
before = wn.centrality.betweenness(small)
wn.set_threads({threads})
print("ready", flush=True)
started = time.monotonic()
try:
    {call}
except KeyboardInterrupt:
    print("stopped", flush=True)
    assert np.array_equal(wn.centrality.betweenness(small), before)
    assert wn.get_threads() == {threads}
    print("goes on", flush=True)
else:
    print(f"was done after {{time.monotonic() - started:.1f}} s", flush=True)
"""
CALLS = {
    "betweenness": "wn.centrality.betweenness(net, progress=False)",
    "betweenness with a bar": "wn.centrality.betweenness(net)",
    "plan": "wn.design.plan(wide, wn.design.at_most(6), within=2, survive_any_leaver=True, progress=False)",
    "map": 'wn.Study({1: net, 2: net}, by="wave").map(lambda net: wn.centrality.betweenness(net, progress=False))',
}


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c(call, threads):
    code = CODE.format(call=CALLS[call], threads=threads)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout.readline() == "ready\n", child.stderr.read()
            time.sleep(1.5 if "bar" in call else 0.3)
            sent = time.monotonic()
            child.send_signal(signal.SIGINT)
            told = child.stdout.readline()
            latency = time.monotonic() - sent
            assert told == "stopped\n", told + child.stderr.read()
            print(f"{call}, {threads} threads: stopped after {latency:.3f} s")
            assert latency < BOUND
            assert child.stdout.readline() == "goes on\n", child.stderr.read()
            assert child.wait(60) == 0
            assert ("betweenness:" in child.stderr.read()) == ("bar" in call)
        finally:
            child.kill()
