"""Named reads about getting in: whose name or phone this is, what the posts ask for, who helps when it is lost."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.duty.models import Account, Code, Device, Enrolment, Holding, Post, Recovery, Sitting
from wangge.domains.duty.queries import chains_of, holdings_of, in_force, still
from wangge.domains.duty.rules import PROOF, PostKind, Proof, demanded, rights_of
from wangge.domains.people.rules import normal_phone

TABLE = "wangge_account"
MOST = 8  # accounts with one phone: an office's line may have several


def named(text: str) -> list[Account]:
    """The accounts somebody may mean who typed this: by user name, else by phone."""
    text = text.strip()
    if found := Account.objects.filter(username=text, is_active=True).first():
        return [found]
    digits = normal_phone(text)
    if len(digits) < 5:
        return []
    return list(Account.objects.filter(phone_index=phone_index(digits), is_active=True).order_by("id")[:MOST])


def phone_index(digits: str) -> str:
    """The blind index of a normalised phone; empty for none."""
    return sealing.blind("phone", digits)


def phone_of(account: Account) -> str:
    """The duty phone; empty without one."""
    return str(sealing.unseal(TABLE, account.uuid, account.sealed).get("phone", ""))


def waived(account: Account) -> bool:
    """An account of the invented city gets in with its password alone, where the setting allows it."""
    return account.invented and bool(settings.WANGGE_DEMO_WAIVER)


def count_waived() -> int:
    """How many accounts that get in with the password alone."""
    return Account.objects.filter(invented=True, is_active=True).count() if settings.WANGGE_DEMO_WAIVER else 0


def demanded_of(account: Account, holdings: Iterable[Holding]) -> Proof:
    """What this account shows beside its password, by the posts it holds now."""
    return Proof.NOTHING if waived(account) else demanded(PostKind(one.post.kind) for one in holdings)


def secret_hash(secret: str) -> str:
    """How a device's secret is kept: of 256 random bits a plain hash tells nothing, and needs no key."""
    return sha256(secret.encode()).hexdigest() if secret else ""


def enrolled(secret: str) -> QuerySet[Enrolment]:
    """Who is enrolled on the device with this secret, in the order they came."""
    found = Enrolment.objects.filter(
        device__secret_hash=secret_hash(secret) or "-", device__ended_at__isnull=True, ended_at__isnull=True,
        account__is_active=True,
    )  # fmt: skip
    return found.select_related("account", "device").order_by("id")


def devices_of(account: Account) -> QuerySet[Enrolment]:
    """The devices an account is enrolled on now."""
    found = Enrolment.objects.filter(account=account, ended_at__isnull=True, device__ended_at__isnull=True)
    return found.select_related("device").order_by("-at")


def ended_lately(account: Account) -> QuerySet[Enrolment]:
    """Devices of this account that somebody else ended within a week: they are told."""
    week = clock.now() - 7 * clock.DAY
    found = Enrolment.objects.filter(account=account, device__ended_at__gte=week, device__ended_by__isnull=False)
    return found.exclude(device__ended_by=account.uuid).select_related("device").order_by("-at")


def sittings_of(account: Account) -> QuerySet[Sitting]:
    """An account's sessions, the last used first."""
    return Sitting.objects.filter(account=account, expire_date__gt=clock.now()).order_by("-seen_at")


def account_held(by: By, uuid: UUID) -> Account:
    """Somebody who holds a post, or was offered one, within the places one manages. Raises Account.DoesNotExist."""
    scope = by.scope(Right.MANAGE_POSTS)
    seats = Holding.objects.filter(still(), scope.q("post__place"), account__uuid=uuid)
    if not seats.exists():
        raise Account.DoesNotExist
    return Account.objects.get(uuid=uuid)


def needs_device(account: Account) -> bool:
    """Whether a post held now is bound to a device."""
    return any(PROOF[PostKind(one.post.kind)] is Proof.DEVICE for one in holdings_of(account))


def above(account: Account) -> list[list[int]]:
    """For each post held now the posts strictly above it that manage posts, nearest first, by key."""
    chains = _up([holding.post for holding in holdings_of(account)])
    every = {pk for line in chains for pk in line}
    kinds = dict(Post.objects.filter(pk__in=every).values_list("pk", "kind"))
    return [[pk for pk in line if Right.MANAGE_POSTS in rights_of(PostKind(kinds[pk]))] for line in chains]


def _up(posts: list[Post]) -> list[list[int]]:
    """Every post has a level above, also those that nobody backs up."""
    parents = [post.parent for post in posts if post.parent]
    lines = chains_of(parents)
    return [lines[post.parent.pk] if post.parent else [] for post in posts]


def is_above(by: By, account: Account) -> bool:
    """Whether somebody holds a post above each post of this account, and is somebody else."""
    if by.account is None or by.account == account.uuid:
        return False
    mine = set(Holding.objects.filter(in_force(), account__uuid=by.account).values_list("post_id", flat=True))
    lines = above(account)
    return bool(lines) and all(mine & set(line) for line in lines)


def helper(account: Account) -> Holding | None:
    """Who can give this account a way in again: the nearest holder above all its posts. None: the server's desk."""
    lines = above(account)
    common = [pk for pk in lines[0] if all(pk in line for line in lines)] if lines else []
    held = Holding.objects.filter(in_force(), post__in=common).exclude(account=account)
    by_post = {one.post_id: one for one in held.select_related("account", "post").order_by("role", "-id")}
    return next((by_post[pk] for pk in common if pk in by_post), None)


def last_held(account: Account) -> Holding | None:
    """The post that ended last, for somebody who holds none any more."""
    over = Holding.objects.filter(account=account, accepted_at__isnull=False, ends__lte=clock.now())
    return over.select_related("post", "post__place", "post__parent").order_by("-ends").first()


def recoveries(by: By) -> list[Recovery]:
    """Who asks to get in again and is below somebody's own post, the longest waiting first."""
    scope = by.scope(Right.MANAGE_POSTS)
    waiting = Recovery.objects.filter(closed_at__isnull=True).select_related("account").order_by("asked_at")
    below = Holding.objects.filter(in_force(), scope.q("post__place")).values("account")
    return [one for one in waiting.filter(account__in=below)[:100] if is_above(by, one.account)]


def usable(kind: Code.Kind, text: str) -> Code | None:
    """The code that was typed or scanned, if it may be used now."""
    digits = "".join(sign for sign in text if sign.isdigit())
    found = Code.objects.filter(kind=kind, hash=code_hash(kind, digits) or "-", used_at__isnull=True)
    code = found.filter(expires_at__gt=clock.now()).select_related("account", "holding__post__place").first()
    if code is None or not code.account.is_active:
        return None
    over = code.holding is not None and code.holding.ends is not None and code.holding.ends <= clock.now()
    return None if over else code


def code_hash(kind: Code.Kind, digits: str) -> str:
    """How a one-time code is kept."""
    return sealing.blind(f"code-{kind}", digits)


def matching(accounts: list[Account], password: str) -> list[Account]:
    """Those of these accounts whose password this is. Nobody there takes as long as a wrong password."""
    if not accounts:
        make_password(password)
    return [one for one in accounts if one.check_password(password)]


def factors_of(account: Account) -> list[Authenticator]:
    """Authenticator apps and passkeys; recovery codes alone are none."""
    found = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(found.order_by("id"))


def shut_factors() -> int:
    """How many accounts have a second factor that the key file's secret does not open."""
    box, shut = sealing.secret_box(), set()
    sealed = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("user_id", "data")
    for account_, data in sealed.iterator():
        try:
            box.decrypt(str(data.get("secret") or data.get("seed")).encode())
        except InvalidToken:
            shut.add(account_)
    return len(shut)


def has_factor(account: Account) -> bool:
    """Whether a second factor is set up."""
    return bool(factors_of(account))


def device_over(secret: str) -> bool:
    """Whether the device with this secret was ended."""
    return Device.objects.filter(secret_hash=secret_hash(secret), ended_at__isnull=False).exists()


def access_over(secret: str, account: UUID) -> bool:
    """Whether somebody was enrolled on the device with this secret and is no more: their last post or their access
    ended. Whoever only signed out still is."""
    there = Enrolment.objects.filter(device__secret_hash=secret_hash(secret) or "-", account__uuid=account)
    return there.exists() and not enrolled(secret).filter(account__uuid=account).exists()


def account(uuid: UUID | str) -> Account:
    """Somebody who works here. Raises Account.DoesNotExist."""
    return Account.objects.get(uuid=uuid, is_active=True)


def enrolment(account: Account, uuid: UUID) -> Enrolment:
    """One of an account's enrolments. Raises Enrolment.DoesNotExist."""
    return Enrolment.objects.select_related("device", "account").get(uuid=uuid, account=account)


def name_of(uuid: UUID | None) -> str:
    """Somebody's name; empty for nobody."""
    return Account.objects.filter(uuid=uuid).values_list("name", flat=True).first() or "" if uuid else ""


def posts_of(account: Account, scope: Scope) -> list[Post]:
    """The posts an account holds now within some places."""
    return [one.post for one in holdings_of(account) if scope.covers(one.post.place.path, None)]


def asked(account: Account) -> Recovery | None:
    """The open request of somebody who lost the way in."""
    return Recovery.objects.filter(account=account, closed_at__isnull=True).first()
