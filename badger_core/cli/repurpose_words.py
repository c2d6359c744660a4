"""What `badger repurpose` prints for people: the first of the list, its controls, and cautions."""

from pathlib import Path

import pandas as pd

from badger_core.repurpose.hypotheses import Hypotheses

_SHOWN, _SHORT, _SURE = 10, 5, 0.05
_COLUMNS = ("rank", "name", "score", "percentile", "fdr", "promiscuity", "phase", "known")


def words(found: Hypotheses, out: Path | None) -> str:
    """Several lines of text.

    Args:
        found: the hypotheses.
        out: where the whole was written, or None.
    """
    m = found.manifest
    first = found.table[found.table["rank"].le(_SHOWN).fillna(False)]
    parts = [
        f"{m['compounds']} compounds against {m['signature']} in {', '.join(m['lines'])} "
        f"({m['measure']}; below 0 is reversal):",
        first[list(_COLUMNS)].to_string(index=False, float_format=lambda x: f"{x:.4g}"),
        *_controls(m),
        *_list_p(m),
        *_some(
            "Classes among the most reversing (FDR below 5%)",
            [f"{r['class']} (AUROC {r.auroc:.2f}, {r.members})" for _, r in _sure(found)],
        ),
        *_some("To try next", found.next.head(3)["reason"].tolist(), found.next["name"].tolist()),
        *([f"Written to {out}."] if out is not None else []),
        *([m["tested"]] if m["tested"] else []),
        m["worth"],
    ]
    return "\n".join(parts)


def _sure(found: Hypotheses) -> list[tuple[int, pd.Series]]:
    return list(found.classes[found.classes["fdr"] < _SURE].head(_SHORT).iterrows())


def _controls(manifest: dict) -> list[str]:
    return [
        f"{kind[:1].upper()}{kind[1:]}: {c['n']}, at percentile {c['median_percentile']:.0f} "
        f"(median), {c['highest_percentile']:.0f} at most."
        for kind, c in manifest["controls"].items()
    ]


def _list_p(manifest: dict) -> list[str]:
    p, depth = manifest["list"]["p"], manifest["list"]["depth"]
    if p is None:
        return []
    return [
        f"With the disease's genes interchanged at random the compound at place {depth} scores as "
        f"low with p {p:.2g}."
        + (" So the list as a whole is no stronger than chance gives." if p > _SURE else "")
    ]


def _some(title: str, items: list[str], names: list[str] | None = None) -> list[str]:
    if not items:
        return [f"{title}: none."]
    if names is None:
        return [f"{title}: {'; '.join(items)}."]
    told = [f"  {n}: {text}" for n, text in zip(names, items, strict=False)]
    return [f"{title}:", *told]
