"""The sheet ``survey``: rows to questions and groups."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wangge.base import clock
from wangge.domains.asking.cells import Table
from wangge.domains.asking.headings import nearest
from wangge.domains.asking.questionnaire import Choice, Group, Privacy, Question, Type
from wangge.domains.asking.sheets import Record
from wangge.domains.asking.terms import Defaults, read_cell, read_fresh_for, read_privacy, read_subject
from wangge.domains.asking.values import Wrong, read_value

MOST_QUESTIONS = 300
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_SELECT = re.compile(r"(select_one|select_multiple|select one|select multiple)\s+(\S+)(\s+or[_ ]other)?", re.IGNORECASE)
_TYPES = {
    "text": Type.TEXT, "string": Type.TEXT, "integer": Type.INTEGER, "int": Type.INTEGER, "decimal": Type.DECIMAL,
    "date": Type.DATE, "datetime": Type.DATETIME, "note": Type.NOTE, "calculate": Type.CALCULATE,
    "acknowledge": Type.ACKNOWLEDGE, "trigger": Type.ACKNOWLEDGE, "phone number": Type.PHONE, "phone": Type.PHONE,
    "phone_number": Type.PHONE,
}  # fmt: skip
_BEGINS, _ENDS = ("begin group", "begin_group"), ("end group", "end_group")
#: Types of XLSForm that are left out, by the reason that is given.
_LEFT_OUT = {
    "type_repeats": ("begin repeat", "begin_repeat", "end repeat", "end_repeat"),
    "type_by_itself": ("start", "end", "today", "username", "audit", "deviceid", "phonenumber", "email", "simserial",
                       "subscriberid", "start-geopoint"),
    "type_media": ("image", "photo", "audio", "video", "file", "background-audio", "geopoint", "geotrace", "geoshape",
                   "barcode"),
}  # fmt: skip
#: Names that stand in every instance for something else.
_TAKEN = frozenset({"meta", "instanceID", "data", "notice_line"})
_YES = {
    "yes": "true()",
    "true": "true()",
    "是": "true()",
    "no": "",
    "false": "",
    "false()": "",
    "否": "",
    "true()": "true()",
}
#: What a telephone number looks like where the form does not say it.
_PHONE = "regex(., '^[0-9+ -]{5,20}$')"
_PHONE_WORDS = {"zh": "请填写电话号码，只用数字。", "en": "Write a telephone number in digits."}
STRICTNESS = (Privacy.OPEN, Privacy.PERSONAL, Privacy.SENSITIVE)


@dataclass(slots=True)
class Survey:
    """``records``: the row of each question and group by name."""

    table: Table
    lists: Mapping[str, tuple[Choice, ...]]
    defaults: Defaults
    groups: list[Group] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    _open: list[tuple[str, Record]] = field(default_factory=list)

    def questions(self) -> tuple[Question, ...]:
        """The questions in their order; groups and records are filled by the way."""
        found = [question for record in self.table.sheet.records if (question := self.row(record))]
        for _, record in self._open:
            self.table.wrong("group_open", record, "type")
        asked = [question for question in found if question.type.asked]
        if not asked or len(found) > MOST_QUESTIONS:
            self.table.errors.whole("questions_none" if not asked else "questions_many", "survey", most=MOST_QUESTIONS)
        for record in self.table.sheet.records:
            self.references(record)
        return tuple(self.worked_out(question, asked) for question in found)

    def row(self, record: Record) -> Question | None:
        written = self.table.text(record, "type")
        plain = " ".join(written.split()).casefold()
        if plain in _ENDS:
            if not self._open:
                self.table.wrong("group_not_open", record, "type")
            else:
                self._open.pop()
            return None
        name = self.name(record)
        if plain in _BEGINS:
            self._open.append((name, record))
            path = tuple(one for one, _ in self._open)
            self.groups.append(Group(path, self.table.words(record, "label"), self.table.text(record, "relevant")))
            return None
        select = _SELECT.fullmatch(plain)
        kind = _TYPES.get(plain) or (Type(select.group(1).replace(" ", "_")) if select else None)
        if kind is None:
            self.no_type(record, written, plain)
            return None
        choices = self.choices(record, written.split()[-1 if not select.group(3) else -2], select) if select else ()
        return self.question(record, name, kind, choices)

    def no_type(self, record: Record, written: str, plain: str) -> None:
        code = next((code for code, words in _LEFT_OUT.items() if plain in words), "type_unknown")
        if not written:
            self.table.wrong("type_missing", record, "type")
        elif code == "type_unknown" and (meant := nearest(plain, [*_TYPES, "select_one", "select_multiple"])):
            self.table.wrong("type_misspelt", record, "type", text=written, meant=meant)
        else:
            self.table.wrong(code, record, "type", text=written)

    def name(self, record: Record) -> str:
        name = self.table.text(record, "name")
        if not _NAME.fullmatch(name) or name in _TAKEN:
            code = "name_taken" if name in _TAKEN else "name_wrong" if name else "answer_name_missing"
            self.table.wrong(code, record, "name", text=name)
        elif name in self.records:
            self.table.wrong("name_twice", record, "name", name=name, row=self.records[name].row)
        self.records.setdefault(name, record)
        return name

    def choices(self, record: Record, name: str, select: re.Match[str]) -> tuple[Choice, ...]:
        if select.group(3):
            self.table.wrong("or_other", record, "type")
        elif name not in self.lists:
            self.table.wrong("choices_missing", record, "type", list=name)
        return self.lists.get(name, ())

    def question(self, record: Record, name: str, kind: Type, choices: tuple[Choice, ...]) -> Question:
        table, text = self.table, self.table.text
        label, hint = table.words(record, "label"), table.words(record, "hint")
        if not label and kind is not Type.CALCULATE:
            table.wrong("label_missing", record, "label", name=name)
        calculation = text(record, "calculation")
        if bool(calculation) is not (kind is Type.CALCULATE):
            table.wrong("calculation_missing" if not calculation else "calculation_elsewhere", record, "calculation")
        required = text(record, "required")
        question = Question(
            name, kind, label, hint, required=_YES.get(required.casefold(), required),
            required_message=table.words(record, "required_message"), relevant=text(record, "relevant"),
            constraint=text(record, "constraint"), constraint_message=table.words(record, "constraint_message"),
            calculation=calculation, appearance=self.appearance(record), choices=choices,
            groups=tuple(group for group, _ in self._open), row=record.row,
        )  # fmt: skip
        if kind is Type.PHONE and not question.constraint:
            question = replace(question, constraint=_PHONE, constraint_message=_PHONE_WORDS)
        return self.kept(record, replace(question, default=self.default(record, question)))

    def kept(self, record: Record, question: Question) -> Question:
        """With our own columns. Whoever asks says how long an answer is good for and how it is kept."""
        term = read_cell(self.table, record, "fresh_for", read_fresh_for) or self.defaults.fresh_for
        level = read_cell(self.table, record, "privacy", read_privacy) or self.defaults.privacy
        subject = read_cell(self.table, record, "subject", read_subject) or self.defaults.subject
        for column, value in (("fresh_for", term), ("privacy", level)):
            if question.type.asked and value is None and not self.table.text(record, column):
                self.table.wrong(f"{column}_missing", record, column, name=question.name)
        return replace(
            question, fresh_for=term.length if term else None, privacy=level or Privacy.SENSITIVE, subject=subject
        )

    def worked_out(self, question: Question, asked: list[Question]) -> Question:
        """What is worked out from answers is kept like the strictest and as long as the shortest of them."""
        record = self.records[question.name]
        if question.type.asked or not asked:
            return question
        if not self.table.text(record, "fresh_for"):
            question = replace(question, fresh_for=min((one.fresh_for for one in asked if one.fresh_for), default=None))
        if not self.table.text(record, "privacy"):
            question = replace(question, privacy=max((one.privacy for one in asked), key=STRICTNESS.index))
        return question

    def appearance(self, record: Record) -> str:
        appearance = self.table.text(record, "appearance")
        if "(" in appearance or len(appearance) > 60:  # search() and the like reach for files
            self.table.wrong("appearance_outside", record, "appearance", text=appearance[:60])
        return appearance

    def default(self, record: Record, question: Question) -> str:
        """A first answer that is written down; one that would be worked out is refused."""
        text = self.table.text(record, "default")
        if not text:
            return ""
        if not question.type.asked or "${" in text or "(" in text or {"'", '"'} <= set(text):
            self.table.wrong("default_worked_out", record, "default")
            return ""
        try:
            return read_value(text, question, clock.now())[1]
        except Wrong:
            self.table.wrong("default_wrong", record, "default", text=text[:60])
            return ""

    def references(self, record: Record) -> None:
        """Answers shown within words, as in 'Who is with ${name}?'."""
        for column in ("label", "hint", "constraint_message", "required_message"):
            for text in self.table.words(record, column).values():
                for name in _REFERENCE.findall(text):
                    if name.strip() not in self.records:
                        self.table.wrong("xpath_no_such_question", record, column, name=name, at=text.index(name))
