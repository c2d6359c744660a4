"""The page on the speed of the forward pass, from the record that `badger bench speed` makes."""

_TEXT = """# How fast the forward pass is

Made by `badger bench speed`; do not edit. The **literal** pass is the formulas written down, with
the same weights: the complete tensor of tanh, every attention map, queries repeated for each
sample. The **own** pass gives the same ranking by exact algebra, tanh(a + b) = 1 - 2 e^-2a /
(e^-2a + e^2b) (`badger_core/model/additive.py`; tanh itself where the exponentials could fail), in
blocks that stay in the cache, by fused self-attention, and without keeping a map. Both take turns
in one process ({rounds} round{s}); figures are medians, ratios medians of the rounds' ratios.

The published sizes: 978 genes, 140 pathways, 128 hidden units, 2 heads, additive attention, genes
looking at genes; random weights, because nobody published theirs. The shipped model: one of its
five members, scaled dot product, its kernel part with it (which is the same in both passes).

**Other work on the machine slows both passes, two threads most**: seconds say little beyond this
run, ratios more. The load average was {before} before and {after} after, on {cores} processors.

| goal, published sizes | | measured | met |
|---|---|---|---|
{goals}

## Pairs of a compound and a line per second

| model | threads | batch | own | literal | ratio | bound | share of the bound | score difference |
|---|---|---|---|---|---|---|---|---|
{rows}
{compiled}
Peak memory at batch 8, each in a process of its own, beyond imports, weights and the batch: {peak}
MB, literally {reference_peak} MB ({share:.0%}). Twice the pairs take {growth:.2f} times the time.

**The bound** is what one pair needs over what the machine sustains, measured in the same rounds
with the same number of threads: floating-point operations of all matrix products, counted by torch,
over the rate of a float32 product of two 512 x 512 matrices; plus one division per term of additive
attention over the rate of reciprocals on numbers in the cache; one after the other, and nothing for
all that lies between. With a compiler the three operations of a term become one.
{screen}
Measured on {date} with app {app}: {machine}. The record is `data/benchmark/forward_speed.json`.
"""


def forward_page(record: dict) -> str:
    """Markdown of one record; the same record gives the same text.

    Args:
        record: what `badger bench speed` writes as JSON.
    """
    goals = (
        f"| {goal['name']} | {goal['goal']} | {goal['value']:.3g} | "
        f"{'yes' if goal['met'] else '**no**'} |"
        for goal in record["goals"]
    )
    extra = [("published", record["all_threads"])] if record["all_threads"] else []
    named = [(name, row) for name in ("published", "shipped") for row in record[name]]
    rows = (
        f"| {name} | {row['threads']} | {row['batch']} | {row['pairs_per_s']:.0f} | "
        f"{row['reference_pairs_per_s']:.0f} | {row['ratio']:.2f} | "
        f"{row['bound_pairs_per_s']:.0f} | {row['bound_share']:.0%} | "
        f"{row['score_difference']:.1e} |"
        for name, row in named + extra
    )
    machine = record["machine"]
    return _TEXT.format(
        rounds=record["rounds"],
        s="" if record["rounds"] == 1 else "s",
        before=machine["load_before"],
        after=machine["load_after"],
        cores=machine["processors"],
        goals="\n".join(goals),
        rows="\n".join(rows),
        compiled=_compiled(record["compiled"]),
        screen=_screen(record["screen"]),
        peak=f"{record['peak_mb']:.0f}",
        reference_peak=f"{record['reference_peak_mb']:.0f}",
        share=record["memory_share"],
        growth=record["linear"]["growth"],
        date=record["date"],
        app=record["app"],
        machine=f"{machine['system']}, python {machine['python']}, torch {machine['torch']}",
    )


def _compiled(found: dict | None) -> str:
    """A paragraph on the compiled pass."""
    if found is None:
        return "\nThe compiled pass was not measured.\n"
    if found["ratio"] is None:
        return f"\nThe compiled pass was not measured. {found['note']}\n"
    return (
        f"\nWith the sums over channels {found['note']} (optional, `model/compiled.py`): "
        f"{found['pairs_per_s']:.0f} pairs per second at batch 8 on one thread, "
        f"{found['ratio']:.2f} times the literal pass, score difference "
        f"{found['score_difference']:.1e}, after {found['compiling_s']:.0f} s of compiling.\n"
    )


def _screen(found: dict | None) -> str:
    """A section on a screen of the library."""
    if found is None:
        return ""
    return (
        "\n## A screen of the library\n\n"
        f"`badger screen` predicts {found['compounds']} compounds in {found['line']} by all "
        f"{found['members']} members, with fragments, fingerprints, trust and the Parquet file, in "
        f"**{found['seconds']:.0f} s** by {found['processes']} processes of one thread each: "
        f"{found['ms_per_pair']:.1f} ms per pair, starting up included.\n"
    )
