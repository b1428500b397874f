"""What is typed about medicine, money and cards. The only parser for the web, the phone and flows."""

import io
import unicodedata
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from wangge.base.choices import member
from wangge.base.problems import Problem, Problems
from wangge.domains.medicine.rules import Call, Received
from wangge.domains.people.rules import normal_phone

MOST = {"name": 80, "dose": 80, "contact": 40, "note": 200, "receipt": 40, "what": 120, "count": 40, "taker": 40,
        "why": 200, "doctor": 80, "where": 60}  # fmt: skip
MOST_LEFT, MOST_A_DAY = Decimal(10000), Decimal(500)
PHOTO_BYTES = 12 << 20  # a phone's camera makes 3 to 8 MB
PHOTO_WIDE, PHOTO_PIXELS = 2000, 60_000_000
MOST_FEN = 2_000_000  # 20,000 yuan: more is a slip of the finger


@dataclass(frozen=True, slots=True)
class NeedInput:
    """``left`` and ``per_day`` in tablets or whatever is counted; ``said``: what is sealed, only what was given."""

    left: Decimal
    per_day: Decimal
    said: Mapping[str, str]


def text(typed: Mapping[str, Any], name: str) -> str:
    """A free text in one line, as long as it may be, as text and never as code."""
    plain = unicodedata.normalize("NFKC", str(typed.get(name) or "")[: 4 * MOST[name]]).replace("\0", " ")
    return " ".join(plain.split())[: MOST[name]]


def read_need(typed: Mapping[str, Any], *, photo: bool = False) -> NeedInput:
    """``photo``: there is a photo, so that no name is needed. Raises Problems with every mistake at once."""
    problems: list[Problem] = []
    said = {name: value for name in ("name", "dose", "contact", "note") if (value := text(typed, name))}
    if phone := normal_phone(str(typed.get("phone") or "")[:40]):
        said["phone"] = phone
        if not 5 <= len(phone) <= 15:
            problems.append(Problem("need_phone", field="phone"))
    if "name" not in said and not photo:
        problems.append(Problem("need_name", field="name"))
    left = _amount(typed, "left", "need_left", MOST_LEFT, problems)
    per_day = _amount(typed, "per_day", "need_per_day", MOST_A_DAY, problems)
    if per_day == 0:
        problems.append(Problem("need_no_dose", field="per_day"))
    if problems or left is None or per_day is None:
        raise Problems(problems)
    return NeedInput(left, per_day, said)


def _amount(typed: Mapping[str, Any], name: str, code: str, most: Decimal, problems: list[Problem]) -> Decimal | None:
    written = unicodedata.normalize("NFKC", str(typed.get(name) or "")).strip().replace(",", ".")
    written = {"半": "0.5", "½": "0.5", "1⁄2": "0.5"}.get(written, written)
    try:
        value = Decimal(written).quantize(Decimal("0.01")) if len(written) <= 12 else Decimal(-1)
    except InvalidOperation:
        value = Decimal(-1)
    if value.is_finite() and 0 <= value <= most:
        return value
    problems.append(Problem(code, field=name))
    return None


def read_photo(content: bytes) -> bytes:
    """A picture made smaller, turned upright and without whatever else was in the file, such as the place where it was
    taken; JPEG. Raises Problem."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # only where a photo comes

    if len(content) > PHOTO_BYTES:
        raise Problem("photo_big", field="photo", most=PHOTO_BYTES >> 20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
            if picture.width * picture.height > PHOTO_PIXELS:
                raise Problem("photo_big", field="photo", most=PHOTO_BYTES >> 20)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombWarning) as error:
        raise Problem("photo_unread", field="photo") from error
    upright.thumbnail((PHOTO_WIDE, PHOTO_WIDE))
    made = io.BytesIO()
    upright.save(made, "JPEG", quality=82)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class BuyInput:
    """What was paid and what was given for it, in fen; the receipt's number."""

    price: int
    handed: int
    receipt: str


def read_buy(typed: Mapping[str, Any]) -> BuyInput:
    """Raises Problems."""
    problems: list[Problem] = []
    price = _fen(typed, "price", problems, needed=True)
    handed = _fen(typed, "handed", problems)
    receipt = text(typed, "receipt")
    if price and not receipt:
        problems.append(Problem("buy_receipt", field="receipt"))
    if problems:
        raise Problems(problems)
    return BuyInput(price, handed, receipt)


def _fen(typed: Mapping[str, Any], name: str, problems: list[Problem], *, needed: bool = False) -> int:
    """Yuan as they are written ("12.5", "12.50元") in fen."""
    written = unicodedata.normalize("NFKC", str(typed.get(name) or "")).strip().removesuffix("元").lstrip("¥￥")
    if not written and not needed:
        return 0
    try:
        fen = Decimal(written) * 100 if len(written) <= 12 else Decimal(-1)
    except InvalidOperation:
        fen = Decimal(-1)
    if fen.is_finite() and 0 <= fen <= MOST_FEN and fen == fen.to_integral_value():
        return int(fen)
    problems.append(Problem("money_unread", field=name))
    return 0


@dataclass(frozen=True, slots=True)
class HandInput:
    """What was handed over, how many, who took it, and the change in fen. No photo: a word counts."""

    what: str
    count: str
    received: Received
    taker: str
    returned: int


def read_hand(typed: Mapping[str, Any]) -> HandInput:
    """Raises Problems."""
    problems: list[Problem] = []
    what, count, taker = text(typed, "what"), text(typed, "count"), text(typed, "taker")
    received = member(Received, str(typed.get("received") or ""))
    returned = _fen(typed, "returned", problems)
    if not what:
        problems.append(Problem("hand_what", field="what"))
    if not count:
        problems.append(Problem("medicine_count", field="count"))
    if received is None:
        problems.append(Problem("hand_received", field="received"))
    elif received is not Received.LEFT and not taker:
        problems.append(Problem("hand_taker", field="taker"))
    if problems or received is None:
        raise Problems(problems)
    return HandInput(what, count, received, taker, returned)


def read_place(typed: Mapping[str, Any], known: Mapping[UUID, str]) -> tuple[str, UUID | None]:
    """A pharmacy that is known (by its id), or a hospital in words. Raises Problem."""
    if (venue := read_uuid(typed.get("venue"))) in known and venue:
        return known[venue], venue
    if where := text(typed, "where"):
        return where, None
    raise Problem("medicine_place", field="venue")


def read_why(typed: Mapping[str, Any]) -> str:
    """A reason in words. Raises Problem."""
    if not (why := text(typed, "why")):
        raise Problem("medicine_why", field="why")
    return why


def read_substitute(typed: Mapping[str, Any]) -> tuple[str, str]:
    """Another medicine, and the doctor who said that it may be. Raises Problems."""
    name, doctor = text(typed, "name"), text(typed, "doctor")
    problems = [Problem("substitute_name", field="name")] if not name else []
    if not doctor:
        problems.append(Problem("substitute_doctor", field="doctor"))
    if problems:
        raise Problems(problems)
    return name, doctor


def read_call(typed: Mapping[str, Any]) -> Call:
    """Raises Problem."""
    if (how := member(Call, str(typed.get("how") or ""))) is None:
        raise Problem("call_how", field="how")
    return how


def read_count(typed: Mapping[str, Any]) -> int:
    """Cards that somebody counted. Raises Problem."""
    written = unicodedata.normalize("NFKC", str(typed.get("counted") or "")).strip()
    if not (written.isascii() and written.isdigit() and len(written) <= 5):
        raise Problem("cards_counted", field="counted")
    return int(written)


def read_uuid(value: Any) -> UUID | None:
    """An id that came with a form; None where it was lost."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
