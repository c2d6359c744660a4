"""A saved model is the same model (T7), and a damaged one is refused with a remedy."""

from pathlib import Path

import numpy as np
import pytest

from badger_core.errors import PerturbationError
from badger_core.perturbation.checkpoint import load_model, save_model
from tests.perturbation.models import learned, small_world


def test_loaded_gives_the_same_network_bit_for_bit(tmp_path: Path) -> None:
    """T7; likelihood and effects too."""
    model, screen = learned().model, small_world().screen
    save_model(tmp_path / "gpo", model, {"command": "test"})
    again, about = load_model(tmp_path / "gpo")
    assert about == {"command": "test"}
    for name in ("chance", "direct", "total"):
        one, two = (getattr(m.network(), name) for m in (model, again))
        assert one.equals(two)
        assert list(one.columns) == list(two.columns)
        assert one.to_numpy().tobytes() == two.to_numpy().tobytes()
    assert np.array_equal(model.log_likelihood(screen, 3), again.log_likelihood(screen, 3))
    one, two = (m.effects(screen, cells=30, draws=2).effect for m in (model, again))
    assert np.array_equal(one, two)


def test_saved_twice_gives_the_same_files(tmp_path: Path) -> None:
    for name in "ab":
        save_model(tmp_path / name, learned().model, {})
    for ending in (".json", ".safetensors"):
        one, two = ((tmp_path / name).with_suffix(ending).read_bytes() for name in "ab")
        assert one == two


@pytest.mark.parametrize("ending", [".json", ".safetensors"])
def test_missing_or_damaged_file_is_refused(tmp_path: Path, ending: str) -> None:
    save_model(tmp_path / "gpo", learned().model, {})
    file = (tmp_path / "gpo").with_suffix(ending)
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(PerturbationError, match="perturbation train"):
        load_model(tmp_path / "gpo")
    file.unlink()
    with pytest.raises(PerturbationError, match="perturbation train"):
        load_model(tmp_path / "gpo")
