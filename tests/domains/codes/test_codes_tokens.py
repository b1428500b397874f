"""A scanned text: good, over, forged, foreign, torn, revoked, of another kind, or from a clock that is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cbor2
import cwt
import pytest
from base45 import b45decode, b45encode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cwt import COSEKey

from wangge.base import keys, signing
from wangge.domains.codes import lists, tokens
from wangge.domains.codes.coding import Content, Torn, encode
from wangge.domains.codes.lists import Edition
from wangge.domains.codes.rules import Kind, initials
from wangge.domains.codes.tokens import PREFIX, Claims, Seen

NOW = datetime(2022, 4, 7, 4, tzinfo=UTC)
DAY = timedelta(days=1)
ISSUER = "140100:3f2a91c4"
CLAIMS = Claims(ISSUER, NOW, NOW + timedelta(hours=12), 1234567, Kind.DAILY, "王**")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    keys.create(tmp_path / "keys.json")
    return tmp_path / "keys.json"


def seen(file: Path, text: str, now: datetime = NOW, issuer: str = ISSUER) -> Seen:
    return tokens.read(text, signing.known(file), issuer, now)[0]


def test_a_good_code_says_who_made_it_until_when_and_no_colour(file: Path) -> None:
    text = tokens.make(file, CLAIMS)
    assert tokens.read(text, signing.known(file), ISSUER, NOW) == (Seen.GOOD, CLAIMS)
    assert len(text) < 220  # a QR code of version 9
    assert not any(word in str(cbor2.loads(cbor2.loads(b45decode(text[4:])).value[2])) for word in ("red", "yellow"))


def test_another_implementation_reads_it_as_a_cwt(file: Path) -> None:
    key = signing.current(file, NOW)
    claims = replace(CLAIMS, expires=datetime.now(UTC) + DAY)
    raw = b45decode(tokens.make(file, claims)[len(PREFIX) :])
    public = Ed25519PublicKey.from_public_bytes(key.public)
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    decoded = cwt.decode(raw, [COSEKey.from_pem(pem, kid=bytes.fromhex(key.kid))])
    assert decoded[1] == ISSUER
    assert decoded[tokens.HOLDER] == [1234567, 0, "王**"]


@pytest.mark.parametrize(
    ("late", "said"),
    [(timedelta(0), Seen.GOOD), (12 * timedelta(hours=1), Seen.EXPIRED), (-DAY, Seen.CLOCK), (DAY, Seen.EXPIRED)],
)
def test_the_clock_decides_between_good_over_and_a_wrong_clock(file: Path, late: timedelta, said: Seen) -> None:
    assert seen(file, tokens.make(file, CLAIMS), NOW + late) is said


def test_what_is_no_code_or_torn_is_said_to_be_that(file: Path) -> None:
    text = tokens.make(file, CLAIMS)
    assert seen(file, "https://example.org/r/areas") is Seen.OTHER
    assert {seen(file, text[:length]) for length in range(4, len(text) - 1)} <= {Seen.TORN, Seen.FORGED}
    assert seen(file, PREFIX + "!!") is Seen.TORN
    assert seen(file, PREFIX + "0" * 5000) is Seen.TORN


def test_one_changed_bit_anywhere_is_noticed(file: Path) -> None:
    raw = b45decode(tokens.make(file, CLAIMS)[len(PREFIX) :])
    for place in range(len(raw)):
        changed = raw[:place] + bytes((raw[place] ^ 1,)) + raw[place + 1 :]
        assert seen(file, PREFIX + b45encode(changed).decode()) is not Seen.GOOD, place


def test_another_citys_key_and_another_issuer_are_foreign(file: Path, tmp_path: Path) -> None:
    keys.create(tmp_path / "other.json")
    assert seen(file, tokens.make(tmp_path / "other.json", CLAIMS)) is Seen.FOREIGN or signing.known(file) == []
    signing.current(file, NOW)
    assert seen(file, tokens.make(tmp_path / "other.json", CLAIMS)) is Seen.FOREIGN
    assert seen(file, tokens.make(file, replace(CLAIMS, issuer="110000:00000000"))) is Seen.FOREIGN


def test_old_codes_stay_good_after_the_key_changed_and_none_of_a_stolen_key(file: Path) -> None:
    before = tokens.make(file, CLAIMS)
    old = signing.current(file, NOW)
    new = signing.rotate(file, NOW, 60 * DAY)
    after = tokens.make(file, CLAIMS)
    assert (seen(file, before), seen(file, after)) == (Seen.GOOD, Seen.GOOD)
    assert old.kid != new.kid
    assert signing.revoke(file, old.kid, NOW, 60 * DAY)
    assert (seen(file, before), seen(file, after)) == (Seen.REVOKED, Seen.GOOD)
    assert signing.current(file, NOW).kid == new.kid
    assert signing.revoke(file, new.kid, NOW, 60 * DAY)
    assert signing.current(file, NOW).kid not in (old.kid, new.kid)
    assert not signing.revoke(file, "00000000", NOW, 60 * DAY)


def test_a_list_is_no_code_and_a_code_no_list(file: Path) -> None:
    whole = lists.whole(file, edition(1, {5: 1}), NOW)
    assert seen(file, PREFIX + b45encode(whole).decode()) in (Seen.KIND, Seen.TORN)
    with pytest.raises((Torn, KeyError)):
        lists.take(b45decode(tokens.make(file, CLAIMS)[len(PREFIX) :]), signing.known(file), None)


def edition(version: int, daily: dict[int, int]) -> Edition:
    return Edition(ISSUER, version, NOW, NOW - DAY / 6, NOW + DAY / 2, encode(Content(daily)))


def test_a_phone_takes_a_list_and_the_differences_in_their_order(file: Path) -> None:
    one, two, three = edition(1, {5: 1, 9: 2}), edition(2, {5: 2, 700: 1}), edition(3, {700: 1})
    known = (signing.current(file, NOW), signing.known(file))[1]
    held = lists.take(lists.whole(file, one, NOW), known, None)
    second = lists.since(file, one, two, NOW)
    held = lists.take(second, known, held)
    assert held == (2, Content({5: 2, 700: 1}))
    for wrong in (second, lists.whole(file, one, NOW), lists.since(file, one, three, NOW)):
        with pytest.raises(Torn):
            lists.take(wrong, known, held)
    assert lists.take(lists.since(file, two, three, NOW), known, held) == (3, Content({700: 1}))
    assert lists.take(lists.since(file, two, two, NOW), known, held) == held


def test_a_list_with_a_bad_signature_is_refused(file: Path) -> None:
    whole = lists.whole(file, edition(1, {5: 1}), NOW)
    with pytest.raises(Torn, match="forged"):
        lists.take(whole[:-1] + bytes((whole[-1] ^ 1,)), signing.known(file), None)


@pytest.mark.parametrize(("name", "shown"), [("王小明", "王**"), ("王明", "王*"), ("wu", "W*"), ("Smith Jo", "S**")])
def test_initials_show_whom_to_compare_with_and_no_name(name: str, shown: str) -> None:
    assert initials(name) == shown
