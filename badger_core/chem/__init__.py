"""Molecules: reading, standardising, fragmenting, comparing and drawing them."""
