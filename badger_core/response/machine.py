"""One screen on one panel of genes, ready to predict: kernel weights for each kind of question."""

from functools import cached_property

import numpy as np

from badger_core.data.response import Screen
from badger_core.response.baselines.inputs import Standard, distances, tanimoto
from badger_core.response.baselines.kernel import drug_kernel, line_kernel
from badger_core.response.heads import QUESTIONS, Asked, Head


class Machine:
    """The kernel machine of a screen.

    Args:
        screen: what it was fitted to.
        heads: split to head; a machine may lack those of questions that another one answers.
        held_out: (D, L) predictions of pairs by a fit without them, for pairs that were measured;
            NaN elsewhere, None where the machine has none.
        means: (L,) mean prediction of each line over the drugs; None: computed when asked for.
    """

    def __init__(
        self,
        screen: Screen,
        heads: dict[str, Head],
        held_out: np.ndarray | None = None,
        means: np.ndarray | None = None,
    ) -> None:
        self.screen, self.heads = screen, heads
        self.held_out, self.means = held_out, means
        self._standard = Standard.of(screen.lines.expression)
        self._own = self._standard.apply(screen.lines.expression)
        among = distances(self._own, self._own)[np.triu_indices(len(self._own), 1)]
        self._scale = float(np.median(among))
        self._place = {key: i for i, key in enumerate(screen.lines.keys)}
        self._drug_keys = screen.drugs.keys.astype(str)
        self._bits = screen.drugs.bits.astype(np.float32)

    def line_means(self, lines: "list[str | np.ndarray]") -> np.ndarray:
        """(L',) mean prediction of each line over the drugs of the screen."""
        drugs = self.screen.drugs
        found = np.full(len(lines), np.nan)
        new = []
        for i, line in enumerate(lines):
            if isinstance(line, str) and self.means is not None:
                found[i] = self.means[self._place[line]]
            else:
                new.append(i)
        if new:
            asked = self.ask(drugs.keys, drugs.bits, [lines[i] for i in new], self._among)
            found[new] = asked.predicted.mean(axis=0)
        return found

    @cached_property
    def _among(self) -> np.ndarray:
        """(D, D) Tanimoto coefficients of the screen's drugs, made once."""
        return tanimoto(self._bits, self._bits)

    def ask(
        self,
        keys: np.ndarray,
        bits: np.ndarray,
        lines: "list[str | np.ndarray]",
        alike: np.ndarray | None = None,
    ) -> Asked:
        """Predict pairs.

        Args:
            keys: (D',) structure keys; '' where not known: a drug with the same bits is taken.
            bits: (D', A).
            lines: L' names of lines of the screen, or (E,) expression of others on its panel.
            alike: (D', D) Tanimoto coefficients with the screen's drugs, where they are at hand.
        """
        alike = tanimoto(bits, self._bits) if alike is None else alike
        same = (keys.astype(str)[:, None] == self._drug_keys[None]) & (keys != "")[:, None]
        same |= (keys == "")[:, None] & (alike >= 1 - 1e-6)
        line_known = np.array([isinstance(line, str) for line in lines])
        at = np.array([self._place[line] if isinstance(line, str) else -1 for line in lines])
        z = self._standardised(lines, at)
        same_line = np.arange(len(self._own))[:, None] == at[None]
        apart = distances(self._own, z) / self._scale
        drug_known = same.any(axis=1)
        near = np.where(drug_known, same.argmax(axis=1), alike.argmax(axis=1))
        likeness = np.where(drug_known, 1.0, alike.max(axis=1))
        correlation = _correlation(self._own, z)
        line_near = np.where(line_known, at, correlation.argmax(axis=0))
        line_alike = np.where(line_known, 1.0, correlation.max(axis=0))
        shape = len(keys), len(lines)
        found = {name: np.full(shape, np.nan) for name in ("predicted", "low", "high", "sure")}
        measured, held_out = self._measured(same, at)
        for (of_drug, of_line), split in QUESTIONS.items():
            rows, columns = drug_known == of_drug, line_known == of_line
            if not rows.any() or not columns.any():
                continue
            here = np.ix_(rows, columns)
            head = self._head(split)
            left = drug_kernel(alike[rows], same[rows], head.settings)
            right = line_kernel(apart[:, columns], same_line[:, columns], head.settings)
            value = head.offset + left @ (head.weights @ right)
            value = value if head.platt is None else head.platt.apply(value)
            value = np.where(np.isfinite(held_out[here]), held_out[here], value)
            by = {"unseen-drug": likeness[rows][:, None], "unseen-line": line_alike[columns][None]}
            by["unseen-both"] = by["unseen-drug"]
            novelty = np.broadcast_to(by.get(split, np.ones((1, 1))), value.shape)
            low, high, sure = head.bins.at(novelty, value)
            for name, part in zip(found, (value, low, high, sure), strict=True):
                found[name][here] = part
        return Asked(
            *found.values(), measured, drug_known, line_known, likeness, near, line_alike, line_near
        )

    def _head(self, split: str) -> Head:
        """The head of a split, or that of the next harder question where it has none."""
        from_here = list(QUESTIONS.values())
        from_here = from_here[from_here.index(split) :]
        return next(self.heads[name] for name in from_here if name in self.heads)

    def _standardised(self, lines: "list[str | np.ndarray]", at: np.ndarray) -> np.ndarray:
        z = np.zeros((len(lines), self._own.shape[1]))
        for i, line in enumerate(lines):
            z[i] = self._own[at[i]] if at[i] >= 0 else self._standard.apply(line[None])[0]
        return z

    def _measured(self, same: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Labels and held-out predictions of the pairs asked for, mean over twins."""
        shape = same.shape[0], len(at)
        measured, held_out = np.full(shape, np.nan), np.full(shape, np.nan)
        known = np.flatnonzero(at >= 0)
        for i in np.flatnonzero(same.any(axis=1)):
            own = np.flatnonzero(same[i])
            measured[i, known] = _mean(self.screen.labels[np.ix_(own, at[known])])
            if self.held_out is not None:
                held_out[i, known] = _mean(self.held_out[np.ix_(own, at[known])])
        return measured, held_out


def _mean(values: np.ndarray) -> np.ndarray:
    """(L',) mean over rows of what is not NaN; NaN where nothing is left."""
    count = np.isfinite(values).sum(axis=0)
    total = np.nansum(values, axis=0)
    return np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)


def _correlation(own: np.ndarray, z: np.ndarray) -> np.ndarray:
    """(L, L') Pearson correlation of standardised expression."""
    a, b = (x - x.mean(axis=1, keepdims=True) for x in (own, z))
    norm = np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None]
    return np.divide(a @ b.T, norm, out=np.zeros((len(own), len(z))), where=norm > 0)
