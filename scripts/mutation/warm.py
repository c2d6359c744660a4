"""A pytest plugin that runs a room's tests once, and then again in a fork for each fault.

In the fork the code of one function is exchanged, so that nothing is imported or loaded again. Of
the tests only those run that call the function, the quickest first, until one fails. What was made
with the function before (fixtures of a session, caches) is made anew.
"""

import functools
import gc
import os
import select
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mutation.operators import EVERY, Mutant
from mutation.swapping import exchange, function_of

KILLED, SURVIVED, TIMED_OUT, ELSEWHERE = "killed", "survived", "timed out", "elsewhere"
"""What becomes of a fault; 'elsewhere' is one that this plugin cannot try."""
_LEAST_S = 20.0


class Warm:
    """Tries faults, once pytest has collected the tests."""

    def __init__(self, root: Path, faults: list[Mutant], jobs: int, tell: Callable) -> None:
        """Prepare for the faults of files below `root`; `tell` gets each with what became of it.

        Once they are tried, `tests` maps the path of a file to the tests that call it.
        """
        self.root, self.faults, self.jobs, self.tell = root, faults, jobs, tell
        self.calls: dict[tuple[str, str], set[int]] = defaultdict(set)  # function to its tests
        self.makers: dict[tuple[str, str], set] = defaultdict(set)  # and to fixtures
        self.seconds: dict[int, float] = {}
        self.called: set[tuple[str, str]] = set()
        self.paths = {str(root / fault.path): fault.path for fault in faults}
        self.caches: list = []
        self.tests: dict[str, list[str]] = {}

    def _seen(self, frame, event, arg) -> None:  # noqa: ANN001 - sys.settrace hands them
        path = self.paths.get(frame.f_code.co_filename)
        if path is not None:
            self.called.add((path, frame.f_code.co_qualname.split(".<locals>")[0]))

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef, request) -> Iterator[None]:  # noqa: ANN001
        """Note which functions a fixture that several tests share is made with."""
        outer, self.called = self.called, set()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                for function in self.called:
                    self.makers[function].add(fixturedef)
            self.called |= outer

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests once, then each fault."""
        after = _Nothing(session)
        for at, item in enumerate(session.items):
            self.called, begun = set(), time.monotonic()
            sys.settrace(self._seen)
            reports = _run(item, session.items[at + 1] if at + 1 < len(session.items) else after)
            sys.settrace(None)
            self.seconds[at] = time.monotonic() - begun
            if any(report.failed for report in reports):
                raise pytest.UsageError(f"{item.nodeid} fails without a fault.")
            for function in self.called:
                self.calls[function].add(at)
        for function, made in self.makers.items():
            self._spread(session.items, function, made)
        for path in set(self.paths.values()):
            own = sorted({at for (p, _), tests in self.calls.items() if p == path for at in tests})
            self.tests[path] = [session.items[at].nodeid for at in own]
        self.caches = [o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper)]
        self.caches = [c for c in self.caches if str(c.__module__).startswith("badger_core")]
        gc.freeze()
        self._try_all(session.items, after)
        return True

    def _spread(self, items: list[pytest.Item], function: tuple[str, str], made: set) -> None:
        """Count tests that use a fixture made with a function as tests of it."""
        while True:
            names = {each.argname for each in made}
            every = {
                d for i in items for ds in i._fixtureinfo.name2fixturedefs.values() for d in ds
            }
            more = {d for d in every if names & set(d.argnames)} - made
            if not more:
                break
            made |= more
        self.calls[function] |= {
            at for at, item in enumerate(items) if names & set(item.fixturenames)
        }

    def _try_all(self, items: list[pytest.Item], after: "_Nothing") -> None:
        running: dict[int, tuple[int, Mutant, float]] = {}
        waiting = self.faults[::-1]
        while waiting or running:
            while waiting and len(running) < self.jobs:
                fault = waiting.pop()
                tests = self._tests_of(fault)
                if not tests:
                    self.tell(fault, ELSEWHERE)
                    continue
                order = sorted(tests, key=lambda at: (self.seconds[at], at))
                limit = _LEAST_S + 4 * sum(self.seconds[at] for at in order)
                pid = os.fork()
                if not pid:
                    self._in_fork(fault, [items[at] for at in order], after)
                running[pid] = (os.pidfd_open(pid), fault, time.monotonic() + limit)
            self._gather(running)

    def _gather(self, running: dict[int, tuple[int, Mutant, float]]) -> None:
        """Wait until one ends or is out of time."""
        select.select([fd for fd, _, _ in running.values()], [], [], 1.0)
        for pid, (fd, fault, until) in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            late = not ended and time.monotonic() > until
            if late:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            if ended or late:
                os.close(fd)
                del running[pid]
                whole = fault.function == EVERY or function_of(fault) or late or status
                survived = SURVIVED if whole else ELSEWHERE
                self.tell(fault, TIMED_OUT if late else KILLED if status else survived)

    def _tests_of(self, fault: Mutant) -> set[int]:
        """Those that call the function; of what stands outside of functions, the file."""
        if function_of(fault):
            return self.calls.get((fault.path, fault.function), set())
        return {at for (path, _), own in self.calls.items() if path == fault.path for at in own}

    def _in_fork(self, fault: Mutant, items: list, after: "_Nothing") -> None:
        failed = 1
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for stream in (1, 2):
                os.dup2(nowhere, stream)
            exchange(fault)
            for cache in self.caches:
                cache.cache_clear()
            for made in self.makers.get((fault.path, fault.function), ()):
                made.cached_result = None
            failed = 0
            for at, item in enumerate(items):
                reports = _run(item, items[at + 1] if at + 1 < len(items) else after)
                if any(report.failed for report in reports):
                    failed = 1
                    break
        finally:
            os._exit(failed)


class _Nothing:
    """Stands for a next test of which nothing is known but its session."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[pytest.Session]:
        """What outlives the last test."""
        return [self.session]


def _run(item: pytest.Item, following: object) -> list[pytest.TestReport]:
    from _pytest.runner import runtestprotocol

    return runtestprotocol(item, log=False, nextitem=following)
