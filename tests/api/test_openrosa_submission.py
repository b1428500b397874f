"""Submissions by the protocol's text: what is kept, what is refused, in which words; Django and hot/ alike."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from tests.api.openrosa_city import (
    GOOD,
    Phone,
    ask_it,
    envelope,
    fetched,
    fever,
    instance,
    kept,
    key_for,
    publish,
    supplies,
)

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.demo.small import Small
from wangge.domains.asking.inbox import sql
from wangge.domains.asking.models import Form, ReceivedForm

XF = "{http://www.w3.org/2002/xforms}"
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
SUBMISSION = "/openrosa/submission"
ENGLISH = {"Accept-Language": "en"}


# Submission


def test_head_says_where_and_how_much(phone: Phone) -> None:
    answer = phone.ask("HEAD", SUBMISSION)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.header("Location") == "http://testserver/openrosa/submission"


def test_a_form_is_checked_kept_sealed_and_answered(form: Form, phone: Phone, tiny: Small) -> None:
    door = tiny.homes[0]
    xml = instance(supplies(), GOOD, door=door.uuid, id_="uuid:1f7a3a52-6c9b-4f0e-8f6a-3c1d2e5b7a90")
    answer = phone.send(xml)
    assert (answer.status, answer.nature, answer.header("Content-Type")) == (
        202, "submit_success", "text/xml; charset=utf-8",
    )  # fmt: skip
    assert ET.fromstring(answer.body).tag == "{http://openrosa.org/http/response}OpenRosaResponse"
    [row] = kept()
    assert (row.instance, row.state, row.door, row.form) == (
        "uuid:1f7a3a52-6c9b-4f0e-8f6a-3c1d2e5b7a90", "received", door, form,
    )  # fmt: skip
    assert (row.account, row.post) == (tiny.accounts["bingsi-1"].uuid, tiny.posts["bingsi-1"].uuid)
    assert "降压药".encode() not in bytes(row.sealed)
    fact = Event.objects.get(kind="asking.forms_received")
    assert (fact.uuid, fact.data) == (row.batch, {"count": 1})
    assert answer.header("Location") == f"http://testserver/openrosa/submission/{row.uuid}"
    assert fetched(phone, answer.header("Location")).message.startswith("Received and checked.")


def test_sent_again_it_counts_once(form: Form, phone: Phone, tiny: Small) -> None:
    xml = instance(supplies(), GOOD, door=tiny.homes[0].uuid)
    first, second = phone.send(xml), phone.send(xml)
    assert (second.status, second.nature) == (202, "submit_again")
    assert first.header("Location") == second.header("Location")
    ReceivedForm.objects.within(EVERYTHING).update(state="recorded")
    assert phone.send(xml).status == 201
    assert len(kept()) == Event.objects.filter(kind="asking.forms_received").count() == 1


def test_another_content_under_the_same_id_is_a_conflict(form: Form, phone: Phone, tiny: Small) -> None:
    phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid, id_="uuid:one"))
    answer = phone.send(instance(supplies(), GOOD | {"rice": "no"}, door=tiny.homes[0].uuid, id_="uuid:one"))
    assert (answer.status, answer.nature) == (409, "submit_conflict")
    assert len(kept()) == 1


def test_a_revision_names_what_it_revises(form: Form, phone: Phone, tiny: Small) -> None:
    door = tiny.homes[0].uuid
    phone.send(instance(supplies(), GOOD, door=door, id_="uuid:one"))
    meta = "<orx:deprecatedID>uuid:one</orx:deprecatedID>"
    answer = phone.send(instance(supplies(), GOOD | {"rice": "no"}, door=door, id_="uuid:two", meta=meta))
    assert answer.status == 202
    assert [(one.instance, one.deprecates) for one in kept()] == [("uuid:one", ""), ("uuid:two", "uuid:one")]


def test_when_it_was_filled_in_is_the_phones_word_within_reason(form: Form, phone: Phone, tiny: Small) -> None:
    then = (clock.now() - timedelta(hours=5)).astimezone(clock.LOCAL).replace(microsecond=0)
    for at in (then, then + timedelta(days=2), then - timedelta(days=400)):
        meta = f"<orx:timeEnd>{at.isoformat()}</orx:timeEnd>"
        phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid, meta=meta))
    first, *others = kept()
    assert first.at == then
    assert all(abs(one.at - one.received_at) < timedelta(seconds=5) for one in others)


def test_files_are_not_kept_and_that_is_said(form: Form, phone: Phone, tiny: Small) -> None:
    answer = phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid), ("photo.jpg", b"\xff\xd8" * 5000))
    assert answer.status == 202
    assert "1 file came along and was not kept" in answer.message
    assert len(kept()) == 1
    assert len(bytes(kept()[0].sealed)) < 2000


def test_a_form_that_follows_in_parts_is_one(form: Form, phone: Phone, tiny: Small) -> None:
    xml = instance(supplies(), GOOD, door=tiny.homes[0].uuid)
    answers = [phone.send(xml, (name, b"x")) for name in ("a.jpg", "b.jpg", "*isIncomplete*")]
    assert [one.status for one in answers] == [202, 202, 202]
    assert "not kept" not in answers[2].message
    assert len(kept()) == 1


@pytest.mark.parametrize(("answers", "words"), [
    ({"rice": ""}, "Rice: "), ({"days_left": "61"}, "Days left: Say a number of days up to 60."),
    ({"days_left": "many"}, "Days left: "), ({"water": "perhaps"}, "Water: "), ({"called_on": "7 April"}, "Asked on: "),
])  # fmt: skip
def test_an_answer_that_the_form_does_not_allow_is_named(
    form: Form, phone: Phone, tiny: Small, answers: dict[str, str], words: str
) -> None:
    answer = phone.send(instance(supplies(), GOOD | answers, door=tiny.homes[0].uuid))
    assert (answer.status, answer.nature) == (422, "answers_refused")
    assert answer.message.startswith(words)
    assert kept() == []


def test_somebody_elses_door_and_no_door(form: Form, phone: Phone, tiny: Small) -> None:
    tried = [tiny.homes[7].uuid, tiny.yards[0].uuid, uuid4()]
    answers = [phone.send(instance(supplies(), GOOD, door=door)) for door in tried]
    assert {(one.status, one.nature) for one in answers} == {(403, "door_elsewhere")}
    answer = phone.send(instance(supplies(), GOOD))
    assert (answer.status, answer.nature) == (422, "openrosa_no_door")
    assert kept() == []


def test_a_form_for_a_closed_ask_is_kept_and_that_is_said(phone: Phone, tiny: Small) -> None:
    ask = ask_it(tiny, publish(supplies()))
    ask.state, ask.closed_at = "closed", clock.now()
    ask.save()
    answer = phone.send(instance(supplies(), GOOD, door=tiny.homes[0].uuid))
    assert (answer.status, answer.nature) == (202, "ask_closed")
    assert [(one.state, one.reason) for one in kept()] == [("received", "ask_closed")]


def test_an_older_version_is_judged_by_itself_and_an_unknown_one_refused(form: Form, phone: Phone, tiny: Small) -> None:
    ask_it(tiny, publish(supplies("2")))
    door = tiny.homes[0].uuid
    assert phone.send(instance(supplies("1"), GOOD, door=door)).status == 202
    unknown = phone.send(instance(supplies("3"), GOOD, door=door))
    assert (unknown.status, unknown.nature) == (404, "openrosa_version_unknown")
    other = phone.send(instance(replace(supplies(), form_id="other"), GOOD, door=door))
    assert (other.status, other.nature) == (404, "openrosa_form_unknown")


def test_people_behind_ones_doors_moved_and_strangers(phone: Phone, tiny: Small) -> None:
    ask_it(tiny, publish(fever()))
    here, there = tiny.homes[0], tiny.homes[1]
    said = {"fever_now": "no"}
    outcomes = [
        phone.send(instance(fever(), said, door=here.uuid, person=tiny.family[0].uuid)),
        phone.send(instance(fever(), said, door=there.uuid, person=tiny.family[0].uuid)),
        phone.send(instance(fever(), said, door=here.uuid, person=tiny.living[tiny.yards[0].pk][0].uuid)),
        phone.send(instance(fever(), said, door=here.uuid)),
    ]
    assert [(one.status, one.nature) for one in outcomes] == [
        (202, "submit_success"), (202, "person_moved"), (403, "person_unknown"), (422, "openrosa_no_person"),
    ]  # fmt: skip
    assert [(one.state, one.reason) for one in kept()] == [("received", ""), ("received", "person_moved")]


@pytest.mark.parametrize("xml", [
    b"", b"<data", b"<data/>", b'<data id="supplies_check" version="1"/>',
    b'<!DOCTYPE data [<!ENTITY a "b">]><data id="supplies_check" version="1">&a;</data>',
    b"\xff\xfe\x00", b'<data id="x">' + b"<a>" * 50 + b"</a>" * 50 + b"</data>",
])  # fmt: skip
def test_damaged_forms_are_refused_in_words(form: Form, phone: Phone, xml: bytes) -> None:
    answer = phone.send(xml)
    assert 400 <= answer.status < 500
    assert len(answer.message) > 20
    assert kept() == []


def test_a_form_that_is_not_in_utf8_is_refused_and_the_other_is_kept(form: Form, phone: Phone, tiny: Small) -> None:
    xml = instance(supplies(), GOOD | {"remark": "né"}, door=tiny.homes[0].uuid).decode()
    latin = xml.replace("降压药", "x").replace('version="1.0"?', 'version="1.0" encoding="ISO-8859-1"?')
    for content in (xml.encode("utf-16"), latin.encode("latin-1")):
        answer = phone.send(content)
        assert (answer.status, answer.nature) == (422, "instance_not_utf8")
        assert "UTF-8" in answer.message
    assert phone.send(xml.encode()).status == 202
    assert len(kept()) == 1


def test_a_body_that_was_cut_off_is_not_taken(form: Form, phone: Phone, tiny: Small) -> None:
    kind, body = envelope(instance(supplies(), GOOD, door=tiny.homes[0].uuid))
    for damaged in (body[:-20], body[:200], b"", body.replace(b"xml_submission_file", b"another_part_of_it")):
        answer = phone.ask("POST", SUBMISSION, damaged, Content_Type=kind)
        assert (answer.status, answer.nature) == (400, "no_envelope")
    answer = phone.ask("POST", SUBMISSION, body, Content_Type="application/json")
    assert (answer.status, answer.nature) == (400, "no_envelope")
    assert kept() == []


def test_what_is_too_big_is_said_to_be(phone: Phone) -> None:
    kind, body = envelope(b"x" * (10 * 1024 * 1024 + 1))
    answer = phone.ask("POST", SUBMISSION, body, Content_Type=kind)
    assert (answer.status, answer.nature) == (413, "too_big")


def test_the_inboxs_columns_are_the_models() -> None:
    fields = {one.column for one in ReceivedForm._meta.concrete_fields} - {"id"}
    later = {"settled_at", "settled_post"}  # written when a person decides; empty before
    assert set(sql.COLUMNS) == fields - later
    assert all(ReceivedForm._meta.get_field(name).null for name in later)
    assert ReceivedForm._meta.db_table == "wangge_receivedform"


def test_a_grid_worker_meets_only_the_asks_of_the_own_area(form: Form, phone: Phone, tiny: Small) -> None:
    key, password = key_for(tiny.accounts["dengqiao-1"], tiny.by("dengqiao-1"))
    village = Phone(key.username, password, phone.hot)
    assert len(ET.fromstring(village.ask("GET", "/openrosa/formList").body)) == 0
    answer = village.send(instance(supplies(), GOOD, door=tiny.yards[0].uuid))
    assert answer.nature == "ask_closed"
