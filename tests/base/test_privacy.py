"""No field without a declaration: a new free-form field fails here until somebody has said what it is."""

from django.apps import apps
from django.db import models

from wangge.base.privacy import Level, mask_document, mask_name, mask_phone

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


def test_masks_leave_enough_to_ask_for_and_not_enough_to_know() -> None:
    assert mask_name("欧阳明月") == "欧***"
    assert mask_name("") == ""
    assert mask_phone("19900001234") == "199****1234"
    assert mask_phone("12345") == "****"
    assert mask_document("140106199001011234") == "14" + "*" * 14 + "34"
    assert mask_document("") == ""
