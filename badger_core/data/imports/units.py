"""Doses in uM and times in hours, as the releases write them; -666 stands for missing."""

import re

_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*")
_MICRO = re.compile(r"[^\x00-\x7f]+")  # the sign for micro, in whatever encoding it came
_TO_UM = {"um": 1.0, "nm": 1e-3, "mm": 1e3, "m": 1e6, "pm": 1e-6}
_TO_HOURS = {"h": 1.0, "hr": 1.0, "hrs": 1.0, "hour": 1.0, "hours": 1.0}
_TO_HOURS |= {"m": 1 / 60, "min": 1 / 60, "d": 24.0, "day": 24.0, "days": 24.0}
MISSING = -666.0
_BLANK = {"", "-666", "-666.0", "nan", "na", "n/a", "none", "null", "restricted", "-"}
_NAN = float("nan")


def is_blank(text: str) -> bool:
    """Whether a field says nothing, as CMap writes it."""
    return text.strip().lower() in _BLANK


def dose_um(text: str, unit: str = "") -> float:
    """'10 uM' to 10, '500 nM' to 0.5; NaN where missing or in a unit that is no concentration.

    Args:
        text: a number, with or without its unit.
        unit: of a number that comes without; uM if empty.
    """
    return _amount(text, unit, _TO_UM, "um")


def time_h(text: str, unit: str = "") -> float:
    """'24 h' to 24, '2 d' to 48; NaN where missing."""
    return _amount(text, unit, _TO_HOURS, "h")


def number(text: str) -> float:
    """A plain number; NaN where missing."""
    try:
        value = float(text)
    except ValueError:
        return _NAN
    return _NAN if value == MISSING else value


def flag(text: str) -> float:
    """1 for yes, 0 for no, NaN where the table does not say."""
    low = text.strip().lower()
    if low in {"true", "t", "yes", "pass"}:
        return 1.0
    if low in {"false", "f", "no", "fail"}:
        return 0.0
    return float(number(text) > 0) if low and number(text) == number(text) else _NAN


def _amount(text: str, unit: str, factors: dict[str, float], usual: str) -> float:
    match = _NUMBER.fullmatch(text)
    if match is None or float(match[1]) == MISSING:
        return _NAN
    said = _MICRO.sub("u", match[2] or ("" if is_blank(unit) else unit)).strip().lower()
    return float(match[1]) * factors.get(said or usual, _NAN)
