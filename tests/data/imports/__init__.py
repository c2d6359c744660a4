"""Imports of releases and of own measurements."""
