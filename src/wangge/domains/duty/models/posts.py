"""Accounts, posts, and who holds a post from when to when."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal
from wangge.domains.duty.rules import PostKind
from wangge.domains.places.models import Grid, Place


class Account(AbstractBaseUser):
    """Somebody who signs in. Rights do not hang here: they come from the posts held now.

    ``sealed`` holds {"phone"}, and ``phone_index`` finds it: one phone may belong to several accounts.
    ``short_secret``: the password is a PIN, good enough only on an enrolled phone. ``invented`` marks the demo's
    accounts and nobody else's: nothing but the demo sets it.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    sealed = models.BinaryField(default=bytes)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    language = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    short_secret = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()
    USERNAME_FIELD = "username"
    kept = Kept(register="staff, for as long as the account exists; residents can check who was at their door")
    privacy: dict[str, Declared] = {
        "username": open_("chosen by the office"),
        "name": personal(365, "staff; shown to residents on the badge"),
        "sealed": personal(365, "the duty phone, AES-256-GCM bound to the row; given to residents under an order"),
        "phone_index": personal(365, "keyed; useless without the key file"),
        "language": open_(),
        "password": open_("a slow hash"),
    }

    def __str__(self) -> str:
        return self.username


class Post(models.Model):
    """A seat with duties and places. ``parent`` is the level above: it backs this post up while it is vacant."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in PostKind])
    title = models.CharField(max_length=80)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="posts")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="below")
    phone = models.CharField(max_length=20, blank=True)
    opened = models.DateField()
    closed = models.DateField(null=True)

    privacy: dict[str, Declared] = {
        "title": open_(), "opened": open_(), "closed": open_(), "phone": open_("the office's number, for residents"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["place", "kind"], name="post_place_kind")]

    def __str__(self) -> str:
        return self.title


class PostGrid(models.Model):
    """A grid that a post answers for (a branch may have several); without any, the post covers its place."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="grids")
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="posts")

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "grid"], name="a_grid_once_per_post")]


class ApiToken(models.Model):
    """Lets another system act as an account. The token itself is shown once; kept is its hash (``digest``).

    What it may do is read from the account's posts at each request; ``rights`` narrows that (empty: all of them).
    With a ``username`` it is a phone's key for OpenRosa clients: ``sealed`` holds {"ha1"}, from which basic and digest
    are both verified without a slow hash.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    username = models.CharField(max_length=20, blank=True)
    sealed = models.BinaryField(default=bytes)
    rights = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy: dict[str, Declared] = {
        "name": open_("the other system, as its owner calls it"),
        "digest": open_("a hash of random bits: nothing to guess from"),
        "username": open_("random"),
        "sealed": open_("a hash of a random password, AES-256-GCM bound to the row: who has it could answer a digest"),
        "rights": open_("codes of rights"),
        "expires_on": open_(),
        "last_used_on": open_("of a system, not of a person"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["username"], condition=~Q(username=""), name="one_key_per_username")
        ]
        indexes = [models.Index(fields=["account", "ended_at"], name="token_account")]


class Holding(models.Model):
    """An account in a post. It counts from ``accepted_at``: open work is taken over, not thrown over."""

    class Role(models.TextChoices):
        HOLDER = "holder"
        DEPUTY = "deputy"

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.HOLDER)
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    privacy: dict[str, Declared] = {}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")), name="holding_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["post", "account"], condition=Q(ends__isnull=True), name="an_account_once_per_post"
            ),
        ]
        indexes = [models.Index(fields=["account", "ends"], name="holding_account")]
