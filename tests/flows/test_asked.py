"""An ask that goes out during the day is fitted to the day's minutes at once."""

from datetime import datetime
from typing import Any

import pytest
from tests.domains.asking import bank

from wangge.base.access.scope import EVERYTHING
from wangge.base.worker import run_pending
from wangge.demo import small
from wangge.demo.small import Small
from wangge.domains.asking.actions import days
from wangge.domains.asking.models import Overflow
from wangge.domains.work.models import Task


@pytest.fixture
def tiny(db: Any, frozen: datetime) -> Small:
    built = small.build(check_ins=False)
    bank.publish(bank.SUPPLIES, bank.HEALTH)
    return built


def test_an_ask_sent_at_noon_does_not_wait_for_the_morning(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "DAY_MINUTES", 9.0)
    bank.ask(tiny)
    assert not Overflow.objects.exists()
    run_pending()
    here, above = tiny.posts["bingsi-1"], tiny.posts["bingsi-zhibu-1"]
    one = Overflow.objects.get(post=here)
    assert (one.to_post, one.state) == (above, Overflow.State.PROPOSED)
    raised = Task.objects.within(EVERYTHING).filter(post=here, raised_to=above)
    assert raised.count() == one.doors > 0


def test_an_ask_that_fits_sends_nothing_up(tiny: Small) -> None:
    bank.ask(tiny)
    run_pending()
    assert not Overflow.objects.exists()
