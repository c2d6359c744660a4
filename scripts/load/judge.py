"""Whether answers are right: each beside what the library says of the same pair, by itself."""

from collections import Counter
from typing import NamedTuple

import torch

from badger_core.data.bundle import Bundle
from badger_core.predict.predictor import Predictor
from badger_core.predict.ranking import Ranking
from scripts.load.questions import Question
from scripts.load.shown import Gene, Shown

RIGHT, WRONG, CROSSED = "right", "wrong", "crossed"
_TABLE, _BARS = 25, 20
_EXACT, _ROUNDED = 2e-6, 5.1e-4  # a table has the number itself, a bar three digits of it
Key = tuple[tuple[str, float], ...]


class Answered(NamedTuple):
    """A question, and what a visitor was shown."""

    asked: Question
    shown: Shown


class Verdicts(NamedTuple):
    """What became of all answers.

    Attributes:
        count: verdict to number of answers.
        examples: the first that were not right, in words.
    """

    count: dict[str, int]
    examples: list[str]


def judge(answers: list[Answered], bundle: Bundle) -> Verdicts:
    """Ask the library itself every question that was answered, and compare.

    An answer is crossed where it is the right one to another question of the run.
    """
    torch.set_num_threads(1)  # as in the app, so that sums are the same to the last digit
    predictor = Predictor(bundle)
    truths = {one.asked: predictor.ask(*one.asked) for one in answers}
    owner = {_key(_strongest(truth)): asked for asked, truth in truths.items()}
    count: Counter[str] = Counter({RIGHT: 0, WRONG: 0, CROSSED: 0})
    examples = []
    for one in answers:
        verdict = verdict_on(one, truths[one.asked], owner)
        count[verdict] += 1
        if verdict != RIGHT and len(examples) < 10:
            examples.append(
                f"{verdict}: asked {one.asked.compound} in {one.asked.cell}, shown "
                f"'{one.shown.named}' with {one.shown.table[:2]}"
            )
    return Verdicts(dict(count), examples)


def verdict_on(one: Answered, truth: Ranking, owner: dict[Key, Question]) -> str:
    """RIGHT where names, genes, ranks and scores are those of the truth.

    Args:
        one: question and answer.
        truth: the library's ranking for the question.
        owner: the first genes of an answer to the question that they are of.
    """
    asked = one.asked
    named = f"{asked.compound} in {asked.cell}"
    own = one.shown.named == named or one.shown.named.startswith(f"{named} (")
    up, down = (_genes(truth, way, _BARS) for way in ("up", "down"))
    same = _agree(one.shown.table, _strongest(truth), _EXACT)
    same &= _agree(one.shown.bars, up + down, _ROUNDED)
    if own and same:
        return RIGHT
    other = owner.get(_key(one.shown.table))
    return CROSSED if other not in (None, asked) or (same and not own) else WRONG


def _strongest(truth: Ranking) -> tuple[Gene, ...]:
    return _genes(truth, "up", _TABLE)


def _genes(truth: Ranking, way: str, count: int) -> tuple[Gene, ...]:
    rows = truth.top(way, count)[["symbol", "entrez", "rank", "score"]]
    return tuple(Gene(*row) for row in rows.itertuples(index=False))


def _agree(shown: tuple[Gene, ...], true: tuple[Gene, ...], off: float) -> bool:
    return len(shown) == len(true) and all(
        a[:3] == b[:3] and abs(a.score - b.score) <= off for a, b in zip(shown, true, strict=True)
    )


def _key(genes: tuple[Gene, ...]) -> Key:
    return tuple((gene.symbol, round(gene.score, 4)) for gene in genes[:10])
