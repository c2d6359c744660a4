"""What became of an expression file: a report in sentences and in tables."""

from dataclasses import dataclass

import pandas as pd

from badger_core.cells.centring import UNLIKE_ANY

_REFUSED = 4
"""Refused samples that the sentences speak of; the table has all."""


@dataclass(frozen=True, eq=False)
class MappingReport:
    """How a file was read.

    Attributes:
        file, form, details: what it is and how it was read.
        orientation, id_title, id_kind: where the genes stand and by which ids.
        n_identifiers, n_ignored: ids in all, and those that are no landmark gene.
        ignored: some of these.
        genes: one row per landmark: symbol, entrez, status (found, through alias, mended date,
            mean of n, no number, missing), given (ids joined by ' | ').
        ambiguous: ids that may be several genes, with these where they are known.
        samples: one row per sample: sample, landmarks, status, reason, centred_on, name.
        set_aside: titles of columns that are no samples.
        warnings: sentences.
    """

    file: str
    form: str
    details: tuple[str, ...]
    orientation: str
    id_title: str
    id_kind: str
    n_identifiers: int
    n_ignored: int
    ignored: tuple[str, ...]
    genes: pd.DataFrame
    ambiguous: tuple[str, ...]
    samples: pd.DataFrame
    set_aside: tuple[str, ...]
    warnings: tuple[str, ...]

    def count(self, status: str) -> int:
        """Landmarks of one status."""
        return int((self.genes["status"] == status).sum())

    @property
    def n_found(self) -> int:
        """Landmarks that the file holds."""
        return len(self.genes) - self.count("missing") - self.count("no number")

    @property
    def n_accepted(self) -> int:
        """Samples that can be predicted for."""
        return int((self.samples["status"] == "accepted").sum())

    def sentences(self) -> tuple[str, ...]:
        """The report in words, warnings last."""
        how = f" ({', '.join(self.details)})" if self.details else ""
        said = [
            f"{self.form}{how}: {self.orientation}, told by {self.id_kind}{self._where()}.",
            f"{self.n_found} of {len(self.genes)} landmark genes found"
            f"{self._part('through alias', 'through an old name or alias')}"
            f"{self._part('mended date', 'mended from dates')}; "
            f"{len(self.genes) - self.n_found} missing. {self._left_out()}",
            f"{self.n_accepted} of {len(self.samples)} samples can be asked about.",
            *self._about_samples(),
        ]
        averaged = int(self.genes["status"].str.startswith("mean of").sum())
        if averaged:
            said.append(f"{averaged} genes stand there more than once: their values were averaged.")
        if self.ambiguous:
            said.append(f"May be several genes, so left out: {_listed(self.ambiguous, 6)}.")
        if self.set_aside:
            said.append(f"Columns that are no samples: {_listed(self.set_aside, 8)}.")
        return (*said, *self.warnings)

    def record(self) -> dict:
        """The report as plain numbers and texts, for JSON."""
        return {
            "file": self.file,
            "form": self.form,
            "details": list(self.details),
            "orientation": self.orientation,
            "ids": {"title": self.id_title, "kind": self.id_kind, "count": self.n_identifiers},
            "landmarks": {
                "found": self.n_found,
                "through_alias": self.count("through alias"),
                "missing": self.genes.loc[
                    self.genes["status"].isin(("missing", "no number")), "symbol"
                ].tolist(),
            },
            "ignored": self.n_ignored,
            "ambiguous": list(self.ambiguous),
            "set_aside": list(self.set_aside),
            "samples": self.samples.to_dict("records"),
            "warnings": list(self.warnings),
        }

    @property
    def strange(self) -> tuple[str, ...]:
        """The accepted samples that look like no expression profile."""
        odd = self.samples["reason"].str.contains(UNLIKE_ANY, regex=False)
        return tuple(self.samples.loc[odd & (self.samples["status"] == "accepted"), "sample"])

    def _left_out(self) -> str:
        """How many ids are no landmark genes."""
        if not self.n_ignored:
            return "All ids in the file are landmark genes."
        one = self.n_ignored == 1
        said = "is no landmark gene and was" if one else "are no landmark genes and were"
        return f"{self.n_ignored} of {self.n_identifiers} ids in the file {said} left out."

    def _about_samples(self) -> list[str]:
        """What the accepted samples are centred on and why; why the others were refused."""
        fit = self.samples[self.samples["status"] == "accepted"]
        said = []
        for reference, rows in fit.groupby("centred_on", sort=False):
            weakest = rows["reason"].loc[rows["reason"].str.len().idxmax()]
            said.append(f"Centred on {reference} ({_listed(tuple(rows['sample']), 3)}): {weakest}.")
        if fit["centred_on"].nunique() > 1:
            said.append(
                "The samples are centred on different platforms, so they do not compare with each "
                "other. If one machine measured them all, choose its platform for the file."
            )
        refused = self.samples[self.samples["status"] == "refused"].head(_REFUSED)
        return said + [f"{row.sample}: refused, {row.reason}." for row in refused.itertuples()]

    def _where(self) -> str:
        if self.id_title in ("", "header"):
            return ""
        made_up = self.id_title.startswith("the first column")  # there was no header
        return f" in {self.id_title}" if made_up else f" in '{self.id_title}'"

    def _part(self, status: str, words: str) -> str:
        count = self.count(status)
        return f", {count} of them {words}" if count else ""


def _listed(items: tuple[str, ...], most: int) -> str:
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" and {rest} more" if rest > 0 else "")
