"""Metrics, and their use on held-out signatures."""
