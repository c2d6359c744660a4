"""Constraints fit the requirements and have checksums, and the list of licences names them."""

import json
import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from badger_core.paths import ROOT
from scripts import constraints, licences

FILES = (constraints.REST, constraints.TORCH)
ENTRIES = {name: constraints.entries((ROOT / name).read_text(encoding="utf-8")) for name in FILES}


def requirement(entry: str) -> Requirement:
    return Requirement(entry.split("\\")[0].strip())


PINS = [requirement(entry) for name in FILES for entry in ENTRIES[name]]


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_each_requirement_is_pinned_once_within_its_bounds_for_every_python(python):
    here = {"python_full_version": f"{python}.0", "python_version": python}
    pinned: dict[str, str] = {}
    for pin in PINS:
        if pin.marker is None or pin.marker.evaluate(here):
            (only,) = pin.specifier
            assert only.operator == "=="
            assert pin.name not in pinned
            pinned[canonicalize_name(pin.name)] = only.version
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert wanted
    for need in wanted:
        found = pinned[canonicalize_name(need.name)]
        assert need.specifier.contains(found), f"{need} is pinned to {found}"


@pytest.mark.parametrize("name", FILES)
def test_each_entry_has_checksums_and_no_address(name):
    for entry in ENTRIES[name]:
        hashes = re.findall(r"--hash=(\S+)", entry)
        assert hashes, entry
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)
        assert "://" not in entry


def test_torch_and_what_it_brings_stand_apart():
    named = [entry.split("==")[0] for entry in ENTRIES[constraints.TORCH]]
    assert "torch" in named
    assert all(re.match(r"torch$|triton$|nvidia-|cuda-", name) for name in named)
    assert not any(entry.startswith(("torch==", "nvidia-")) for entry in ENTRIES[constraints.REST])


def test_a_resolved_text_is_parted():
    text = (
        "# made by a tool\n--index-url https://example.org\nnumpy==2.0 \\\n    --hash=sha256:a \\\n"
        "    --hash=sha256:b\n    # via pandas\ntorch==2.13.0 \\\n    --hash=sha256:c\n"
    )
    rest, torch = constraints.parted(constraints.entries(text))
    assert rest.splitlines()[2:] == [
        "numpy==2.0 \\", "    --hash=sha256:a \\", "    --hash=sha256:b",
    ]  # fmt: skip
    assert torch.splitlines()[2:] == ["torch==2.13.0 \\", "    --hash=sha256:c"]
    assert "example.org" not in rest + torch


PAGE = licences.PAGE.read_text(encoding="utf-8")


def test_the_page_of_licences_names_every_package_and_no_other():
    names = {name for file in licences.package_names().values() for name in file}
    assert set(licences.told_before()) == names, "run scripts/licences.py"
    assert len(names) > 60


def test_the_page_of_licences_names_every_source_and_script():
    rows = re.findall(r"^\| .* \(`(\S+?)`\) \| .+ \| .+ \| .+ \|$", PAGE, re.MULTILINE)
    assert rows == [one["path"] for one in licences.sources()], "run scripts/licences.py"
    for script in (ROOT / "assets" / "vendor").rglob("*.js"):
        assert f"| {script.relative_to(ROOT / 'assets' / 'vendor').as_posix()} |" in PAGE


def test_every_licence_is_told_or_said_to_be_unstated():
    told = licences.told_before()
    unstated = [name for name, licence in told.items() if licence == licences.UNSTATED]
    assert unstated == ["cuda-toolkit"]
    assert all(one["licence"] for one in licences.sources())


def test_sources_are_told_once_with_all_that_use_them(tmp_path):
    for folder in ("bundle", "response"):
        (tmp_path / folder).mkdir()
        inputs = {"inputs": [{"path": "a.csv", "licence": "CC0"}]}
        (tmp_path / folder / "manifest.json").write_text(json.dumps(inputs))
    (one,) = licences.sources(tmp_path)
    assert one["used"] == ["bundle", "response"]


def test_a_licence_is_read_from_the_metadata():
    assert licences.licence_of("no-such-package-here") == ""
    assert "BSD" in licences.licence_of("numpy")
