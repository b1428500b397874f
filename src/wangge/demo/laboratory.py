"""A laboratory's file of today, in the form laboratories send: known invented people, good rows and bad ones."""

import csv
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.demo.chance import stream
from wangge.demo.persons import id_number
from wangge.demo.plan import BINGSI, LAB_DORMITORY, LAB_FAMILY, LAB_SCREEN, SEED
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.queries import by_code

HEADINGS = (
    "姓名", "证件号码", "检测机构", "样本编号", "检测类型", "检测结果", "有无症状", "采样时间", "报告时间",
)  # fmt: skip
LABORATORY = "演练医学检验实验室"
NEGATIVES = 24  # rows of the city's file

Row = dict[str, str]


def rows(*, screen: Person, family: Person, dormitory: Person, negatives: Sequence[Person]) -> list[Row]:
    """The file's rows: three positives, the negatives, then five that cannot be taken.

    Collected yesterday afternoon and reported in the evening, so that they lie in the past at any hour.
    ``screen`` is a first-screen positive; ``family`` and ``dormitory`` are positive at their re-test. The bad rows:
    an unknown person, a wrong check digit, a time in the future, an unreadable result, reported before collected.
    """
    good = [
        row(screen, 1, purpose="初筛", value="阳性"), row(family, 2, purpose="复核", value="阳性", symptoms="有"),
        row(dormitory, 3, purpose="复核", value="阳性"),
    ]  # fmt: skip
    good += [row(person, number) for number, person in enumerate(negatives, len(good) + 1)]
    return good + _bad(negatives[0], len(good) + 1)


def row(
    person: Person, number: int, *, purpose: str = "初筛", value: str = "阴性", symptoms: str = "无",
    collected: datetime | None = None, reported: datetime | None = None,
) -> Row:  # fmt: skip
    """One row about a person; ``number`` makes the specimen's."""
    yesterday = clock.start_of(clock.today() - timedelta(days=1))
    collected = collected or yesterday + timedelta(hours=15, minutes=2 * number)
    reported = reported or yesterday + timedelta(hours=21, minutes=number)
    cells = (
        person.name, details(person)["document"], LABORATORY, f"YL{clock.today():%m%d}{number:04d}", purpose, value,
        symptoms, _written(collected), _written(reported),
    )  # fmt: skip
    return dict(zip(HEADINGS, cells, strict=True))


def _bad(person: Person, number: int) -> list[Row]:
    good = [row(person, number + more) for more in range(5)]
    chance, ahead = stream(SEED, "stranger"), clock.end_of(clock.today()) + timedelta(days=1, hours=8)
    stranger = id_number(chance, ("140106",), date(1988, 3, 9), male=True)
    document = good[1]["证件号码"]
    wrong = document[:-1] + ("0" if document[-1] != "0" else "1")
    changes: tuple[Row, ...] = (
        {"姓名": "药梓晨", "证件号码": stranger},
        {"证件号码": wrong},
        {"采样时间": _written(ahead), "报告时间": _written(ahead + timedelta(hours=6))},
        {"检测结果": "样本溢洒"},
        {"采样时间": good[4]["报告时间"], "报告时间": good[4]["采样时间"]},
    )
    return [one | change for one, change in zip(good, changes, strict=True)]


def _written(at: datetime) -> str:
    return f"{at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"


def of_city() -> list[Row]:
    """The rows for the demo city."""
    everybody = Person.objects.within(EVERYTHING)
    screen, family, dormitory = (everybody.get(uuid=one.uuid) for one in (LAB_SCREEN, LAB_FAMILY, LAB_DORMITORY))
    return rows(screen=screen, family=family, dormitory=dormitory, negatives=_negatives({family.home_id}))


def _negatives(not_at: set[int]) -> list[Person]:
    """Every hundredth grown-up of 并四 with an ID card, none from the homes of the positives."""
    community = by_code(BINGSI.code)
    grown = clock.today().replace(year=clock.today().year - 18, day=1)
    people = Person.objects.within(Scope(prefixes=(community.path,))).filter(birth_date__lt=grown)
    chosen = people.exclude(document_index="").exclude(home__in=not_at).order_by("id")[50::100]
    return [person for person in chosen if len(details(person)["document"]) == 18][:NEGATIVES]


def write(file: Path, rows: Sequence[Row]) -> int:
    """Write rows as CSV with a byte order mark, as spreadsheets expect it; returns how many."""
    with file.open("w", encoding="utf-8-sig", newline="") as stream_:
        writer = csv.DictWriter(stream_, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
