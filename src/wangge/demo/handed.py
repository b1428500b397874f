"""Yesterday evening's desk work: a list handed down, an ask that does not fit a day, answers that contradict.

Nobody on the list exists: residents of the demo, and strangers whose numbers belong to nobody.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.scope import EVERYTHING, under
from wangge.demo.chance import stream
from wangge.demo.persons import id_number
from wangge.demo.plan import BINGSI, DENGQIAO, JIEER, SEED
from wangge.domains.asking.actions import Wish, fit_days, record_answers, send_ask
from wangge.domains.asking.rules import Source
from wangge.domains.lists import actions
from wangge.domains.lists.inputs import ListInput
from wangge.domains.people.models import Person
from wangge.domains.people.queries import details
from wangge.domains.places.models import Place
from wangge.domains.places.queries import by_code, label
from wangge.domains.protocol.queries import open_responses

TITLE = "桥东街道转发省外返并人员协查名单（第3批，演练）"
HEADING = ("序号", "姓名", "证件号码", "联系电话", "现住址", "备注", "核查结果", "核查人", "核查时间")
MATCHED, FOREIGN, TWICE = 14, 3, 4
Cells = tuple[str, str, str, str, str]  # name, document, phone, address, remark


def list_from_above(by: By) -> None:
    """About thirty rows as an office sends them; matched, and left for the secretary to take."""
    here, village = by_code(BINGSI.code), by_code(DENGQIAO.code)
    known = _residents(here, MATCHED)
    rows = [_row(one, number % 3) for number, one in enumerate(known)]
    rows += [_row(known[0], shown) for shown in (1, 2)] + [_row(known[1], shown) for shown in (1, 2)]
    rows += _strangers(known[-1])
    rows += [_row(one, 0) for one in _residents(village, FOREIGN)]
    rows += [("过路人", "", "13900000009", "大同市平城区演练小区1-1-101", ""), (*_row(known[2], 0)[:4], "作废")]
    intake, _ = actions.keep_file(name="省外返并协查名单第3批.csv", content=_file(rows), by=by)
    said = ListInput(TITLE, "桥东街道办事处", "第3批", clock.end_of(clock.today()) + timedelta(hours=18))
    one = actions.look_at(intake=intake, fields=[field for field, _ in intake.columns], said=said, by=by)
    while actions.read_on(list_=one, by=by):
        continue


def more_than_a_day(by: By) -> None:
    """A grid worker's own ask of some four hundred doors: what does not fit goes up, with a proposal."""
    now = clock.now()
    wish = Wish(
        open_responses().get(), by_code(JIEER.code), "谁家能搭把手、谁有备用钥匙（演练）", "转移和送物资时知道找谁",
        ("can_carry", "spare_key"), now + timedelta(days=1), now + timedelta(days=3),
    )  # fmt: skip
    send_ask(wish=wish, by=by)
    fit_days(by=SYSTEM)


def contradiction(by: By) -> None:
    """What was seen at a door, and what a table from elsewhere says of it an hour later."""
    here = under(by_code(BINGSI.code).path)
    door = Place.objects.filter(here, kind="household", grid__number=1).order_by("walk")[0]
    at = clock.now() - timedelta(hours=1)
    record_answers(door=door, values={"dog": "yes"}, at=at, by=by, source=Source.VISIT)
    record_answers(door=door, values={"dog": "no"}, at=clock.now(), by=SYSTEM, source=Source.IMPORT)


def _residents(area: Place, count: int) -> list[Person]:
    """Residents with a document, spread over an area: the same ones from the same seed."""
    found = Person.objects.within(EVERYTHING).filter(under(area.path, "home"), home__kind__in=("household", "yard"))
    keys = list(found.exclude(document_index="").exclude(phone_index="").order_by("id").values_list("pk", flat=True))
    chosen = stream(SEED, "handed", area.code).sample(keys, count)
    return list(Person.objects.within(EVERYTHING).filter(pk__in=chosen).select_related("home").order_by("id"))


def _row(one: Person, shown: int) -> Cells:
    """Somebody by document, by phone, or by address: what a sender happens to know."""
    known = details(one)
    document = known.get("document", "") if shown == 0 else ""
    return one.name, document, known.get("phone", "") if shown == 1 else "", label(one.home) if shown == 2 else "", ""


def _strangers(neighbour: Person) -> list[Cells]:
    chance = stream(SEED, "handed", "strangers")
    numbers = [id_number(chance, ("140106",), date(1971 + 4 * at, 5, 2 + at), male=at % 2 == 0) for at in range(2)]
    return [
        ("甄来客", numbers[0], "", label(neighbour.home), "重点"), ("贾无处", numbers[1], "", "某某大院后面", ""),
        ("孟无号", "", "", "", ""), (neighbour.name, "", "13900000008", "", ""),
    ]  # fmt: skip


def _file(rows: Sequence[Cells]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([TITLE])
    writer.writerow(HEADING)
    writer.writerows([number, *cells, "", "", ""] for number, cells in enumerate(rows, 1))
    writer.writerow(["合计", f"{len(rows)}人"])
    return out.getvalue().encode("utf-8-sig")
