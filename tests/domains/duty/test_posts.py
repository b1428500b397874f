"""Posts: who may do what where, who answers while one is vacant, how a post changes hands."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wangge.base import clock
from wangge.base.access.by import SYSTEM, By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import Scope
from wangge.base.problems import Problem
from wangge.demo.small import Small
from wangge.domains.duty import seating
from wangge.domains.duty.actions import accept, create_post, end, offer
from wangge.domains.duty.models import Holding, Post
from wangge.domains.duty.queries import (
    answered_by,
    by_for,
    chains_of,
    coverage,
    offered_to,
    posts_of_grids,
    responsible,
    vacancies,
    who_answers,
)  # fmt: skip
from wangge.domains.duty.rules import ANSWERING, RIGHTS, PostKind
from wangge.domains.places.actions import close_grid

DEPUTY = Holding.Role.DEPUTY


def take(tiny: Small, post: str, account: str, role: Holding.Role = Holding.Role.HOLDER) -> Holding:
    holding = offer(post=tiny.posts[post], account=tiny.accounts[account], by=SYSTEM, role=role)
    return accept(holding=holding, by=SYSTEM)


def leave(tiny: Small, post: str) -> None:
    for holding in tiny.posts[post].holdings.filter(ends__isnull=True):
        end(holding=holding, by=SYSTEM)


def answers(tiny: Small, post: str) -> str | None:
    found = who_answers([tiny.posts[post]])[tiny.posts[post].pk]
    return found.account.username if found else None


def backed(tiny: Small, account: str) -> set[str]:
    backing = answered_by(tiny.accounts[account]).backing
    return {name for name, post in tiny.posts.items() if post.pk in backing}


class TestScopes:
    def test_a_post_with_grids_covers_them_and_no_more(self, tiny: Small) -> None:
        scope = tiny.by("bingsi-1").scope(Right.WORK_DOORS)
        assert scope == Scope(grids=frozenset({tiny.grids[0].pk}))
        assert scope.covers(tiny.homes[0].path, tiny.homes[0].grid_id)
        assert not scope.covers(tiny.homes[-1].path, tiny.homes[-1].grid_id)

    def test_the_scopes_of_several_posts_add_up(self, tiny: Small) -> None:
        take(tiny, "dengqiao-shuji", "bingsi-1")
        by = by_for(tiny.accounts["bingsi-1"])
        village = tiny.places["village"].path
        assert by.scope(Right.WORK_DOORS) == Scope((village,), frozenset({tiny.grids[0].pk}))
        assert by.scope(Right.MANAGE_POSTS) == Scope((village,))

    def test_rights_end_with_the_holding_and_begin_with_accepting(self, tiny: Small) -> None:
        offered = offer(post=tiny.posts["qiaodong"], account=tiny.accounts["bingsi-hu"], by=SYSTEM)
        assert not by_for(tiny.accounts["bingsi-hu"]).may(Right.SEE_BOARD)
        accept(holding=offered, by=SYSTEM)
        assert by_for(tiny.accounts["bingsi-hu"]).may(Right.MANAGE_POSTS)
        end(holding=offered, by=SYSTEM)
        assert not by_for(tiny.accounts["bingsi-hu"]).may(Right.SEE_BOARD)

    def test_a_post_offered_for_next_week_gives_nothing_today(self, tiny: Small) -> None:
        soon = clock.now() + timedelta(days=7)
        post, account = tiny.posts["qiaodong"], tiny.accounts["bingsi-hu"]
        accept(holding=offer(post=post, account=account, by=SYSTEM, starts=soon), by=SYSTEM)
        assert not by_for(account).may(Right.SEE_BOARD)
        with clock.held(soon + timedelta(minutes=1)):
            assert by_for(account).may(Right.SEE_BOARD)

    def test_one_acts_in_the_chosen_post_if_one_holds_it(self, tiny: Small) -> None:
        take(tiny, "qiaodong", "bingsi-1")
        first = by_for(tiny.accounts["bingsi-1"])
        assert first.post == tiny.posts["bingsi-1"].uuid
        assert by_for(tiny.accounts["bingsi-1"], tiny.posts["qiaodong"].uuid).post == tiny.posts["qiaodong"].uuid
        assert by_for(tiny.accounts["bingsi-1"], tiny.posts["yingze"].uuid).post == first.post

    def test_every_kind_of_post_has_its_line_in_the_table(self) -> None:
        assert set(RIGHTS) == set(PostKind)
        assert Right.AUDIT not in frozenset().union(*(RIGHTS[kind] for kind in PostKind if kind != PostKind.AUDITOR))

    def test_a_right_held_nowhere_is_refused(self, tiny: Small) -> None:
        with pytest.raises(NotAllowed):
            tiny.by("bingsi-hu").scope(Right.SEE_BOARD)


class TestVacancies:
    def test_the_level_above_answers_level_by_level(self, tiny: Small) -> None:
        chain = ("bingsi-2", "bingsi-zhibu-1", "bingsi-shuji", "qiaodong", "yingze", "zhihuibu")
        for vacant, nearest in pairwise(chain):
            leave(tiny, vacant)
            assert answers(tiny, "bingsi-2") == nearest
            assert "bingsi-2" in backed(tiny, nearest)
        leave(tiny, "zhihuibu")
        assert answers(tiny, "bingsi-2") is None

    def test_a_deputy_answers_before_the_level_above(self, tiny: Small) -> None:
        take(tiny, "bingsi-2", "bingsi-hu", DEPUTY)
        assert answers(tiny, "bingsi-2") == "bingsi-hu"
        assert "bingsi-2" not in backed(tiny, "bingsi-zhibu-1")
        mine = answered_by(tiny.accounts["bingsi-hu"])
        assert mine.deputised == {tiny.posts["bingsi-2"].pk}

    def test_the_holder_answers_before_the_deputy(self, tiny: Small) -> None:
        take(tiny, "bingsi-1", "bingsi-hu", DEPUTY)
        assert answers(tiny, "bingsi-1") == "bingsi-1"

    def test_a_deputy_of_the_level_above_backs_up_too(self, tiny: Small) -> None:
        leave(tiny, "bingsi-zhibu-1")
        take(tiny, "bingsi-zhibu-1", "bingsi-hu", DEPUTY)
        assert answers(tiny, "bingsi-2") == "bingsi-hu"
        assert "bingsi-2" in backed(tiny, "bingsi-hu")

    def test_nobody_stands_in_for_an_authority(self, tiny: Small) -> None:
        leave(tiny, "yingze-zhengling")
        assert answers(tiny, "yingze-zhengling") is None
        assert backed(tiny, "zhihuibu") == set()

    def test_holes_are_found_in_the_scope_and_dated(self, tiny: Small) -> None:
        scope = Scope((tiny.places["community"].path,))
        leave(tiny, "bingsi-1")
        holes = seating.seated(list(seating.holes(scope)))
        assert [seat.post.kind for seat in holes] == ["grid_worker", "grid_worker", "building_group"]
        since = {seat.post.pk: seat.since for seat in holes}
        assert since[tiny.posts["bingsi-1"].pk] == clock.today()
        assert since[tiny.posts["bingsi-2"].pk] == tiny.posts["bingsi-2"].opened
        assert list(seating.holes(Scope((tiny.places["village"].path,)))) == []
        assert set(vacancies(scope)) == {seat.post for seat in holes}
        grids = Scope(grids=frozenset({tiny.grids[1].pk}))
        assert list(seating.holes(grids)) == [tiny.posts["bingsi-2"]]

    def test_a_post_held_again_is_no_hole(self, tiny: Small) -> None:
        take(tiny, "bingsi-2", "bingsi-hu")
        assert seating.seated([tiny.posts["bingsi-2"]])[0].since is None

    def test_who_answers_costs_a_query_a_level_however_many_posts(self, tiny: Small) -> None:
        with CaptureQueriesContext(connection) as few:
            who_answers([tiny.posts["bingsi-2"]])
        with CaptureQueriesContext(connection) as many:
            who_answers(Post.objects.all())
        assert len(many) <= len(few) + 1  # the posts themselves

    def test_a_circle_of_posts_ends(self, tiny: Small) -> None:
        top, low = tiny.posts["zhihuibu"], tiny.posts["bingsi-2"]
        Post.objects.filter(pk=top.pk).update(parent=low)
        assert set(chains_of([low])) == {low.pk}


class TestResponsible:
    def test_a_door_in_a_grid_is_the_workers_also_while_vacant(self, tiny: Small) -> None:
        posts = responsible([tiny.homes[0], tiny.homes[-1], tiny.yards[0]])
        assert [posts[door.pk] for door in (tiny.homes[0], tiny.homes[-1], tiny.yards[0])] == [
            tiny.posts["bingsi-1"], tiny.posts["bingsi-2"], tiny.posts["dengqiao-1"],
        ]  # fmt: skip

    def test_a_door_in_no_grid_is_the_nearest_places(self, tiny: Small) -> None:
        close_grid(grid=tiny.grids[0], by=SYSTEM)
        door = tiny.homes[0]
        door.refresh_from_db()
        assert responsible([door])[door.pk] == tiny.posts["bingsi-shuji"]
        Post.objects.filter(pk=tiny.posts["bingsi-shuji"].pk).update(closed=clock.today())
        assert responsible([door])[door.pk] == tiny.posts["qiaodong"]

    def test_a_grid_without_a_worker_is_its_branchs(self, tiny: Small) -> None:
        Post.objects.filter(pk=tiny.posts["bingsi-2"].pk).update(closed=clock.today())
        assert posts_of_grids([grid.pk for grid in tiny.grids]) == {
            tiny.grids[0].pk: tiny.posts["bingsi-1"], tiny.grids[1].pk: tiny.posts["bingsi-zhibu-1"],
        }  # fmt: skip
        assert set(posts_of_grids([tiny.grids[1].pk])) == {tiny.grids[1].pk}
        assert responsible([tiny.homes[-1]])[tiny.homes[-1].pk] == tiny.posts["bingsi-zhibu-1"]

    def test_without_any_post_above_a_door_is_absent(self, tiny: Small) -> None:
        Post.objects.filter(kind__in=ANSWERING).update(closed=clock.today())
        assert responsible([tiny.homes[0]]) == {}


class TestChangingHands:
    def test_the_one_replaced_goes_when_the_other_accepts(self, tiny: Small) -> None:
        old = tiny.posts["bingsi-1"].holdings.get()
        new = offer(post=tiny.posts["bingsi-1"], account=tiny.accounts["bingsi-hu"], by=SYSTEM, replaces=old)
        assert answers(tiny, "bingsi-1") == "bingsi-1"
        assert list(offered_to(tiny.accounts["bingsi-hu"])) == [new]
        accept(holding=new, by=tiny.by("bingsi-hu"))
        old.refresh_from_db()
        new.refresh_from_db()
        assert old.ends == new.accepted_at
        assert answers(tiny, "bingsi-1") == "bingsi-hu"

    def test_accepting_twice_is_accepting_once(self, tiny: Small) -> None:
        new = offer(post=tiny.posts["bingsi-2"], account=tiny.accounts["bingsi-hu"], by=SYSTEM)
        first = accept(holding=new, by=tiny.by("bingsi-hu")).accepted_at
        assert accept(holding=new, by=tiny.by("bingsi-hu")).accepted_at == first

    @pytest.mark.parametrize("who", ["bingsi-1", "zhihuibu"])
    def test_only_the_person_asked_accepts(self, tiny: Small, who: str) -> None:
        new = offer(post=tiny.posts["bingsi-2"], account=tiny.accounts["bingsi-hu"], by=SYSTEM)
        with pytest.raises(Problem, match="offered_to_somebody_else"):
            accept(holding=new, by=tiny.by(who))

    def test_what_cannot_be_offered(self, tiny: Small) -> None:
        post, somebody = tiny.posts["bingsi-2"], tiny.accounts["bingsi-hu"]
        with pytest.raises(NotAllowed):
            offer(post=post, account=somebody, by=tiny.by("dengqiao-shuji"))
        with pytest.raises(NotAllowed):
            offer(post=post, account=somebody, by=tiny.by("bingsi-zhibu-1"))
        offered = offer(post=post, account=somebody, by=SYSTEM)
        with pytest.raises(Problem, match="holds_already"):
            offer(post=post, account=somebody, by=SYSTEM)
        end(holding=offered, by=SYSTEM)
        with pytest.raises(Problem, match="offer_withdrawn"):
            accept(holding=offered, by=SYSTEM)
        somebody.is_active = False
        with pytest.raises(Problem, match="account_left"):
            offer(post=post, account=somebody, by=SYSTEM)
        post.closed = clock.today()
        with pytest.raises(Problem, match="post_closed"):
            offer(post=post, account=tiny.accounts["bingsi-1"], by=SYSTEM)

    def test_ending_needs_the_right_and_is_done_once(self, tiny: Small) -> None:
        held = tiny.posts["bingsi-1"].holdings.get()
        with pytest.raises(NotAllowed):
            end(holding=held, by=tiny.by("bingsi-1"))
        when = end(holding=held, by=tiny.by("bingsi-shuji")).ends
        assert end(holding=held, by=tiny.by("bingsi-shuji")).ends == when

    def test_who_will_answer_is_known_before(self, tiny: Small) -> None:
        post = tiny.posts["bingsi-1"]
        held = post.holdings.get()
        after = seating.answering_without(post, held)
        assert after is not None
        assert after.account == tiny.accounts["bingsi-zhibu-1"]
        deputy = take(tiny, "bingsi-1", "bingsi-hu", DEPUTY)
        assert seating.answering_without(post, held) == deputy

    def test_a_post_is_made_by_whoever_manages_its_place(self, tiny: Small) -> None:
        def make(by: By) -> Post:
            return create_post(
                kind=PostKind.GRID_WORKER, title="新网格员", place=tiny.places["community"], by=by,
                parent=tiny.posts["bingsi-zhibu-1"], grids=[tiny.grids[0]],
            )  # fmt: skip

        with pytest.raises(NotAllowed):
            make(tiny.by("dengqiao-shuji"))
        made = make(tiny.by("bingsi-shuji"))
        assert coverage(made) == Scope(grids=frozenset({tiny.grids[0].pk}))
