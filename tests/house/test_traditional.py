"""Traditional Chinese is derived whole, and what the derivation had to guess was read by somebody."""

import subprocess
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import opencc
import pytest
import yaml
from django.utils import translation
from tests.house.tree import SOURCE

import messages
from wangge.base import traditional as derivation
from wangge.base.traditional import traditional
from wangge.domains.protocol.queries import all_protocols

#: Where one simplified character stands for several traditional ones, OpenCC chooses by the words around it. Each
#: choice of a less usual form was read in its messages. One that is new (只 as 隻, 面 as 麵) fails: read the message;
#: where the form is right, add the pair here; where it is wrong, add its word to locale/zh_Hant_words.tsv.
READ = set(
    [
        "了瞭",
        "准准",
        "台台",
        "松鬆",
        "复複",
        "复覆",
        "尽儘",
        "志誌",
        "托託",
        "注註",
        "周週",
        "签簽",
        "系係",
        "系繫",
        "钟鐘",
        "并併",
        "制製",
        "舍捨",
    ]
)


@cache
def table() -> dict[str, list[str]]:
    """OpenCC's own characters: each simplified one with all its traditional forms, in the shapes used here."""
    home = Path(opencc.__file__).parent / "clib"
    command = [home / "bin" / "opencc_dict", "-i", home / "share" / "opencc" / "STCharacters.ocd2"]
    listed = subprocess.run(
        [*command, "-o", "/dev/stdout", "-f", "ocd2", "-t", "text"], capture_output=True, text=True, check=True
    ).stdout
    shaped = opencc.OpenCC("t2tw").convert
    rows = (line.split("\t") for line in listed.splitlines() if "\t" in line)
    return {simplified: list(dict.fromkeys(map(shaped, forms.split(" ")))) for simplified, forms in rows}


def simplified_texts() -> Iterator[str]:
    """Everything that is derived: the catalogue and the words of the protocols."""
    yield from (messages.said(entry) for entry in messages.entries(messages.read(messages.CATALOGUE)))
    for path in sorted((SOURCE / "protocols").glob("*.yaml")):
        yield from in_chinese(yaml.safe_load(path.read_text(encoding="utf-8")))


def in_chinese(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if set(node) == {"zh", "en"}:
            yield str(node["zh"])
        for part in node.values():
            yield from in_chinese(part)
    elif isinstance(node, list):
        for part in node:
            yield from in_chinese(part)


def test_the_table_is_opencc_s_own() -> None:
    assert len(table()) > 3000
    assert (table()["门"], table()["只"][:2]) == (["門"], ["只", "隻"])


def test_every_message_has_its_traditional_form_with_its_placeholders() -> None:
    for text in simplified_texts():
        derived = traditional(text)
        assert len(derived) == len(text), (text, derived)
        assert sorted(messages.PLACEHOLDER.findall(derived)) == sorted(messages.PLACEHOLDER.findall(text))
        assert derived.count("<") == text.count("<"), derived


def test_no_character_stays_that_is_simplified_only() -> None:
    known = table()
    left = defaultdict(list)
    for text in simplified_texts():
        derived = traditional(text)
        for char in derived:
            if char in known and char not in known[char]:
                left[char].append(derived)
    assert not left


def test_every_choice_of_a_less_usual_form_was_read() -> None:
    known = table()
    unread = {
        written + form: derived
        for text in simplified_texts()
        for derived in [traditional(text)]
        for written, form in zip(text, derived, strict=True)
        if form != known.get(written, [form])[0]
        and form not in derivation.QUOTES.values()
        and written + form not in READ
    }
    assert unread == {}, "see READ in this file"


def test_no_entry_of_the_reviewed_words_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = list(simplified_texts())
    full = [traditional(text) for text in texts]
    for word in derivation.words():
        others = {one: other for one, other in derivation.words().items() if one != word}
        derivation._reviewed.cache_clear()
        monkeypatch.setattr(derivation, "words", lambda kept=others: kept)
        assert [traditional(text) for text in texts] != full, f"{word} changes nothing"
        monkeypatch.undo()
    derivation._reviewed.cache_clear()


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("不会有只写了一半的数据。", "不會有只寫了一半的數據。"),
        ("一起划过来，请托邻居转告", "一起劃過來，請託鄰居轉告"),
        ("台湾居民来往大陆通行证", "台灣居民來往大陸通行證"),
        ("卡口、网格、小区、单元、核酸、隔离、联系", "卡口、網格、小區、單元、核酸、隔離、聯繫"),
        ("乾隆年间晒干了，干部在里面，后面只有一只", "乾隆年間曬乾了，幹部在裡面，後面只有一隻"),
        ("“%(name)s”有{count}扇门", "「%(name)s」有{count}扇門"),
    ],
)
def test_words_that_are_easily_written_wrongly(simplified: str, expected: str) -> None:
    assert traditional(simplified) == expected


def test_the_product_speaks_it() -> None:
    with translation.override("zh-hant"):
        assert translation.gettext("Sign in") == "登錄"
        assert translation.ngettext("%(n)d case.", "%(n)d cases.", 2)
        assert translation.get_language() == "zh-hant"


def test_a_protocol_speaks_it_from_the_moment_it_is_read() -> None:
    for protocol in all_protocols():
        assert protocol.label.into("zh-hant") == traditional(protocol.label.zh)
    covid = next(one for one in all_protocols() if one.key == "covid19-v8")
    assert covid.roles["close_contact"].label.into("zh-hant") == "密切接觸者"
    assert covid.roles["close_contact"].label.into("zh-hans") == "密切接触者"
