"""The catalogue holds every word of the product, and nothing that would break a page in Chinese."""

from pathlib import Path
from textwrap import dedent

import pytest
from babel.messages.catalog import Catalog

import message_sources
import messages
from message_sources import Message, Unreadable, in_python, in_template


def words(text: str) -> list[tuple[str, str, str]]:
    return [(found.context, found.words, found.plural) for found in in_python("a.py", dedent(text))]


def test_python_is_read_by_what_was_imported_and_inside_f_strings_too() -> None:
    found = words("""
        from django.utils import translation
        from django.utils.translation import gettext, gettext_lazy as _, ngettext, pgettext_lazy as p
        TITLE = _("Sign in")
        def said(n, name):
            dictionary.gettext("not ours")
            print(f"{gettext('Number')}: {_(name)}", translation.gettext("Back"))
            return ngettext("%(n)d door", "%(n)d doors", n) % {"n": n}, p("order", "in " "force")
    """)
    assert found == [
        ("", "Sign in", ""), ("", "Number", ""), ("", "Back", ""),
        ("", "%(n)d door", "%(n)d doors"), ("order", "in force", ""),
    ]  # fmt: skip


def test_a_name_that_only_looks_like_it_is_not_read() -> None:
    assert words("def _(text): return text\n_('no')") == []


def test_words_put_together_before_translation_are_refused() -> None:
    with pytest.raises(Unreadable, match=r"a\.py:2"):
        words("from django.utils.translation import gettext\ngettext(f'Dear {name}')")


def test_templates_are_read_with_context_plural_and_arguments() -> None:
    text = """{% extends "x.html" %}{% translate "It's late" context "column" as late %}
        {% blocktranslate trimmed count n=doors|length with place=p.name %}
          {{ n }} door of {{ place }}
        {% plural %}
          {{ n }} doors of {{ place }}
        {% endblocktranslate %}
        {% include "y.html" with title=_("Open \\"it\\"") %} gettext('only text') {# translate "no" #}"""
    found = [(one.context, one.words, one.plural) for one in in_template("a.html", text)]
    assert found == [
        ("column", "It's late", ""),
        ("", "%(n)s door of %(place)s", "%(n)s doors of %(place)s"),
        ("", 'Open "it"', ""),
    ]


@pytest.fixture
def product(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Message]:
    """A product of a few words, with a catalogue in a folder of its own."""
    said = [
        Message("a.py", "Back"),
        Message("a.py", "%(n)d door", "%(n)d doors"),
        Message("a.py", "late", "", "column"),
    ]
    monkeypatch.setattr(message_sources, "messages", lambda: iter(said))
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po")
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    return said


def translate(**texts: str) -> None:
    """Write translations into the catalogue as a person would, by the first word of the id."""
    catalogue = messages.read(messages.CATALOGUE)
    for entry in messages.entries(catalogue):
        text = texts.get(messages.key_of(entry)[1].split()[-1], "")
        entry.string = (text,) if isinstance(entry.id, tuple) else text
    messages.CATALOGUE.write_text(messages.written(catalogue), encoding="utf-8")


def test_what_is_complete_passes_and_is_compiled(product: list[Message]) -> None:
    assert messages.extract() == 0
    translate(Back="返回", door="%(n)d 扇门", late="晚")
    assert messages.check() == 0
    assert messages.compile_all() == 0
    assert messages.CATALOGUE.with_suffix(".mo").read_bytes()


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        ({"Back": "返回", "late": "晚"}, "'%(n)d door': not translated"),
        ({"Back": "返回", "door": "门", "late": "晚"}, "other placeholders"),
        ({"Back": "返回 %(n)d", "door": "%(n)d 扇门", "late": "晚"}, "other placeholders"),
    ],
)
def test_what_is_not_complete_is_named(
    product: list[Message], texts: dict[str, str], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.extract()
    translate(**texts)
    assert messages.check() == 1
    assert fault in capsys.readouterr().out


def test_a_doubtful_translation_is_not_one(product: list[Message], capsys: pytest.CaptureFixture[str]) -> None:
    messages.extract()
    translate(Back="返回", door="%(n)d 扇门", late="晚")
    text = messages.CATALOGUE.read_text(encoding="utf-8")
    messages.CATALOGUE.write_text(text.replace('msgid "Back"', '#, fuzzy\nmsgid "Back"'), encoding="utf-8")
    assert messages.check() == 1
    assert "fuzzy" in capsys.readouterr().out


def test_a_change_of_the_words_keeps_the_rest_and_drops_what_is_gone(product: list[Message]) -> None:
    messages.extract()
    translate(Back="返回", door="%(n)d 扇门", late="晚")
    product[2] = Message("b.py", "Forward")
    assert messages.check() == 1
    messages.extract()
    catalogue = messages.read(messages.CATALOGUE)
    assert {messages.key_of(entry): messages.said(entry) for entry in messages.entries(catalogue)} == {
        ("", "Back"): "返回", ("", "%(n)d door"): "%(n)d 扇门", ("", "Forward"): "",
    }  # fmt: skip
    assert not catalogue.obsolete


def test_translations_can_be_taken_from_another_file(product: list[Message], tmp_path: Path) -> None:
    messages.extract()
    other = Catalog(locale="zh_Hans")
    other.add("Back", "返回")
    (tmp_path / "other.po").write_text(messages.written(other), encoding="utf-8")
    assert messages.take(str(tmp_path / "other.po")) == 0
    assert 'msgstr "返回"' in messages.CATALOGUE.read_text(encoding="utf-8")


def test_extracting_twice_changes_nothing(product: list[Message]) -> None:
    messages.extract()
    before = messages.CATALOGUE.read_bytes()
    messages.extract()
    assert messages.CATALOGUE.read_bytes() == before
