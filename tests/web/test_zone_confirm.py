"""A notice of many lines is confirmed quickly: what has one exact name together, each as it was shown."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.domains.zones.drawing import Drawing

from wangge.demo.small import Small
from wangge.domains.zones.rules import LineState

SignIn = Callable[..., Client]


@pytest.fixture
def drawing(tiny: Small) -> Drawing:
    return Drawing(tiny)


def fields(page: str) -> dict[str, list[str]]:
    """What the form that confirms several lines sends when nobody touches it."""
    form = page.split('aria-labelledby="sure"')[1].split("</form>")[0]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]+)"', form):
        found.setdefault(name, []).append(value)
    return found


def test_lines_with_one_exact_name_are_confirmed_with_one_tap(sign_in: SignIn, drawing: Drawing) -> None:
    notice = drawing.take("东岗里1号楼、没有的小区", "东岗里(东岗里1号楼除外)、东岗里2号楼")
    office = sign_in("yingze")
    page = office.get(reverse("zone-notice", args=[notice.uuid])).content.decode()
    assert "3 lines with one exact place each" in page
    said = fields(page)
    assert said["line"] == ["1", "3", "4"]
    answer = office.post(reverse("zone-notice-confirm", args=[notice.uuid]), said, follow=True)
    assert "3 lines are placed." in answer.content.decode()
    lines = drawing.lines(notice)
    assert [one.state for one in lines] == [LineState.PLACED, LineState.OPEN, LineState.PLACED, LineState.PLACED]
    left_out = lines[2].places.get(part="out")
    assert left_out.place == drawing.building(0)


def test_what_is_not_ticked_or_decided_meanwhile_stays_as_it_is(sign_in: SignIn, drawing: Drawing) -> None:
    notice = drawing.take("东岗里1号楼、东岗里2号楼、东岗里")
    office, address = sign_in("yingze"), reverse("zone-notice-confirm", args=[notice.uuid])
    said = fields(office.get(reverse("zone-notice", args=[notice.uuid])).content.decode())
    drawing.tap(drawing.lines(notice)[0], said="outside")
    office.post(address, said | {"line": ["1", "2"]})
    assert [one.state for one in drawing.lines(notice)] == [LineState.OUTSIDE, LineState.PLACED, LineState.OPEN]
    office.post(address, said | {"line": []})
    office.post(address, said | {"line": ["3"], "place-3": [str(drawing.tiny.yards[0].uuid)]})
    assert drawing.lines(notice)[2].state == LineState.OPEN, "a place elsewhere is refused"


def test_the_next_notice_repeats_forty_lines_with_one_tap(sign_in: SignIn, drawing: Drawing) -> None:
    text = "、".join(f"东岗里{number}号院" for number in range(1, 41))
    first = drawing.take(text)
    for line in drawing.lines(first):
        drawing.place(line, drawing.building(line.number % 2))
    following = drawing.take(text)
    office = sign_in("yingze")
    said = fields(office.get(reverse("zone-notice", args=[following.uuid])).content.decode())
    assert len(said["line"]) == 40
    office.post(reverse("zone-notice-confirm", args=[following.uuid]), said)
    assert {one.state for one in drawing.lines(following)} == {LineState.PLACED}
