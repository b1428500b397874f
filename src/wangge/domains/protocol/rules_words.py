"""Words in both languages, and how well a number of a file is known: what every part of a protocol is made of."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the two languages a protocol file carries, and in traditional characters as its reader derived them."""

    zh: str
    en: str
    hant: str = ""

    def __str__(self) -> str:
        return self.zh

    def into(self, language: str) -> str:
        """The words for a language code such as 'zh-hans', 'zh-hant' or 'en'."""
        if language.startswith("en"):
            return self.en
        return self.hant or self.zh if language == "zh-hant" else self.zh


class Confidence(StrEnum):
    """How well a number is known: two sources or the official text; one source; our own setting or a weak source."""

    HIGH = "H"
    MIDDLE = "M"
    LOW = "L"
