"""The catalogue of the product's words: ``extract``, ``compile``, ``check``, ``take FILE.po``. No GNU gettext needed.

English words are the ids, so simplified Chinese is the only catalogue; ``compile`` derives traditional Chinese from it,
and ``side`` shows both beside each other for a reader. ``extract`` keeps what is translated, drops what is no
longer said and never guesses; ``check`` fails on words without a translation; ``take`` fills what is empty from
another .po file. What is compiled is not in the repository: ``make run`` and ``make test`` make it.
"""

import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import message_sources
from wangge.base.traditional import traditional

LOCALE = message_sources.SOURCE / "locale"
LANGUAGE = "zh_Hans"
DERIVED = "zh_Hant"
CATALOGUE = LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po"
# No dates and no line numbers: a catalogue changes when its words do.
HEADER = """# The words of the product in Chinese; the English ids are in the code. `make messages` renews it.
msgid ""
msgstr ""
"Project-Id-Version: wangge\\n"
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def read(path: Path) -> Catalog:
    """A catalogue from its file; an empty one when there is none."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def entries(catalogue: Catalog) -> Iterator[Entry]:
    """The entries of a catalogue without its header."""
    return (entry for entry in catalogue if entry.id)


def key_of(entry: Entry) -> tuple[str, str]:
    """Context and English words (the singular)."""
    words = entry.id if isinstance(entry.id, str) else entry.id[0]
    return (entry.context or "", words)


def said(entry: Entry) -> str:
    """The translation. Chinese has no plural, so a tuple holds one."""
    text = entry.string if isinstance(entry.string, str) else (entry.string or ("",))[0]
    return text or ""


def gather(old: Catalog) -> Catalog:
    """All words of the product in the order of the code, with the translations that an older catalogue has."""
    known = {key_of(entry): entry for entry in entries(old)}
    new = Catalog(locale=LANGUAGE)
    for message in message_sources.messages():
        entry = known.get(message.key)
        text = said(entry) if entry else ""
        flags = entry.flags & {"fuzzy"} if entry else set()
        words = (message.words, message.plural) if message.plural else message.words
        added = new.add(words, None, [(message.file, 0)], flags, context=message.context or None)
        added.string = (text,) if isinstance(added.id, tuple) else text
    return new


def written(catalogue: Catalog) -> str:
    """A catalogue as the text of its file."""
    body = io.BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, width=110)
    return HEADER + body.getvalue().decode()


def extract() -> int:
    """Bring the file up to date with the code."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    new = gather(read(CATALOGUE))
    CATALOGUE.write_text(written(new), encoding="utf-8")
    print(f"{len(new)} messages, {sum(not said(entry) for entry in entries(new))} without a translation")
    return 0


def take(path: str) -> int:
    """Fill entries that have no translation from another catalogue."""
    found = {key_of(entry): said(entry) for entry in entries(read(Path(path)))}
    catalogue = gather(read(CATALOGUE))
    filled = [entry for entry in entries(catalogue) if not said(entry) and found.get(key_of(entry))]
    for entry in filled:
        text = found[key_of(entry)]
        entry.string = (text,) if isinstance(entry.id, tuple) else text
    CATALOGUE.write_text(written(catalogue), encoding="utf-8")
    print(f"{len(filled)} translations taken")
    return 0


def faults(entry: Entry) -> Iterator[str]:
    """What is wrong with one entry. The plural tells which placeholders the one Chinese form must have."""
    words = entry.id if isinstance(entry.id, str) else entry.id[-1]
    if not said(entry):
        yield "not translated"
    elif entry.fuzzy:
        yield "marked fuzzy"
    elif set(PLACEHOLDER.findall(words)) != set(PLACEHOLDER.findall(said(entry))):
        yield f"other placeholders than in {said(entry)!r}"


def check() -> int:
    """Say everything that keeps a face from being complete in Chinese; 1 when there is anything."""
    old = read(CATALOGUE)
    new = gather(old)
    found = [f"{' '.join(key_of(entry)).strip()!r}: {fault}" for entry in entries(new) for fault in faults(entry)]
    if written(new) != (CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.exists() else ""):
        found.append("The catalogue is not up to date with the code: make messages")
    print(*found, f"{len(new)} messages, {len(found)} faults", sep="\n")
    return 1 if found else 0


def derived(catalogue: Catalog) -> Catalog:
    """The same words in traditional characters."""
    other = Catalog(locale=DERIVED, charset="utf-8")
    for entry in entries(catalogue):
        text = traditional(said(entry))
        other.add(entry.id, (text,) if isinstance(entry.id, tuple) else text, context=entry.context)
    return other


def compile_all() -> int:
    """Make the files that the program reads: simplified Chinese as written, traditional Chinese derived."""
    catalogue = read(CATALOGUE)
    for language, words in ((LANGUAGE, catalogue), (DERIVED, derived(catalogue))):
        made = LOCALE / language / "LC_MESSAGES" / "django.mo"
        made.parent.mkdir(parents=True, exist_ok=True)
        with made.open("wb") as file:
            write_mo(file, words)
    return 0


def side() -> int:
    """Every message as it is written and as it is derived, for somebody who reads both."""
    for entry in entries(read(CATALOGUE)):
        print(said(entry), traditional(said(entry)), sep="\n", end="\n\n")
    return 0


COMMANDS: dict[str, Callable[..., int]] = {
    "extract": extract,
    "compile": compile_all,
    "check": check,
    "take": take,
    "side": side,
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](*arguments[1:])
    except message_sources.Unreadable as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
