"""No field without a declaration: a new free-form field fails here until somebody has said what it is."""

import pytest
from django.apps import apps
from django.db import models

from wangge.base.privacy import Kept, Level, mask_document, mask_name, mask_phone
from wangge.base.retention.fields import all_models, personal_fields
from wangge.domains.people.models import Person

FREE = (models.CharField, models.TextField, models.BinaryField, models.JSONField, models.DateField)


def free_form(field: models.Field) -> bool:  # type: ignore[type-arg]
    """Text, bytes, JSON and days can hold anything about anybody; instants, numbers and choices cannot."""
    chosen_word = bool(getattr(field, "choices", None))
    instant = isinstance(field, models.DateTimeField)
    return isinstance(field, FREE) and not chosen_word and not instant


def test_every_free_form_field_is_declared() -> None:
    missing, stale = [], []
    for model in apps.get_app_config("wangge").get_models():
        declared = model.privacy  # type: ignore[attr-defined]
        names = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
        missing += [
            f"{model.__name__}.{field.name}"
            for field in model._meta.get_fields()
            if isinstance(field, models.Field) and free_form(field) and field.name not in declared
        ]
        stale += [f"{model.__name__}.{name}" for name in declared if name not in names]
    assert not missing
    assert not stale


def test_personal_fields_say_how_long_they_are_kept() -> None:
    for model in apps.get_app_config("wangge").get_models():
        for name, declared in model.privacy.items():  # type: ignore[attr-defined]
            kept = declared.level is Level.OPEN or declared.days is not None
            assert kept, f"{model.__name__}.{name}"


@pytest.mark.django_db
def test_every_personal_field_has_a_clock_that_can_be_read() -> None:
    without = [f"{one.table}.{one.name}" for one in personal_fields() if one.kept == Kept()]
    assert without == [], "declare `kept` on the model: its Response, its own beginning, or the register it is in"
    for one in personal_fields():
        ways = [way for way in (one.kept.response, one.kept.since) if way]
        assert ways or one.kept.register, one.table
        for way in ways:
            assert list(one.model._base_manager.filter(**{f"{way}__isnull": True})[:1]) == []  # the way exists


def test_whoever_a_row_is_about_is_declared() -> None:
    missing = [
        f"{model.__name__}.{field.name}" for model in all_models() for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Person
        and field.name not in model.privacy  # type: ignore[attr-defined]
    ]  # fmt: skip
    assert missing == [], "a row about a person goes with its Response: declare the link"


def test_no_field_outlives_the_row_it_stands_in_and_none_that_is_emptied_is_needed_to_tell_rows_apart() -> None:
    for one in personal_fields():
        links = [other.days for other in personal_fields() if other.model is one.model and other.link]
        if links and not one.kept.register:
            assert one.days <= min(links), f"{one.table}.{one.name}"
        if not one.link and not links:
            assert not one.model._meta.get_field(one.name).unique, f"{one.table}.{one.name}"  # type: ignore[union-attr]


def test_masks_leave_enough_to_ask_for_and_not_enough_to_know() -> None:
    assert mask_name("欧阳明月") == "欧***"
    assert mask_name("") == ""
    assert mask_phone("19900001234") == "199****1234"
    assert mask_phone("12345") == "****"
    assert mask_document("140106199001011234") == "14" + "*" * 14 + "34"
    assert mask_document("") == ""
