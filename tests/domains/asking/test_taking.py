"""A questionnaire's file is looked at first and published then; it is kept, and two people at once are told."""

from datetime import timedelta

import pytest
from tests.base.receipts.sheets import with_macro
from tests.domains.asking.writing import as_csv, as_workbook, named

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.asking.actions import offer_file, publish_file
from wangge.domains.asking.actions.shipping import publish_shipped
from wangge.domains.asking.actions.taking import take_questionnaire
from wangge.domains.asking.faulty import BrokenForm
from wangge.domains.asking.models import Form, FormSource
from wangge.domains.asking.queries.questionnaires import ending_of, source_of

pytestmark = pytest.mark.django_db
ONE, TWO = as_csv(named("travel", "1")), as_workbook(named("travel", "2", ["text", "more", "还有吗？"]))


def test_a_look_puts_nothing_into_use_and_the_same_file_is_one() -> None:
    first, again = offer_file(content=ONE, by=SYSTEM), offer_file(content=ONE, by=SYSTEM)
    assert (first.pk, Form.objects.count()) == (again.pk, 0)
    form = publish_file(source=first, against=None, by=SYSTEM)
    assert publish_file(source=first, against=None, by=SYSTEM) == form
    kept = source_of(form)
    assert kept is not None
    assert (bytes(kept.content), FormSource.objects.count()) == (ONE, 1)
    assert Event.objects.filter(kind="asking.questionnaire_published").count() == 1


def test_who_looked_at_another_state_looks_again() -> None:
    old = publish_file(source=offer_file(content=ONE, by=SYSTEM), against=None, by=SYSTEM)
    two = offer_file(content=TWO, by=SYSTEM)
    three = offer_file(content=as_csv(named("travel", "3")), by=SYSTEM)
    new = publish_file(source=two, against=old.uuid, by=SYSTEM)
    with pytest.raises(Problem, match="bank_moved_on"):
        publish_file(source=three, against=old.uuid, by=SYSTEM)
    with pytest.raises(Problem, match="bank_moved_on"):
        publish_file(source=three, against=None, by=SYSTEM)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.retired_at is None, new.retired_at) == (False, None)


def test_a_version_that_was_replaced_needs_a_new_one() -> None:
    for content in (ONE, TWO):
        take_questionnaire(content=content, by=SYSTEM)
    with pytest.raises(Problem, match="version_replaced"):
        offer_file(content=ONE, by=SYSTEM)
    with pytest.raises(BrokenForm, match="settings D3 version_taken"):
        offer_file(content=as_csv(named("travel", "2")), by=SYSTEM)
    assert list(Form.objects.filter(retired_at__isnull=True).values_list("version", flat=True)) == ["2"]


def test_only_who_keeps_the_questions_may() -> None:
    with pytest.raises(NotAllowed):
        offer_file(content=ONE, by=By(None, None))
    source = offer_file(content=ONE, by=SYSTEM)
    with pytest.raises(NotAllowed):
        publish_file(source=source, against=None, by=By(None, None))
    assert Form.objects.count() == 0


def test_every_way_keeps_the_file() -> None:
    take_questionnaire(content=TWO, by=SYSTEM)
    publish_shipped(by=SYSTEM)
    publish_shipped(by=SYSTEM)
    assert FormSource.objects.count() == Form.objects.count() == 9
    assert {ending_of(bytes(one.content)) for one in FormSource.objects.all()} == {"xlsx", "csv"}


def test_what_nobody_published_goes_after_a_week() -> None:
    offer_file(content=ONE, by=SYSTEM)
    FormSource.objects.update(received_at=clock.now() - timedelta(days=8))
    offer_file(content=TWO, by=SYSTEM)
    assert [bytes(one.content) for one in FormSource.objects.all()] == [TWO]


@pytest.mark.parametrize("content", [with_macro(TWO), b"\xd0\xcf\x11\xe0" + "_VBA_PROJECT_CUR".encode("utf-16-le")])
def test_a_workbook_with_macros_is_not_kept(content: bytes) -> None:
    with pytest.raises(Problem, match="questionnaire_macros"):
        offer_file(content=content, by=SYSTEM)
    assert FormSource.objects.count() == 0
