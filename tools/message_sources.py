"""Finds the words of the product that are for people: in Python by its syntax tree, in templates by Django's lexer.

The syntax tree is used because the token-wise extractors miss calls inside f-strings on some Python versions.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "wangge"
MODULE = "django.utils.translation"
# What each argument of a translating function is: c a context, s the words, p their plural.
SHAPES = {"gettext": "s", "ngettext": "sp", "pgettext": "cs", "npgettext": "csp"}
LITERAL = r"""[uU]?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(({LITERAL}(?:\s*,\s*{LITERAL})*)")


class Unreadable(Exception):
    """A call that no catalogue can hold, such as words put together before they are translated."""


@dataclass(frozen=True)
class Message:
    """Words of the product: where they stand, what they mean, and their plural where there is one."""

    file: str
    words: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue knows it by."""
        return (self.context, self.words)


def _shape(function: str) -> str:
    """The shape of a function's arguments; empty when it does not translate."""
    return SHAPES.get(function.removesuffix("_lazy").removesuffix("_noop"), "")


def _message(file: str, shape: str, texts: list[str]) -> Message:
    by_role = dict(zip(shape, texts, strict=True))
    return Message(file, by_role["s"], by_role.get("p", ""), by_role.get("c", ""))


def _names(tree: ast.Module) -> dict[str, str]:
    """The translating functions of a module by the name they have there: ``_`` may be any of them."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == MODULE]
    return {name.asname or name.name: name.name for node in imports for name in node.names if _shape(name.name)}


def _called(node: ast.Call, names: dict[str, str]) -> str:
    """The translating function that a call calls, by its own name: ``_``, ``gettext`` or ``translation.gettext``."""
    if isinstance(node.func, ast.Name):
        return names.get(node.func.id, "")
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.attr if node.func.value.id == "translation" else ""
    return ""


def in_python(file: str, text: str) -> Iterator[Message]:
    """The words of a module, in order. Words that a variable holds are somebody else's literal.

    Raises Unreadable for an f-string: what it gives at run time is in no catalogue.
    """
    tree = ast.parse(text, file)
    names = _names(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        shape = _shape(_called(node, names))
        arguments = node.args[: len(shape)]
        if any(isinstance(argument, ast.JoinedStr) for argument in arguments):
            raise Unreadable(f"{file}:{node.lineno}: an f-string cannot be translated; use %(name)s")
        texts = [item.value for item in arguments if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        if shape and len(texts) == len(shape):
            yield _message(file, shape, texts)


def in_template(file: str, text: str) -> Iterator[Message]:
    """The words of a template, in order: translate, blocktranslate and ``_("…")`` in any tag."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    for function, arguments in TEMPLATE_CALL.findall(templatize(text, origin=file)):
        shape = _shape("gettext" if function == "_" else function)
        texts = [ast.literal_eval(part.lstrip("uU")) for part in re.findall(LITERAL, arguments)]
        yield _message(file, shape, texts[: len(shape)])


def messages(source: Path = SOURCE) -> Iterator[Message]:
    """All the words of the product, file by file."""
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from in_python(str(path.relative_to(source)), path.read_text(encoding="utf-8"))
    for path in sorted((source / "templates").rglob("*.html")) + sorted((source / "templates").rglob("*.txt")):
        yield from in_template(str(path.relative_to(source)), path.read_text(encoding="utf-8"))
