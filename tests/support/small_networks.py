"""Small networks and values that several tests of the network share."""

import numpy as np
import pandas as pd

from wholenet import Network

NAN = np.nan
ORGANISATIONS = pd.DataFrame({"name": ["gp", "school", "team", "clinic"], "answered": [True, True, False, True]})


def two(there, back, **options):
    """Two actors with a value each way: 0 is no tie, None is not observed."""
    ties = [("a", "b", there), ("b", "a", back)]
    listed = [tie for tie in ties if tie[2] != 0]
    actors = pd.DataFrame({"name": ["a", "b"]})
    ends = ([tie[0] for tie in listed], [tie[1] for tie in listed])
    return Network.from_edges(ends, actors, weight=[tie[2] for tie in listed], **options)


def same_matrix(found, wanted):
    return np.array_equal(np.asarray(found, dtype=float), np.asarray(wanted, dtype=float), equal_nan=True)
