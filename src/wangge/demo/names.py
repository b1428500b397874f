"""Invented names, from characters as common in each generation. Standard library only."""

import random

SURNAMES = (
    "王王王王王王王李李李李李李李张张张张张张张刘刘刘刘刘陈陈陈杨杨杨杨赵赵赵赵黄周周吴徐孙孙胡胡朱高高高林何郭郭郭郭马马马罗梁梁"
    "宋宋郑谢韩韩韩唐冯冯于董董萧程程曹曹袁邓许许傅沈曾彭吕吕苏卢蒋蔡贾贾贾丁魏薛薛叶阎阎余潘杜戴夏钟汪田田任任任姜范方石石姚姚谭"
    "廖邹熊金陆郝郝郝孔白白白崔崔康康毛邱秦秦江史史顾侯侯邵孟龙万段段雷钱汤尹黎易常常武武乔乔贺赖龚文温温靳靳药原弓申牛牛苗闫闫"
)
GIVEN = {
    # (male, female) by decade of birth; two characters are put together.
    1930: ("德福祥永贵生福全金水荣昌茂林守义", "秀英兰花桂珍玉莲凤仙巧梅香芝翠娥"),
    1950: ("建国志明新民永生爱军卫东保平银贵", "桂兰秀珍爱莲玉梅改花润香月英翠萍"),
    1970: ("建军志强晓东永红海龙文斌国平俊杰", "晓红丽萍海燕春梅文娟艳玲素琴美丽"),
    1990: ("浩然晓宇志鹏海涛文博俊凯思远嘉伟", "雅婷晓雪文静思琪佳慧梦瑶欣怡露丹"),
    2010: ("梓轩宇泽浩辰一诺子墨奕晨铭嘉佑安", "梓涵欣妍一诺语桐雨萱诗琪可馨若溪"),
}
#: Names of public figures that the characters above could make: an invented person carries none of them.
AVOID = frozenset({
    "王建军", "王志强", "李建国", "李志强", "李永生", "刘永生", "张志强", "张海龙", "张海涛", "张建国",
    "陈志强", "张文博", "王浩然", "李晓东", "张俊杰", "林俊杰", "李俊杰", "王海涛", "郭建国", "张国平",
    "刘国平", "周海涛", "王晓东", "孙海涛", "李海涛", "杨建军", "李晓红", "王丽萍", "张海燕", "李文静",
    "马国明", "任志强", "周文斌", "白建军", "石国平",
})  # fmt: skip


def given_name(rng: random.Random, born: int, *, male: bool) -> str:
    """A given name of two characters as parents chose them around a year of birth."""
    decade = max((start for start in GIVEN if start <= born), default=min(GIVEN))
    letters = GIVEN[decade][0 if male else 1]
    first, second = rng.sample(range(len(letters)), 2)
    return letters[first] + letters[second]


def full_name(rng: random.Random, born: int, *, male: bool, surname: str = "") -> str:
    """A whole name, in the family's surname where one is given."""
    while True:
        name = (surname or rng.choice(SURNAMES)) + given_name(rng, born, male=male)
        if name not in AVOID and name[1] != name[2]:
            return name
