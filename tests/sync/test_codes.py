"""The status list goes to an enrolled phone at an open checkpoint and to no other, as a difference where it can."""

from collections.abc import Callable

from django.conf import settings as product
from tests.flows.stage import SCREEN, Stage
from tests.sync.handset import Handset

from wangge.base import clock, signing
from wangge.base.worker import run_pending
from wangge.demo.small import Small
from wangge.domains.checkpoints.actions import close_checkpoint, open_checkpoint
from wangge.domains.checkpoints.models import Checkpoint
from wangge.domains.checkpoints.rules import Kind
from wangge.domains.codes import coding, lists, queries
from wangge.domains.codes.queries.listing import edition_of
from wangge.domains.protocol.actions import switch_protocol
from wangge.flows import codes as flow

Phone = Callable[..., Handset]


def gate(tiny: Small) -> Checkpoint:
    return open_checkpoint(
        place=tiny.places["community"], kind=Kind.GATE, name="北门", post=tiny.posts["bingsi-kadian"],
        by=tiny.by("bingsi-shuji"),
    )  # fmt: skip


def test_a_scanner_gets_the_list_then_differences_and_holds_the_servers_bytes(tiny: Small, phone: Phone) -> None:
    stage, scanner = Stage(tiny), phone("bingsi-kadian")
    gate(tiny)
    assert scanner.get("list").json()["code"] == "codes_no_list"  # the worker makes the first within a minute
    flow.lists(clock.now())
    whole = scanner.get("list")
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "application/cose")
    keys = signing.known(product.WANGGE_KEYS)
    held = lists.take(whole.content, keys, None)
    stage.result(tiny.family[0], SCREEN)
    run_pending()
    with clock.held(clock.now() + queries.EVERY):
        flow.lists(clock.now())
        changed = scanner.get(f"list?have={held[0]}")
    held = lists.take(changed.content, keys, held)
    latest = queries.latest(tiny.response)
    assert latest is not None
    assert coding.encode(held[1]) == edition_of(latest).content
    assert len(held[1].daily) == 1
    for odd in ("", "x", "-1", "99999999999999999999", "12345"):
        assert scanner.get(f"list?have={odd}").status_code == 200
    published = scanner.get("keys").json()
    assert published["issuer"] == queries.issuer_of(tiny.response)
    assert {one["kid"] for one in published["keys"]} == {one.kid for one in keys}


def test_nobody_holds_a_list_without_an_open_checkpoint_a_right_and_codes_in_use(tiny: Small, phone: Phone) -> None:
    scanner = phone("bingsi-kadian")
    flow.lists(clock.now())
    assert scanner.get("list").status_code == 403
    one = gate(tiny)
    assert scanner.get("list").status_code == 200
    assert phone("dengqiao-1").get("list").status_code == 403  # another community's gate
    assert phone("bingsi-kadian", contact=False).get("list").status_code in (401, 403)
    stranger = phone("jiance", contact=False)
    assert stranger.get("list").status_code in (401, 403)
    switch_protocol(response=tiny.response, protocol="covid19-class-b", from_day=clock.today(), by=tiny.by("zhihuibu"))
    assert scanner.get("keys").status_code == 403
    switch_protocol(response=tiny.response, protocol="covid19-v8", from_day=clock.today(), by=tiny.by("zhihuibu"))
    assert scanner.get("list").status_code == 200
    close_checkpoint(checkpoint=one, by=tiny.by("bingsi-shuji"))
    assert scanner.get("list").status_code == 403
