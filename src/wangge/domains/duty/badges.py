"""Badges: what a resident may check about somebody at the door or on the phone, today.

The code in the picture and the number read aloud follow from account and civil day, keyed: a photograph of
yesterday's badge is not valid today, and nothing needs to be stored.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from wangge.base import clock, sealing
from wangge.domains.duty.models import Account, Post
from wangge.domains.duty.queries import chains_of, holdings_of

HOTLINE = "12345"  # the city's own line, in every Chinese city
LETTERS = 24  # of the code: 96 bits
DIGITS = 6  # of the check number, beside the account's own


@dataclass(frozen=True, slots=True)
class Badge:
    """What the public page shows, and no more. Not ``valid``: only the number to call."""

    valid: bool
    name: str = ""
    posts: tuple[tuple[str, str, str], ...] = ()  # kind, title, place
    office: str = HOTLINE
    day: date | None = None


def code_of(account: Account) -> str:
    """What stands in the picture today."""
    return f"{account.pk}-{_keyed(account, 'code')[:LETTERS]}"


def number_of(account: Account) -> str:
    """What is read aloud today: '17 402915'."""
    return f"{account.pk} {_number(account)}"


def check(text: str) -> Badge:
    """The badge behind a code or a number, or one that is not valid."""
    key, _dash, rest = text.strip().replace(" ", "-").partition("-")
    known = Account.objects.filter(pk=int(key), is_active=True).first() if _is_key(key) else None
    if known is None or not _right(known, rest):
        return Badge(valid=False)
    held = [holding.post for holding in holdings_of(known)]
    if not held:
        return Badge(valid=False)
    posts = tuple((post.kind, post.title, post.place.name) for post in held)
    return Badge(True, known.name, posts, office_of(held[0]), clock.today())


def office_of(post: Post) -> str:
    """The nearest office's number, from the post upwards; the city's line where none is set."""
    line = chains_of([post])[post.pk]
    if len(line) == 1 and post.parent:
        line = [post.pk, *chains_of([post.parent])[post.parent.pk]]
    phones = dict(Post.objects.filter(pk__in=line).exclude(phone="").values_list("pk", "phone"))
    return next((phones[pk] for pk in line if pk in phones), HOTLINE)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


def _right(account: Account, rest: str) -> bool:
    digits = "".join(sign for sign in rest if sign.isdigit())
    typed = rest.encode()
    code, number = _keyed(account, "code")[:LETTERS].encode(), _number(account).encode()
    return hmac.compare_digest(typed, code) or (digits == rest and hmac.compare_digest(typed, number))


def _number(account: Account) -> str:
    return f"{int(_keyed(account, 'number'), 16) % 10**DIGITS:0{DIGITS}}"


def _keyed(account: Account, what: str) -> str:
    return sealing.blind(f"badge-{what}", f"{account.uuid}:{clock.today()}")
