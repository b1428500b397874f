"""The only parser of messages: templates from files and forms, what an office sends, ways, calls, gateways' reports."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import yaml

from wangge.base.problems import Problem, Problems
from wangge.domains.messages.rules import Channel, Outcome, Purpose
from wangge.domains.messages.templates import LANGUAGES, Form, Said, Template, faults
from wangge.domains.people.phones import read_phones

NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
TYPED_LONGEST = 60  # characters an office puts into one hole
TEXT_LONGEST = 2000
LONGEST_MINUTES = 24 * 60
#: The schemes of group robots that are let in: nothing else may be written to.
SERVICES = {"wecombot": "wecom", "dingtalk": "dingtalk", "feishu": "feishu", "lark": "feishu",
            "json": "webhook", "jsons": "webhook"}  # fmt: skip


def plain(text: Any) -> str:
    """Typed text in one line and one form."""
    return " ".join(unicodedata.normalize("NFC", str(text or "")).split())


def read_template(data: Mapping[str, Any], name: str) -> Template:
    """A template from data as YAML or the database gives it. Raises Problem, or Problems with everything it lacks."""
    if not NAME.fullmatch(name):
        raise Problem("template_name_wrong", field="name")
    try:
        purpose = Purpose(str(data.get("purpose", "")))
    except ValueError as error:
        raise Problem("template_purpose_wrong", field="purpose") from error
    one = Template(
        name=name, edition=_count(data, "edition", 1), title=_said(data, "title"), purpose=purpose,
        ground=_said(data, "ground"), audience=_said(data, "audience"), texts=_texts(data.get("texts")),
        life_saving=data.get("life_saving") is True,
        confirm_minutes=min(_count(data, "confirm_minutes", 0), LONGEST_MINUTES),
        link_why=_said(data, "link_why") if data.get("link_why") else None,
    )  # fmt: skip
    wrong = [
        Problem(each.code, field=f"{each.language}_{each.form}" if each.form else "life_saving", word=each.word)
        for each in faults(one)
    ]
    if wrong:
        raise Problems(wrong)
    return one


def read_yaml(text: str, name: str) -> Template:
    """The template in a file. Raises Problem or Problems."""
    data = yaml.safe_load(text)
    if not isinstance(data, Mapping):
        raise Problem("template_purpose_wrong", field="purpose")
    return read_template(data, name)


def as_data(one: Template) -> dict[str, Any]:
    """The same as data, to be kept."""
    data: dict[str, Any] = {
        "edition": one.edition, "purpose": one.purpose.value, "life_saving": one.life_saving,
        "confirm_minutes": one.confirm_minutes, "texts": {code: dict(one.texts[code]) for code in LANGUAGES},
        **{name: _pair(getattr(one, name)) for name in ("title", "ground", "audience")},
    }  # fmt: skip
    return data | ({"link_why": _pair(one.link_why)} if one.link_why else {})


def edited(one: Template, typed: Mapping[str, Any]) -> Template:
    """A shipped or kept template with the texts that a form gives; what it is for stays. Raises Problems."""
    data = as_data(one)
    for language in LANGUAGES:
        for form in Form:
            field = f"{language}_{form.value}"
            if field in typed:
                data["texts"][language][form.value] = str(typed[field]).replace("\r\n", "\n").strip()[:TEXT_LONGEST]
        data["texts"][language] = {form: text for form, text in data["texts"][language].items() if text}
    reasons = {language: plain(typed.get(f"{language}_link_why")) for language in LANGUAGES}
    if any(reasons.values()):
        data["link_why"] = reasons
    return read_template(data, one.name)


def _pair(said: Said) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en}


def _said(data: Mapping[str, Any], name: str) -> Said:
    found = data.get(name)
    zh, en = (plain(found.get(code)) if isinstance(found, Mapping) else "" for code in LANGUAGES)
    if not zh or not en:
        raise Problem("template_words_missing", field=name, name=name)
    return Said(zh, en)


def _texts(data: Any) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        given = data.get(language) if isinstance(data, Mapping) else None
        given = given if isinstance(given, Mapping) else {}
        found[language] = {form.value: str(given[form.value]).strip() for form in Form if given.get(form.value)}
    return found


def _count(data: Mapping[str, Any], name: str, least: int) -> int:
    value = data.get(name, least)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= least else least


def read_values(one: Template, typed: Mapping[str, Any], *, group: bool = False) -> dict[str, str]:
    """What the office filled in, for people or for groups. Raises Problems: one for each hole left open."""
    values = {name: plain(typed.get(name)).replace("{", "（").replace("}", "）") for name in one.typed(group=group)}
    wrong = [Problem("message_hole_open", field=name) for name, text in values.items() if not text]
    wrong += [
        Problem("message_hole_long", field=name, most=TYPED_LONGEST)
        for name, text in values.items()
        if len(text) > TYPED_LONGEST
    ]
    if wrong:
        raise Problems(wrong)
    return values


@dataclass(frozen=True, slots=True)
class WaysInput:
    """How somebody wants to be told. ``phone``: another number than the register's; ``whose`` it is, in words."""

    language: str
    chosen: str
    no_sms: bool
    no_voice: bool
    no_email: bool
    no_call: bool
    phone: str
    whose: str
    email: str


TONGUES = ("zh-Hans", "zh-Hant", "en")


def read_ways(typed: Mapping[str, Any]) -> WaysInput:
    """Raises Problem."""
    language, chosen = str(typed.get("language", "")), str(typed.get("chosen", ""))
    if language not in TONGUES:
        raise Problem("ways_language_missing", field="language")
    if chosen and chosen not in {one.value for one in Channel}:
        raise Problem("ways_channel_wrong", field="chosen")
    phone, whose, email = (plain(typed.get(name)) for name in ("phone", "whose", "email"))
    numbers = read_phones(phone) if phone else ()
    if numbers and not whose:
        raise Problem("ways_whose_missing", field="whose")
    if email and not MAIL.fullmatch(email):
        raise Problem("ways_email_wrong", field="email")
    if chosen == Channel.EMAIL and not email:
        raise Problem("ways_email_missing", field="email")
    flags = {name: bool(typed.get(name)) for name in ("no_sms", "no_voice", "no_email", "no_call")}
    if chosen and chosen != Channel.CALL and flags[f"no_{chosen}"]:  # a person, who comes: that is no contradiction
        raise Problem("ways_against_each_other", field="chosen")
    return WaysInput(
        language, chosen, **flags, phone=numbers[0] if numbers else "", whose=whose[:40], email=email[:120]
    )


def read_outcome(typed: Mapping[str, Any]) -> tuple[UUID, Outcome]:
    """The page's own id and what came of a call. Raises Problem."""
    try:
        return UUID(str(typed.get("uuid", ""))), Outcome(str(typed.get("outcome", "")))
    except ValueError as error:
        raise Problem("told_outcome_missing", field="outcome") from error


@dataclass(frozen=True, slots=True)
class Report:
    """What a gateway says later: of a parcel, that it was delivered or not; or of a number, what was answered."""

    parcel: UUID | None = None
    delivered: bool = False
    number: str = ""
    text: str = ""


def read_report(body: bytes) -> Report:
    """Raises Problem for anything that is not one of the two kinds of report."""
    try:
        data = json.loads(body)
        if not isinstance(data, dict):
            raise ValueError
        if "from" in data:
            return Report(number=plain(data["from"])[:20], text=plain(data.get("text"))[:40])
        state = str(data["state"])
        if state not in ("delivered", "failed"):
            raise ValueError
        return Report(parcel=UUID(str(data["id"])), delivered=state == "delivered")
    except (ValueError, KeyError, UnicodeDecodeError) as error:
        raise Problem("report_unreadable") from error


def read_robot(typed: Mapping[str, Any]) -> tuple[str, str, str]:
    """The group's name, the service and the robot's address. Raises Problem."""
    name, url = plain(typed.get("name"))[:60], plain(typed.get("url"))
    if not name:
        raise Problem("robot_unnamed", field="name")
    scheme, found, rest = url.partition("://")
    if not found or not rest or scheme.lower() not in SERVICES:
        raise Problem("robot_address_wrong", field="url")
    return name, SERVICES[scheme.lower()], url
