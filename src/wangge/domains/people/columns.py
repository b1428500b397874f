"""Columns of people's tables as offices write them: by heading, else by what stands below it."""

import re
import unicodedata
from collections.abc import Mapping

from wangge.base.receipts.forms import DATED, Form

MANY_BYTES, MANY_ROWS = 64 * 1024 * 1024, 200_000
#: Headings by field, as people write them.
COLUMNS: dict[str, tuple[str, ...]] = {
    field: tuple(words.split())
    for field, words in {
        "name": "姓名 居民姓名 人员姓名 成员姓名 名字 name full_name",
        "document": (
            "身份证号 身份证号码 身份证 公民身份号码 证件号码 证件号 证件编号 公民身份证号 id_number id_card "
            "document id_no"
        ),
        "document_kind": "证件类型 证件种类 证件名称 证件类别 document_kind document_type id_type",
        "phone": (
            "联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 联系人电话 本人电话 移动电话 phone mobile "
            "telephone tel"
        ),
        "phone_2": "备用电话 其他电话 其它电话 固定电话 座机 电话2 联系电话2 phone_2 other_phone",
        "sex": "性别 sex gender",
        "birth_date": "出生日期 出生年月日 出生年月 生日 出生时间 birth_date date_of_birth birthday dob",
        "relation": "与户主关系 户主关系 关系 家庭关系 与户主的关系 是否户主 relation relationship",
        "address": (
            "住址 地址 现住址 居住地址 家庭住址 家庭地址 详细地址 现居住地址 现居住地 居住地 常住地址 "
            "实际居住地址 address home_address"
        ),
        "community": "社区 所属社区 社区名称 所在社区 村 村委会 村社区 行政村 community village",
        "compound": "小区 小区名称 院落 宿舍 楼院 自然村 所在小区 小区名 小区院落 compound estate",
        "building": "楼栋 楼号 栋 幢 楼 楼栋号 栋号 幢号 楼幢 楼座 building",
        "unit": "单元 单元号 单元门 unit",
        "room": "房号 门牌号 室 房间号 户号 门牌 室号 门号 房间 房屋号 户室 院号 room door flat",
        "bed": "床位 床号 床位号 bed",
    }.items()
}
_OTHERS = (
    "配偶 监护人 父亲 母亲 紧急联系人 房东 单位 户主姓名 户主身份证 户主电话 户主联系 户主证件 日期 时间 有效期 签发 "
    "登记 填表 采集 备注 序号"
)
_RELATIONS = (
    "户主 本人 配偶 妻 妻子 夫 丈夫 子 儿子 女 女儿 长子 次子 三子 长女 次女 三女 独生子 独生女 父 父亲 母 母亲 孙子 "
    "孙女 孙 外孙 外孙女 祖父 祖母 外祖父 外祖母 爷爷 奶奶 儿媳 女婿 岳父 岳母 公公 婆婆 兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 "
    "租户 其他 保姆 非亲属"
)
RELATIONS = frozenset(_RELATIONS.split())
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹"
    "关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闫解强柴华车冉房边"
)
KINDS = ("身份证", "护照", "通行证", "回乡证", "台胞证", "居住证", "户口")
_CARD = re.compile(r"\d{17}[\dXx]|\d{15}")
_PHONE = re.compile(r"(?:(?:\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?:[/、,;，； ]+.*)?")
_DAY = re.compile(r"(?:19|20)\d{2}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{4})")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,8}[·•][\u3400-\u9fff·•]{1,12}")
_ADDRESS = re.compile(r".+(?:号楼|栋|幢|单元|\d室|号院|宿舍|小区|路\d+号|街\d+号|\d+-\d+-\d+).*")
_COMMUNITY = re.compile(r"[\u4e00-\u9fff]{2,12}(?:社区|居委会|村委会|居民委员会|村民委员会)")
_BUILDING = re.compile(r"[甲乙丙丁东西南北]?\d{1,3}(?:号楼|栋|幢|号栋|#楼?|座)")
_UNIT = re.compile(r"(?:\d{1,2}|[一二三四五六七八九东西中])(?:单元|门洞)")


def uniform(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def is_card(text: str) -> bool:
    """15 or 18 characters of an ID number, right or mistyped."""
    return _CARD.fullmatch(uniform(text)) is not None


def is_phone(text: str) -> bool:
    return _PHONE.fullmatch(uniform(text).replace(" ", "") if len(text) < 20 else uniform(text)) is not None


def is_day(text: str) -> bool:
    return text.startswith(DATED) or _DAY.fullmatch(uniform(text)) is not None


def is_name(text: str) -> bool:
    return text not in RELATIONS and text[:1] in SURNAMES and _NAME.fullmatch(text) is not None


def is_address(text: str) -> bool:
    return len(text) > 5 and _ADDRESS.fullmatch(uniform(text)) is not None


FORM = Form(
    kind="people.people", columns=COLUMNS, needed=("name",),
    looks={
        "document": is_card,
        "phone": is_phone,
        "sex": lambda text: text in ("男", "女", "男性", "女性"),
        "relation": lambda text: text in RELATIONS,
        "document_kind": lambda text: any(kind in text for kind in KINDS),
        "birth_date": is_day,
        "building": lambda text: _BUILDING.fullmatch(uniform(text)) is not None,
        "unit": lambda text: _UNIT.fullmatch(uniform(text)) is not None,
        "community": lambda text: _COMMUNITY.fullmatch(text) is not None,
        "address": is_address,
        "name": is_name,
    },
    numbers=frozenset({"document", "phone", "phone_2"}), dates=frozenset({"birth_date"}), others=tuple(_OTHERS.split()),
    most_bytes=MANY_BYTES, most_rows=MANY_ROWS,
)  # fmt: skip


def same_person(cells: Mapping[str, str]) -> str:
    """What two rows about one person have in common: the document, else name, birth date and address together."""
    if document := cells.get("document", "").upper():
        return document
    if not cells.get("name"):
        return ""
    home = [cells.get(field, "") for field in ("address", "community", "compound", "building", "unit", "room", "bed")]
    return "|".join([cells["name"], cells.get("birth_date", ""), *home])


def for_inputs(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells as the street's inputs read them: the second column of telephones beside the first."""
    joined = dict(cells)
    other = joined.pop("phone_2", "")
    if other:
        joined["phone"] = "、".join(filter(None, [joined.get("phone", ""), other]))
    return joined
