"""Envelopes are bound to their row; blind indexes find equal values and nothing else."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import RFC_4122, UUID, uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from wangge.base import keys, sealing
from wangge.base.ids import derived, uuid7, uuid7s


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=5))
def test_what_is_sealed_is_read_again(content: dict[str, str]) -> None:
    row = uuid4()
    assert sealing.unseal("t", row, sealing.seal("t", row, content)) == content


def test_an_envelope_cannot_be_moved_to_another_row_or_table() -> None:
    row = uuid4()
    envelope = sealing.seal("t", row, {"document": "140106199001011234"})
    assert b"140106" not in envelope
    with pytest.raises(sealing.Tampered):
        sealing.unseal("t", uuid4(), envelope)
    with pytest.raises(sealing.Tampered):
        sealing.unseal("other", row, envelope)


def test_a_changed_byte_is_noticed() -> None:
    row = uuid4()
    envelope = bytearray(sealing.seal("t", row, {"phone": "19900000000"}))
    envelope[-1] ^= 1
    with pytest.raises(sealing.Tampered):
        sealing.unseal("t", row, bytes(envelope))


def test_a_missing_key_is_named() -> None:
    row = uuid4()
    envelope = bytearray(sealing.seal("t", row, {}))
    envelope[1] = 77
    with pytest.raises(keys.KeyMissing, match="sealing key 77"):
        sealing.unseal("t", row, bytes(envelope))


def test_two_envelopes_of_one_content_differ() -> None:
    row = uuid4()
    assert sealing.seal("t", row, {"a": "b"}) != sealing.seal("t", row, {"a": "b"})


def test_blind_indexes_find_equal_values_of_one_kind_only() -> None:
    assert sealing.blind("phone", "1") == sealing.blind("phone", "1")
    assert sealing.blind("phone", "1") != sealing.blind("document", "1")
    assert sealing.blind("phone", "") == ""


def test_the_key_file_is_its_owners_alone(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "keys.json"
    keys.create(file)
    assert file.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        keys.create(file)


def test_ids_are_version_seven_and_in_order() -> None:
    ids = [uuid7() for _ in range(50)]
    assert {one.version for one in ids} == {7}
    assert len(set(ids)) == 50
    assert ids[0].time_low <= ids[-1].time_low


def test_many_ids_at_once_are_such_ids_too() -> None:
    before, texts, after = uuid7(), uuid7s(500), uuid7()
    many = [UUID(text) for text in texts]
    assert [str(one) for one in many] == texts
    assert len(set(many)) == 500
    assert {(one.version, one.variant) for one in many} == {(7, RFC_4122)}
    assert {str(one)[19] for one in many} == set("89ab")
    assert all(before.int >> 80 <= one.int >> 80 <= after.int >> 80 for one in many)


def test_derived_ids_repeat() -> None:
    assert derived("order", 1) == derived("order", 1)
    assert derived("order", 1) != derived("order", 2)


def test_what_is_sealed_for_a_response_is_gone_with_its_key() -> None:
    row, response, other = uuid4(), uuid4(), uuid4()
    mine = sealing.seal("t", row, {"a": "b"}, response=response)
    others = sealing.seal("t", row, {"c": "d"}, response=other)
    assert sealing.unseal("t", row, mine) == {"a": "b"}
    assert keys.destroy_response(settings.WANGGE_KEYS, response, datetime.now(UTC))
    assert not keys.destroy_response(settings.WANGGE_KEYS, response, datetime.now(UTC))
    with pytest.raises(keys.KeyDestroyed):
        sealing.unseal("t", row, mine)
    with pytest.raises(keys.KeyDestroyed):
        sealing.seal("t", row, {}, response=response)
    assert sealing.unseal("t", row, others) == {"c": "d"}


def test_a_key_file_without_the_responses_key_says_which_is_missing() -> None:
    row, response = uuid4(), uuid4()
    envelope = sealing.seal("t", row, {}, response=response)
    keys.change(settings.WANGGE_KEYS, lambda content: content["responses"].pop(str(response)))
    with pytest.raises(keys.KeyMissing, match=str(response)):
        sealing.unseal("t", row, envelope)


def test_the_destroyed_key_is_in_no_byte_of_the_file_and_the_others_stay(tmp_path: Path) -> None:
    path, response, other = tmp_path / "keys.json", uuid4(), uuid4()
    secret = keys.of_response(path, response)
    kept = keys.of_response(path, other)
    before = keys.load(path)
    keys.destroy_response(path, response, datetime.now(UTC))
    after = keys.load(path)
    assert base64.b64encode(secret) not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert (after.sealing, after.blind, after.secret) == (before.sealing, before.blind, before.secret)
    assert after.responses == {other: kept}
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_processes_at_once_make_one_key_a_response(tmp_path: Path) -> None:
    path, responses = tmp_path / "keys.json", [uuid4() for _ in range(8)]
    keys.load(path)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: keys.of_response(path, responses[number % 8]), range(64)))
    assert [made[number] for number in range(64)] == [keys.load(path).responses[responses[n % 8]] for n in range(64)]


@pytest.mark.parametrize("remember", [False, True])
@pytest.mark.parametrize("value", ["", "140106199001011234", "田新来:1990-01-01"])
def test_a_sealer_for_many_rows_makes_what_the_functions_make(value: str, remember: bool) -> None:
    many, row = sealing.Sealer(remember=remember), uuid7()
    assert many.blind("document", value) == many.blinder("document")(value) == sealing.blind("document", value)
    assert sealing.unseal("t", row, many.seal("t", row, {"document": value})) == {"document": value}
