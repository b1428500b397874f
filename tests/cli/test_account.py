"""``wangge account recover``: a way in for the topmost post, and for nobody whom a level above can help."""

import re
from argparse import Namespace

import pytest
from django.utils import translation

from wangge.base.events.models import Event
from wangge.cli.account_ import command
from wangge.demo import small
from wangge.domains.duty import actions

pytestmark = pytest.mark.django_db


def test_the_top_gets_a_code_that_works_once(capsys: pytest.CaptureFixture[str]) -> None:
    account = small.build(check_ins=False).accounts["zhihuibu"]
    assert command(Namespace(username="zhihuibu")) == 0
    found = re.search(r": (\d{8})$", capsys.readouterr().out, re.MULTILINE)
    assert found
    actions.recover(account=account, text=found[1], password="a-long-new-one-7")
    account.refresh_from_db()
    assert account.check_password("a-long-new-one-7")
    assert Event.objects.get(kind="duty.recovery_given").actor is None


@pytest.mark.parametrize(("name", "why"), [("bingsi-1", "can give the code"), ("nobody", "nobody here has")])
def test_everybody_else_is_refused(name: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    small.build(check_ins=False)
    with translation.override("en"):
        assert command(Namespace(username=name)) == 1
    assert why in capsys.readouterr().err
