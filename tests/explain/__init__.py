"""Tests of `badger_core.explain`: do explanations say what predictions rest on."""
