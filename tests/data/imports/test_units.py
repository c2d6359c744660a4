"""Doses and times by hand, in every spelling of the releases."""

import math

import pytest

from badger_core.data.imports.units import dose_um, flag, is_blank, number, time_h


@pytest.mark.parametrize(
    ("text", "unit", "um"),
    [
        ("10", "µM", 10.0),
        ("10.0", "um", 10.0),
        ("3.33 um", "", 3.33),
        ("500 nM", "", 0.5),
        ("1 mM", "", 1000.0),
        ("10 \ufffdM", "", 10.0),
        ("10 ÂµM", "", 10.0),
        ("2", "UM", 2.0),
        ("7", "-666", 7.0),
        ("7", "", 7.0),
    ],
)
def test_doses_are_micromolar(text, unit, um):
    assert dose_um(text, unit) == pytest.approx(um)


@pytest.mark.parametrize("text", ["-666", "-666.000000", "", "100 ng/ml", "1 %", "a lot"])
def test_a_dose_that_is_missing_or_no_concentration_is_not_guessed(text):
    assert math.isnan(dose_um(text))


def test_times_are_hours():
    assert [time_h(t, u) for t, u in [("24", "h"), ("6 h", ""), ("6", "H"), ("2 d", "")]] == [
        24.0,
        6.0,
        6.0,
        48.0,
    ]
    assert math.isnan(time_h("-666"))


def test_flags_and_numbers_know_the_missing():
    assert (flag("1"), flag("0"), flag("True"), flag("1.0")) == (1, 0, 1, 1)
    assert math.isnan(flag(""))
    assert math.isnan(flag("-666"))
    assert math.isnan(number("-666"))
    assert is_blank(" -666 ")
    assert is_blank("")
    assert not is_blank("DMSO")
