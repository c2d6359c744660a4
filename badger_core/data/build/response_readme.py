"""The page of the drug-sensitivity tables: sources, licences, checksums and counts."""


def response_page(manifest: dict) -> str:
    """Markdown that says what is in the folder and where it comes from."""
    lines = [
        "# Drug sensitivity: what is in this folder",
        "",
        "Written by `badger data build-response` from the manifest; do not edit. Weights of models",
        "that lie beside these tables are described by their own files.",
        "",
        "## Files",
        "",
        "| file | rows | SHA-256 |",
        "|---|---|---|",
    ]
    for name, entry in manifest["outputs"].items():
        rows = manifest["rows"].get(name.removesuffix(".parquet"), "")
        lines.append(f"| {name} | {rows} | `{entry['sha256'][:16]}…` |")
    lines += [
        "",
        "Values are int16 thousandths (-32768: not measured), fingerprints are packed bits. Labels",
        "of NCI-60 are 1 sensitive, 0 resistant, -1 not measured; those of CTRP v2 the area under",
        "the curve. A group is a structure, or an origin of lines: it never stands on two sides of",
        "a split.",
        "",
        "## Sources",
        "",
        "| source | origin | licence | release | SHA-256 |",
        "|---|---|---|---|---|",
    ]
    for source in manifest["inputs"]:
        lines.append(
            f"| {source['title']} (`{source['path']}`) | {source['origin']} | "
            f"{source['licence']} | {source['released']} | `{source['sha256'][:16]}…` |"
        )
    lines += [
        "",
        f"Joined with the lines, the Hub's targets and the landmark genes of the bundle "
        f"{manifest['bundle']}.",
    ]
    for title, key in (("Counts", "counts"), ("Repeats of CTRP lines", "repeats of CTRP lines")):
        lines += ["", f"## {title}", "", "| what | count |", "|---|---|"]
        lines += [f"| {name} | {count:,} |" for name, count in manifest[key].items()]
    lines += ["", "Where a line stands in several rows, the mean of them is taken.", ""]
    lines += ["## Left out, or not joined", "", "| what | which |", "|---|---|"]
    lines += [
        f"| {what} | {', '.join(f'`{n}`' for n in w)} |" for what, w in manifest["left out"].items()
    ]
    lines += ["", "## Lines of one origin", ""]
    for name, reasons in manifest["lines of one origin"].items():
        lines += [f"- {name}: {reason}" for reason in reasons]
    return "\n".join(lines) + "\n"
