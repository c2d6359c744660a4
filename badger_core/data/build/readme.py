"""The bundle's own page: sources, licences, checksums and counts, from its manifest."""


def bundle_page(manifest: dict) -> str:
    """Markdown that says what is in the bundle and where it comes from."""
    command = manifest.get("written_by", "badger data build")
    lines = [
        "# What is in this folder",
        "",
        f"Written by `{command}` from the manifest; do not edit.",
        "",
        "## Files",
        "",
        "| file | rows | SHA-256 |",
        "|---|---|---|",
    ]
    for key in ("outputs", "references"):
        for name, entry in manifest[key].items():
            rows = manifest["rows"].get(name.removesuffix(".parquet"), "")
            lines.append(f"| {name} | {rows} | `{entry['sha256'][:16]}…` |")
    lines += [
        "",
        f"For reference, read by no model and outside the content hash: "
        f"{', '.join(manifest['references'])}.",
    ]
    lines += ["", "## Sources", "", "| source | origin | licence | release |", "|---|---|---|---|"]
    for source in manifest["inputs"]:
        lines.append(
            f"| {source['title']} (`{source['path']}`) | {source['origin']} | "
            f"{source['licence']} | {source['released']} |"
        )
    folds = next(iter(manifest["folds"].values()))
    lines += [
        "",
        "## Groups per fold (`splits.parquet`)",
        "",
        "Fold 0 chooses settings, 1 to 5 are tested, -1 has nothing to test and always trains.",
        "",
        f"| split, group, stratum | {' | '.join(folds)} |",
        "|---" * (1 + len(folds)) + "|",
    ]
    for name, counts in manifest["folds"].items():
        lines.append(f"| {name} | {' | '.join(map(str, counts.values()))} |")
    for title, key in (("Coverage", "coverage"), ("Rows dropped, and why", "dropped")):
        lines += ["", f"## {title}", "", "| what | count |", "|---|---|"]
        lines += [f"| {name} | {count:,} |" for name, count in manifest[key].items()]
    return "\n".join(lines) + "\n"
