"""Tests of `badger_core.response`: who is sensitive to what."""
