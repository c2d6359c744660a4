"""Cuts an SD file into its records."""


def sd_records(text: str) -> list[str]:
    """The records of an SD file as MOL blocks, an empty one at the end included."""
    records: list[list[str]] = [[]]
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("$$$$"):
            records.append([])
        else:
            records[-1].append(line)
    return ["\n".join(lines) for lines in records]
