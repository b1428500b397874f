"""A test result as a desk or a laboratory types it. The only parser for form and file rows."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from wangge.base import clock
from wangge.base.problems import Problem, Problems
from wangge.domains.people.rules import looks_like_id_card, normal_document, read_id_card
from wangge.domains.testing.rules import Purpose, Value, times_refusal

T = TypeVar("T", bound=StrEnum)

#: Column headings as laboratories write them, by field.
COLUMNS: dict[str, tuple[str, ...]] = {
    "document": ("证件号码", "身份证号", "身份证号码", "证件号", "document"),
    "laboratory": ("检测机构", "实验室", "laboratory"),
    "specimen_no": ("样本编号", "标本编号", "条码", "specimen_no"),
    "purpose": ("检测类型", "类型", "purpose"),
    "value": ("检测结果", "结果", "value"),
    "symptoms": ("有无症状", "症状", "symptoms"),
    "collected_at": ("采样时间", "采集时间", "collected_at"),
    "reported_at": ("报告时间", "检测时间", "reported_at"),
}
NEEDED = ("document", "specimen_no", "purpose", "value", "collected_at", "reported_at")
PURPOSES = {"初筛": Purpose.SCREEN, "筛查": Purpose.SCREEN, "复核": Purpose.RETEST, "复检": Purpose.RETEST,
            "常规": Purpose.ROUTINE, "监测": Purpose.ROUTINE}  # fmt: skip
VALUES = {"阳性": Value.POSITIVE, "+": Value.POSITIVE, "阳": Value.POSITIVE, "阴性": Value.NEGATIVE,
          "-": Value.NEGATIVE, "阴": Value.NEGATIVE, "无效": Value.INVALID, "待复": Value.INVALID}  # fmt: skip
SYMPTOMS = {"有": True, "是": True, "yes": True, "true": True, "无": False, "否": False, "no": False, "false": False}
ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d{2}")  # 1.40106E+17: what a spreadsheet makes of 18 digits
NOT = "非未不"  # 非阳性 and 未检出阳性 are not positive: somebody has to read them
FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
         "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y.%m.%d %H:%M")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultInput:
    """A checked result; instants are aware. The document is normalised, not yet found."""

    document: str
    laboratory: str
    specimen_no: str
    purpose: Purpose
    value: Value
    symptoms: bool | None
    collected_at: datetime
    reported_at: datetime


def read_result(typed: Mapping[str, str]) -> ResultInput:
    """A ResultInput from typed text by field name. Raises Problems with every mistake at once."""
    problems = [Problem("missing", field=name) for name in NEEDED if not typed.get(name, "").strip()]
    document = normal_document(typed.get("document", ""))
    if ROUNDED.fullmatch(typed.get("document", "").strip()):
        problems.append(Problem("document_rounded", field="document"))
    elif looks_like_id_card(document) and read_id_card(document) is None:
        problems.append(Problem("id_card_wrong", field="document"))
    purpose = _word(typed, "purpose", PURPOSES, Purpose, problems)
    value = _word(typed, "value", VALUES, Value, problems)
    collected = _instant(typed, "collected_at", problems)
    reported = _instant(typed, "reported_at", problems)
    if collected and reported and (refusal := times_refusal(collected, reported, clock.now())):
        problems.append(Problem(refusal.code, field=refusal.field))
    if problems or purpose is None or value is None or collected is None or reported is None:
        raise Problems(problems)
    return ResultInput(
        document, (_plain(typed.get("laboratory", "")) or "-")[:80], _plain(typed["specimen_no"])[:60], purpose, value,
        SYMPTOMS.get(_plain(typed.get("symptoms", "")).lower()), collected, reported,
    )  # fmt: skip


def read_id(typed: Mapping[str, str]) -> UUID | None:
    """The id that the sender gave the result, where there is one: sent again, it is the same result."""
    text = typed.get("uuid", "").strip()
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Problem("id_unreadable", field="id") from error


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _word(
    typed: Mapping[str, str], field: str, words: Mapping[str, T], kind: type[T], problems: list[Problem]
) -> T | None:
    """A word of either language: '初筛', '初筛样本' or 'screen'. A text that could mean two is refused."""
    text = _plain(typed.get(field, "")).lower()
    if text in [member.value for member in kind]:
        return kind(text)
    meant = {words[text]} if text in words else {words[form] for form in words if len(form) > 1 and form in text}
    found = meant.pop() if len(meant) == 1 and not any(no in text for no in NOT) else None
    if text and found is None:
        problems.append(Problem(f"{field}_unknown", field=field, text=text[:20]))
    return found


def _instant(typed: Mapping[str, str], field: str, problems: list[Problem]) -> datetime | None:
    """A local time as people write it, made an aware instant."""
    text = " ".join(_plain(typed.get(field, "")).split())
    for form in FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=clock.LOCAL)
        except ValueError:
            continue
    if text:
        problems.append(Problem("time_unreadable", field=field, text=text[:30]))
    return None
