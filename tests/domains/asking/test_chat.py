"""What residents write in the group chat, in the forms they write it: doors, answers, and what stays unread."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml

import wangge
from wangge.domains.asking.chat.doors import Places, Trouble, within
from wangge.domains.asking.chat.meaning import meaning, read_words
from wangge.domains.asking.chat.reading import Said, read_chat
from wangge.domains.places.finding import Book, Spot
from wangge.domains.places.rules import Kind

NOW = datetime(2022, 4, 9, 9, 0)  # a Saturday
WORDS = read_words(yaml.safe_load((Path(wangge.__file__).parent / "data/chat_words.yaml").read_text(encoding="utf-8")))


def book() -> Book:
    """水产宿舍 (buildings 1-3) is the worker's; 绿地世纪城 (3-5) of the same community is a neighbour's."""
    made = Book(Spot(1, Kind.COMMUNITY, "并州东街四社区居委会", "a", None))

    def add(kind: Kind, name: str, parent: Spot) -> Spot:
        key = 100 + sum(map(len, made.by_kind.values()))
        aliases = ("水产公司宿舍",) if name == "水产宿舍" else ()
        spot = Spot(key, kind, name, f"{parent.path}{len(parent.inside)}", parent, aliases)
        made.add(spot)
        return spot

    for compound, numbers in (("水产宿舍", (1, 2, 3)), ("绿地世纪城", (3, 4, 5))):
        around = add(Kind.COMPOUND, compound, made.root)
        for building in numbers:
            outer = add(Kind.BUILDING, f"{building}号楼", around)
            for unit in (1, 2):
                inner = add(Kind.UNIT, f"{unit}单元", outer)
                for floor in range(1, 7):
                    for door in (1, 2):
                        add(Kind.HOUSEHOLD, f"{floor}0{door}", inner)
    room = add(Kind.ROOM, "305", add(Kind.SITE, "学生公寓", made.root))
    add(Kind.BED, "1床", room)
    add(Kind.YARD, "12号院", add(Kind.HAMLET, "前李村", made.root))
    return made


WHOLE = book()
MINE = within(WHOLE, lambda spot: spot.label.startswith("水产宿舍") or spot.kind in (Kind.BED, Kind.YARD))
PLACES = Places([MINE], [WHOLE])


def read(text: str, places: Places = PLACES) -> tuple[Said, ...]:
    return read_chat(text, places, WORDS, NOW)


def one(text: str) -> Said:
    (said,) = read(text)
    return said


def answers(said: Said) -> dict[str, str]:
    return {answer.question: answer.value for answer in said.answers if not answer.follows}


FLAT = "水产宿舍 3号楼 2单元 501"


@pytest.mark.parametrize(
    "door",
    [
        "3-2-501", "3－2－501", "３-２-５０１", "3—2—501", "3.2.501", "3/2/501", "3 2 501", "3-2-501室",
        "3号楼2单元501", "3号楼2单元501室", "三号楼二单元501", "三号楼二单元五零一", "3栋2单元501", "3#2-501",
        "3号楼2-501", "3楼2单元501", "3号楼2单元5层501", "3号楼2单元5楼501号", "水产宿舍3-2-501",
        "水产宿舍 3号楼 2单元 501", "水产公司宿舍3-2-501", "我家在3-2-501", "并州东街四社区水产宿舍3-2-501",
        "3号楼2门501", "3号楼-2单元-501",
    ],
)  # fmt: skip
def test_a_door_is_read_however_it_is_written(door: str) -> None:
    said = one(f"{door} 药没了")
    assert (said.door and said.door.label, answers(said), said.ready) == (FLAT, {"medicine": "out"}, True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("药没了", {"medicine": "out"}),
        ("降压药吃完了", {"medicine": "out"}),
        ("胰岛素快没了，急！", {"medicine": "out"}),
        ("老伴的药断了", {"medicine": "out"}),
        ("急需布洛芬", {"medicine": "out"}),
        ("药买不到", {"medicine": "out"}),
        ("没有药了", {"medicine": "out"}),
        ("药还够两天", {"medicine_days": "2"}),
        ("药只够3天了", {"medicine_days": "3"}),
        ("药还能吃一个星期", {"medicine_days": "7"}),
        ("药还够两三天", {"medicine_days": "2"}),
        ("药够", {"medicine": "enough"}),
        ("药买到了，谢谢", {"medicine": "enough"}),
        ("不用买药了", {"medicine": "enough"}),
        ("缺米面", {"food": "none"}),
        ("没菜了", {"food": "none"}),
        ("家里没有吃的了", {"food": "none"}),
        ("菜不够了，药还够", {"food": "none", "medicine": "enough"}),
        ("不缺菜 药没了", {"medicine": "out"}),
        ("米、面、油都没了", {"food": "none"}),
        ("缺米面 鸡蛋 奶粉", {"food": "none", "baby": "none"}),
        ("奶粉 尿不湿 都没了", {"baby": "none"}),
        ("奶粉、尿不湿快用完了", {"baby": "none"}),
        ("孩子发烧38度5", {"fever": "yes"}),
        ("没有发烧", {"fever": "no"}),
        ("不发热", {"fever": "no"}),
        ("变黄码了", {"code_colour": "yellow"}),
        ("我妈变红码了", {"code_colour": "red"}),
        ("转绿码了", {"code_colour": "green"}),
        ("老人腿脚不便下不了楼", {"can_come_down": "no"}),
        ("老人一个人住，需要大米", {"lives_alone": "yes", "food": "none"}),
        ("明天要去透析", {"dialysis": "yes"}),
        ("家里有孕妇", {"pregnant": "yes"}),
        ("停水了没水喝，没水", {"water": "no"}),
        # said, and no answer to any question: it must not become one
        ("菜还没收到", {}),
        ("谢谢社区送来的菜", {}),
        ("我吃了两天药了", {}),
        ("缺米，还有面", {"food": "none"}),
        ("楼上漏水，找谁修", {}),
        ("大家辛苦了", {}),
        ("药在哪买", {}),
        ("有药", {}),
    ],
)
def test_what_it_means(text: str, found: dict[str, str]) -> None:
    assert answers(one(f"3-2-501 {text}")) == found


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("大家好", Trouble.NO_DOOR),
        ("药没了", Trouble.NO_DOOR),
        ("3-2-501药没了吗？", Trouble.QUESTION),
        ("3-2-501 谁家有退烧药", Trouble.QUESTION),
        ("3-2-501 社区有没有药", Trouble.QUESTION),
        ("3-2-501 要不要买菜", Trouble.QUESTION),
        ("@3-2-501 你家药没了", Trouble.MENTION),
        ("4-1-301 没菜了", Trouble.OUTSIDE),
        ("绿地世纪城3-1-301 没菜了", Trouble.OUTSIDE),
        ("金港小区3-1-401 没米了", Trouble.OUTSIDE),
        ("9-9-999 没菜了", Trouble.DOOR_UNKNOWN),
        ("3-2-909 没菜了", Trouble.DOOR_UNKNOWN),
        ("3号楼 药没了", Trouble.DOOR_INCOMPLETE),
        ("3-2 药没了", Trouble.DOOR_INCOMPLETE),
        ("3-2-501 大家好", Trouble.NO_ANSWER),
        ("3-2-501 药够，药没了", Trouble.CONTRADICTORY),
    ],
)
def test_what_is_not_clear_is_no_candidate_and_says_why(text: str, trouble: Trouble) -> None:
    said = one(text)
    assert (said.trouble, said.ready, said.message.text.replace("?", "？").replace(",", "，")) == (trouble, False, text)


def test_where_the_group_covers_two_estates_the_same_number_is_two_doors() -> None:
    (said,) = read("3-2-501 药没了", Places([WHOLE]))
    assert said.trouble is Trouble.DOOR_AMBIGUOUS
    assert [spot.label for spot in said.spots] == [FLAT, "绿地世纪城 3号楼 2单元 501"]
    assert not said.ready
    (named,) = read("绿地世纪城3-2-501 药没了", Places([WHOLE]))
    assert (named.ready, named.door and named.door.label) == (True, "绿地世纪城 3号楼 2单元 501")


def test_in_a_group_of_one_stair_a_door_number_is_enough() -> None:
    stair = Places([within(WHOLE, lambda spot: spot.label.startswith("水产宿舍 3号楼 2单元"))], [WHOLE])
    (first, second) = read("501 没菜了\n302室药没了", stair)
    assert [first.door and first.door.label, second.door and second.door.label] == [FLAT, "水产宿舍 3号楼 2单元 302"]
    assert one("501 没菜了").trouble is Trouble.NO_DOOR  # in the group of the whole estate it is none


def test_rooms_and_yards_are_homes_too() -> None:
    room, yard = read("学生公寓305室1床 没吃的了\n前李村12号院 没水了")
    assert [room.door and room.door.label, yard.door and yard.door.label] == ["学生公寓 305 1床", "前李村 12号院"]
    assert [answers(room), answers(yard)] == [{"food": "none"}, {"water": "no"}]


CHAIN = """#接龙
需要米面的居民请接龙
例：3-2-501 张三 米面
1. 张三 3号楼2单元501 缺米面
2、李四 3-1-302 药没了（降压药）13812345678
3）王阿姨 2号楼1单元402
4.3-2-601 奶粉
⑤ 赵六 9-9-999 缺菜"""


def test_a_chain_list() -> None:
    title, asks, example, zhang, li, wang, named, zhao = read(CHAIN)
    assert [said.trouble for said in (title, asks, example)] == [Trouble.NOT_SAID] * 3
    assert (zhang.name, zhang.door and zhang.door.label, answers(zhang), zhang.ready) == (
        "张三",
        FLAT,
        {"food": "none"},
        True,
    )
    assert (li.name, li.phone, answers(li), li.ready) == ("李四", "13812345678", {"medicine": "out"}, True)
    # says nothing itself: what the title asks is proposed, and is not ready before somebody looked
    assert (wang.name, answers(wang), wang.from_heading, wang.ready) == ("王阿姨", {"food": "none"}, True, False)
    # names a thing and not that it is lacking
    assert (answers(named), named.answers[0].sure, named.ready) == ({"baby": "none"}, False, False)
    assert (zhao.trouble, zhao.door_words) == (Trouble.DOOR_UNKNOWN, "9-9-999")


def test_a_chain_list_sent_again_with_one_more_row_counts_each_row_once() -> None:
    again = read(CHAIN + "\n" + CHAIN + "\n6. 孙七 1-1-101 没菜")
    rows = [said for said in again if said.message.text.startswith("张三")]
    assert [(said.again, said.ready) for said in rows] == [(1, True)]
    assert len([said for said in again if said.ready]) == 3


EXPORT = """张三 2022-04-08 10:22:31
我家降压药吃完了，3号楼二单元五零一

3-2-602李姐 10:25
菜不够了

2022-04-08 20:01:02 李四(1234567)
我是1-1-101的
李四 2022年4月8日 20:02
药没了
[2022-04-08 21:40] 王五: 2栋2单元 602 药够
3-1-201：老人一个人住
昨天 下午3:05 1-2-301小周
发烧了[流泪][图片]
"王二"加入了群聊
收到"""


def test_an_export_with_times_and_nicknames() -> None:
    zhang, jie, li, li_again, wang, old, zhou, joined, alone = read(EXPORT)
    assert (zhang.message.nickname, zhang.message.at, zhang.ready) == ("张三", datetime(2022, 4, 8, 10, 22), True)
    assert (jie.by_nickname, jie.door_words, answers(jie)) == (True, "3-2-602", {"food": "none"})
    assert jie.message.at == datetime(2022, 4, 9, 10, 25)  # no day was written: today's
    assert li.trouble is Trouble.NO_ANSWER
    # the door stands in another line of the same person, and the worker is told that it does
    assert (li_again.door_words, li_again.by_nickname, answers(li_again)) == ("1-1-101", True, {"medicine": "out"})
    assert (wang.message.nickname, answers(wang)) == ("王五", {"medicine": "enough"})
    assert (old.door_words, answers(old)) == ("3-1-201", {"lives_alone": "yes"})
    assert (zhou.message.at, zhou.door_words, answers(zhou)) == (
        datetime(2022, 4, 8, 15, 5),
        "1-2-301",
        {"fever": "yes"},
    )
    assert joined.trouble is Trouble.NOT_SAID
    assert alone.message.text == "收到"
    assert not alone.ready


def test_a_line_of_somebody_else_is_not_taken_for_the_one_before() -> None:
    """After 3-1-201：… the next line may be anybody's: it has no door, and says so."""
    old, bare = read("3-1-201：老人一个人住\n药没了")
    assert (old.ready, bare.trouble, bare.door) == (True, Trouble.NO_DOOR, None)


def test_two_doors_in_one_line() -> None:
    both = read("3-2-501和3-2-502都没菜了")
    assert [(said.door and said.door.name, answers(said)) for said in both] == [
        ("501", {"food": "none"}), ("502", {"food": "none"}),
    ]  # fmt: skip
    mixed = read("3-2-501药没了，3-2-502没菜了")
    assert [(said.door and said.door.name, answers(said)) for said in mixed] == [
        ("501", {"medicine": "out"}), ("502", {"food": "none"}),
    ]  # fmt: skip
    half = one("3-2-501，502 没菜了")  # 502 may be a second door: it stays in sight and nothing is ready
    assert (half.unread, half.ready) == ("502", False)


def test_what_was_not_understood_stays_in_sight_beside_what_was() -> None:
    said = one("3-2-402 孩子变黄码了，姓名王小明 身份证140106201001011234")
    assert answers(said) == {"code_colour": "yellow"}
    assert "姓名王小明" in said.unread
    assert "140106201001011234" in said.unread


def test_every_line_of_a_paste_comes_back() -> None:
    text = EXPORT + "\n" + CHAIN + "\n这是什么\n\n   \n12345"
    written = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    speakers = {1, 4, 7, 9, 13}
    assert {said.message.line for said in read(text)} == written - speakers


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "。" * 5000, "3-2-501 " * 500, "1.\n2.\n3.", "#接龙", "：", "张三：", "🙏🙏🙏"]
)
def test_whatever_is_pasted_it_is_read_to_its_end(text: str) -> None:
    assert all(said.message.text for said in read(text))


def test_a_day_without_its_year_is_the_last_one() -> None:
    (said,) = read("张三 12月30日 10:22\n3-2-501 药没了")
    assert said.message.at == datetime(2021, 12, 30, 10, 22)
    (monday,) = read("张三 星期一 08:00\n3-2-501 药没了")
    assert monday.message.at == datetime(2022, 4, 4, 8, 0)


def test_words_say_in_which_words_it_was_read() -> None:
    found = meaning("降压药吃完了，没米了", WORDS)
    assert [answer.words for answer in found.answers if not answer.follows] == ["降压药吃完了", "没米"]


def test_what_follows_for_another_question_is_said_to_follow() -> None:
    """The bank asks what is missing only where supplies are low: without food they are."""
    said = one("3-2-501 没菜了，药还够两天")
    assert {answer.question: (answer.value, answer.follows) for answer in said.answers} == {
        "food": ("none", False), "has_supplies": ("low", True),
        "medicine_days": ("2", False), "medicine": ("low", True),
    }  # fmt: skip
    assert answers(one("3-2-501 物资没了")) == {"has_supplies": "no"}
    assert one("3-2-501 没菜了，物资够").trouble is Trouble.CONTRADICTORY
