"""Other people's files are the ones that the list names, with their licences beside them."""

import hashlib
import re

import pytest

from badger_core.paths import ROOT

VENDOR = ROOT / "assets" / "vendor"
LISTED = dict(
    re.findall(
        r"^\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|$", (VENDOR / "README.md").read_text(), re.MULTILINE
    )
)


def test_every_script_is_listed():
    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*.js")}
    assert found == set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_a_file_is_unchanged_and_has_its_licence(name):
    path = VENDOR / name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == LISTED[name]
    assert "Redistribution" in (path.parent / "LICENSE").read_text()
