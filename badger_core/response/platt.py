"""From a raw score to a probability by a logistic curve of two parameters (Platt 1999)."""

from typing import NamedTuple

import numpy as np

STEPS, RIDGE = 50, 1e-3


class Platt(NamedTuple):
    """Probability = 1 / (1 + exp(-(slope * score + shift)))."""

    slope: float
    shift: float

    @classmethod
    def fit(cls, score: np.ndarray, label: np.ndarray) -> "Platt":
        """By Newton's method on (N,) scores and labels of 0 and 1, with a trace of ridge.

        Platt's softened targets keep the curve finite where the classes part perfectly.
        """
        centre, spread = float(score.mean()), float(score.std()) or 1.0
        x = np.stack([(score - centre) / spread, np.ones(len(score))], axis=1).astype(np.float64)
        ones, zeros = float((label > 0.5).sum()), float((label <= 0.5).sum())
        y = np.where(label > 0.5, (ones + 1) / (ones + 2), 1 / (zeros + 2))
        beta = np.zeros(2)
        for _ in range(STEPS):
            p = 1 / (1 + np.exp(-x @ beta))
            w = np.maximum(p * (1 - p), 1e-6)
            hessian = (x * w[:, None]).T @ x + RIDGE * np.eye(2)
            step = np.linalg.solve(hessian, x.T @ (y - p) - RIDGE * beta)
            beta = beta + np.clip(step, -5, 5)
            if np.abs(step).max() < 1e-8:
                break
        return cls(float(beta[0] / spread), float(beta[1] - beta[0] * centre / spread))

    def apply(self, score: np.ndarray) -> np.ndarray:
        """Probabilities of the same shape."""
        return 1 / (1 + np.exp(-np.clip(self.slope * score + self.shift, -40, 40)))
