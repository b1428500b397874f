"""Nothing is put in force under a Response that is closed, also before its flow has ended what was proposed."""

from datetime import timedelta

import pytest

from wangge.base import clock, worker
from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.demo import small
from wangge.domains.isolation.actions import confirm_orders
from wangge.domains.isolation.queries import proposed
from wangge.domains.protocol.actions import close_response
from wangge.domains.testing.actions import record_result
from wangge.domains.testing.inputs import ResultInput
from wangge.domains.testing.rules import Purpose, Value


@pytest.mark.django_db
def test_no_order_is_confirmed_in_a_closed_response() -> None:
    tiny = small.build(check_ins=False)
    at = clock.now() - timedelta(hours=3)
    number = tiny.document(tiny.family[0])
    typed = ResultInput(number, "lab", "1", Purpose.RETEST, Value.POSITIVE, True, at, at)
    record_result(typed=typed, by=tiny.by("jiance"))
    worker.run_pending()
    waiting = list(proposed(EVERYTHING, tiny.response))
    close_response(response=tiny.response, by=tiny.by("zhihuibu"))
    with pytest.raises(Problem) as caught:
        confirm_orders(
            orders=waiting, authority="某办", document_no="1号", ground="法", remedy="12345",
            by=tiny.by("yingze-zhengling"),
        )  # fmt: skip
    assert waiting
    assert caught.value.code == "response_closed"
