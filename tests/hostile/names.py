"""Names that a file or a link of somebody else may carry, and what they would like to do."""

from hypothesis import strategies as st

POISON = (
    "<script>window.__poison=1</script>",
    "</script><script>window.__poison=1</script>",
    "<img src=x onerror='window.__poison=1'>",
    '"><svg onload=window.__poison=1>',
    "' onmouseover='window.__poison=1",
    "<a href='https://poison.example'>A375</a>",
    '<a href="javascript:window.__poison=1">x</a>',
    "<iframe srcdoc='<script>parent.__poison=1</script>'></iframe>",
    "<style>body{display:none}</style>",
    "]]><x/>",
    "--><b>x</b><!--",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "![x](https://poison.example/x.png)",
    "[x](https://poison.example) **b** `c` $x^2$ :material/home: :red[x]",
    "https://poison.example/x www.poison.example a@poison.example",
    "1. one\n===\n# two\n- three",
    "{{7*7}}${7*7}<%=7*7%>{b}{c}%{x}",
    '=HYPERLINK("https://poison.example")',
    "+1+cmd|'/c calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\uff1d1+1",
    "../../../etc/passwd",
    "..\\..\\CON",
    "C:\\Windows\\NUL.txt",
    "CON",
    "a\x00b\x1b[31mc",
    "abc\u202egpj.exe",
    "\u2066x\u2069\u200f",
    "\U0001f9ec" * 200,
    "x" * 3000,
    "'\"`;$(touch /tmp/poison)|&",
)
"""Each has been a hole in some program."""
FORMULAS = tuple(name for name in POISON if name.lstrip("\t\r")[:1] in "=+-@\uff1d")


def names() -> st.SearchStrategy[str]:
    """Poison, any text, and both put together."""
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    poison = st.sampled_from(POISON)
    return st.one_of(poison, text, st.builds(str.__add__, text, poison))
