"""From rows that go out together to the text of one parcel, in the language of whoever holds the phone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.base import sealing
from wangge.base.traditional import traditional
from wangge.domains.duty.badges import HOTLINE
from wangge.domains.messages import queries
from wangge.domains.messages.models import ContactChoice, Dispatch, Message
from wangge.domains.messages.rules import Channel
from wangge.domains.messages.templates import Form, Template, fill, holes
from wangge.domains.people.envelope import TABLE as PEOPLE

FORMS = {Channel.SMS: Form.SMS, Channel.VOICE: Form.VOICE, Channel.EMAIL: Form.EMAIL, Channel.CALL: Form.CALL}
DRILL = {"zh": "【演练】", "en": "[DRILL] "}
FOR = {"zh": "（给{who}）", "en": "(for {who}) "}
NAMED = 3  # people a text for a shared phone names; more are "and others"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one phone or mailbox at once. ``id``: by which a gateway knows it again; no row is in two."""

    id: UUID
    channel: Channel
    to: str
    subject: str
    text: str
    rows: tuple[int, ...]


class Composer:
    """Composes parcels for rows of one batch; what several rows need is read once."""

    def __init__(self, rows: Sequence[Message]) -> None:
        self.rows = rows
        self.choices: dict[tuple[int, int], ContactChoice] = {}
        for response in {one.response_id for one in rows}:
            people = [key for one in rows for key in (one.person_id, one.via_id) if key]
            self.choices |= {(response, key): one for key, one in queries.choices(people, response).items()}
        self.shared = queries.sharing(one.via.phone_index for one in rows if one.via)
        self._dispatches: dict[int, tuple[Template, dict[str, str]]] = {}
        self._drills: dict[int, bool] = {one.response_id: one.response.drill for one in rows}

    def parcel(self, mine: Sequence[Message]) -> Parcel:
        """One parcel of rows that share a phone. ``to`` is empty where its number is gone."""
        first = mine[0]
        channel = Channel(first.channel)
        tongue = self.language(first)
        texts = self._texts(mine, FORMS[channel], tongue)
        subject = self.said(first, Form.SUBJECT, tongue) if channel is Channel.EMAIL else ""
        assert first.parcel is not None
        return Parcel(
            first.parcel,
            channel,
            self.address(first),
            subject,
            self.marked(first, "\n".join(texts), tongue),
            tuple(one.pk for one in mine),
        )

    def marked(self, one: Message, text: str, tongue: str) -> str:
        """What goes out in a drill says so first."""
        return mark(text, tongue, drill=self._drills[one.response_id])

    def _choice(self, one: Message) -> ContactChoice | None:
        """The holder's way counts for the address and the language: they read it."""
        return self.choices.get((one.response_id, one.via_id or one.person_id))

    def language(self, one: Message) -> str:
        choice = self._choice(one)
        return choice.language if choice else "zh-Hans"

    def address(self, one: Message) -> str:
        """The number or mailbox, '' for none."""
        said = queries.said_of(self._choice(one))
        if one.channel == Channel.EMAIL:
            return said.get("email", "")
        if said.get("phone"):
            return said["phone"]
        holder = one.via or one.person
        return str(sealing.unseal(PEOPLE, holder.uuid, holder.sealed).get("phone", ""))

    def _texts(self, mine: Sequence[Message], form: Form, tongue: str) -> list[str]:
        """Each text once, with whom it is for where the phone is not theirs alone."""
        found: dict[str, list[Message]] = {}
        for one in mine:
            found.setdefault(self.said(one, form, tongue), []).append(one)
        return [self._for(rows, form, tongue) + text for text, rows in found.items()]

    def _for(self, rows: Sequence[Message], form: Form, tongue: str) -> str:
        choice = self._choice(rows[0])
        shared = bool(queries.said_of(choice).get("whose")) or bool(
            rows[0].via and rows[0].via.phone_index in self.shared
        )
        others = [one for one in rows if shared or one.via_id != one.person_id]
        template, _values = self.of(rows[0].dispatch)
        if not others or "name" in holes(template.text(form, _short(tongue))):
            return ""
        names = [one.person.name for one in rows]
        more = {"zh": "等", "en": " and others"}[_short(tongue)] if len(names) > NAMED else ""
        joined = {"zh": "、", "en": ", "}[_short(tongue)].join(names[:NAMED])
        return _script(FOR[_short(tongue)], tongue).replace("{who}", joined + more)

    def of(self, dispatch: Dispatch) -> tuple[Template, dict[str, str]]:
        if dispatch.pk not in self._dispatches:
            self._dispatches[dispatch.pk] = queries.of_dispatch(dispatch), values_for(dispatch)
        return self._dispatches[dispatch.pk]

    def said(self, one: Message, form: Form, tongue: str) -> str:
        """One message in one form, filled. Raises Unfilled."""
        template, values = self.of(one.dispatch)
        own = localised(queries.own_values(one), tongue)
        return written(template, form, tongue, {"name": one.person.name} | values | own)


def values_for(dispatch: Dispatch) -> dict[str, str]:
    """What fills the holes for everybody: who sends, whom to call back, where to complain, and what was typed."""
    return {"office": dispatch.office, "number": dispatch.number, "complain": HOTLINE} | queries.values_of(dispatch)


def localised(values: Mapping[str, Any], tongue: str) -> dict[str, str]:
    """A value of a flow may be there in Chinese and English."""
    short = _short(tongue)
    return {name: str(said[short] if isinstance(said, dict) else said) for name, said in values.items()}


def written(template: Template, form: Form, tongue: str, values: Mapping[str, str]) -> str:
    """A text of a template; traditional characters are made from the simplified ones, names stay as they are."""
    text = _script(template.text(form, _short(tongue)), tongue)
    return fill(text, values)


def mark(text: str, tongue: str, *, drill: bool) -> str:
    """What goes out in a drill says so first."""
    return _script(DRILL[_short(tongue)], tongue) + text if drill else text


def _short(tongue: str) -> str:
    return "en" if tongue == "en" else "zh"


def _script(text: str, tongue: str) -> str:
    return traditional(text) if tongue == "zh-Hant" else text


#: Invented, for previews.
INVENTED = {
    "zh": {"name": "王秀兰", "until": "4月14日24时", "day": "4月14日", "place": "东岗里2号楼1单元301"},
    "en": {"name": "Wang Xiulan", "until": "14 April, midnight", "day": "14 April", "place": "Building 2, unit 1, 301"},
}
TYPED = {
    "zh": {"what": "明天做核酸检测", "when": "上午8点到11点", "where": "东岗里北门", "bring": "身份证和药"},
    "en": {"what": "tests tomorrow", "when": "8 to 11 a.m.", "where": "at the north gate", "bring": "ID and medicine"},
}


def preview(
    template: Template, tongue: str, *, office: str, number: str, typed: Mapping[str, str], drill: bool = False
) -> dict[Form, str]:
    """Every text of a template, filled with an invented person; what was not typed yet is invented too."""
    short = _short(tongue)
    values = INVENTED[short] | TYPED[short] | {"office": office, "number": number, "complain": HOTLINE}
    values |= {name: text for name, text in typed.items() if text}
    made = {form: written(template, form, tongue, values) for form in Form if template.text(form, short)}
    return {form: mark(text, tongue, drill=drill and form is not Form.SUBJECT) for form, text in made.items()}


def together(rows: Iterable[Message]) -> list[list[Message]]:
    """Rows by their parcel, in their order."""
    found: dict[UUID | None, list[Message]] = {}
    for one in rows:
        found.setdefault(one.parcel, []).append(one)
    return list(found.values())


def group_text(dispatch: Dispatch) -> str:
    """What is written into a group: nobody's data, in simplified Chinese."""
    text = written(queries.of_dispatch(dispatch), Form.GROUP, "zh-Hans", values_for(dispatch))
    return mark(text, "zh-Hans", drill=dispatch.response.drill)
