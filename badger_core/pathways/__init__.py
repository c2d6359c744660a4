"""Pathway sets, the model's vocabulary and compound labels."""
