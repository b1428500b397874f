"""A way in again through the level above. Nobody opens their own door."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.duty import entry
from wangge.domains.duty.actions.devices import enrol
from wangge.domains.duty.actions.secrets import new_code, set_secret
from wangge.domains.duty.actions.sittings import end_everything
from wangge.domains.duty.models import Account, Code, Recovery
from wangge.domains.duty.queries import holdings_of
from wangge.domains.duty.rules import RECOVER_DIGITS, RECOVER_FOR, Proof

WAITS = timedelta(days=3)


@transaction.atomic
def ask_recovery(*, account: Account, by: By) -> Recovery:
    """Ask the level above. Asking again is asking once; a request that nobody answered for three days is asked anew."""
    old = Recovery.objects.filter(account=account, closed_at__isnull=True).first()
    if old and old.asked_at > clock.now() - WAITS:
        return old
    Recovery.objects.filter(account=account, closed_at__isnull=True).update(closed_at=clock.now())
    asked = Recovery.objects.create(account=account, asked_at=clock.now())
    record("duty.recovery_asked", by=by, subject=account.uuid)
    return asked


@transaction.atomic
def give_recovery(*, account: Account, by: By) -> str:
    """A code for somebody below whom one has looked at or spoken with. Returns it, to be said or shown once."""
    if by.account == account.uuid:
        raise Problem("recovery_own")
    if by.system:
        _no_other_way(account)
    elif not entry.is_above(by, account):
        raise Problem("recovery_not_above", name=account.name)
    asked = Recovery.objects.filter(account=account, closed_at__isnull=True).first()
    asked = asked or Recovery.objects.create(account=account, asked_at=clock.now())
    asked.given_at, asked.given_by = clock.now(), by.account
    asked.save(update_fields=["given_at", "given_by"])
    record("duty.recovery_given", by=by, subject=account.uuid)
    return new_code(kind=Code.Kind.RECOVER, account=account, lives=RECOVER_FOR, digits=RECOVER_DIGITS, by=by)


def _no_other_way(account: Account) -> None:
    """The server's desk helps where no level above can."""
    if above := entry.helper(account):
        raise Problem("recovery_by_level_above", post=above.post.title, name=above.account.name)


@transaction.atomic
def recover(*, account: Account, text: str, password: str, secret: str = "", kind: str = "") -> Account:
    """A new password with the code. What was lost opens nothing any more: sessions, second factors, phones end."""
    code = entry.usable(Code.Kind.RECOVER, text)
    code = code and Code.objects.select_for_update(of=("self",)).select_related("account").get(pk=code.pk)
    if code is None or code.used_at or code.account_id != account.pk:
        raise Problem("code_over", field="code")
    by, proof = By(account=account.uuid, post=None), entry.demanded_of(account, holdings_of(account))
    set_secret(account, password, proof)
    code.used_at = clock.now()
    code.save(update_fields=["used_at"])
    Recovery.objects.filter(account=account, closed_at__isnull=True).update(closed_at=clock.now())
    Authenticator.objects.filter(user=account).delete()
    end_everything(account)
    if proof is Proof.DEVICE and secret:
        enrol(account=account, secret=secret, kind=kind, by=by, enrolled_by=code.made_by)
    record("duty.recovered", by=by, subject=account.uuid)
    return account
