"""Slots, links, printed codes, verdicts of authorities above, appeals, and the lists that were made.

No row here says what colour somebody is. Everything about a code goes the day after its Response closed.
"""

from django.db import models
from django.db.models import Q

from wangge.base.access.scope import ScopedManager
from wangge.base.ids import uuid7
from wangge.base.privacy import Declared, Kept, open_, personal, sensitive
from wangge.domains.codes.rules import Consent, Outcome
from wangge.domains.duty.models import Post
from wangge.domains.people.models import Person
from wangge.domains.people.moves import FACT, Moves
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules_colours import Colour, When

AT_ONCE = 1  # days: codes end with their Response
#: The verdict that an authority sends is its own: it says what it says, and the edition decides whether it counts.
SAYS = [(one.value, one.value) for one in Colour if one is not Colour.GREEN]


class CodeSlot(models.Model):
    """Somebody's place among the numbers of a Response, counted from 0 in each: permuted anew for each day."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="code_slots", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="code_slots")
    slot = models.PositiveIntegerField()

    objects = ScopedManager["CodeSlot"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("response_id",))}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {"person": sensitive(AT_ONCE, "whose number it is")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "person"], name="one_slot_per_response"),
            models.UniqueConstraint(fields=["response", "slot"], name="a_slot_is_given_once"),
        ]


class CodeLink(models.Model):
    """A phone that may show somebody's code: their own, or another's with their consent, which they can take back.

    The address holds the secret; here is its hash.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="code_links", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="code_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    consent = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Consent])
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ScopedManager["CodeLink"]()
    scope_place = "person__home"
    merging = {"person": FACT}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(AT_ONCE, "whose code a phone may show"), "secret_hash": open_("hash of a random secret"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["response", "person"], name="code_link_of")]


class PrintedCode(models.Model):
    """A code on paper. Its number is random and stays until it is replaced; then the list says that it is void."""

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="printed_codes", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="printed_codes")
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects = ScopedManager["PrintedCode"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("response_id",), among={"voided_at__isnull": True})}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {"person": sensitive(AT_ONCE, "whose paper it is")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="a_number_is_printed_once"),
            models.UniqueConstraint(
                fields=["response", "person"], condition=Q(voided_at__isnull=True), name="one_valid_paper_per_person"
            ),
        ]


class CodeVerdict(models.Model):
    """What an authority above says of somebody, with its source and its end: evidence, shown as theirs."""

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="code_verdicts", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="code_verdicts")
    says = models.CharField(max_length=6, choices=SAYS)
    source = models.CharField(max_length=120)
    reference = models.CharField(max_length=80)
    since = models.DateTimeField()
    until = models.DateTimeField()
    recorded_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ScopedManager["CodeVerdict"]()
    scope_place = "person__home"
    merging = {"person": FACT}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(30, "of whom an authority said something"), "source": open_("an authority"),
        "reference": open_("a document's number"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="a_verdict_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(source=""), name="no_verdict_without_its_source"),
        ]
        indexes = [models.Index(fields=["response", "until"], name="code_verdict_until")]


class CodeAppeal(models.Model):
    """Somebody objects to their colour: work with a deadline, at the level that made the decision it rests on.

    ``ground`` and ``ref``: the fact objected to. ``post`` answers; ``raised_at``: it was late and went up a level.
    """

    uuid = models.UUIDField(unique=True, default=uuid7)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="code_appeals", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="code_appeals")
    ground = models.CharField(max_length=12, choices=[(one.value, one.value) for one in When])
    ref = models.UUIDField()
    clause = models.CharField(max_length=80)
    protocol = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="code_appeals")
    raised_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_account = models.UUIDField(null=True)
    decided_post = models.UUIDField(null=True)
    outcome = models.CharField(max_length=14, blank=True, choices=[(one.value, one.value) for one in Outcome])
    answer = models.CharField(max_length=300, blank=True)

    objects = ScopedManager["CodeAppeal"]()
    scope_place = "person__home"
    merging = {"person": Moves(once=("response_id", "ref"), among={"decided_at__isnull": True})}
    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "person": sensitive(30, "who objects"), "clause": open_(), "protocol": open_("a file's name"),
        "answer": sensitive(30, "what the level answered"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "person", "ref"], condition=Q(decided_at__isnull=True),
                name="one_open_appeal_per_fact",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="an_appeal_is_decided_with_an_outcome",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["post", "due_at"], name="appeal_open", condition=Q(decided_at__isnull=True))]


class StatusList(models.Model):
    """A version of a Response's list: a dated copy of what was worked out, never its source.

    ``content``: the bytes of ``docs/operate/codes.md`` in base64. ``checked_at``: when it was last still true.
    ``seen``: the last fact of the log that is in it.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="status_lists", db_index=False)
    version = models.PositiveIntegerField()
    day = models.DateField()
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    seen = models.BigIntegerField()
    kid = models.CharField(max_length=8)
    content = models.TextField(blank=True)
    yellow = models.PositiveIntegerField(default=0)
    red = models.PositiveIntegerField(default=0)
    void = models.PositiveIntegerField(default=0)

    kept = Kept(response="response__uuid")
    privacy: dict[str, Declared] = {
        "day": open_(), "kid": open_("the id of a public key"),
        "content": personal(AT_ONCE, "numbers of that day and what they were; useless without the key file"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "version"], name="a_version_of_a_list_is_made_once")]
