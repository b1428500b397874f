"""Traditional Chinese from simplified: OpenCC by phrase, and a table for what it writes wrongly here.

``s2tw`` and not ``s2t`` (whose 爲, 牀, 覈 are in no textbook) or ``s2hk`` (啓, 閲): the forms of zh-Hant that most
readers and every font know. Characters only: 文件, 网络 and the names of authorities stay the mainland's words, because
people hold the papers in their hands and compare. Names of people and places never come here.
"""

import re
from functools import cache
from pathlib import Path

import opencc

#: One entry a line: simplified, traditional, why; separated by tabs.
WORDS = Path(__file__).resolve().parent.parent / "locale" / "zh_Hant_words.tsv"
QUOTES = str.maketrans("“”‘’", "「」『』")


@cache
def words() -> dict[str, str]:
    """The reviewed words, by their simplified form."""
    lines = [line.split("\t") for line in WORDS.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    return {simplified: traditional for simplified, traditional, _why in lines}


@cache
def _reviewed() -> re.Pattern[str]:
    longest = sorted(words(), key=len, reverse=True)
    return re.compile("(" + "|".join(re.escape(word) for word in longest) + ")")


@cache
def _converter() -> opencc.OpenCC:
    """Its tables take a twentieth of a second to read: once, and only where they are asked for."""
    return opencc.OpenCC("s2tw")


def traditional(text: str) -> str:
    """The text in traditional characters. Placeholders and other scripts stay as they are."""
    known, converter = words(), _converter()
    parts = [known.get(part) or converter.convert(part) for part in _reviewed().split(text) if part]
    return "".join(parts).translate(QUOTES)
