"""Ctrl-C stops a minimization that would take very long; how soon is bounded as in test_interrupt."""

import signal
import subprocess
import sys
import time

import pytest

BOUND = 2.0
CODE = """
import numpy as np, pandas as pd
from wholenet.compare import qca
random = np.random.default_rng(1)
names = [f"c{at}" for at in range(12)]
data = pd.DataFrame(random.integers(0, 2, (400, 12)), columns=names).assign(y=random.integers(0, 2, 400))
table = qca.truth_table(data, outcome="y", conditions=names)
print("ready", flush=True)
try:
    qca.minimize(table, solution="parsimonious", progress=False)
except KeyboardInterrupt:
    print("stopped", flush=True)
else:
    print("was done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c():
    with subprocess.Popen(
        [sys.executable, "-c", CODE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout.readline() == "ready\n", child.stderr.read()
            time.sleep(0.5)
            sent = time.monotonic()
            child.send_signal(signal.SIGINT)
            assert child.stdout.readline() == "stopped\n", child.stderr.read()
            assert time.monotonic() - sent < BOUND
        finally:
            child.kill()
