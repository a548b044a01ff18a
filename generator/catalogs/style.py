"""How a translation is written, against its source: numbers, names, punctuation, quotation marks, length.

These are rules of thumb: they warn, and refuse nothing but markup that no text may hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from unicodedata import digit, normalize

from generator.catalogs.places import length

Slip = tuple[str, str, str]  # code, message, hint

# What is compared elsewhere, or not at all: claims and link targets; code, keys and placeholders.
_REFERENCE = re.compile(r" *\[\^[^\]]*\]|\]\([^)]*\)")
_MACHINE = re.compile(r"`[^`]*`|\+\+[^+]+\+\+|\{[^}]*\}")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<[!?]")
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.,٬٫]\d{3}(?!\d))*(?:[.,٫]\d+)?")
_IN_WORD = re.compile(r"[^\W\d_]\d+|\d+[^\W\d_]")
_NAME = re.compile(r"(?<![^\W_])[A-Z][A-Z0-9]*[A-Z0-9](?![^\W_])")
_PROSE = re.compile(r"(?<!\w)(?<!\w[.])[^\W\d_A-Z]{3,}(?!\w|[.]\w)")
# Signs that end a sentence, with what other scripts write instead.
_ENDS = {".": ".。।۔።։", "?": "?？؟\u037e՞", "!": "!！՜", ":": ":：", "…": "…⋯", ";": ";；؛"}
_CLOSING = " \u00a0\u202f»”’\"')]}*」』）›“"
_SPACE_BEFORE = re.compile(r"(?<=\w)[ \u00a0\u202f]+[?!;:](?=\s|$)")
# Languages that write, as French does, a space before these signs and inside their quotation marks.
_SPACED = frozenset({"fr", "oc", "br", "gsw", "frp"})
# What a Japanese sentence may end with a full stop instead of.
_STOPPED = frozenset("?:…;") | {""}
# Languages that end a sentence with a space, and those that write " inside words.
_UNSTOPPED = frozenset({"th", "lo", "km", "my", "bo"})
_GERSHAYIM = frozenset({"he", "yi"})
_FEW = frozenset("12")  # numbers that many languages write as words, or as a dual
# The quotation marks of CLDR, of languages that write the same ones everywhere.
_QUOTES = {
    "ar": "«»", "ca": "«»", "de": "„“", "en": "“”", "es": "«»", "it": "«»", "ja": "「」", "ko": "“”",
    "pl": "„”", "ru": "«»", "tr": "“”", "uk": "«»",
}  # fmt: skip
_ANY_QUOTE = re.compile("[«»“”„「」]")
_ARABIC_SIGN = re.compile(r"(?<=[\u0620-\u06ff])[,;?]|[?]$")
_OPENING = {"?": "¿", "!": "¡"}


def slips(
    source: str, found: str, language: str, limit: int = 0, names: Container[str] = ()
) -> Iterator[Slip]:
    """Yield what a careful reader of `language` would mend in a translation.

    `limit` is its longest length; `names` holds the names of protocols that no language translates.
    """
    plain, told = _prose(source), _prose(found)
    yield from _lost(plain, told, names)
    yield from _same(source, found, plain)
    yield from _end(plain, told, language)
    yield from _spacing(told, language)
    yield from _quotes(plain, told, language)
    if limit and length(found) > limit:
        yield "po-long", f"this translation has {length(found)} characters; there is room for {limit}", ""


def tags(source: str, found: str) -> list[str]:
    """Return the HTML that a translation adds."""
    if "<" not in found:
        return []
    return list(Counter(_TAG.findall(_prose(found))) - Counter(_TAG.findall(_prose(source))))


def names(sources: Iterable[str]) -> frozenset[str]:
    """Return the words in capitals of some texts that are no common words shouted: SMTP, but not SANS."""
    texts = [_prose(source) for source in sources]
    common = {word for text in texts for word in _PROSE.findall(text)}
    return frozenset(name for text in texts for name in _NAME.findall(text) if name.casefold() not in common)


def _prose(text: str) -> str:
    """Return a text without references, and a letter in the place of what machines read."""
    return _MACHINE.sub("x", _REFERENCE.sub("", text))


def _lost(source: str, found: str, names: Container[str]) -> Iterator[Slip]:
    """Yield the numbers and the names, such as SMTP, that a translation lost."""
    written = {_digits(number) for number in _NUMBER.findall(found)}
    numbers = (number for number in _NUMBER.findall(_IN_WORD.sub(" ", source)))
    if lost := [number for number in numbers if _digits(number) not in written | _FEW]:
        yield "po-number", f"this translation lacks the number {', '.join(lost)}", "numbers stay as they are"
    gone = [name for name in dict.fromkeys(_NAME.findall(source)) if name in names and name not in found]
    if gone:
        yield "po-name", f"this translation lacks {', '.join(gone)}", "names of protocols stay as they are"


def _digits(number: str) -> str:
    """Return the digits of a number, whatever the script and the separators."""
    return "".join(str(digit(sign)) for sign in number if sign.isdigit()).lstrip("0") or "0"


def _same(source: str, found: str, plain: str) -> Iterator[Slip]:
    if normalize("NFC", source) == normalize("NFC", found) and len(_PROSE.findall(plain)) > 1:
        yield "po-same", "this translation is the source text itself", "translate it, or leave it empty"


def _end(source: str, found: str, language: str) -> Iterator[Slip]:
    """Yield a sign at the end that is not that of the source, as the language writes it.

    A question that the source reports may be asked.
    """
    wanted, got = _last(source), _last(found)
    if language == "el" and got == ";":
        got = "?"
    reported = (wanted, got) == (".", "?")
    japanese = language == "ja" and wanted in _STOPPED and got in (".", "")
    unsigned = language in _UNSTOPPED and not got
    if wanted != got and not (reported or japanese or unsigned):
        told = f"this translation ends {_shown(got)}, its source {_shown(wanted)}"
        yield "po-end", told, "end both the same way, each in its own script"


def _last(text: str) -> str:
    end = text.rstrip(_CLOSING)[-1:]
    return next((sign for sign, others in _ENDS.items() if end and end in others), "")


def _shown(sign: str) -> str:
    return f"with “{sign}”" if sign else "without a sign"


def _spacing(found: str, language: str) -> Iterator[Slip]:
    if language not in _SPACED and (bad := _SPACE_BEFORE.search(found)):
        sign = bad[0].strip()
        yield "po-spacing", f"a space stands before “{sign}”", "only French and a few others write one there"
    if language in ("ar", "fa", "ur", "ckb") and (bad := _ARABIC_SIGN.search(found)):
        yield "po-sign", f"“{bad[0]}” is a Latin sign", "write “،”, “؛” or “؟”"
    if language == "es":
        for close, opened in _OPENING.items():
            if found.count(close) > found.count(opened):
                yield "po-sign", f"“{close}” is not opened by “{opened}”", ""


def _quotes(source: str, found: str, language: str) -> Iterator[Slip]:
    """Yield quotation marks that are straight, or those of another language."""
    wanted = _QUOTES.get(language, "")
    hint = f"write {wanted[0]}…{wanted[1]}" if wanted else "write those of your language"
    if '"' in found and '"' not in source and language not in _GERSHAYIM:
        yield "po-quote", "straight quotation marks stand in this translation", hint
    elif wanted and (bad := set(_ANY_QUOTE.findall(found)) - set(wanted) - _inner(found, wanted)):
        yield "po-quote", f"{' '.join(sorted(bad))} are the quotation marks of another language", hint
    if language not in _SPACED and re.search("«[ \u00a0\u202f]|[ \u00a0\u202f]»", found):
        yield "po-spacing", "a space stands inside « »", "only French and a few others write one there"


def _inner(found: str, wanted: str) -> set[str]:
    """Return the marks of a quotation inside another, where one stands there."""
    inside = re.search(f"{wanted[0]}[^{wanted[1]}]*[“”„『』]", found)
    return set("“”„") if inside else set()
