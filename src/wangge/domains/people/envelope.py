"""What of a person is sealed and what is found through a blind index: said once, for writing, search and new keys.

The envelope of a row holds {"document_type", "document", "phone", "phones"}: ``phone`` is the number to call first,
``phones`` the others (absent when there are none). Every blind index can be worked out again from the row's name,
birth date and envelope, which is how a new index key is brought in.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from wangge.base import sealing
from wangge.domains.people.rules import normal_name

Blind = Callable[[str, str], str]  # kind and value to index: ``sealing.blind``, or a Sealer's for many rows
TABLE = "wangge_person"  # what envelopes are bound to, with the row's uuid
SEALED = ("sealed",)  # columns that hold an envelope
KINDS = ("document", "phone", "name_birth")  # of blind indexes
BLIND = ("document_index", "phone_index", "other_phone_index", "name_birth_index")  # columns of blind indexes


def content(*, document_type: str, document: str, phones: tuple[str, ...]) -> dict[str, Any]:
    """What goes into the envelope."""
    first, *others = phones or ("",)
    sealed: dict[str, Any] = {"document_type": document_type, "document": document, "phone": first}
    if others:
        sealed["phones"] = others
    return sealed


def card_content(number: str, phone: str) -> str:
    """``content`` of an ID card and at most one telephone as JSON: digits and a letter need no escaping."""
    return f'{{"document_type":"id_card","document":"{number}","phone":"{phone}"}}'


def phones_in(sealed: Mapping[str, Any]) -> tuple[str, ...]:
    """All numbers of an envelope, the one to call first before the others."""
    first = sealed.get("phone", "")
    return (first, *sealed.get("phones", ())) if first else ()


def blind_indexes(
    name: str, birth_date: date | None, sealed: Mapping[str, Any], blind: Blind = sealing.blind
) -> dict[str, str]:
    """The value of every column of BLIND. People are found by their first two numbers."""
    phones = phones_in(sealed)
    return {
        "document_index": document_index(sealed.get("document", ""), blind),
        "phone_index": phone_index(phones[0] if phones else "", blind),
        "other_phone_index": phone_index(phones[1] if len(phones) > 1 else "", blind),
        "name_birth_index": name_birth_index(name, birth_date, blind),
    }


def document_index(number: str, blind: Blind = sealing.blind) -> str:
    """The blind index of a normalised document; '' for none."""
    return blind("document", number)


def phone_index(number: str, blind: Blind = sealing.blind) -> str:
    """The blind index of a normalised phone number; '' for none."""
    return blind("phone", number)


def name_birth_index(name: str, birth_date: date | None, blind: Blind = sealing.blind) -> str:
    """The blind index of a name with a birth date, however the name was written; '' without a birth date."""
    return blind("name_birth", name_birth(normal_name(name), birth_date.isoformat())) if birth_date else ""


def name_birth(plain_name: str, born: str) -> str:
    """What the index of a name with a birth date is made of."""
    return f"{plain_name}:{born}"
