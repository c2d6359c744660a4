"""Every file is written whole or not at all; what writes otherwise is on a list with its reason."""

from fnmatch import fnmatch

import pytest

from badger_core.paths import ROOT
from tests.architecture import read_tree
from tests.faults.writers import writes

HERE = "this is what the others call"
COMMITTED = "run by hand for a committed file, of which git has the whole one"
ALLOWED = {
    ("badger_core/files.py", "write_together"): HERE,
    ("badger_core/files.py", "put_in_place"): HERE,
    ("badger_core/data/gctx_writer.py", "__init__"): "a part, put in place by `close`",
    ("badger_core/data/imports/finish.py", "_copied"): "into the folder that `staged` gave",
    ("badger_core/data/imports/sink.py", "_open"): "unfinished work, compared with its journal",
    (
        "badger_core/benchmark/import_file.py",
        "_write_siginfo",
    ): "a part; its caller puts it in place",
    ("badger_core/benchmark/speed_memory.py", "_begin"): "no file: a switch of the system",
    ("scripts/studio.py", "ready_environment"): "runs before the package is there; half of it is "
    "refused, and the environment made ready again",
    ("scripts/constraints.py", "main"): COMMITTED,
    ("scripts/licences.py", ""): COMMITTED,
    ("scripts/type_debt.py", "main"): COMMITTED,
    ("scripts/reliability_*.py", "main"): COMMITTED,
    ("scripts/reliability_mutants.py", "_copy"): "a copy of the tree in a temporary folder",
    ("scripts/reliability_mutants.py", "_warm"): "for its own parent, in a temporary folder",
    ("scripts/reliability_mutants.py", "_tell"): "a list for people; a row too few harms nobody",
    ("scripts/mutation/cold.py", "load_libraries"): "a pipe",
}
"""Path (with *) and function to the reason."""


def allowing(write):
    """Keys of the list under which a call falls."""
    return {k for k in ALLOWED if fnmatch(write.path, k[0]) and write.function == k[1]}


@pytest.fixture(scope="module")
def found():
    """Every call of the tree that writes to a file."""
    return [one for path, text in read_tree(ROOT).items() for one in writes(path, text)]


def test_every_writer_writes_whole_or_is_on_the_list(found):
    others = [f"{w.path}:{w.line} {w.call}" for w in found if not allowing(w)]
    assert not others, "use badger_core.files, or say here why not:\n" + "\n".join(others)


def test_nothing_stands_on_the_list_that_is_not_needed(found):
    assert set().union(*map(allowing, found)) == set(ALLOWED)


@pytest.mark.parametrize(
    "text",
    [
        "path.write_text(x)",
        "Path('a').write_bytes(x)",
        "open(p, 'w')",
        "with p.open('ab') as f: pass",
        "p.open(mode='r+b')",
        "table.to_csv(p, index=False)",
        "table.to_parquet(path=p)",
        "np.savez_compressed(p, a=a)",
        "np.save(p, a)",
        "json.dump(x, open(p, 'w'))",
        "save_file(tensors, p)",
        "pq.write_table(t, p)",
        "zipfile.ZipFile(p, 'w', 8)",
        "h5py.File(p, 'w')",
        "shutil.copyfile(a, b)",
        "book = 1\nfigure.savefig(p)",
        "def f(p):\n    buffer = io.BytesIO()\n    np.save(p, buffer)",
    ],
)
def test_a_writer_past_the_rules_is_found(text):
    assert list(writes("x.py", text))


@pytest.mark.parametrize(
    "text",
    [
        "p.read_text()",
        "open(p)",
        "p.open('rb')",
        "table.to_csv(index=False)",
        "buffer = io.BytesIO()\ntable.to_parquet(buffer)",
        "with being_written(p) as part:\n    pq.write_table(t, part)",
        "with tempfile.TemporaryDirectory() as d:\n    out = Path(d) / 'x'\n    out.write_text('')",
        "book.save(file)",
        "json.dumps(x)",
        "zipfile.ZipFile(p)",
        "write_whole(p, x)",
        "values.copy()",
    ],
)
def test_what_writes_nothing_or_is_staged_passes(text):
    assert not list(writes("x.py", text))
