"""Draws on a dask cluster: the same bits as here, also when a worker is killed meanwhile."""

import os
import signal
import threading
import time
import warnings

import numpy as np
import pytest

from wholenet.inference import mrqap, qap_correlation

distributed = pytest.importorskip("distributed")


@pytest.fixture
def client():
    # What dask warns of is between dask and its own parts.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
        with distributed.LocalCluster(**options, silence_logs=50) as cluster, distributed.Client(cluster) as one:
            yield one


@pytest.mark.filterwarnings("ignore")
def test_a_worker_is_killed(client):
    generator = np.random.default_rng(1)
    x, y = generator.random((150, 150)), generator.random((150, 150))
    expected = mrqap(y, {"x": x, "t": x.T}, permutations=20_000, seed=7, progress=False)
    processes = list(client.run(os.getpid).values())
    killed = []

    def kill():
        time.sleep(0.3)
        os.kill(processes[0], signal.SIGKILL)
        killed.append(processes[0])

    killer = threading.Thread(target=kill)
    killer.start()
    found = mrqap(y, {"x": x, "t": x.T}, permutations=20_000, seed=7, progress=False, executor=client.get_executor())
    assert killed, "the draws were all made before a worker was killed"
    killer.join()
    np.testing.assert_array_equal(found.distribution, expected.distribution)
    one = qap_correlation(x, y, permutations=100, seed=7)
    other = qap_correlation(x, y, permutations=100, seed=7, executor=client.get_executor())
    np.testing.assert_array_equal(one.distribution, other.distribution)
    # The cluster went on: the one that was killed has been replaced.
    assert processes[0] not in client.run(os.getpid).values()
