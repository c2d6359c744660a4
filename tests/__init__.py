"""Tests, arranged by the rooms they test."""
