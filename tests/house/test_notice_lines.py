"""Every form that takes personal data says for what, on which ground and until when; every field has its words."""

import re

from django.apps import apps
from django.db import models
from tests.house.tree import SOURCE, name_of

from wangge.base.retention.fields import personal_fields
from wangge.domains.people.models import Person
from wangge.domains.requests.rules import AFTER_CHECK, DONE, Kind
from wangge.web.desk.held import shown
from wangge.web.desk.held_words import BY_PROTOCOL, CODES, LABELS
from wangge.web.resident.words import FIELDS, FORM_PURPOSES, FORMS, TABLES

TEMPLATES = SOURCE / "templates" / "wangge"
PERSONAL = re.compile(
    r"form\.(?:document|who|specimen_no|name|phone|home_text|birth_date|file|words|outcome)\b|row\.form|in form %}"
    r"|<(?:input|select|textarea|button)[^>]*name=\"(?:outcome|phone|document|file|name)\b|type=\"file\"|parts/outcomes\.html|sheet-note"
)
#: Forms that match and take nothing about a resident, or say it in words of their own.
OTHERWISE = {
    "command/post.html": "staff: whom the office invites; their own page says what it is kept for",
    "account/passkey_new.html": "the name of a device's key",
    "account/collect.html": "the name of a phone, for its owner",
    "tokens.html": "a token's name, of a machine and not of a person",
    "sign_in.html": "staff, about themselves",
    "asks/questionnaires.html": "a file of questions, without any answer",
    "asks/questionnaire.html": "the same file handed out",
    "command/checkpoint_new.html": "the name of a gate, not of a person",
    "desk/risk.html": "a published list of areas, of places and not of persons",
    "desk/person_why.html": "the staff's own reason for a look",
    "resident/ask.html": "says what a request is used for in its own sentence: no Response is its ground",
    "desk/request.html": "the answer to a request, with the same sentence",
    "parts/outcomes.html": "a part: the pages that show it have the line",
    "check_in/fields.html": "a page without Django: names its order, its end and the notice in its own sentence",
}


def test_every_form_with_personal_data_has_its_notice_line() -> None:
    missing = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(TEMPLATES).as_posix()
        if ("<form" in text or "sheet-note" in text) and PERSONAL.search(text) and name not in OTHERWISE:
            missing += [] if "{% notice_line " in text else [name_of(path)]
    assert missing == [], "begin the form with {% notice_line … %}, or say in OTHERWISE why not"


def test_no_exception_is_left_over() -> None:
    for name in OTHERWISE:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        assert PERSONAL.search(text) or "sign_in" in name or "person_why" in name, name
        assert "{% notice_line " not in text


def test_every_notice_line_names_a_form_that_is_known() -> None:
    named = {
        form for path in TEMPLATES.rglob("*.html")
        for form in re.findall(r'{% notice_line "(\w+)"', path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert named <= set(FORMS)
    assert set(FORMS) == set(FORM_PURPOSES)
    assert {table for tables in FORMS.values() for table in tables} <= set(TABLES)


def test_every_personal_field_and_table_has_words() -> None:
    fields = {f"{one.table}.{one.name}" for one in personal_fields()}
    assert fields == set(FIELDS)
    assert {one.table for one in personal_fields()} == set(TABLES)


def test_everything_a_row_about_somebody_shows_has_words() -> None:
    """Labels for all fields, words for all codes of tables that point at a person, directly or by their order."""
    staff = {"Phone", "Handed", "ShiftKey", "Command"}  # about a worker's phone, and the doors it holds
    tables = {one.model for one in personal_fields() if one.link and one.model.__name__ not in staff} | {Person}
    missing = []
    for model in tables - {apps.get_model("wangge", "Task")}:
        for field in model._meta.get_fields():
            if not isinstance(field, models.Field) or not shown(field):
                continue
            key = f"{model._meta.db_table}.{field.name}"
            missing += [] if field.name in LABELS or key in LABELS else [key]
            codes = (
                {value for value, _word in field.choices or ()} if not isinstance(field, models.ForeignKey) else set()
            )
            known = CODES.get(key, {})
            if codes and key not in BY_PROTOCOL and field.name not in BY_PROTOCOL:
                missing += [f"{key}={code}" for code in codes if code not in known]
    assert missing == []


def test_every_kind_of_request_can_be_done_and_only_after_a_check() -> None:
    assert set(DONE) == set(Kind)
    assert set(DONE.values()) <= AFTER_CHECK
