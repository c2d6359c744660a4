"""The figures of a trial: percentiles, ratios to a single visitor, and the slope of the memory."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from scripts.load.server import Sample
from scripts.load.trial import NEW_TAB, Trial, Visit
from scripts.load.visitor import PREDICT

_WARM_UP = 0.25  # share of the crowd's time in which caches fill
_BLOCK_S = 10.0


def waits(visits: Iterable[Visit], phase: str) -> dict[str, float]:
    """Predictions of a phase in an open page: how many, and seconds until they were there."""
    found = [one for one in visits if (one.phase, one.page) == (phase, PREDICT)]
    seconds = [one.seconds for one in found if one.how != NEW_TAB]
    return _spread(seconds) | {
        "kilobytes": float(np.median([one.received / 1000 for one in found])) if found else 0.0,
        "messages": float(np.median([one.messages for one in found])) if found else 0.0,
    }


def by_page(visits: Iterable[Visit], phase: str) -> dict[str, dict[str, float]]:
    """Every page of a phase; those in a new tab by themselves."""
    names: dict[str, list[float]] = {}
    for one in visits:
        if one.phase == phase:
            name = one.page if one.how != NEW_TAB else f"{one.page}, new tab"
            names.setdefault(name, []).append(one.seconds)
    return {name: _spread(names[name]) for name in sorted(names)}


def ratios(of: dict[str, float], to: dict[str, float]) -> dict[str, float | None]:
    """How many times as long, at the median and for the slowest twentieth; None without visits."""
    both = of["n"] and to["n"]
    return {name: of[name] / to[name] if both else None for name in ("p50", "p95")}


def memory(samples: Sequence[Sample], crowd: str, after: str) -> dict[str, object]:
    """The resident memory over time, and its slope once the caches are warm.

    The slope is that of a straight line through means of 10 seconds, by least squares, with the
    95% interval that their scatter gives.
    """
    during = [one for one in samples if one.phase == crowd]
    begun, ended = during[0].at_s, during[-1].at_s
    warm = [one for one in during if one.at_s >= begun + _WARM_UP * (ended - begun)]
    blocks: dict[int, list[Sample]] = {}
    for one in warm:
        blocks.setdefault(int(one.at_s // _BLOCK_S), []).append(one)
    points = [np.mean([(s.at_s / 60, s.rss_mb, s.done) for s in part], axis=0) for part in
              blocks.values()]  # fmt: skip
    minutes, rss, done = np.array(points).T
    per_minute = slope(minutes, rss)
    rest = [one.rss_mb for one in samples if one.phase == after]
    return {
        "begin_mb": samples[0].rss_mb,
        "before_crowd_mb": during[0].rss_mb,
        "warm_mb": warm[0].rss_mb,
        "most_mb": max(one.rss_mb for one in samples),
        "end_of_crowd_mb": during[-1].rss_mb,
        "after_all_left_mb": rest[-1] if rest else None,
        "warm_from_s": warm[0].at_s - begun,
        "mb_per_minute": per_minute,
        "mb_per_1000_predictions": slope(done / 1000, rss),
        "samples": [[round(one.at_s), round(one.rss_mb), one.done, one.phase]
                    for one in samples[::5]],
    }  # fmt: skip


def slope(x: np.ndarray, y: np.ndarray) -> dict[str, float | None]:
    """Of a straight line by least squares, with its 95% interval; None below three points."""
    if len(x) < 3 or np.ptp(x) == 0:
        return {"slope": None, "low": None, "high": None}
    from scipy import stats

    found = stats.linregress(x, y)
    reach = float(stats.t.ppf(0.975, len(x) - 2) * found.stderr)
    return {"slope": float(found.slope), "low": found.slope - reach, "high": found.slope + reach}


def counts(trial: Trial) -> dict[str, object]:
    """What went wrong, in numbers and examples."""
    return {
        "errors": len(trial.errors),
        "error_examples": trial.errors[:20],
        "pages_of_another_question": len(trial.misnamed),
        "misnamed_examples": trial.misnamed[:10],
        "left_while_the_page_was_made": trial.left,
        "pages": dict(Counter(one.page for one in trial.visits)),
    }


def processor(samples: Sequence[Sample], phase: str) -> dict[str, float]:
    """Processor time of the server in a phase: seconds a prediction, and processors kept busy."""
    found = [one for one in samples if one.phase == phase]
    if len(found) < 2:
        return {}
    spent, time_s = found[-1].cpu_s - found[0].cpu_s, found[-1].at_s - found[0].at_s
    done = found[-1].done - found[0].done
    return {
        "busy_processors": spent / time_s,
        "seconds_per_prediction": spent / done if done else float("nan"),
        "predictions_per_second": done / time_s,
    }


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    if not seconds:
        return {"n": 0}
    p50, p95 = np.percentile(seconds, [50, 95])
    return {"n": len(seconds), "p50": float(p50), "p95": float(p95), "most": float(max(seconds))}
