"""Puts what lies beside the package (app, pages, assets, data) into the wheel, under `_studio`.

All else stands in pyproject.toml. An editable installation needs no copy: it finds the checkout.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = (
    ".streamlit/config.toml",
    "LICENSE",
    "app.py",
    "assets",
    "data",
    "docs/LICENCES.md",
    "docs/MODEL.md",
    "pages",
    "requirements.txt",
)
LEFT_OUT = ("__pycache__", "*.pyc", "*.part", ".DS_Store")


class BuildWithStudio(build_py):
    """Builds the package, then copies the rest of the studio into it."""

    def run(self) -> None:
        """Copy what is listed; a path that is missing stops the build."""
        super().run()
        if self.editable_mode:
            return
        home = Path(self.build_lib) / "badger_core" / "_studio"
        shutil.rmtree(home, ignore_errors=True)
        for name in SHIPPED:
            source, target = Path(name), home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
            else:
                shutil.copy2(source, target)


if __name__ == "__main__":
    setup(cmdclass={"build_py": BuildWithStudio})
