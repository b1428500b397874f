"""An XLSForm to a questionnaire: the sheets ``settings``, ``survey`` and ``choices``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wangge.domains.asking.cells import Table
from wangge.domains.asking.faulty import BrokenForm, Errors, FormError
from wangge.domains.asking.headings import language_of
from wangge.domains.asking.plan import Unusable, plan
from wangge.domains.asking.questionnaire import Choice, Questionnaire, Subject
from wangge.domains.asking.sheets import Record, Sheet, read_book
from wangge.domains.asking.survey import Survey
from wangge.domains.asking.terms import Defaults, read_cell, read_fresh_for, read_privacy, read_subject

__all__ = ["BrokenForm", "FormError", "read_questionnaire"]

_FORM_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_VERSION = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_CHOICE = re.compile(r"[\w.-]{1,64}")
LONGEST_TITLE = 120


def read_questionnaire(content: bytes) -> Questionnaire:
    """Read a workbook or CSV. Raises base Problem where it is no such file, else BrokenForm with every mistake."""
    return _Reading(read_book(content)).read()


@dataclass(slots=True)
class _Reading:
    book: Mapping[str, Sheet]
    errors: Errors = field(default_factory=Errors)

    def read(self) -> Questionnaire:
        settings, survey, choices = (self.table(name) for name in ("settings", "survey", "choices"))
        self.errors.stop()  # without headings the rest would be guesses
        assert settings is not None  # tables that must be there are
        assert survey is not None
        record = settings.sheet.records[0]
        form = self.settings(settings, record)
        survey.language = form.language
        lists = self.lists(choices, form.language) if choices else {}
        read = Survey(survey, lists, self.defaults(settings, record))
        form = replace(form, questions=read.questions(), groups=tuple(read.groups))
        self.expressions(form, read)
        self.errors.stop()
        return form

    def table(self, name: str) -> Table | None:
        sheet = self.book.get(name)
        if sheet is None or not sheet.heading_row:
            if name != "choices" or sheet is not None:
                self.errors.whole("sheet_missing" if sheet is None else "sheet_without_headings", name)
            return None
        if not sheet.records and name != "choices":
            self.errors.whole("sheet_empty", name)
        return Table(sheet, self.errors)

    def settings(self, table: Table, record: Record) -> Questionnaire:
        form_id, version = table.text(record, "form_id"), table.text(record, "version")
        if not _FORM_ID.fullmatch(form_id):
            table.wrong("form_id_wrong", record, "form_id", text=form_id)
        if not _VERSION.fullmatch(version):
            table.wrong("version_wrong", record, "version", text=version)
        named = table.text(record, "default_language")
        if named and not language_of(named):
            table.wrong("language_unknown", record, "default_language", text=named)
        table.language = language_of(named) or "zh"
        title = table.words(record, "form_title")
        if not title or any(len(text) > LONGEST_TITLE for text in title.values()):
            table.wrong("title_wrong", record, "form_title", most=LONGEST_TITLE)
        return Questionnaire(
            form_id, version, title, (), purpose=table.words(record, "purpose"), ground=table.words(record, "ground"),
            language=table.language,
        )  # fmt: skip

    def defaults(self, table: Table, record: Record) -> Defaults:
        """What questions take whose own cells are empty; None where each must say it itself."""
        return Defaults(
            read_cell(table, record, "fresh_for", read_fresh_for),
            read_cell(table, record, "privacy", read_privacy),
            read_cell(table, record, "subject", read_subject) or Subject.HOUSEHOLD,
        )

    def lists(self, table: Table, language: str) -> dict[str, tuple[Choice, ...]]:
        """The lists of choices by name."""
        table.language = language
        found: dict[str, dict[str, Choice]] = {}
        for record in table.sheet.records:
            of, name = table.text(record, "list_name"), table.text(record, "name")
            label = table.words(record, "label")
            choices = found.setdefault(of, {})
            if not of:
                table.wrong("choice_without_list", record, "list_name")
            elif not _CHOICE.fullmatch(name):
                table.wrong("choice_name_wrong", record, "name", text=name)
            elif name in choices:
                table.wrong("choice_twice", record, "name", name=name, list=of)
            elif not label:
                table.wrong("label_missing", record, "label", name=name)
            choices.setdefault(name, Choice(name, label))
        return {of: tuple(choices.values()) for of, choices in found.items()}

    def expressions(self, form: Questionnaire, read: Survey) -> None:
        """What the expressions refer to and whether both sides can evaluate them."""
        try:
            plan(form)
        except Unusable as unusable:
            for slip in unusable.slips:
                read.table.wrong(slip.code, read.records[slip.name], slip.column, **slip.values)
