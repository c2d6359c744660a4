"""Random signatures, and predictions that lean towards them."""

import numpy as np
import pytest


@pytest.fixture
def signatures() -> np.ndarray:
    return np.random.default_rng(88).normal(size=(20, 978))


@pytest.fixture
def predictions(signatures: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(89).normal(size=signatures.shape)
    return signatures + 2 * noise
