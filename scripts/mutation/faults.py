"""Faults thought up by hand: mistakes that would flatter a result and that no operator makes."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from mutation.operators import EVERY, Mutant


class Fault(NamedTuple):
    """A mistake, as text that stands once in a file and what stands in its place.

    Attributes:
        name: what goes wrong.
        room: of `rooms.ROOMS`, whose tests have to notice.
        path: of the file.
        changes: (before, after), one or more.
    """

    name: str
    room: str
    path: str
    changes: tuple[tuple[str, str], ...]

    def mutant(self, root: Path) -> Mutant:
        """The file below `root` with the mistake.

        Raises:
            LookupError: if a text does not stand there once.
        """
        text = (root / self.path).read_text()
        for before, after in self.changes:
            if text.count(before) != 1:
                raise LookupError(f"'{self.name}' finds {text.count(before)} times: {before}")
            text = text.replace(before, after)
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        return Mutant(self.path, EVERY, 0, self.name, digest, compile(text, self.path, "exec"))


def _one(name: str, room: str, path: str, before: str, after: str) -> Fault:
    return Fault(name, room, f"badger_core/{path}", ((before, after),))


FAULTS = (
    _one(
        "up and down are swapped",
        "metrics",
        "evaluation/rows.py",
        'sign = 1.0 if direction == "up" else -1.0',
        'sign = -1.0 if direction == "up" else 1.0',
    ),
    _one(
        "down looks at the most raised genes",
        "metrics",
        "evaluation/rows.py",
        'sign = 1.0 if direction == "up" else -1.0',
        "sign = 1.0",
    ),
    _one(
        "genes are ranked by the size of their change",
        "metrics",
        "evaluation/rows.py",
        "order = np.argsort(-values, axis=1)",
        "order = np.argsort(-np.abs(values), axis=1)",
    ),
    _one(
        "Spearman ranks by the size of the change",
        "metrics",
        "evaluation/correlation.py",
        "_correlate(average_ranks(rows.truth), average_ranks(rows.score))",
        "_correlate(average_ranks(abs(rows.truth)), average_ranks(abs(rows.score)))",
    ),
    _one(
        "the first k are k + 1",
        "metrics",
        "evaluation/rows.py",
        "(np.arange(values.shape[1]) < k)",
        "(np.arange(values.shape[1]) < k + 1)",
    ),
    _one(
        "NDCG discounts one place too late",
        "metrics",
        "evaluation/ranking.py",
        "discount[k:] = 0.0",
        "discount[k + 1 :] = 0.0",
    ),
    _one(
        "precision in percent instead of a share",
        "metrics",
        "evaluation/ranking.py",
        "return divide(hits, np.minimum(k, rows.n_measured))",
        "return 100 * divide(hits, np.minimum(k, rows.n_measured))",
    ),
    _one(
        "a gene that was not measured counts as unchanged",
        "metrics",
        "evaluation/rows.py",
        "unmeasured = np.isnan(truth)",
        "truth = np.nan_to_num(truth, nan=0.0)\n    unmeasured = np.isnan(truth)",
    ),
    _one(
        "ties go to the gene that stands first",
        "metrics",
        "evaluation/rows.py",
        "starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]",
        "starts[:, 1:] = True",
    ),
    _one(
        "intervals take rows for independent",
        "metrics",
        "evaluation/compare.py",
        "codes = [pd.factorize(np.asarray(array), sort=True)[0] for array in arrays]",
        "codes = [np.where(pd.isna(array), -1, np.arange(n_rows)) for array in arrays]",
    ),
    _one(
        "a test compound is trained on",
        "splits",
        "data/splits.py",
        "train=np.flatnonzero(~touched),",
        "train=np.union1d(np.flatnonzero(~touched), np.flatnonzero(in_test & testable)[:1]),",
    ),
    Fault(
        "rows that share one side with the test of unseen pairs train, and nobody checks",
        "splits",
        "badger_core/data/splits.py",
        (
            ("touched |= of_fold", "touched = in_test"),
            ("    check(split, table, scaffolds(registry, name))\n    return", "    return"),
        ),
    ),
    _one(
        "scaffolds are dealt by compound",
        "splits",
        "data/build/splits.py",
        "by_scaffold = {key: scaffold[key] or key for key in keys}",
        "by_scaffold = {key: key for key in keys}",
    ),
    _one(
        "compounds without ring are one scaffold",
        "splits",
        "data/build/splits.py",
        "by_scaffold = {key: scaffold[key] or key for key in keys}",
        "by_scaffold = scaffold",
    ),
    _one(
        "mirror images have two scaffolds",
        "splits",
        "chem/scaffold.py",
        "    Chem.RemoveStereochemistry(mol)\n",
        "",
    ),
    _one(
        "one line under two names is dealt twice",
        "splits",
        "data/build/splits.py",
        "by_line = {line: SAME_LINE.get(line, line) for line in lines}",
        "by_line = {line: line for line in lines}",
    ),
    _one(
        "test labels are not blanked",
        "splits",
        "data/sealed.py",
        "    change[hidden] = np.nan\n",
        "",
    ),
    _one(
        "the strength of test rows stays",
        "splits",
        "data/sealed.py",
        'strength=conditions.table["strength"].mask(hidden),',
        'strength=conditions.table["strength"],',
    ),
    _one(
        "labels open for any configuration",
        "splits",
        "data/sealed.py",
        "if recipe_hash(recipe) != frozen.hash:\n            raise SealError(\n"
        '                f"The test labels are sealed: the conf',
        "if False:\n            raise SealError(\n"
        '                f"The test labels are sealed: the conf',
    ),
    _one(
        "training looks at the labels before they are sealed",
        "training",
        "training/prepare.py",
        "    conditions, truth = _sealed(conditions, split, bundle.content_hash)\n",
        "    _, truth = _sealed(conditions, split, bundle.content_hash)\n",
    ),
    _one(
        "genes up and genes down of a disease are swapped",
        "connectivity",
        "repurpose/connectivity.py",
        "return connectivity_score(drugs, query.up, query.down)",
        "return connectivity_score(drugs, query.down, query.up)",
    ),
    _one(
        "drugs are ordered by the size of the change",
        "connectivity",
        "repurpose/changes.py",
        "key = np.where(self.known, -self.values, np.inf)",
        "key = np.where(self.known, -np.abs(self.values), np.inf)",
    ),
    _one(
        "a drug that moves both sets one way gets a score",
        "connectivity",
        "repurpose/connectivity_sets.py",
        "score = np.where(np.sign(first) != np.sign(second), (first - second) / 2, 0.0)",
        "score = (first - second) / 2",
    ),
    _one(
        "the percentile is a share",
        "connectivity",
        "repurpose/reversal.py",
        "100.0 * above / others",
        "above / others",
    ),
    _one(
        "the percentile is turned round",
        "connectivity",
        "repurpose/reversal.py",
        'above = len(known) - np.searchsorted(known, scores, side="right")',
        'above = np.searchsorted(known, scores, side="left")',
    ),
    _one(
        "a p can be 0",
        "connectivity",
        "repurpose/reversal_null.py",
        "np.where(np.isnan(own), np.nan, (1 + lower) / (1 + len(null)))",
        "np.where(np.isnan(own), np.nan, lower / len(null))",
    ),
    _one(
        "the best line stands for all",
        "connectivity",
        "repurpose/aggregate.py",
        "score = mean(scores) if summary == MEAN else maximum_quantile(scores)",
        "score = np.nanmin(scores, axis=1) if summary == MEAN else maximum_quantile(scores)",
    ),
    _one(
        "p is reported as false discovery rate",
        "connectivity",
        "repurpose/nulls.py",
        "out[known] = false_discovery_control(p[known])",
        "out[known] = p[known]",
    ),
    _one(
        "compounds that do most are called inert",
        "connectivity",
        "repurpose/controls.py",
        'np.argsort(effect[free], kind="stable")',
        'np.argsort(-effect[free], kind="stable")',
    ),
    _one(
        "compounds that mimic count as reversing",
        "connectivity",
        "repurpose/promiscuity.py",
        "chosen = (score <= border) & (score < 0)",
        "chosen = score <= border",
    ),
)
