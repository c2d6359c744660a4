"""Starts a training or a test by the short flags of the published code; `badger` does the work.

`python run.py -sn badger -sf 1 -ef 5` trains folds 1 to 5 of the run `badger`; `--test` measures it
instead, and `--debug_mode` trains on a handful of samples. `badger train --help` knows more.
"""

import argparse

from badger_core.cli.main import main


def arguments(argv: list[str] | None = None) -> list[str]:
    """Translate the short flags into arguments of the command `badger`."""
    parser = argparse.ArgumentParser(description="Train or test a named run, fold by fold.")
    parser.add_argument("-sn", "--session_name", required=True, help="the run, such as badger")
    parser.add_argument("-sf", "--start_fold", type=int, default=1, help="first fold, from 1")
    parser.add_argument("-ef", "--end_fold", type=int, default=5, help="last fold, included")
    parser.add_argument("--test", action="store_true", help="measure instead of training")
    parser.add_argument("--debug_mode", action="store_true", help="train on a few samples only")
    parser.add_argument("--device", help="where to compute: auto, cpu or cuda")
    given = parser.parse_args(argv)
    folds = ["--start-fold", str(given.start_fold), "--end-fold", str(given.end_fold)]
    device = ["--device", given.device] if given.device else []
    if given.test:
        return ["test", given.session_name, *folds, *device]
    debug = ["--debug"] if given.debug_mode else []
    return ["train", given.session_name, *folds, *device, *debug]


if __name__ == "__main__":
    main(arguments())
