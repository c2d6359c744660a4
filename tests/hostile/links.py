"""Links as nobody made them: parameters that belong elsewhere, are broken or mean harm."""

from hypothesis import strategies as st

from badger_core.ui import link

NAMES = tuple(name for name in link.Linked._fields if name != "left_out")
"""Every parameter beside the version."""
PAGES_OF = {
    "gene": "pages/genes.py",
    "set": "pages/genes.py",
    "fragment": "pages/pathways.py",
    "pathway": "pages/pathways.py",
    "map_gene": "pages/pathways.py",
    "against": "pages/hypotheses.py",
    "lines": "pages/hypotheses.py",
    "measure": "pages/hypotheses.py",
    "part": "pages/perturbation.py",
    "knockout": "pages/perturbation.py",
    "disease": "pages/predict.py",
}
"""Parameter to the page that reads it; the others are read by all pages."""
VALID = {
    "compound": "imatinib",
    "cell": "K562",
    "disease": "Skin Cancer",
    "compounds": "vemurafenib",
    "cells": "A375",
    "gene": "EGFR",
    "set": "HALLMARK_APOPTOSIS",
    "fragment": "C1CCNCC1",
    "pathway": "HALLMARK_APOPTOSIS",
    "map_gene": "EGFR",
    "against": "pancreatic cancer",
    "lines": "A375,YAPC",
    "measure": "wtcs mean specific",
    "part": "Own screen",
    "knockout": "STAT1",
}
HARM = (
    "<script>window.__poison=1</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "![x](https://poison.example/x.png)",
    "[click](https://poison.example)",
    "https://poison.example/x",
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
    "'; DROP TABLE genes; --",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "file:///etc/passwd",
    "upload:000000000000",
    "upload:",
    '=HYPERLINK("https://poison.example")',
    "a\x00b",
    "a\x1b[31mb",
    "a\u202eb",
    "a\u2028b",
    "\ufeffimatinib",
    "\ufffd",
    "\uff49\uff4d\uff41\uff54inib",
    "İSTANBUL ß ﬁ",
    "🧬" * 50,
    "a\u0301" * 90,
    "%00%0a%0d",
    "a\r\nSet-Cookie: x=1",
    "NaN",
    "inf",
    "-1",
    "1e309",
    "0x10",
    "None",
    "null",
    "[]",
    "{}",
    "__class__",
    "*",
    ".*(",
    "\\",
    " ",
    "\t\n",
    ",,,,",
    "C" * 4000,
    "C1" * 1900,
    "(" * 3900,
    "x" * 100_000,
)
VERSIONS = ("0", "2", "1.0", "01", "-1", "one", "<b>", "1" * 1000, "\x00", "\u0661")


def parameters() -> st.SearchStrategy[dict[str, list[str]]]:
    """Parameters of a link, as they come from the address: name to one or more texts."""
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    value = st.one_of(
        st.sampled_from(sorted(set(VALID.values()))),
        st.sampled_from(HARM),
        text,
        st.builds(str, st.integers() | st.floats()),
        st.builds(lambda one, n: one * n, text, st.sampled_from([2, 50, 400])),
        st.builds(_mutated, st.sampled_from(sorted(VALID.values())), st.integers(0, 20), text),
    )
    many = st.lists(value, min_size=1, max_size=3) | st.lists(value, min_size=1, max_size=30)
    names = st.sampled_from((*NAMES, *NAMES, "v", "unknown", "V", "compound[]", "__proto__"))
    version = st.fixed_dictionaries({}, optional={"v": st.just(["1"])})
    return st.builds(
        lambda one, other: {**one, **other}, st.dictionaries(names, many, max_size=8), version
    )


def _mutated(valid: str, at: int, put: str) -> str:
    """A valid text with another put into it."""
    return valid[:at] + put[:5] + valid[at:]
