"""Passwords, PINs and one-time codes."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.duty.entry import code_hash, demanded_of
from wangge.domains.duty.models import Account, Code, Holding
from wangge.domains.duty.queries import holdings_of
from wangge.domains.duty.rules import LEAST, Proof


def new_code(
    *, kind: Code.Kind, account: Account, lives: timedelta, digits: int, by: By, holding: Holding | None = None
) -> str:
    """A fresh code, to be shown once. What was given before for the same purpose is void."""
    now = clock.now()
    older = Code.objects.filter(kind=kind, account=account, used_at__isnull=True, expires_at__gt=now)
    (older.filter(holding=holding) if holding else older).update(expires_at=now)
    text = "".join(secrets.choice("0123456789") for _ in range(digits))
    if Code.objects.filter(hash=code_hash(kind, text)).exists():
        return new_code(kind=kind, account=account, lives=lives, digits=digits, by=by, holding=holding)
    Code.objects.create(
        kind=kind, hash=code_hash(kind, text), account=account, holding=holding, made_at=now, made_by=by.account,
        expires_at=now + lives,
    )  # fmt: skip
    return text


def set_secret(account: Account, typed: str, proof: Proof) -> None:
    """Set a password as long as the posts ask for. Raises Problem with what is wrong."""
    if len(typed) < LEAST[proof]:
        raise Problem("secret_short", field="password", count=LEAST[proof])
    if len(set(typed)) < 3 or typed in "01234567890123456789" or typed in "98765432109876543210":
        raise Problem("secret_common", field="password")
    try:
        CommonPasswordValidator().validate(typed)
    except ValidationError as error:
        raise Problem("secret_common", field="password") from error
    account.set_password(typed)
    account.short_secret = len(typed) < LEAST[Proof.SECOND_FACTOR]
    account.save(update_fields=["password", "short_secret"])


@transaction.atomic
def change_secret(*, account: Account, old: str, new: str, by: By) -> Account:
    """A new password or PIN; the old one shows that it is oneself."""
    if not account.check_password(old):
        raise Problem("secret_wrong", field="old")
    set_secret(account, new, demanded_of(account, holdings_of(account)))
    record("duty.secret_changed", by=by, subject=account.uuid)
    return account


def factor_changed(*, account: Account, kind: str, added: bool, by: By, uuid: UUID | None = None) -> None:
    """Put on record that a second factor came or went: totp, webauthn or recovery_codes."""
    what = "duty.factor_added" if added else "duty.factor_removed"
    record(what, by=by, subject=account.uuid, data={"kind": kind}, uuid=uuid)
