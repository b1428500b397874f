"""A small bank of questions, and short words for asking them."""

from datetime import timedelta
from typing import Any

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.demo.small import Small
from wangge.domains.asking import queries, tallies
from wangge.domains.asking.actions import Wish, publish_questionnaire, send_ask
from wangge.domains.asking.models import Answer, Ask, AskSubject, AskTally, Form
from wangge.domains.asking.questionnaire import Choice, Privacy, Question, Questionnaire, Subject, Type
from wangge.domains.asking.rules import COLUMNS

YES_NO = (Choice("yes", {"zh": "有"}), Choice("no", {"zh": "没有"}))
SUPPLIES = Questionnaire(
    "supplies", "1", {"zh": "基本生活物资"},
    (
        Question("has_supplies", Type.SELECT_ONE, {"zh": "家里还有基本生活物资吗？"}, required="true()", choices=YES_NO,
                 fresh_for=timedelta(days=3), privacy=Privacy.OPEN),
        Question("missing", Type.TEXT, {"zh": "缺什么？"}, relevant="${has_supplies} = 'no'",
                 fresh_for=timedelta(days=3), privacy=Privacy.PERSONAL),
    ),
)  # fmt: skip
HEALTH = Questionnaire(
    "health", "1", {"zh": "每日健康情况"},
    (
        Question("fever", Type.SELECT_ONE, {"zh": "发烧吗？"}, required="true()", choices=YES_NO,
                 fresh_for=timedelta(days=1), privacy=Privacy.SENSITIVE, subject=Subject.PERSON),
        Question("temperature", Type.DECIMAL, {"zh": "多少度？"}, relevant="${fever} = 'yes'",
                 constraint=". >= 34 and . <= 43", fresh_for=timedelta(days=1), privacy=Privacy.SENSITIVE,
                 subject=Subject.PERSON),
    ),
)  # fmt: skip


def publish(*questionnaires: Questionnaire) -> list[Form]:
    return [
        publish_questionnaire(questionnaire=one, content=f"<h:html id='{one.form_id}'/>", by=SYSTEM)
        for one in questionnaires
    ]


def wish(tiny: Small, *questions: str, place: str = "community", **more: Any) -> Wish:
    """By tonight, at the latest in six hours: a deadline on another day would give its doors another day's minutes."""
    now = clock.now()
    tonight = clock.end_of(clock.day_of(now)) - timedelta(seconds=1)
    given: dict[str, Any] = {
        "response": tiny.response, "area": tiny.places[place], "title": "问物资", "purpose": "看谁家缺物资",
        "questions": questions or ("has_supplies", "missing"), "deadline": min(now + timedelta(hours=6), tonight),
        "ends_at": now + timedelta(days=2),
    }  # fmt: skip
    return Wish(**given | more)


def ask(tiny: Small, *questions: str, by: By = SYSTEM, **more: Any) -> Ask:
    return send_ask(wish=wish(tiny, *questions, **more), by=by)


def sums(one: Ask) -> dict[str, int]:
    return queries.sums(one, "")


def lines(one: Ask, **which: Any) -> list[AskSubject]:
    found = AskSubject.objects.within(EVERYTHING).filter(tally__ask=one, **which)
    return list(found.select_related("door", "person").order_by("door__walk", "id"))


def answers(**which: Any) -> list[Answer]:
    return list(Answer.objects.within(EVERYTHING).filter(**which).select_related("question").order_by("id"))


def check_tallies(one: Ask) -> None:
    """Every row adds up and says what the list says; the levels below add up to it."""
    for row in AskTally.objects.filter(ask=one):
        assert row.expected == sum(getattr(row, column) for column in COLUMNS)
    assert tallies.refresh_all(one) == []
    whole = queries.sums(one, "")
    doors = queries.below(one, Scope(prefixes=(one.area.path,)), 48)
    for name in queries.FIGURES:
        assert sum(door[name] for door in doors.values()) == whole[name]
