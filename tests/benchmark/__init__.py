"""Tests of `badger_core.benchmark`: who takes part, what is judged, and how it is counted."""
