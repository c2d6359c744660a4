"""Writes the golden ranking anew: `python -m tests.predict.make_golden`.

Run it after the shipped weights or the bundle were replaced on purpose, and look at the difference
before committing it.
"""

from pathlib import Path

from badger_core.data.bundle import Bundle
from badger_core.export.tables import ranking_csv
from badger_core.predict.predictor import Predictor

COMPOUND, CELL = "vemurafenib", "A375"
GOLDEN = Path(__file__).with_name("golden.csv")


def main() -> None:
    """Predict with the shipped models and write the table beside this file."""
    ranking = Predictor(Bundle()).ask(COMPOUND, CELL)
    GOLDEN.write_text(ranking_csv(ranking), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
