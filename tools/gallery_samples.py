"""What the gallery shows: the invented people of ``gallery_pages/samples.yaml``, with the sums a view would make."""

from pathlib import Path
from typing import Any

import segno
import yaml
from django import forms
from django.core.paginator import Paginator

PAGES = Path(__file__).resolve().parent / "gallery_pages"
DATA: dict[str, Any] = yaml.safe_load((PAGES / "samples.yaml").read_text("utf-8"))
ORDER = ("done", "refused", "absent", "unreachable", "elsewhere", "died", "not_yet")


def parts(words: dict[str, str], counts: list[int]) -> list[dict[str, Any]]:
    """The segments of a bar: each begins where the ones before it end."""
    return [
        {"state": state, "label": words[state], "count": count, "start": sum(counts[:place]), "url": "#"}
        for place, (state, count) in enumerate(zip(ORDER, counts, strict=True))
    ]


def row(words: dict[str, str], place: dict[str, Any]) -> dict[str, Any]:
    """One place of the board."""
    segments = parts(words, place["counts"])
    late = {"state": "late", "label": words["late"], "count": place["late"], "url": "#"}
    return {
        "name": place["name"], "note": place["note"], "url": "#", "done": place["counts"][0],
        "expected": sum(place["counts"]), "segments": segments, "cells": [*segments[1:], late],
    }  # fmt: skip


def task(words: dict[str, str], door: dict[str, Any]) -> dict[str, Any]:
    """A door on a work list."""
    word = words[door.get("state", "not_yet")]
    return {"url": "#", "call_url": None if door.get("closed") else "#", "state_label": word, **door}


def nav(current: int) -> list[dict[str, Any]]:
    """The navigation of somebody with many posts."""
    return [{**entry, "url": "#", "current": place == current} for place, entry in enumerate(DATA["nav"])]


class Result(forms.Form):
    """A form with a hint, an error and a field of every kind."""

    words = DATA["form"]
    document = forms.CharField(label=words["document"]["label"], help_text=words["document"]["hint"])
    taken_at = forms.DateTimeField(
        label=words["taken_at"], widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    method = forms.ChoiceField(
        label=words["method"]["label"], choices=words["method"]["choices"], widget=forms.RadioSelect
    )
    laboratory = forms.ChoiceField(
        label=words["laboratory"]["label"], choices=words["laboratory"]["choices"], required=False
    )
    file = forms.FileField(label=words["file"]["label"], help_text=words["file"]["hint"], required=False)
    agreed = forms.BooleanField(label=words["agreed"], required=False)
    note = forms.CharField(label=words["note"], widget=forms.Textarea, required=False)

    def clean_document(self) -> str:
        """Always wrong, so that the error can be looked at."""
        raise forms.ValidationError(self.words["document"]["error"])


def samples(language: str) -> dict[str, Any]:
    """Everything the sample pages show."""
    words = DATA["words"][language]
    total = [sum(column) for column in zip(*(place["counts"] for place in DATA["board"]), strict=True)]
    qr = segno.make(DATA["sheet"]["code"], error="m").svg_data_uri(scale=4, border=0)
    sheet = {**DATA["sheet"], "qr": qr}
    return {
        **DATA,
        "words": words,
        "outcomes": [(state, word) for state, word in words.items() if state not in ("elsewhere", "late")],
        "tiles": [{**tile, "label": words[tile["state"]]} for tile in DATA["tiles"]],
        "board_rows": [row(words, place) for place in DATA["board"]],
        "board_columns": [{"state": state, "label": words[state]} for state in (*ORDER[1:], "late")],
        "whole": parts(words, total),
        "whole_total": sum(total),
        "tasks": [task(words, door) for door in DATA["tasks"]],
        "tasks_late": [task(words, door) for door in DATA["tasks_late"]],
        "sheets": [sheet, {**sheet, "title": "桥东小区 1号楼", "rows": sheet["rows"] * 3}],
        "page": Paginator(range(303), 50).page(2),
        "form": Result({"method": "pool", "document": "140102195103090021", "taken_at": "2022-04-03T07:10"}),
    }
