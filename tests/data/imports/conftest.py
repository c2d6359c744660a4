"""Imports of small files of the three releases."""

import pytest

from badger_core.data.imports.assemble import Request, import_bundle
from badger_core.data.imports.choose import Tables
from badger_core.data.imports.options import Options
from tests.data.l1000_release import write_release


def quiet(request, out, **more):
    """The manifest of an import without a word."""
    return import_bundle(request, out, lambda _: None, lambda _: None, **more)


def asking(release, options=None, **more):
    """A request for the files of a release."""
    given = Tables(
        release.siginfo, release.metrics, release.pertinfo, release.cellinfo, release.geneinfo
    )
    return Request(release.gctx, given, options or Options(), **more)


@pytest.fixture(scope="session", params=["GSE92742", "GSE70138", "LINCS2020"])
def release(request, tmp_path_factory):
    """(name, files) of each release."""
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, write_release(folder, request.param, count=60)


@pytest.fixture(scope="session")
def lincs2020(tmp_path_factory):
    """Files of one release."""
    return write_release(tmp_path_factory.mktemp("one"), "LINCS2020", count=60)
