"""Invitations: a post offered to somebody who has no account yet."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.duty import entry
from wangge.domains.duty.actions.devices import enrol
from wangge.domains.duty.actions.posts import accept, offer
from wangge.domains.duty.actions.secrets import new_code, set_secret
from wangge.domains.duty.inputs import Newcomer, read_username
from wangge.domains.duty.models import Account, Code, Holding, Post
from wangge.domains.duty.rules import INVITE_DIGITS, INVITE_FOR, PROOF, PostKind, Proof


@transaction.atomic
def invite(
    *,
    post: Post,
    who: Newcomer,
    by: By,
    role: Holding.Role = Holding.Role.HOLDER,
    ends: datetime | None = None,
    replaces: Holding | None = None,
    uuid: UUID | None = None,
) -> tuple[Holding, str]:
    """Offer a post to somebody new; returns the offer and its code, to be shown once. Sent twice it is one offer."""
    by.need(Right.MANAGE_POSTS, post.place.path)
    known = Holding.objects.filter(uuid=uuid).select_related("post__place", "account").first() if uuid else None
    if known:
        return known, renew_invitation(holding=known, by=by)
    account = _account(who)
    holding = offer(post=post, account=account, role=role, ends=ends, replaces=replaces, by=by, uuid=uuid)
    record("duty.invited", by=by, subject=account.uuid, place=post.place.uuid, data={"holding": str(holding.uuid)})
    return holding, _code(holding, by)


@transaction.atomic
def renew_invitation(*, holding: Holding, by: By) -> str:
    """A new code for an invitation that waits; the one before is void."""
    by.need(Right.MANAGE_POSTS, holding.post.place.path)
    if holding.ends and holding.ends <= clock.now():
        raise Problem("offer_withdrawn")
    if holding.accepted_at or holding.account.has_usable_password():
        raise Problem("invitation_used")
    return _code(holding, by)


@transaction.atomic
def accept_invitation(*, text: str, username: str, password: str, secret: str = "", kind: str = "") -> Holding:
    """Take the post with a password of one's own, and the phone in hand (``secret``) where the post is bound to one.

    Who acts is the person invited: the code is what they show.
    """
    code = entry.usable(Code.Kind.INVITE, text)
    locked = Code.objects.select_for_update(of=("self",)).select_related("account", "holding__post__place")
    code = code and locked.get(pk=code.pk)
    if code is None or code.used_at or code.holding is None:
        raise Problem("code_over")
    account, by = code.account, By(account=code.account.uuid, post=None)
    account.username = read_username(username)
    if Account.objects.filter(username=account.username).exclude(pk=account.pk).exists():
        raise Problem("username_taken", field="username")
    account.save(update_fields=["username"])
    proof = PROOF[PostKind(code.holding.post.kind)]
    set_secret(account, password, proof)
    code.used_at = clock.now()
    code.save(update_fields=["used_at"])
    holding = accept(holding=code.holding, by=by)
    if proof is Proof.DEVICE and secret:
        enrol(account=account, secret=secret, kind=kind, by=by, enrolled_by=code.made_by)
    return holding


def _account(who: Newcomer) -> Account:
    uuid = uuid7()
    account = Account(
        uuid=uuid, username=_free_name(), name=who.name, sealed=sealing.seal(entry.TABLE, uuid, {"phone": who.phone}),
        phone_index=entry.phone_index(who.phone), password=make_password(None),
    )  # fmt: skip
    account.save(force_insert=True)
    return account


def _free_name() -> str:
    """A user name until the person chooses one."""
    name = f"u{secrets.randbelow(10**8):08d}"
    return _free_name() if Account.objects.filter(username=name).exists() else name


def _code(holding: Holding, by: By) -> str:
    return new_code(
        kind=Code.Kind.INVITE, account=holding.account, holding=holding, lives=INVITE_FOR, digits=INVITE_DIGITS, by=by
    )
