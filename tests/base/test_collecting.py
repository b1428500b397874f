"""The collector of cycles rests while it is asked to, whatever goes wrong meanwhile, and cycles go at the end."""

import gc
import weakref

import pytest

from wangge.base.collecting import resting


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


def test_it_rests_until_the_last_piece_of_work_is_done() -> None:
    assert gc.isenabled()
    with resting():
        with resting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_failure() -> None:
    with pytest.raises(LookupError), resting():
        raise LookupError
    assert gc.isenabled()


def test_cycles_made_meanwhile_are_gone_afterwards() -> None:
    with resting():
        gone = weakref.ref(Knot())
        assert gone() is not None
    assert gone() is None
