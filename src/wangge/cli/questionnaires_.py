"""``wangge import questionnaires FILE…``: XLSForms into the bank, or every mistake with its sheet, row and column."""

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import translation

from wangge.base.access.by import SYSTEM
from wangge.base.problems import Problem, Problems
from wangge.cli.saying import problem, refuse, say
from wangge.domains.asking.actions.taking import take_questionnaire
from wangge.domains.asking.faulty import BrokenForm
from wangge.domains.asking.form_words import place_of, said_of
from wangge.domains.asking.questionnaire import words_in
from wangge.domains.asking.shipped import shipped_files


@dataclass(slots=True)
class _File:
    """One file and what became of it."""

    name: str
    content: bytes = b""
    said: dict[str, object] = field(default_factory=dict)
    errors: list[dict[str, object]] = field(default_factory=list)


def command(args: Namespace) -> int:
    """0 when each is published (or could be), 1 when one was refused: the others are taken."""
    if not args.files and not args.shipped:
        return refuse("no file is named. Name one, or write --shipped for those that come with the product.", 2)
    with translation.override(args.language):
        files = list(_files(args))
        for file in files:
            if not file.errors:
                _take(file, args.check)
    return _end(args, files)


def _files(args: Namespace) -> Iterator[_File]:
    if args.shipped:
        yield from (_File(name, content) for name, content in shipped_files())
    for path in args.files:
        try:
            yield _File(str(path), path.read_bytes())
        except OSError as error:
            said = f"it cannot be read ({error.strerror}). Look at the name of the file."
            yield _File(str(path), errors=[{"where": "", "what": said}])


def _take(file: _File, check: bool) -> None:
    try:
        taken = take_questionnaire(content=file.content, by=SYSTEM, check=check)
    except BrokenForm as broken:
        file.errors = [
            {"sheet": one.sheet, "row": one.row, "column": one.column, "code": one.code, "where": place_of(one),
             "what": said_of(one)} for one in broken.errors
        ]  # fmt: skip
    except (Problem, Problems) as error:
        found = error.problems if isinstance(error, Problems) else [error]
        file.errors = [{"code": one.code, "where": one.field, "what": problem(one)} for one in found]
    else:
        form = taken.questionnaire
        file.said = {
            "form_id": form.form_id, "version": form.version, "title": words_in(form.title, form.language),
            "questions": len(form.asked), "new": taken.new,
        }  # fmt: skip


def _end(args: Namespace, files: list[_File]) -> int:
    refused = sum(bool(file.errors) for file in files)
    if args.json:
        each = [{"file": file.name, **file.said, "errors": file.errors} for file in files]
        say(json.dumps({"check": args.check, "refused": refused, "files": each}, ensure_ascii=False))
        return 1 if refused else 0
    for file in files:
        if file.errors:
            refuse(f"{file.name}: {len(file.errors)} to correct")
            for error in file.errors:
                refuse("  " + ": ".join(str(part) for part in (error["where"], error["what"]) if part))
        else:
            how = "could be published" if args.check else "published" if file.said["new"] else "known already"
            one = file.said
            say(f"{one['questions']:>5} questions  {how:<18} {one['form_id']} {one['version']}  {one['title']}")
    return 1 if refused else 0
