"""The model card: what the model is, how well it does, what it is made from, how to cite it."""

import pandas as pd
import streamlit as st

from badger_core import __version__
from badger_core.errors import BadgerError
from badger_core.export.benchmark_findings import findings
from badger_core.export.benchmark_names import MEASURES, STRATA
from badger_core.export.benchmark_summary import as_table, summary_lines
from badger_core.export.benchmark_tables import read_tables
from badger_core.paths import ROOT, benchmark_dir
from badger_core.ui import load
from badger_core.ui.card_tables import (
    coverage_table,
    member_table,
    section_on,
    source_table,
    without_links,
)
from badger_core.ui.text import plain

MODEL_PAGE = ROOT / "docs" / "MODEL.md"
_CONDITIONS = {"all": "all", "active": "active (strongest third of their source)"}


def summary() -> None:
    """What it is, in a paragraph."""
    st.markdown(
        "BADGER Studio ranks the **978 L1000 landmark genes** by the effect that a compound is "
        "predicted to have on a cell line. The compound is cut into fragments (BRICS); fragments "
        "attend to pathways, pathways attend to genes, and the cell line is described by its "
        "similarity to reference lines in basal expression. Beside it stands a kernel part "
        "that compares whole molecules, known mechanisms and targets, and lines with everything "
        "measured; it taught the cascade, and every result says how much each part says. Neither "
        "compound nor line needs to have been profiled. It is an independent implementation of "
        "BADGER (Kim et al. 2025). "
        "It runs on your own machine, and nothing that you enter leaves it."
    )
    st.markdown(
        "Beside it, **drug sensitivity** (page Sensitivity) is learnt from measured screens, "
        "NCI-60 and CTRP v2: whether a compound kills a line, for compounds and lines that were "
        "never tested too. The task is that of drGT (arXiv 2405.08979), whose graph model was "
        "built anew and names genes; a kernel over structures and expression predicts. The "
        "figures of both, and of plain baselines, stand in `docs/RESPONSE.md`."
    )
    st.markdown(
        "**Genetic perturbation** (the page of this name) takes up the task of GPO-VAE (Baek et "
        "al. 2025): what losing a gene does to others in single cells, with a network of the "
        "edges that cells and trainings bear out (`docs/PERTURBATION.md`); and it matches drugs to "
        "399 over-expressed genes (L1000), a hint at a mechanism whose worth the page states."
    )
    st.caption(f"App {__version__} · data bundle {load.bundle().content_hash}")


def limits() -> None:
    """What a prediction is not."""
    _section("Limits")
    st.markdown(
        "- **If active.** The model learned from compounds that changed expression: it says how, "
        "not whether. An inactive compound gets a ranking too.\n"
        "- **No dose and no time.** Every prediction is made at one reference context: level 5, "
        "10 µM, 24 h.\n"
        "- **978 landmark genes** and their order. The size of a score is no fold change.\n"
        "- **Spread is not error.** It tells how far the members of the ensemble disagree; they "
        "can be wrong together.\n"
        "- **For research use only**, not for diagnosis or treatment."
    )


def results() -> None:
    """Every split against chance, the best baseline and what is possible, from the benchmark."""
    _section("How well it does")
    try:
        found = findings(read_tables(benchmark_dir(), optional=False))
    except BadgerError as error:
        st.info(f"There are no benchmark results to show. {plain(str(error))}")
        return
    st.markdown(
        "Every split holds out something else, and the model is tested on what it never saw. It is "
        "**ahead** of the best baseline or **behind** it where the 95% interval of the difference "
        "lies on one side of zero, and **level** where zero lies in it. *Reference*: for Spearman "
        "the bound that measurement noise sets, for NDCG (corrected for chance) how well two "
        "replicates agree, which is no bound. Methods and all models: `docs/BENCHMARK.md`."
    )
    stratum = st.radio(
        "Conditions",
        list(STRATA),
        format_func=_CONDITIONS.__getitem__,
        horizontal=True,
        key="about_conditions",
    )
    table = as_table(summary_lines(found, [stratum], MEASURES[:3])).drop(columns="conditions")
    _show(table, f"Benchmark by split and metric, {_CONDITIONS[stratum]}")


def members() -> None:
    """Where the model comes from."""
    _section("The model")
    try:
        cards = load.cards()
    except BadgerError as error:
        st.warning(plain(str(error)))
        return
    if not cards:
        st.warning("There is no model: train one with `badger train badger`.")
        return
    st.markdown(
        f"An ensemble of **{len(cards)}**, each trained with another fold of the split "
        f"**{plain(cards[0].split)}** held out. The score of a gene is the mean over "
        "members, its spread their standard deviation."
    )
    _show(member_table(cards), "Members of the ensemble")
    if any(card.bundle != load.bundle().content_hash for card in cards):
        st.warning("A member was trained on another data bundle than the one that is open.")
    with st.expander("Settings of training"):
        commands = [card.command for card in cards]
        first = cards[0]
        st.json({"network": first.network, **first.settings, **first.training, "made by": commands})


def coverage() -> None:
    """What the bundle holds, counted."""
    _section("What the data cover")
    _show(coverage_table(load.bundle().manifest["coverage"]), "Coverage counts")


def sources() -> None:
    """Where the data come from, with licences."""
    _section("Data sources and licences")
    _show(source_table(load.bundle().manifest["inputs"]), "Data sources with licences")
    st.caption(
        "The drawing board is OpenChemLib JS 9.25.0, and 3Dmol.js 2.5.5 draws molecules in space; "
        "both are under BSD-3-Clause, and their files and licences lie in assets/vendor."
    )


def differences() -> None:
    """Known differences from the paper, from the model's own page."""
    _section("Known differences from the paper")
    text = MODEL_PAGE.read_text(encoding="utf-8") if MODEL_PAGE.exists() else ""
    section = section_on(text, "differ")
    if section:
        st.markdown(without_links(section))
    else:
        st.info("They are listed in docs/MODEL.md, which this copy of the project does not have.")


def citation() -> None:
    """What to cite."""
    _section("Citation")
    st.markdown("If this helps your work, cite the publication of the model and the data sources:")
    st.code(
        "Kim, Gim, Baek, Park, Kim, Kang. BADGER: biologically-aware interpretable differential "
        "gene expression ranking model. Bioinformatics Advances, 2025. "
        "doi 10.1093/bioadv/vbaf029",
        language=None,
        wrap_lines=True,
    )
    st.markdown(
        f"Say that you used this independent implementation, BADGER Studio {__version__}. The code "
        "is under the MIT licence; the data keep the licences of their sources."
    )


def _section(title: str) -> None:
    st.html(f"<h2 class='section'>{title}</h2>")


def _show(table: pd.DataFrame, name: str) -> None:
    with st.container(key=f"about_{name.split()[0].lower()}"):
        st.table(table, hide_index=True, alt=name)
