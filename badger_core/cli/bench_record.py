"""What the records of all benchmarks share: how busy the machine was, and short numbers."""

import os


def load_average() -> float | None:
    """Of the last minute; None where the system does not tell it."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def four_digits(value: object) -> object:
    """Every number in nested dictionaries and lists to four significant digits."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {name: four_digits(part) for name, part in value.items()}
    return [four_digits(part) for part in value] if isinstance(value, list | tuple) else value
