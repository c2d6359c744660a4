"""A name from outside stays a name: on a page, in a figure, in a file, and as a file's own name."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from badger_core.data.signature_file_lists import GeneSet
from badger_core.export.gct import gct
from badger_core.export.gene_lists import gmt as enriched_gmt
from badger_core.export.gene_lists import grp, rnk
from badger_core.export.gene_sets import gmt
from badger_core.export.perturbation_network import graphml, write_edges
from badger_core.export.report_html import Column, bullets, facts, link, paragraph, section, table
from badger_core.export.tables import escaped, figures, harmless, table_csv
from badger_core.export.workbook import tables_xlsx
from badger_core.plots.benchmark_svg import Sheet
from badger_core.plots.markup import literal
from badger_core.ui import downloads
from badger_core.ui.text import html, plain
from tests.hostile.names import FORMULAS, POISON, names
from tests.hostile.trial import attempt, made_up

RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
STEM = re.compile(r"badger_[A-Za-z0-9.-]{0,60}_\d{4}-\d\d-\d\d_app[0-9.]+")


class _Seen(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(page: str) -> _Seen:
    parser = _Seen()
    parser.feed(page)
    parser.close()
    return parser


@made_up
@given(names())
def test_html_shows_a_name_as_text(name: str) -> None:
    shown = attempt("name in HTML", lambda: html(name))
    assert not UNSEEN.search(shown)
    found = seen(f"<p class='x'>{shown}</p><p title='{shown}' lang=\"{shown}\"></p>")
    assert [tag for tag, _ in found.tags] == ["p", "p"]
    assert set(found.tags[1][1]) == {"title", "lang"}
    assert not re.search(r"[<>\"']", shown)


@made_up
@given(names())
def test_markdown_shows_a_name_as_text(name: str) -> None:
    shown = attempt("name in Markdown", lambda: plain(name))
    assert "\n" not in shown
    assert not UNSEEN.search(shown)
    bare = re.sub(r"\\.", "", shown)  # what is not escaped
    assert not re.search(r"[`*_\[\]<>#!|~$:&]|https?://|www\.", bare)
    assert not re.match(r"\s*\d+[.)]", bare)
    assert not re.search(r"[\w.+-]@[\w-]+\.\w", re.sub(r"\\(.)", r"\1", shown))


@made_up
@given(st.lists(names(), min_size=1, max_size=4), names())
def test_no_spreadsheet_runs_a_cell(cells: list[str], title: str) -> None:
    content = pd.DataFrame({title: cells, "gene": "MARCHF1", "number": -1.5})
    read = list(csv.reader(io.StringIO(attempt("name in CSV", lambda: table_csv(content)))))
    assert len(read) == len(cells) + 1
    for row in read:
        assert not any(cell.startswith(RUN) for cell in row[:2])
        assert not any(UNSEEN.search(cell) for cell in row)
    assert {row[1] for row in read[1:]} == {"MARCHF1"}
    assert {row[2] for row in read[1:]} == {"-1.5"}


@made_up
@given(st.lists(names(), min_size=1, max_size=3))
def test_a_workbook_holds_names_as_text(cells: list[str]) -> None:
    content = pd.DataFrame({"name": cells})
    file = attempt("name in XLSX", lambda: tables_xlsx({"names": content}, {"who": cells[0]}))
    sheet = load_workbook(io.BytesIO(file))["names"]
    for row, name in enumerate(cells, 2):
        cell = sheet.cell(row, 1)
        assert cell.data_type in ("s", "n" if not name else "s", "inlineStr")
        assert cell.value is None or not UNSEEN.search(cell.value)


@pytest.mark.parametrize("name", FORMULAS, ids=ascii)
def test_every_export_escapes_a_formula(name: str, tmp_path: Path) -> None:
    shown = "'" + " ".join(name.split())
    assert str(escaped(name)) == "'" + name
    assert list(harmless(pd.DataFrame({name: [name]}))) == ["'" + name]
    edges = pd.DataFrame({"target": [name], "gene": ["STAT1"], "drawn": [True]})
    write_edges(edges, tmp_path / "edges.csv")
    with (tmp_path / "edges.csv").open(newline="") as file:
        assert next(row for row in list(csv.reader(file))[1:])[0] == "'" + name
    values = pd.DataFrame([[1.0]], index=["g"], columns=["c"])
    rows = pd.DataFrame({"name": [name]}, index=["g"])
    made = gct(values, rows, pd.DataFrame({"line": [name]}, index=["c"]))
    assert sum(shown in line.split("\t") for line in made.splitlines()) == 2
    found = pd.DataFrame({"pathway": ["P"], "direction": ["up"], "name": [name], "genes": ["A, B"]})
    assert enriched_gmt(found).split("\t")[1] == shown


def test_numbers_and_gene_names_are_left_alone() -> None:
    for value in (-1.5, 3, None, True, "HLA-DRA", "MARCHF1", "NKX2-5", "1-Mar"):
        assert escaped(value) is value
    made = gct(
        pd.DataFrame([[-2.5]], index=["g"], columns=["c"]),
        pd.DataFrame({"code": ["-666"]}, index=["g"]),
        pd.DataFrame(index=["c"]),
    )
    assert made.splitlines()[-1] == "g\t-666\t-2.5"


@made_up
@given(names(), names())
def test_lists_for_programs_keep_one_line_a_name(one: str, other: str) -> None:
    sets = [GeneSet("set " + one, ["TP53", one or "x"], other)]
    assert attempt("name in GMT", lambda: gmt(sets)).count("\n") == 1
    assert grp([one, other]).count("\n") == 2
    ranking = pd.DataFrame({"symbol": [one, other], "score": [1.0, -1.0]})
    assert [line.count("\t") for line in rnk(ranking).splitlines()] == [1, 1]


@made_up
@given(names(), names())
def test_a_network_stays_well_formed(one: str, other: str) -> None:
    edges = pd.DataFrame({"target": [one], "gene": [other], "words": [one + other], "t": [1.5]})
    root = ET.fromstring(attempt("name in GraphML", lambda: graphml(edges)))
    tags = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
    assert tags <= {"graphml", "graph", "key", "node", "edge", "data"}


@made_up
@given(names())
def test_a_drawing_stays_well_formed(name: str) -> None:
    sheet = Sheet(100, 100, name)
    sheet.text(1, 1, name)
    root = ET.fromstring(attempt("name in SVG", sheet.svg))
    assert {element.tag.rsplit("}", 1)[-1] for element in root.iter()} == (
        {"svg", "title", "rect", "text"}
    )


@made_up
@given(names())
def test_json_gives_back_the_name(name: str) -> None:
    made = attempt("name in JSON", lambda: figures(pd.DataFrame({"n": [name]}), {"who": name}))
    assert json.loads(made) == {"manifest": {"who": name}, "rows": [{"n": name}]}


@made_up
@given(names(), names())
def test_a_report_has_no_tag_but_its_own(one: str, other: str) -> None:
    content = pd.DataFrame({"name": [one, other], "score": [0.5, np.nan]})
    columns = (Column("name", one), Column("score", "Score", "+.2f", other))
    parts = (
        table(one, content, columns),
        paragraph(one or "x"),
        bullets([one, other]),
        facts([(one, other)]),
        link(one, other),
    )
    found = seen(attempt("name in a report", lambda: section("here", one, *parts)))
    own = {"section", "h2", "div", "p", "ul", "li", "dl", "dt", "dd", "a", "data"}
    own |= {"table", "caption", "thead", "tr", "th", "tbody", "td"}
    assert {tag for tag, _ in found.tags} <= own
    named = {name for _, attributes in found.tags for name in attributes}
    assert named <= {"id", "class", "scope", "value", "href", "rel"}


@made_up
@given(names())
def test_a_figure_takes_a_name_for_no_markup(name: str) -> None:
    figure = go.Figure(
        go.Scatter(
            x=[name, "b"],
            y=[1, 2],
            text=[name, name],
            name=name,
            customdata=np.array([[name, 1.5], ["b", 2.5]], object),
            hovertemplate="<b>%{customdata[0]}</b><extra></extra>",
        )
    )
    figure.update_yaxes(tickvals=[1, 2], ticktext=[name, "b"], title_text=f"<b>{name}</b>")
    figure.add_annotation(x=1, y=1, text=f"<b>{name}</b>")
    made = attempt("name in a figure", lambda: literal(figure))
    trace = made.data[0]
    for text in (trace.x[0], trace.text[0], trace.name, trace.customdata[0][0]):
        assert "<" not in text
    assert "<" not in made.layout.yaxis.ticktext[0]
    assert trace.customdata[1][1] == 2.5
    assert trace.hovertemplate == "<b>%{customdata[0]}</b><extra></extra>"
    for text in (made.layout.annotations[0].text, made.layout.yaxis.title.text):
        assert text.startswith("<b>")
        assert not re.search(r"<\s*/?\s*a\b", text, re.IGNORECASE)


@made_up
@given(names())
def test_a_files_name_is_a_plain_one(name: str) -> None:
    stem = attempt("name of a file", lambda: downloads.file_stem(name, of_model=False))
    assert STEM.fullmatch(stem), stem
    assert len(stem) < 100
    assert Path(stem).name == stem


@pytest.mark.parametrize("name", POISON, ids=lambda text: ascii(text[:20]))
def test_known_poison_does_nothing(name: str) -> None:
    assert "<" not in html(name)
    page = section("here", name, paragraph(name))
    assert "<script" not in page
    assert "<img" not in page
    if "poison.example" in name:
        assert "https://poison" not in re.sub(r"\\(.)", r"\1", plain(name))
