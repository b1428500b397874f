"""Line lists: the columns of other systems, out and in again; the same list twice changes nothing."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import checkins_file, city, tiny
from tests.web.examples import Side, sides

from wangge.base import clock, worker
from wangge.base.access.by import By
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.base.receipts import streaming
from wangge.base.receipts.models import Intake, IntakeRow
from wangge.demo.small import Small
from wangge.domains.cases.linelists import rows, taking, writing
from wangge.domains.cases.linelists.shapes import COLUMNS, FORMS, NAMELESS, Shape
from wangge.domains.cases.models import Case, Contact, Exposure

__all__ = ["checkins_file", "city", "tiny"]


@pytest.fixture
def near(tiny: Small) -> Side:
    return sides(tiny)[0]


@pytest.fixture
def by(tiny: Small, near: Side) -> By:
    """The city's tracer, who sees both sides."""
    return tiny.by("liudiao")


def exported(shape: Shape, near: Side, by: By) -> bytes:
    about = writing.begin(shape=shape, response=near.task.response, reason="test", by=by)
    return b"".join(writing.as_csv(about, by))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def sent(shape: Shape, content: bytes, near: Side, by: By) -> Intake:
    intake, _new = taking.receive_list(shape=shape, name="x", content=content, response=near.task.response, by=by)
    taking.take_part(intake=intake, limit=1000, by=by)
    return intake


def table(heading: Sequence[str], *rows: Sequence[Any]) -> bytes:
    return "\n".join(",".join(str(cell) for cell in row) for row in [heading, *rows]).encode()


def states(intake: Intake) -> list[tuple[str, str]]:
    return list(intake.rows.order_by("number").values_list("state", "reason"))


@pytest.mark.parametrize("shape", Shape)
def test_a_list_has_its_columns_and_its_count_on_record(near: Side, by: By, shape: Shape) -> None:
    found = read(exported(shape, near, by))
    assert list(found[0]) == list(COLUMNS[shape])
    look = AccessLog.objects.get(kind="exported")
    assert (look.count, look.reason, look.person) == (len(found), f"linelist:{shape} test", None)


def test_what_the_rows_say(near: Side, by: By, tiny: Small) -> None:
    case = {row["id"]: row for row in read(exported(Shape.GODATA_CASES, near, by))}[str(near.case.uuid)]
    assert case["firstName"] == near.person.name
    assert case["documents[1].number"] == tiny.document(near.person)
    assert case["visualId"] == str(near.case.number)
    assert case["classification"] == "LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_CONFIRMED"
    line = {row["id"]: row for row in read(exported(Shape.LINELIST, near, by))}[str(near.case.uuid)]
    assert line["date_reporting"] == clock.day_of(near.case.confirmed_at).isoformat()
    assert line["location"] == near.place.name
    contacts = read(exported(Shape.GODATA_CONTACTS, near, by))
    assert {row["relationship.relatedId"] for row in contacts} == {str(one.uuid) for one in Case._base_manager.all()}
    assert all(row["followUp.startDate"] <= row["followUp.endDate"] for row in contacts)


@pytest.mark.parametrize("shape", sorted(NAMELESS))  # a set has another order in each worker
def test_a_nameless_list_names_nobody(near: Side, by: By, tiny: Small, shape: Shape) -> None:
    text = exported(shape, near, by).decode("utf-8-sig")
    people = [*tiny.family, *(one for home in tiny.living.values() for one in home)]
    assert [one.name for one in people if one.name in text] == []
    assert [one.name for one in people if tiny.document(one) and tiny.document(one) in text] == []


def test_only_ones_own_places_and_names_only_where_records_may_be_opened(near: Side, tiny: Small) -> None:
    district = tiny.by("liudiao-yingze")
    assert [row["id"] for row in read(exported(Shape.GODATA_CASES, near, district))] == [str(near.case.uuid)]
    narrowed = By(district.account, district.post, {Right.TRACE: district.scopes[Right.TRACE]})
    masked = read(exported(Shape.GODATA_CASES, near, narrowed))[0]
    assert "*" in masked["firstName"]
    assert masked["documents[1].number"] == masked["dob"] == masked["addresses[1].addressLine1"] == ""
    with pytest.raises(NotAllowed):
        exported(Shape.LINELIST, near, tiny.by("bingsi-1"))


def test_no_export_without_a_reason(near: Side, by: By) -> None:
    with pytest.raises(Problem, match="export_reason_missing"):
        writing.begin(shape=Shape.LINELIST, response=near.task.response, reason=" ", by=by)
    assert not AccessLog.objects.filter(kind="exported").exists()


def test_a_workbook_says_what_it_is(near: Side, by: By) -> None:
    about = writing.begin(shape=Shape.LINELIST, response=near.task.response, reason="test", by=by)
    with writing.as_workbook(about, by) as file, zipfile.ZipFile(file) as book:
        strings = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else ""
        said = "".join(book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name) + strings
    assert "date_onset" in said
    assert f"response={near.task.response.uuid}" in said
    assert f"-{about.count}rows.xlsx" in about.file_name("xlsx")


def test_a_list_leaves_in_pieces_and_is_read_in_parts(near: Side, by: By, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exported(Shape.GODATA_CONTACTS, near, by)
    monkeypatch.setattr(rows, "AT_ONCE", 2)
    monkeypatch.setattr(streaming, "BUFFER", 500)
    about = writing.begin(shape=Shape.GODATA_CONTACTS, response=near.task.response, reason="test", by=by)
    pieces = list(writing.as_csv(about, by))
    assert len(pieces) > 2
    assert max(len(piece) for piece in pieces) < 3000
    assert b"".join(pieces) == whole


@pytest.mark.parametrize("shape", Shape)
def test_queries_do_not_grow_with_the_rows(near: Side, by: By, shape: Shape, tiny: Small) -> None:
    counted: list[tuple[int, int]] = []
    exported(shape, near, by)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = len(read(exported(shape, near, by)))
        counted.append((found, len(queries)))
        _confirm_another(tiny)
    assert counted[1][0] > counted[0][0]
    assert counted[1][1] == counted[0][1] <= 14


def _confirm_another(tiny: Small) -> None:
    from tests.web.made import confirmed

    confirmed(tiny, tiny.living[tiny.homes[6].pk][0])


@pytest.mark.parametrize("shape", FORMS)
def test_what_was_taken_out_and_comes_in_again_changes_nothing(near: Side, by: By, shape: Shape) -> None:
    Case._base_manager.filter(pk=near.case.pk).update(onset_on=clock.today() - timedelta(days=1))
    content = exported(shape, near, by)
    before = _everything()
    intake = sent(shape, content, near, by)
    assert {state for state, _ in states(intake)} == {"known"}
    assert _everything() == before


def _everything() -> list[Any]:
    found = [list(model._base_manager.order_by("pk").values()) for model in (Case, Contact, Exposure)]
    return [*found, Event.objects.exclude(kind__startswith="cases.list_").count()]


def test_a_day_of_onset_is_taken_once_by_id_number_or_document(near: Side, by: By, tiny: Small) -> None:
    day = (clock.today() - timedelta(days=2)).isoformat()
    heading = ("id", "visualId", "documents[1].number", "dateOfOnset")
    for who in ((near.case.uuid, "", ""), ("X1", f"CASE-2022-{near.case.number:04}", ""),
                ("X1", "", tiny.document(near.person))):  # fmt: skip
        Case._base_manager.filter(pk=near.case.pk).update(onset_on=None)
        intake = sent(Shape.GODATA_CASES, table(heading, (*who, f"{day}T00:00:00.000Z")), near, by)
        assert states(intake) == [("taken", "")]
        near.case.refresh_from_db()
        assert near.case.onset_on == clock.today() - timedelta(days=2)
    again = sent(Shape.LINELIST, table(("id", "date_onset"), (near.case.uuid, day)), near, by)
    assert states(again) == [("known", "")]
    assert Event.objects.filter(kind="cases.onset_noted").count() == 3


def test_a_contact_becomes_a_candidate_that_a_tracer_decides(near: Side, by: By, tiny: Small) -> None:
    stranger = tiny.living[tiny.homes[8].pk][0]
    day = near.case.infectious_from
    heading = ("id", "documents[1].number", "relationship.relatedId", "relationship.contactDate")
    content = table(heading, ("G-7", tiny.document(stranger), near.case.uuid, day))
    intake = sent(Shape.GODATA_CONTACTS, content, near, by)
    found = Exposure.objects.within(EVERYTHING).get(person=stranger, case=near.case)
    assert states(intake) == [("taken", "")]
    assert (found.state, found.kind, clock.day_of(found.starts), clock.day_of(found.ends)) == (
        "candidate", "interview", day, day,
    )  # fmt: skip
    other = sent(Shape.GODATA_CONTACTS, content + b"\n", near, by)
    assert states(other) == [("known", "")]
    worker.run_pending()
    assert not Contact.objects.within(EVERYTHING).filter(person=stranger).exists()


@pytest.mark.parametrize(("cells", "reason"), [
    (("", "E0000001", "{case}", "{day}"), "contact_unknown"), (("{person}", "", "X", "{day}"), "case_unknown"),
    (("{person}", "", "{case}", ""), "met_when_missing"), (("{person}", "", "{case}", "soon"), "day_unreadable"),
    (("{person}", "", "{case}", "2031-01-01"), "day_impossible"),
    (("{person}", "", "{case}", "2001-01-01"), "met_before"),
    (("{self}", "", "{case}", "{day}"), "contact_is_the_case"),
])  # fmt: skip
def test_what_cannot_be_taken_comes_back_with_its_reason(
    near: Side, by: By, tiny: Small, cells: tuple[str, ...], reason: str
) -> None:
    stranger = tiny.living[tiny.homes[8].pk][0]
    values = {"case": near.case.uuid, "person": stranger.uuid, "self": near.person.uuid,
              "day": near.case.infectious_from}  # fmt: skip
    heading = ("id", "documents[1].number", "relationship.relatedId", "relationship.contactDate")
    good = ("{person}", "", "{case}", "{day}")
    lines = [[cell.format(**values) for cell in row] for row in (cells, good)]
    if reason == "contact_is_the_case":
        Exposure.objects.within(EVERYTHING).filter(case=near.case, person=near.person).delete()
    intake = sent(Shape.GODATA_CONTACTS, table(heading, *lines), near, by)
    assert states(intake) == [("refused", reason), ("taken", "")]


def test_a_case_of_elsewhere_is_unknown(near: Side, tiny: Small) -> None:
    content = table(("id", "date_onset"), (near.case.uuid, clock.today()))
    assert states(sent(Shape.LINELIST, content, near, tiny.by("liudiao-qingxu"))) == [("refused", "case_unknown")]
    with pytest.raises(NotAllowed):
        sent(Shape.LINELIST, content, near, tiny.by("jiance"))


def test_the_worker_takes_what_is_left(near: Side, by: By) -> None:
    content = table(("id", "date_onset"), (near.case.uuid, clock.today()))
    intake, new = taking.receive_list(
        shape=Shape.LINELIST, name="x", content=content, response=near.task.response, by=by
    )
    assert new
    worker.run_pending()
    assert states(intake) == [("taken", "")]
    again, new = taking.receive_list(
        shape=Shape.LINELIST, name="x", content=content, response=near.task.response, by=by
    )
    assert (again, new) == (intake, False)
    assert IntakeRow.objects.filter(intake=intake).count() == 1
