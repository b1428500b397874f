"""Envelopes are bound to their row; blind indexes find equal values and nothing else."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.base import keys, sealing
from wangge.base.ids import derived, uuid7


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


def test_derived_ids_repeat() -> None:
    assert derived("order", 1) == derived("order", 1)
    assert derived("order", 1) != derived("order", 2)
