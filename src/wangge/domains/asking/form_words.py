"""What is said of a questionnaire that cannot be used, and of answers that cannot be taken. Each says what to write."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from wangge.domains.asking.faulty import FormError
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.asking.verdict import Fault
from wangge.domains.asking.xpath import words as xpath

Texts = Mapping[str, str | Promise]

SHEETS: Texts = {
    "sheet_missing": _(
        "The file has no sheet “%(sheet)s”. Name the sheet so; in a CSV the name stands on a line of its own."
    ),
    "sheet_without_headings": _(
        "No headings were found in the sheet “%(sheet)s”. survey needs type and name, choices list_name and name, "
        "settings form_id."
    ),
    "sheet_empty": _("There is nothing below the headings. Write at least one row."),
    "heading_twice": _("The heading “%(text)s” stands twice. Delete one of the two columns."),
    "heading_without_language": _("“%(text)s” is the same in every language. Write the heading without “::”."),
    "language_unknown": _("The language of “%(text)s” is not known. Write it with its code, as in label::中文 (zh)."),
    "heading_outside": _("The column “%(text)s” is not used here. Delete it, or empty its cells."),
    "heading_unknown": _("“%(text)s” is no column of a questionnaire. Delete it, or begin its heading with #."),
    "heading_misspelt": _("“%(text)s” is no column of a questionnaire. Did you mean “%(meant)s”?"),
    "cell_unreadable": _("This cell holds characters that cannot be read. Type it again."),
    "text_long": _("This text is longer than %(most)s characters. Shorten it."),
}

SETTINGS: Texts = {
    "form_id_wrong": _(
        "“%(text)s” cannot be a form_id. It begins with a letter and has up to 64 letters, digits, _ . or -."
    ),
    "version_wrong": _("“%(text)s” cannot be a version. Write a number that grows, such as 2026112701."),
    "title_wrong": _("The questionnaire needs a form_title of up to %(most)s characters."),
    "fresh_for_wrong": _(
        "“%(text)s” is no length of time. Write how long an answer stays good: 12h, 14d, 6m, 1y or always."
    ),
    "privacy_wrong": _("“%(text)s” is none of open, personal and sensitive. Write one of them."),
    "subject_wrong": _("“%(text)s” is none of household and person. Write one of them."),
    "fresh_for_missing": _(
        "How long an answer to “%(name)s” stays good is missing. Write 12h, 14d, 1y or always, or once in settings."
    ),
    "privacy_missing": _(
        "How answers to “%(name)s” are kept is missing. Write open, personal or sensitive here, or once in settings."
    ),
}

BANK: Texts = {
    "version_taken": _(
        "Version %(version)s of %(form)s was published with other content. "
        "Give the sheet a new version and send it again."
    ),
    "question_differs": _(
        "%(name)s is a question of %(form)s with another kind of answer, subject or privacy. "
        "Give this one another name, or make them alike."
    ),
}

ROWS: Texts = {
    "type_missing": _("The type is missing. Write text, integer, date, select_one with its list, or another."),
    "type_unknown": _(
        "“%(text)s” is no type that can be asked. There are text, phone number, integer, decimal, date, dateTime, "
        "select_one, select_multiple, acknowledge, note, calculate, begin group and end group."
    ),
    "type_misspelt": _("“%(text)s” is no type. Did you mean “%(meant)s”?"),
    "type_repeats": _("Questions cannot be repeated within a form. With subject “person” each person is asked alone."),
    "type_by_itself": _("“%(text)s” is recorded without a question: who answered and when is known. Delete the row."),
    "type_media": _("“%(text)s” is not asked for: no photos, recordings or positions. Delete the row."),
    "answer_name_missing": _("The name is missing. Write a short name for the answer, such as oxygen_hours."),
    "name_wrong": _("“%(text)s” cannot be a name. It begins with a letter and has up to 64 letters, digits, _ . or -."),
    "name_taken": _("The name “%(text)s” is used by every form for something else. Choose another one."),
    "name_twice": _("The name “%(name)s” stands in row %(row)s already. Each question needs a name of its own."),
    "label_missing": _("“%(name)s” has no words. Write in the column label what is read out."),
    "group_open": _("This group has no end. Add a row “end group” below its last question."),
    "group_not_open": _("This ends a group that never began. Delete the row, or add “begin group” above."),
    "questions_none": _("The questionnaire asks nothing. Add a question."),
    "questions_many": _("A questionnaire has up to %(most)s questions. Split it."),
    "or_other": _("“or_other” is not used here. Add a choice “other” to the list and a text question behind it."),
    "choices_missing": _("There is no list of choices “%(list)s”. Add it to the sheet choices, or correct its name."),
    "choice_without_list": _("The list to which this choice belongs is missing. Write its list_name."),
    "choice_name_wrong": _("“%(text)s” cannot be the name of a choice. It has letters and digits, and no gaps."),
    "choice_twice": _("The choice “%(name)s” stands twice in the list “%(list)s”. Delete one or rename it."),
    "calculation_missing": _("What is to be worked out is missing. Write it in the column calculation."),
    "calculation_elsewhere": _("Only a row of the type calculate is worked out. Change the type, or empty this cell."),
    "appearance_outside": _("The appearance “%(text)s” is not used here. Delete it."),
    "default_worked_out": _("A default is an answer that is written down, not worked out. Write the value itself."),
    "default_wrong": _("“%(text)s” cannot be the answer to this question. Correct the default, or delete it."),
    "xform_refused": _("The questionnaire could not be converted: %(said)s. Correct that, then import it again."),
}

ANSWERS: Texts = {
    "answer_missing": _("This needs an answer. Answer it, then send again."),
    "answer_refused": _("This answer does not fit the question. Check it."),
    "answer_no_whole_number": _("Write a whole number in digits."),
    "answer_no_number": _("Write a number in digits, such as 36.5."),
    "answer_no_date": _("Write the date as 2022-04-03."),
    "answer_no_time": _("Write day and time as 2022-04-03T09:10."),
    "answer_no_choice": _("This is none of the choices. Choose one of them."),
    "answer_not_acknowledged": _("Tick the box to confirm."),
    "answer_too_long": _("This is too long. Shorten it to 2000 characters."),
    "answer_damaged": _("This text holds characters that cannot be read. Type it again."),
}

INSTANCES: Texts = {
    "instance_broken": _("What was sent is no filled-in form. Send it again from the device."),
    "instance_not_utf8": _("What was sent is not written in UTF-8, so it was not read. Send it with ODK Collect."),
    "instance_without_form": _("What was sent does not say which form it is. Get the form anew and fill it in there."),
    "instance_declares": _("What was sent declares things that no form needs, so it was not read. Use another client."),
    "instance_answer_twice": _("“%(name)s” is answered twice in what was sent. Get the form anew, fill it in there."),
    "instance_too_big": _("What was sent is larger than any form (%(most)s). Get the form anew and fill it in there."),
}

PROBLEMS: dict[str, str | Promise] = {**SHEETS, **SETTINGS, **BANK, **ROWS, **ANSWERS, **INSTANCES, **xpath.PROBLEMS}


def place_of(error: FormError) -> str:
    """Where it stands: survey, row 5, column F, character 12."""
    parts = [now("sheet %(sheet)s") % {"sheet": error.sheet}]
    if error.row:
        parts.append(now("row %(row)s") % {"row": error.row})
    if error.column:
        parts.append(now("column %(column)s") % {"column": error.column})
    if "at" in error.values:
        parts.append(now("character %(at)s") % {"at": error.values["at"]})
    return pgettext("place in a file", ", ").join(parts)


def said_of(error: FormError) -> str:
    """What is wrong and what to write, in the reader's language, without the place."""
    return str(PROBLEMS[error.code]) % {**error.values, "sheet": error.sheet}


def said_to(fault: Fault, language: str) -> str:
    """Why an answer was not taken: the form's own words where it has some."""
    return words_in(fault.words, language) or str(PROBLEMS[fault.code])
