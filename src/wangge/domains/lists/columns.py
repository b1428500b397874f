"""Columns of lists handed down: those of people, and what offices add: batch, sender, deadline, marks, the answer."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from wangge.base.receipts.forms import plain
from wangge.domains.people import columns as people

COLUMNS = people.COLUMNS | {
    field: tuple(words.split())
    for field, words in {
        "batch": "批次 批号 下发批次 推送批次 名单批次 batch",
        "mark": "标记 标注 备注 说明 备注说明 人员状态 mark remark remarks",
    }.items()
}
FORM = replace(people.FORM, kind="lists.list", columns=COLUMNS, most_bytes=20 * 1024 * 1024, most_rows=20_000)
#: Columns that a sender leaves empty for the answer. They are filled where they are; what is missing is added.
ANSWERS: dict[str, frozenset[str]] = {
    field: frozenset(map(plain, words.split()))
    for field, words in {
        "result": "核查结果 核实结果 排查结果 处理结果 反馈结果 落实结果 结果 核查情况 核实情况 落实情况 排查情况",
        "checker": "核查人 核实人 排查人 反馈人 核查人员 核实人员 排查人员 办理人 checker checked_by",
        "checked_at": "核查时间 核实时间 排查时间 反馈时间 落实时间 办理时间 checked_at",
        "note": "核查说明 反馈说明 情况说明 反馈备注 核查备注 note",
    }.items()
}
#: Words by which an office marks a row that is no longer to be worked on, or first of all.
STRUCK = ("作废", "删除", "撤销", "撤回", "剔除", "已排除", "不再核查", "无需核查", "void", "struck")
URGENT = ("急", "重点", "优先", "★", "urgent")
#: What begins a row about nobody.
NOBODY = (
    "合计",
    "总计",
    "小计",
    "共计",
    "以下空白",
    "以上",
    "填表",
    "制表",
    "审核",
    "联系人",
    "备注",
    "说明",
    "注：",
    "注:",
    "total",
)


def marked(text: str) -> str:
    """ "struck", "urgent" or '' by what a mark says."""
    plain_ = unicodedata.normalize("NFKC", text).casefold()
    if any(word in plain_ for word in STRUCK):
        return "struck"
    return "urgent" if any(word in plain_ for word in URGENT) and "不急" not in plain_ else ""


def about_nobody(texts: Sequence[str]) -> bool:
    """Whether a row is a remark: its first text is a total, a signature line, a word for 'nothing below'."""
    first = next((text.strip() for text in texts if text.strip()), "")
    return first.casefold().startswith(NOBODY)
