"""Readings made by hand, with whatever attention a test plants."""

import numpy as np
import pandas as pd
import pytest

from badger_core.explain.deletion import Effects
from badger_core.explain.reading import Reading


@pytest.fixture
def reading():
    """Makes a reading; what is not given is random but the same each time."""

    def make(keys, member="one", **given):
        generator = np.random.default_rng([len(keys), len(member)])
        n, f, p, g = len(keys), 4, 20, 12
        share = given.get("share", generator.random((n, f)))
        order = given.get("order", generator.random((n, f)))
        count = np.asarray(given.get("n_fragments", [f] * n))
        return Reading(
            member=member,
            pairs=pd.DataFrame({"ik14": keys, "cell": ["MCF7"] * n}),
            n_fragments=count,
            shares={"attention": share, "used": share, "bits": np.ones((n, f))},
            mass=given.get("mass", generator.random((n, p))),
            use=given.get("use", generator.random((n, p))),
            change=given.get("change", generator.random((n, g))),
            effects=Effects(order, order * 2),
        )

    return make


@pytest.fixture
def keys():
    return [f"K{i:03}" for i in range(60)]
