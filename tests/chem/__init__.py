"""Tests of the chemistry room."""
