"""`python -m badger_core` is the same program as `badger`."""

from badger_core.cli.entry import main

if __name__ == "__main__":
    main()
