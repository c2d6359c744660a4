"""Compound and cell line to a Ranking: the narrow waist."""
