"""Nothing from outside comes into HTML or Markdown as it is, by the source and as it is drawn."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from badger_core.data.bundle import Bundle
from badger_core.ui import cells_load, hypotheses_load, load, viewer3d
from badger_core.ui.cells_state import VIEW, VIEWS
from badger_core.ui.hypotheses_job import Job, Jobs
from tests.ui.markup import unsafe, unsafe_in

ALLOWED = {
    "html": (
        (r"tile\(", "tile() escapes label, head and text; a ready text is made of html()"),
        (r"(measured|drug_free)\(found", "tiles, as above"),
        (r"structure\.fact_list\(", "escapes names and texts"),
        (r"structure\.picture\(", "escapes the name; the drawing is base64"),
        (r"b64encode\(", "base64 has no sign of HTML"),
        (r"(gene|turned)_bars_html\(", "plots.gene_bars and plots.turned_bars escape symbols"),
        (r"report_html\(", "export.report_html escapes; tests/hostile/test_names.py"),
        (r"(s\.overlap|s\.size|basket\.MOST|now\.fragment|cut)$", "a number"),
        (r"(title|what|_NOTES\[view\]|row\['direction'\])$", "one of our own words"),
        (r"perturbation_load\.worth\(\)$", "our own words on the benchmark"),
        (r"(_INK|_PAPER)\[dark\]$", "a colour"),
        (r"SCRIPT\.read_text\(", "the bundled 3Dmol.js"),
        (r"view\.write_html\(\)$", "coordinates as JSON, in which no tag can begin"),
    ),
    "markdown": (
        (r"(label|page|name|what|ending|file\.label|one\.label|one\.ending)$", "our own words"),
        (r"(example\.label|genes_state\.TABS|entries\.form|SCREENS\[screen\])$", "our own words"),
        (r"(basket\.MOST|said\.n_found|report\.n_\w+|rows\[bad\[0\]\]\.number)$", "a number"),
        (r"(limits\(\)\.\w+|sensitivity_load\.known_structures\(\))$", "a number"),
        (r"(file\.name|.*file_stem(\(.*\))?)$", "letters, digits, dots and dashes alone"),
        (r"(__version__|load\.bundle\(\)\.content_hash)$", "letters and digits"),
        (r"(without_links|short|goals)\(", "texts of the project on itself"),
    ),
}
TAG = "<img src=x onerror=window.__poison=1>"
CSV = "text/csv"
NAMES = (TAG, "[x](https://poison.example)", "![x](https://poison.example/x.png)")


@pytest.fixture(autouse=True)
def running_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every visit comes through the door, as after the first one on a server."""
    made = PagesManager.__init__

    def make(self: PagesManager, *given: object, **named: object) -> None:
        made(self, *given, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make)


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_every_value_is_made_safe_or_listed_with_a_reason(kind: str) -> None:
    found = set(unsafe(kind))
    patterns = [pattern for pattern, _ in ALLOWED[kind]]
    open_ones = [u for u in found if not any(re.match(p, u.value) for p in patterns)]
    assert not open_ones, "\n".join(f"{u.file}:{u.line} {u.value[:120]}" for u in sorted(open_ones))
    idle = [p for p in patterns if not any(re.match(p, u.value) for u in found)]
    assert not idle, f"no longer needed: {idle}"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("html", "st.html(f'<p>{name}</p>')"),
        ("html", "said = f'{name}'\nst.html('<p>' + said)"),
        ("html", "def words():\n    return f'{line.name}'\nst.html(words())"),
        ("markdown", "st.error(str(error))"),
        ("markdown", "(st.error if bad else st.info)(f'{name} is bad')"),
        ("markdown", "st.button('Go', help=f'{name}')"),
    ],
)
def test_the_reader_finds_what_is_open(kind: str, text: str) -> None:
    assert list(unsafe_in("x.py", text, kind))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("html", "st.html(f'<p>{html(name)}</p>')"),
        ("html", "items = ''.join(f'<li>{html(t)}</li>' for t in said)\nst.html(f'<ul>{items}')"),
        ("markdown", "st.error(plain(str(error)))"),
        ("markdown", "st.info(f'{len(rows):,} of {count:.1f}')"),
    ],
)
def test_the_reader_lets_safe_values_pass(kind: str, text: str) -> None:
    assert not list(unsafe_in("x.py", text, kind))


def drawn(app: AppTest) -> None:
    """Nothing on the page carries the tag, a link or a picture from a name."""
    assert not app.exception
    pages = [element.proto.body for element in app.html]
    assert not any(TAG in page for page in pages)
    texts = [e.value for kind in ("error", "warning", "info", "caption") for e in app.get(kind)]
    texts += [button.label for button in app.button] + [e.label for e in app.expander]
    for text in texts:
        bare = re.sub(r"\\.", "", text)
        assert "<img" not in bare
        assert "](https" not in bare
        assert "https://poison" not in re.sub(r"\\(.)", r"\1", text)
    for figure in app.get("plotly_chart"):
        assert "<img" not in json.dumps(json.loads(figure.proto.spec))


def test_names_of_samples_and_files_are_texts(
    app: AppTest, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = len(cells_load.placed().table)
    monkeypatch.setattr(cells_load, "places", lambda: np.zeros((lines, 2)))  # which takes seconds
    values, name = bundle.cells.basal("MCF7", "NCI-60 microarray"), " ".join(NAMES)
    table = pd.DataFrame({name: values}, index=bundle.genes.symbols)
    app.run().switch_page("pages/cells.py").run()
    app.segmented_control(key=VIEW).set_value(VIEWS[1]).run()
    app.file_uploader(key="cells_files").set_value([(f"{name}.csv", table.to_csv().encode(), CSV)])
    app.run()
    assert "onerror" in " ".join(element.proto.body for element in app.html)
    drawn(app)
    app.button(key="cells_use").click().run()
    drawn(app)


def test_names_of_compounds_are_texts(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "warm_up", lambda: None)
    app.run().switch_page("pages/compounds.py").run()
    rows = "".join(f'"{name}",{"C" * n}O\n"{name}",not a structure\n' for n, name in
                   enumerate(NAMES, 2))  # fmt: skip
    app.segmented_control(key="compounds_way").set_value("Upload").run()
    file = (f"{TAG}.csv", f"name,smiles\n{rows}".encode(), CSV)
    app.file_uploader(key="compounds_upload").set_value([file])
    app.run()
    drawn(app)
    assert any(len(table.value) == 2 * len(NAMES) for table in app.dataframe)


def test_names_of_signatures_and_their_genes_are_texts(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "start", lambda *_, **__: Job())
    monkeypatch.setattr(hypotheses_load, "start", lambda *_: Job())
    genes = "\t".join(load.bundle().genes.symbols[:40])
    other = "\t".join(load.bundle().genes.symbols[40:80])
    content = f"{TAG}_UP\t{TAG}\t{genes}\t{TAG}\n{TAG}_DOWN\t{TAG}\t{other}\n".encode()
    app.run().switch_page("pages/hypotheses.py").run()
    app.segmented_control(key="hypotheses_source").set_value("Own signature").run()
    app.file_uploader(key="hypotheses_files").set_value([(f"{TAG}.gmt", content, "text/plain")])
    app.run()
    drawn(app)
    assert "onerror" in str(app.main)  # the name is there, or what is wrong with it


def test_no_name_ends_the_script_of_the_model_in_space() -> None:
    page = viewer3d.page("x</script><script>window.__poison=1</script>\n")
    assert "<script>window.__poison" not in page
    assert page.count("</script>") == page.count("<script")
