"""A file of venues: what its columns are, and its rows taken many at once."""

from collections.abc import Mapping, Sequence

from wangge.base.access.by import By
from wangge.base.problems import Problem, Problems
from wangge.base.receipts.actions import Became
from wangge.base.receipts.bulk import TakeMany
from wangge.base.receipts.forms import Form
from wangge.domains.people.columns import MANY_BYTES, MANY_ROWS, is_address, is_name, is_phone, uniform
from wangge.domains.venues.inputs import KINDS, VenueRow, read_venue_row
from wangge.domains.venues.rows import take_venues

_COLUMNS = {
    "name": "场所名称 单位名称 店名 商户名称 名称 门店名称 企业名称 商铺名称 商家名称 name venue",
    "kind": "场所类型 类型 类别 场所类别 行业 行业类别 经营类型 业态 kind type category",
    "number": "统一社会信用代码 社会信用代码 信用代码 营业执照号 执照号 注册号 编号 number licence license code",
    "community": "社区 所属社区 所在社区 社区名称 村 村社区 community",
    "address": "地址 场所地址 经营地址 详细地址 店铺地址 位置 注册地址 address",
    "contact": "联系人 负责人 经营者 店主 法人 法定代表人 负责人姓名 联系人姓名 contact keeper owner",
    "phone": "联系电话 电话 手机 手机号 手机号码 联系方式 负责人电话 联系人电话 phone mobile tel",
}
_WORDS = tuple(word for _, words in KINDS for word in words.split())


def _is_number(text: str) -> bool:
    plain = uniform(text)
    return len(plain) == 18 and plain.isascii() and plain.isalnum() and plain[:2].isalnum() and plain[2:8].isdigit()


FORM = Form(
    kind="venues.venues",
    columns={field: tuple(words.split()) for field, words in _COLUMNS.items()},
    needed=("name",),
    looks={
        "number": _is_number,
        "phone": is_phone,
        "address": is_address,
        "contact": is_name,
        "name": lambda text: len(text) > 3 and text.endswith(_WORDS),
        "kind": lambda text: text in _WORDS,
    },
    numbers=frozenset({"number", "phone"}), others=("日期", "时间", "备注", "序号", "面积"),
    most_bytes=MANY_BYTES, most_rows=MANY_ROWS,
)  # fmt: skip


def same_venue(cells: Mapping[str, str]) -> str:
    """What two rows about one venue have in common: the number, else the name with the community."""
    if number := cells.get("number", "").upper():
        return number
    return "|".join([cells.get("name", ""), cells.get("community", "") or cells.get("address", "")])


def taking(*, by: By, make_doors: bool, dry: bool) -> TakeMany:
    """The verb for rows of a file. No door is made for a venue: it lies in its community, or nearer where known."""

    def take_many(rows: Sequence[Mapping[str, str]]) -> list[Became | Problem]:
        read = [_read(cells) for cells in rows]
        good = [one for one in read if isinstance(one, VenueRow)]
        became = iter(take_venues(rows=good, by=by, dry=dry))
        return [next(became) if isinstance(one, VenueRow) else one for one in read]

    return take_many


def _read(cells: Mapping[str, str]) -> VenueRow | Problem:
    try:
        return read_venue_row(cells)
    except Problems as error:
        return error.problems[0]
