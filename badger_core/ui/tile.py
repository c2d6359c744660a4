"""One tile of a strip: a label, a headline in words, and what it means."""

from badger_core.ui.text import html


def tile(label: str, head: str, text: str, kind: str = "", ready: bool = False) -> str:
    """One tile; `ready` where the text is already safe HTML."""
    return (
        f"<div class='tile {kind}'><div class='label'>{html(label)}</div>"
        f"<div class='head' title='{html(head)}'>{html(head)}</div>"
        f"<div class='text'>{text if ready else html(text)}</div></div>"
    )
