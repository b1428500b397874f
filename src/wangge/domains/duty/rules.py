"""Policy of duty: kinds of post, what each may do, what each needs to get in, and which kinds answer for doors."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from wangge.base.access.rights import Right


class PostKind(StrEnum):
    """Kinds of post. The four tiers of the article are COMMUNITY, BRANCH, BUILDING_GROUP and CENTRE_HOUSEHOLD."""

    CITY = "city"  # 市疫情防控指挥部
    DISTRICT = "district"
    TOWN = "town"  # 街道 / 镇, e.g. its deputy head
    COMMUNITY = "community"  # 社区党委书记
    BRANCH = "branch"  # 网格党支部书记
    GRID_WORKER = "grid_worker"  # 网格员
    BUILDING_GROUP = "building_group"  # 楼栋党小组
    CENTRE_HOUSEHOLD = "centre_household"  # 党员中心户
    AUTHORITY = "authority"  # the competent authority that confirms orders
    TRACER = "tracer"  # 流调员
    TEST_DESK = "test_desk"  # takes results in
    CHECKPOINT = "checkpoint"  # 卡点: a gate or a shop door, often a volunteer
    AUDITOR = "auditor"


#: Anyone who holds a post can ask a question of the places below it. An auditor looks on and asks nobody.
_ASK = frozenset({Right.ASK})
_DOOR = frozenset({Right.WORK_DOORS, Right.SEE_BOARD}) | _ASK
_GATE = frozenset({Right.KEEP_CHECKPOINT})
_LEAD = _DOOR | {Right.MANAGE_POSTS, Right.OPEN_RECORD, Right.IMPORT_RECORDS, Right.ANSWER_REQUESTS, Right.KEEP_VENUES}

#: What a post of each kind may do at the places it covers. ``docs/states/rights.md`` is this table in words.
RIGHTS: dict[PostKind, frozenset[Right]] = {
    PostKind.CITY: _ASK
    | {
        Right.SEE_BOARD,
        Right.MANAGE_POSTS,
        Right.OPEN_RESPONSE,
        Right.IMPORT_RECORDS,
        Right.KEEP_QUESTIONS,
        Right.TAKE_RISK_LISTS,
    },
    PostKind.DISTRICT: _ASK
    | {
        Right.SEE_BOARD,
        Right.MANAGE_POSTS,
        Right.IMPORT_RECORDS,
        Right.KEEP_QUESTIONS,
        Right.TAKE_RISK_LISTS,
    },
    PostKind.TOWN: _LEAD | {Right.KEEP_QUESTIONS},
    PostKind.COMMUNITY: _LEAD | _GATE,
    PostKind.BRANCH: (_LEAD | _GATE) - {Right.MANAGE_POSTS, Right.IMPORT_RECORDS, Right.ANSWER_REQUESTS},
    PostKind.GRID_WORKER: _DOOR | _GATE,
    PostKind.BUILDING_GROUP: _ASK | {Right.SEE_BOARD},
    PostKind.CENTRE_HOUSEHOLD: _ASK,
    PostKind.AUTHORITY: _ASK
    | frozenset({Right.CONFIRM_ORDERS, Right.SEE_BOARD, Right.OPEN_RECORD, Right.OPEN_RESPONSE}),
    PostKind.TRACER: _ASK | frozenset({Right.TRACE, Right.OPEN_RECORD, Right.SEE_BOARD, Right.TAKE_RISK_LISTS}),
    PostKind.TEST_DESK: _ASK | frozenset({Right.ENTER_RESULTS}),
    PostKind.CHECKPOINT: _ASK | _GATE,
    PostKind.AUDITOR: frozenset({Right.AUDIT, Right.SEE_BOARD}),
}

#: Posts whose whole work is at doors.
AT_DOORS = frozenset({PostKind.GRID_WORKER, PostKind.BUILDING_GROUP, PostKind.CENTRE_HOUSEHOLD})

#: Kinds that answer for doors, from the stairs up: a vacant seat is backed up by the next.
ANSWERING = (
    PostKind.GRID_WORKER,
    PostKind.BRANCH,
    PostKind.COMMUNITY,
    PostKind.TOWN,
    PostKind.DISTRICT,
    PostKind.CITY,
)


def rights_of(kind: PostKind) -> frozenset[Right]:
    """What a post of this kind may do."""
    return RIGHTS[kind]


class Proof(StrEnum):
    """What somebody shows beside the password. The stronger one serves for the weaker."""

    NOTHING = "nothing"
    DEVICE = "device"
    SECOND_FACTOR = "second_factor"


#: A second factor on the stairs is in the way of the work; a phone known to the office is enough there.
PROOF: dict[PostKind, Proof] = {
    PostKind.CITY: Proof.SECOND_FACTOR,
    PostKind.DISTRICT: Proof.SECOND_FACTOR,
    PostKind.TOWN: Proof.SECOND_FACTOR,
    PostKind.COMMUNITY: Proof.SECOND_FACTOR,
    PostKind.BRANCH: Proof.DEVICE,
    PostKind.GRID_WORKER: Proof.DEVICE,
    PostKind.BUILDING_GROUP: Proof.DEVICE,
    PostKind.CENTRE_HOUSEHOLD: Proof.DEVICE,
    PostKind.AUTHORITY: Proof.SECOND_FACTOR,
    PostKind.TRACER: Proof.SECOND_FACTOR,
    PostKind.TEST_DESK: Proof.SECOND_FACTOR,
    PostKind.CHECKPOINT: Proof.DEVICE,
    PostKind.AUDITOR: Proof.SECOND_FACTOR,
}
_STRENGTH = tuple(Proof)

#: Characters of a password. A PIN of six is enough only where the phone is known too.
LEAST: dict[Proof, int] = {Proof.NOTHING: 10, Proof.DEVICE: 6, Proof.SECOND_FACTOR: 10}

#: How long a one-time code may be used, and how many digits it has: the longer it lives, the more.
ENROL_FOR, ENROL_DIGITS = timedelta(minutes=10), 8
INVITE_FOR, INVITE_DIGITS = timedelta(days=7), 12
RECOVER_FOR, RECOVER_DIGITS = timedelta(minutes=30), 8


def demanded(kinds: Iterable[PostKind]) -> Proof:
    """The strongest proof that any of these posts asks for."""
    return max((PROOF[kind] for kind in kinds), key=_STRENGTH.index, default=Proof.NOTHING)


def enough(asked: Proof, shown: Iterable[Proof]) -> bool:
    """Whether what was shown is as strong as what is asked for."""
    return any(_STRENGTH.index(one) >= _STRENGTH.index(asked) for one in (Proof.NOTHING, *shown))
