"""What pages do one by one, and what the collector of garbage leaves out."""

import gc
import sys
import threading
import time

import pytest

from badger_core.ui import ahead, heavy, settled

HANG_S = 30


def test_heavy_work_of_pages_is_done_one_by_one() -> None:
    inside, most, said = [], [], []

    def work(at: int) -> None:
        with heavy.alone(lambda: said.append(at)):
            inside.append(at)
            most.append(len(inside))
            time.sleep(0.01)
            inside.remove(at)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(6)]
    with heavy.alone():
        for thread in threads:
            thread.start()
        end = time.monotonic() + HANG_S
        while len(set(said)) < 6:
            assert time.monotonic() < end, "hangs"
            time.sleep(0.005)
        assert not most
    for thread in threads:
        thread.join(HANG_S)
    assert most == [1] * 6


def test_who_goes_elsewhere_waits_no_longer_and_leaves_the_turn_to_others() -> None:
    class GoneError(Exception):
        pass

    def stop() -> None:
        raise GoneError

    def wait() -> None:
        with pytest.raises(GoneError), heavy.alone(stop):
            pass

    with heavy.alone():
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join(HANG_S)
        assert not thread.is_alive()
    with heavy.alone(lambda: pytest.fail("the turn was kept")):
        pass


def test_what_was_loaded_is_not_gone_through_after_each_run() -> None:
    try:
        held = [[] for _ in range(1000)]
        settled.leave_out()
        left = {id(found) for found in gc.get_objects()}
        assert not left & {id(found) for found in held}
    finally:
        gc.unfreeze()


def test_the_app_hands_the_interpreter_over_more_often_than_usual() -> None:
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        ahead.begin.cache_clear()
        ahead.begin()
        assert sys.getswitchinterval() <= 0.001
    finally:
        sys.setswitchinterval(before)
