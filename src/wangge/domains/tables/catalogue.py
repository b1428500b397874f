"""Every source a column can have beside the questions of the bank: how offices head it, and how it is kept."""

from dataclasses import dataclass

from wangge.base.privacy import Level
from wangge.domains.tables.rules import Subject

P, H, G = Subject.PERSON, Subject.HOUSEHOLD, Subject.GRID


@dataclass(frozen=True, slots=True)
class Source:
    """``made_of`` names the source it is worked out from: '' stands in the register itself."""

    key: str
    headings: tuple[str, ...]
    level: Level = Level.OPEN
    subjects: frozenset[Subject] = frozenset({P, H})
    made_of: str = ""


def _of(key: str, words: str, level: Level = Level.OPEN, subjects: str = "PH", made_of: str = "") -> Source:
    named = {"P": P, "H": H, "G": G}
    return Source(key, tuple(words.split()), level, frozenset(named[one] for one in subjects), made_of)


_ALL = (
    _of("row.number", "序号 编号 行号", subjects="PHG", made_of="row.number"),
    _of("place.district", "区县 县区 所属区 区 县市区 区（县）", subjects="PHG"),
    _of("place.township", "街道 乡镇 镇街 街道乡镇 所属街道 街道（乡镇） 乡镇街道", subjects="PHG"),
    _of("place.community", "社区 村社区 社区村 所属社区 社区（村） 村（社区） 居委会 行政村", subjects="PHG"),
    _of("place.grid", "网格 所属网格 网格名称 网格编号 网格号", subjects="PHG"),
    _of("place.compound", "小区 小区名称 院落 宿舍 小区院落 自然村"),
    _of("place.building", "楼号 楼栋 楼栋号 栋 幢 楼"),
    _of("place.unit", "单元 单元号"),
    _of("place.door", "房号 门牌号 房间号 室 户号 门牌"),
    _of(
        "place.address", "住址 地址 现住址 家庭住址 详细地址 居住地址 现居住地 现住地址 详细住址 居住地", Level.PERSONAL
    ),
    _of("post.holder", "网格员 责任人 包联人 网格员姓名 包保人 责任网格员", subjects="PHG"),
    _of("person.name", "姓名 居民姓名 人员姓名 名字", Level.PERSONAL, "P"),
    _of("person.sex", "性别", Level.PERSONAL, "P"),
    _of("person.birth_date", "出生日期 出生年月 生日 出生年月日", Level.PERSONAL, "P"),
    _of("person.age", "年龄 周岁", Level.PERSONAL, "P", "person.birth_date"),
    _of("person.document", "身份证号 身份证号码 证件号码 身份证 证件号 公民身份号码", Level.SENSITIVE, "P"),
    _of("person.document_type", "证件类型 证件种类", Level.PERSONAL, "P"),
    _of("person.phone", "联系电话 电话 手机号 手机号码 联系方式 手机 本人电话", Level.PERSONAL, "P"),
    _of("person.relation", "与户主关系 户主关系 关系", Level.PERSONAL, "P"),
    _of("person.living_with", "同住人数 共同居住人数 同住人员数", Level.PERSONAL, "P", "person.name"),
    _of("household.people", "人口数 家庭人口 户内人数 人数 家庭人数 常住人口", Level.PERSONAL, "H", "person.name"),
    _of("household.head", "户主 户主姓名", Level.PERSONAL, "H", "person.relation"),
    _of("household.phone", "户主电话 联系电话 电话 联系方式", Level.PERSONAL, "H", "person.phone"),
    _of("household.names", "家庭成员 成员姓名 住户姓名", Level.PERSONAL, "H", "person.name"),
    _of("household.old", "60岁以上人数 老人数 老年人数", Level.PERSONAL, "H", "person.birth_date"),
    _of("household.small", "14岁以下人数 儿童数 未成年人数", Level.PERSONAL, "H", "person.birth_date"),
    _of("order.role", "人员类别 隔离类别 管控类别 管控原因", Level.SENSITIVE, "P"),
    _of("order.starts", "隔离开始日期 管控开始时间 隔离起始日期 开始隔离时间", Level.SENSITIVE, "P"),
    _of("order.ends", "解除日期 隔离结束日期 预计解除时间 管控结束时间 解除隔离日期", Level.SENSITIVE, "P"),
    _of("order.day", "隔离第几天 隔离天数", Level.SENSITIVE, "P", "order.starts"),
    _of("order.document", "文书编号 决定书文号 文号", Level.SENSITIVE, "P"),
    _of("attempt.outcome", "最近一次结果 联系结果 入户结果 排查结果 走访结果"),
    _of("attempt.at", "最近联系时间 入户时间 排查时间 走访时间"),
    _of("attempt.channel", "联系方式类别 联系途径 排查方式"),
    _of("attempt.count", "联系次数 入户次数 走访次数", made_of="attempt.at"),
    _of("asked.state", "摸排状态 排查状态 报告状态"),
    _of("count.doors", "总户数 应排查户数 户数", subjects="G"),
    _of("count.people", "总人数 应排查人数 人口数", subjects="G"),
)
SOURCES = {one.key: one for one in _ALL}
#: Sources a condition can ask, and of which kind of row.
FILTERS = {
    "person.age": "P", "person.sex": "P", "person.document": "P", "person.phone": "P", "person.birth_date": "P",
    "person.relation": "P", "household.people": "PH", "order.role": "P", "asked.state": "PH", "attempt.outcome": "PH",
}  # fmt: skip
