"""The columns of XLSForm that we read, as people write them, and the languages in their headings."""

import re
from collections.abc import Iterable

LANGUAGES = {
    "zh": ("zh", "zh-cn", "zh-hans", "中文", "简体中文", "汉语", "chinese"),
    "zh-hant": ("zh-hant", "zh-tw", "zh-hk", "繁体中文", "繁體中文"),
    "en": ("en", "english", "英文", "英语"),
}
_CODES = {word: code for code, words in LANGUAGES.items() for word in words}
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*$")
_APART = re.compile(r"\s*(?:::|：：)\s*")

#: Those that may be followed by a language.
TRANSLATED = frozenset({"label", "hint", "constraint_message", "required_message", "form_title", "purpose", "ground"})
COLUMNS = {
    "survey": frozenset({
        "type", "name", "label", "hint", "required", "required_message", "relevant", "constraint",
        "constraint_message", "calculation", "default", "appearance", "fresh_for", "privacy", "subject",
    }),
    "choices": frozenset({"list_name", "name", "label"}),
    "settings": frozenset({
        "form_id", "form_title", "version", "default_language", "purpose", "ground", "fresh_for", "privacy", "subject",
    }),
}  # fmt: skip
#: XLSForm has them, and we do not do it: the answer says so instead of calling them misspelt.
OUTSIDE = frozenset({
    "choice_filter", "repeat_count", "trigger", "parameters", "media", "image", "audio", "video", "big-image", "bind",
    "body", "instance", "control", "autoplay", "read_only", "readonly", "guidance_hint", "instance_name",
    "public_key", "submission_url", "auto_send", "auto_delete", "style", "namespaces", "entities", "dataset",
    "allow_choice_duplicates", "clean_text_values", "sms_keyword", "geometry",
})  # fmt: skip
#: For people, not for the form.
REMARKS = frozenset({"note", "notes", "comment", "comments", "remark", "remarks", "备注", "说明", "注"})
_OTHER_NAMES = {
    "relevance": "relevant", "caption": "label", "constraint_msg": "constraint_message", "calculate": "calculation",
    "required_msg": "required_message", "id_string": "form_id", "title": "form_title", "list": "list_name",
    "value": "name",
}  # fmt: skip


def heading_of(text: str) -> tuple[str, str | None]:
    """A heading as column and language: "label::English (en)" → ("label", "en"); "name" → ("name", None).

    The language is '' where it is named in words that we do not know.
    """
    column, *language = _APART.split(text.strip(), maxsplit=1)
    plain = re.sub(r"[\s_]+", "_", column.casefold()).strip("_")
    plain = _OTHER_NAMES.get(plain, plain)
    return plain, (language_of(language[0]) if language else None)


def language_of(text: str) -> str:
    """The code of a language as people name it; '' for an unknown one."""
    plain = text.strip()
    if found := _CODE.search(plain):
        plain = found.group(1)
    code = _CODES.get(plain.casefold())
    if code:
        return code
    return plain.casefold() if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", plain) else ""


def is_remark(column: str) -> bool:
    """Whether a column is for the people who keep the form: 备注, or a heading that begins with #."""
    return column in REMARKS or column.startswith("#")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that somebody may have meant; '' for none."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, sorted(known), 1, 0.7)), "")
