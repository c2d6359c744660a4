"""What became of the genes of a disease signature: a report in sentences and for JSON."""

from dataclasses import dataclass

_SHOWN = 6


@dataclass(frozen=True)
class SignatureReport:
    """How a signature was read.

    Attributes:
        file, form, details: what it is and how it was read.
        statistic: what the values are, and why these.
        id_title, id_kind: where the ids stand and of which kind they are.
        n_read: distinct ids read.
        n_landmarks: landmark genes with a value, of `n_panel`.
        by_alias: ids found through an old name, an alias or a date that stands for one gene.
        unused: ids that are no landmark gene (by any known name).
        ambiguous: ids that may be several genes; left out.
        displaced: aliases of a landmark that stands there under its own name too; left out.
        duplicates: symbols of genes that several ids gave; the mean of their values was taken
            (of lists: the gene counts once).
        no_number: ids of landmarks without a number.
        conflicts: symbols that were listed as up and as down; left out of both.
        warnings: sentences.
    """

    file: str
    form: str
    statistic: str
    n_read: int
    n_landmarks: int
    n_panel: int = 978
    details: tuple[str, ...] = ()
    id_title: str = ""
    id_kind: str = ""
    by_alias: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    displaced: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    no_number: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def n_mapped(self) -> int:
        """Ids that name one landmark gene and were used, with or without a number."""
        return self.n_read - len(self.unused) - len(self.ambiguous) - len(self.displaced)

    def sentences(self) -> tuple[str, ...]:
        """The report in words, warnings last."""
        how = f" ({', '.join(self.details)})" if self.details else ""
        ids = f"{self.n_read:,} {self.id_kind or 'ids'}"
        title = f" in '{self.id_title}'" if self.id_title else ""
        said = [
            f"{self.form}{how}: {ids}{title}. The values are {self.statistic}.",
            f"{self.n_landmarks} of {self.n_panel} landmark genes have a value; "
            f"{len(self.unused):,} ids are no landmark genes and were left out.",
        ]
        for ids, words in (
            (self.by_alias, "Found through an old name, alias or date"),
            (self.ambiguous, "May be several genes, so left out"),
            (self.displaced, "Old names of genes that stand there by their own name, so left out"),
            (self.duplicates, "Given more than once, so averaged (lists: counted once)"),
            (self.no_number, "Without a number, so left out"),
            (self.conflicts, "Listed as up and as down, so left out of both"),
        ):
            if ids:
                said.append(f"{words}: {_listed(ids)}.")
        return (*said, *self.warnings)

    def record(self) -> dict:
        """The report as plain numbers and texts, for JSON."""
        listed = ("by_alias", "ambiguous", "displaced", "duplicates", "no_number", "conflicts")
        return {
            "file": self.file,
            "form": self.form,
            "details": list(self.details),
            "statistic": self.statistic,
            "ids": {"title": self.id_title, "kind": self.id_kind, "read": self.n_read},
            "mapped": self.n_mapped,
            "landmarks": self.n_landmarks,
            "unused": list(self.unused),
            **{name: list(getattr(self, name)) for name in listed},
            "warnings": list(self.warnings),
        }


def _listed(items: tuple[str, ...]) -> str:
    rest = len(items) - _SHOWN
    return ", ".join(items[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
