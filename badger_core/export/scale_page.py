"""The page on importing whole releases, from the record that `badger bench import` makes."""

from itertools import pairwise

_FLAT = 1.25
"""A later signature that costs so many times a first one is no longer as cheap."""
_TEXT = """# What a whole release costs

Made by `badger bench import`; do not edit. GCTX files as large as a release, real in format: every
column is a signature of the shipped bundle, drawn with repeats, over 978 genes in float32, written
in slices without compression as CMap writes them, with LINCS2020's tables beside them. Each is
imported by the code of `badger data import` in a process of its own. Before each reading the system
is told to forget the file, because a release of 10 to 40 GB does not fit its cache. Plain reads
and imports take turns ({rounds} round{s}); each time is the least of its rounds.

| goal, largest file | | measured | met |
|---|---|---|---|
{goals}

{head}
{rows}

{marginal}

- **Plain read**: h5py reads the matrix from its first to its last column into one buffer and does
  nothing with it. An import has the system forget what is behind it, so that few pages of its cache
  are used again and again; "forgetting" is a plain read that does that too, and the share in
  brackets is that of it. "Cached" is with the whole file in the system's cache before.
- **Values**: reading, packing to whole numbers of two bytes, hashing and writing them.
- **Whole import**: tables, compounds and lines, values, scaffolds and splits, until the manifest is
  on the disk. Structures come from the library here; RDKit takes a few milliseconds for each
  compound that the library does not know, once, however many signatures it has.
- **Peak memory** is that of the whole process; {base} MB of it are the program and its libraries.
{training}
Other work on the machine slows all of it; the load average was {before} before and {after} after,
on {cores} processors. Measured on {date} with app {app}: {machine}. The record is
`data/benchmark/import_speed.json`.
"""
_HEAD = (
    "signatures",
    "matrix, GB",
    "plain read, s (forgetting)",
    "values, s",
    "share of the plain read",
    "both cached, s: read, values, share",
    "whole import, s",
    "share",
    "signatures/s",
    "ms per 1,000",
    "peak memory, MB",
)
_TRAINING = """
## Training on {rows:,} imported signatures

Two epochs of `mlp`{changes} on {pairs:,} pairs of a compound and a line: {seconds:.0f} s, peak
memory {peak:.0f} MB, {base:.0f} MB of them the program and its libraries. Signatures are read from
the mapped file in blocks. What is made of them lies, where it is larger than 256 MB, in files of
the temporary folder that vanish with the process and are mapped too; another thread reads batches
ahead of the network. The kernel part of `badger` is another matter: it solves for all training
pairs at once, is refused beyond 20,000 of them, and is left out by `--set kernel_share=0
--set taught=0 --set smoothing=0`.
Command: `badger bench import{sets}`.
"""
_GOALS = {
    "raw_ratio": ("values, share of a plain read", "at least {:.0%}", "{:.0%}"),
    "peak_mb": ("peak memory", "at most {:,.0f} MB", "{:,.0f} MB"),
}


def scale_page(record: dict) -> str:
    """Markdown of the record."""
    machine = record["machine"]
    return _TEXT.format(
        goals="\n".join(map(_goal, record["goals"])),
        head=f"| {' | '.join(_HEAD)} |\n{'|---' * len(_HEAD)}|",
        rows="\n".join(map(_row, record["sizes"])),
        marginal=_marginal(record["sizes"]),
        rounds=record["rounds"],
        s="" if record["rounds"] == 1 else "s",
        base=round(record["sizes"][-1]["base_mb"]),
        training=_training(record),
        before=machine["load_before"],
        after=machine["load_after"],
        cores=machine["processors"],
        date=record["date"],
        app=record["app"],
        machine=f"{machine['system']}, Python {machine['python']}, h5py {machine['h5py']}",
    )


def _goal(goal: dict) -> str:
    words, wanted, found = _GOALS[goal["name"]]
    met = "yes" if goal["met"] else "**no**"
    return f"| {words} | {wanted.format(goal['goal'])} | {found.format(goal['value'])} | {met} |"


def _row(row: dict) -> str:
    each = 1e6 * row["whole_s"] / row["signatures"]
    forgetting = share = cached = ""
    if "values_cached_s" in row:  # records of before 2026-11-21 13:00 lack it
        forgetting = f" ({row['raw_forgetting_s']:.2f})"
        share = f" ({row['forgetting_ratio']:.0%})"
        cached = f", {row['values_cached_s']:.2f}, {row['cached_ratio']:.0%}"
    return (
        f"| {row['signatures']:,} | {row['gigabytes']:.2f} | {row['raw_s']:.2f}{forgetting} | "
        f"{row['values_s']:.2f} | {row['raw_ratio']:.0%}{share} | "
        f"{row['raw_cached_s']:.2f}{cached} | {row['whole_s']:.1f} | {row['whole_ratio']:.0%} | "
        f"{row['signatures_per_s']:,.0f} | {each:.0f} | {row['peak_mb']:.0f} |"
    )


def _marginal(sizes: list[dict]) -> str:
    """What each further signature costs, from one size to the next, and the part that is fixed."""
    steps = [
        (
            (after["whole_s"] - before["whole_s"]) / (after["signatures"] - before["signatures"]),
            (after["values_s"] - before["values_s"]) / (after["signatures"] - before["signatures"]),
            f"from {before['signatures']:,} to {after['signatures']:,}",
        )
        for before, after in pairwise(sizes)
    ]
    if not steps:
        return ""
    each = "; ".join(
        f"{where} {1e6 * whole:.1f} ms, {1e6 * values:.1f} of them for values"
        for whole, values, where in steps
    )
    fixed = sizes[0]["whole_s"] - steps[0][0] * sizes[0]["signatures"]
    costs = [whole for whole, _, _ in steps]
    grows = max(costs[1:], default=0.0) > _FLAT * costs[0]
    verdict = "A later one costs more" if grows else "A later one costs no more than a first one"
    verdict = f" {verdict}." if len(costs) > 1 else ""
    return (
        f"1,000 further signatures cost: {each}.{verdict} About {fixed:.1f} s are the same for "
        "any size: the tables of the base bundle, its compounds and lines."
    )


def _training(record: dict) -> str:
    found = record["training"]
    if found is None:
        return ""
    sets = "".join(f" --set {one}" for one in record["settings"])
    changes = f" with {', '.join(record['settings'])}" if record["settings"] else ""
    return _TRAINING.format(
        rows=found["rows"],
        pairs=found["pairs"],
        seconds=found["seconds"],
        peak=found["peak_mb"],
        base=found["base_mb"],
        changes=changes,
        sets=sets,
    )
