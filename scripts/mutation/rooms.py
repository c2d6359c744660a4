"""Which files get faults, and which tests have to notice."""

ROOMS: dict[str, dict[str, tuple[str, ...]]] = {
    "metrics": {
        "files": ("badger_core/evaluation/*.py", "badger_core/ranks.py"),
        "tests": ("tests/evaluation", "tests/test_ranks.py"),
    },
    "splits": {
        "files": (
            "badger_core/data/splits.py",
            "badger_core/data/sealed.py",
            "badger_core/data/build/splits.py",
            "badger_core/chem/scaffold.py",
            "badger_core/response/splits.py",
            "badger_core/perturbation/splits.py",
        ),
        "tests": (
            "tests/data/test_splits.py",
            "tests/data/test_sealed.py",
            "tests/data/test_build_splits.py",
            "tests/chem/test_scaffold.py",
            "tests/response/test_splits.py",
            "tests/perturbation/test_splits.py",
        ),
    },
    "training": {"files": (), "tests": ("tests/training/test_prepare.py",)},
    "connectivity": {
        "files": tuple(
            f"badger_core/repurpose/{name}.py"
            for name in (
                "changes",
                "connectivity*",
                "nulls",
                "aggregate",
                "controls",
                "promiscuity*",
                "reversal*",
                "line_scores",
            )
        ),
        "tests": tuple(
            f"tests/repurpose/test_{name}.py"
            for name in (
                "connectivity",
                "controls",
                "nulls",
                "aggregate",
                "promiscuity",
                "promiscuity_kept",
                "reversal",
                "reversal_null",
                "hypotheses",
            )
        ),
    },
}
