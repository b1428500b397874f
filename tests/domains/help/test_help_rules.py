"""Where a request may go from where, who may say it, what may be published; the times come from a file."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from wangge.base.problems import Problems
from wangge.domains.help.inputs import read_help
from wangge.domains.help.rules import (
    BY_A_SECOND,
    LIVE,
    STEPS,
    Act,
    Noted,
    State,
    Whom,
    first_state,
    may_reopen,
    may_say,
    missing,
    step,
)
from wangge.domains.help.terms import SHIPPED, read_terms, terms
from wangge.domains.protocol.reading import ProtocolError
from wangge.domains.protocol.rules_words import Confidence
from wangge.domains.work.words import ITEMS

AT = datetime(2022, 4, 7, 4, tzinfo=UTC)


def test_who_asks_for_somebody_else_waits_until_they_were_asked() -> None:
    assert first_state(Whom.OTHER, child=False, public=False) is State.ASKING
    assert first_state(Whom.CHILD, child=False, public=False) is State.ASKING
    assert first_state(Whom.SELF, child=False, public=False) is State.OPEN
    assert first_state(Whom.OTHER, child=True, public=False) is State.OPEN  # a child alone waits for nobody's word
    assert first_state(Whom.OTHER, child=False, public=True) is State.OPEN


def test_nothing_personal_is_done_before_the_person_was_asked() -> None:
    assert step(State.ASKING, Act.DO) is None
    assert step(State.ASKING, Act.CONFIRM) is State.OPEN
    assert step(State.ASKING, Act.DECLINE) is State.WITHDRAWN


def test_what_is_said_to_be_done_is_not_closed() -> None:
    done = step(State.OPEN, Act.DO)
    assert done is State.DONE
    assert done in LIVE
    assert {then for (state, _act), then in STEPS.items() if state is State.DONE} == {
        State.RECEIVED, State.OPEN, State.UNCONFIRMED, State.ENDED,
    }  # fmt: skip


def test_every_live_state_ends_with_its_response_and_no_other_does() -> None:
    assert {state for state, act in STEPS if act is Act.END} == LIVE


def test_whoever_says_it_is_done_is_not_the_second_person() -> None:
    holder, other = uuid4(), uuid4()
    for act in BY_A_SECOND:
        assert not may_say(act, who=holder, done_by=holder)
        assert may_say(act, who=other, done_by=holder)
        assert may_say(act, who=None, done_by=holder)  # the person, by their link
    assert may_say(Act.NOT_HELPED, who=holder, done_by=holder)


def test_a_child_alone_first_has_a_carer_then_the_report() -> None:
    assert missing(child=True, noted=frozenset()) is Noted.CARER
    assert missing(child=True, noted=frozenset({"reported"})) is Noted.CARER
    assert missing(child=True, noted=frozenset({"carer"})) is Noted.REPORTED
    assert missing(child=True, noted=frozenset({"carer", "reported"})) is None
    assert missing(child=False, noted=frozenset()) is None


def test_it_can_be_opened_again_within_the_days() -> None:
    assert may_reopen(AT, AT + timedelta(days=7), 7)
    assert not may_reopen(AT, AT + timedelta(days=7, seconds=1), 7)
    assert not may_reopen(None, AT, 7)


def test_every_time_that_is_promised_says_how_well_it_is_founded() -> None:
    found = terms()
    assert set(found.marks) == {"reopen_days", "nudge_hours", "call_back_hours", "apart_hours"}
    for term in found.kinds.values():
        assert set(term.marks) == {"answer", "confirm", "done"}
        assert set(term.marks.values()) <= set(Confidence)
        assert 0 < term.answer <= term.done
    assert {f"asked_{one.key}" for one in found.personal} <= set(ITEMS)
    assert [one.key for one in found.kinds.values() if one.child] == ["child"]


def test_a_mistake_in_the_file_is_named_with_its_line() -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("reopen_days: 7 ", "reopen_days: soon ")
    with pytest.raises(ProtocolError, match=r"terms\.yaml:9:.*reopen_days: soon"):
        read_terms("terms.yaml", text)
    with pytest.raises(ProtocolError, match="no name of a kind"):
        read_terms("terms.yaml", SHIPPED.read_text(encoding="utf-8").replace("  fire_way:", "  Fire Way:"))


def said(**changes: str) -> dict[str, str]:
    return {"uuid": str(uuid4()), "kind": "medicine", "whom": "self", "where": "1-1-101"} | changes


def codes(**changes: str) -> set[str]:
    with pytest.raises(Problems) as caught:
        read_help(said(**changes))
    return {one.code for one in caught.value.problems}


def test_who_has_no_phone_and_no_address_can_ask_all_the_same() -> None:
    assert read_help(said(where="", words="桥下帐篷里的老人，没有证件")).words == "桥下帐篷里的老人，没有证件"
    assert codes(where="") == {"help_nothing"}


def test_a_child_has_a_guardian_or_a_stand_in_named() -> None:
    assert codes(whom="child") == {"help_guardian"}
    assert read_help(said(whom="child", guardian="没人")).guardian == "没人"


def test_every_mistake_is_said_at_once() -> None:
    assert codes(kind="x", whom="y", phone="1", uuid="z") == {"help_kind", "help_whom", "help_phone", "help_number"}
    assert codes(kind="fire_way", where="") == {"help_where", "help_nothing"}


def test_a_hazard_is_about_nobody() -> None:
    assert read_help(said(kind="fire_way", whom="other")).whom is Whom.SELF


def test_text_is_one_line_and_no_longer_than_it_may_be() -> None:
    read = read_help(said(words="a\n<script>\0" + "长" * 900))
    assert read.words.startswith("a <script> 长")
    assert len(read.words) == 500
