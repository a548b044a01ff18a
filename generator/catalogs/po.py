"""Catalogs on disk: PO files, byte-stable and without a clock.

No message has plural forms: sentences with a count are worded so that none is needed (“Questions: {n}”),
and numbers are written as CLDR wants. The header tells the plural rule all the same, since translators'
tools ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import PLURALS, get_plural
from babel.plural import to_gettext

from generator.catalogs import entries
from generator.catalogs.messages import Message
from generator.errors import At, Fault, FaultsError, FichesError
from generator.inline import direction

DOMAIN = "fiches"
REVIEWED = "X-Reviewed-By-Native-Speaker"
COMMENTS = "#"
_COMMENTS = """\
{title}
This file is distributed under the licence of the course it translates.
"""
# Fields that change by themselves, or that only the file and its folder decide.
_DROPPED = {
    "Generated-By", "POT-Creation-Date", "Language", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding", "X-Native-Name", "X-Direction",
}  # fmt: skip
# The date of a catalog that nobody has revised: gettext wants the field, Babel a date in it.
_NEVER = "1970-01-01 00:00+0000"
# What gettext's tools put into a header until someone fills it in.
_UNFILLED = ("YEAR-MO-DA", "FULL NAME", "LANGUAGE <", "PACKAGE VERSION")
# Where Babel's formula is not the one that translators' tools know.
_PLURALS = {
    "ar": "nplurals=6; plural=("
    "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "oc": "nplurals=2; plural=(n > 1);",
}


def catalog_path(root: Path, locale: str) -> Path:
    """Return where the catalog of a locale lives below the folder of locales."""
    return root / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def locales(root: Path) -> tuple[str, ...]:
    """Return the locales that have a catalog, sorted."""
    return tuple(sorted(path.parent.parent.name for path in root.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


@cache
def shipped() -> dict[str, Path]:
    """Return the catalogs that come with the program, by locale.

    An installed package holds their interface part (`hatch_build.py`); a checkout has them whole.
    """
    package = Path(__file__).parent.parent
    packed = {path.stem: path for path in sorted((package / "locales").glob("*.po"))}
    checkout = package.parent / "locales"
    return packed or {locale: catalog_path(checkout, locale) for locale in locales(checkout)}


def parse_locale(name: str) -> Locale:
    """Return Babel's locale for a CLDR id such as `oc`, `pt_BR` or `zh_Hans`.

    Raises FichesError if CLDR does not know it.
    """
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise FichesError(f"“{name}” is not a locale that CLDR knows: write oc, pt_BR or zh_Hans") from error


Loaded = tuple[tuple[Message, ...], tuple[Message, ...], dict[str, str]]


def load(path: Path) -> Loaded:
    """Return the messages of a PO file, its obsolete messages, and its header fields.

    The field `#` of the header holds its comments. Raises FaultsError, with each line, if the file is no
    PO file.
    """
    shown = path.as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.reason if isinstance(error, UnicodeDecodeError) else error.strerror
        message = f"this catalog cannot be read: {reason}"
        raise FaultsError([Fault(At(shown), "po-unreadable", message, "save it as UTF-8")]) from error
    file = entries.parse(shown, text)
    if file.faults:
        raise FaultsError(file.faults)
    fields = (line.partition(":") for line in file.header.msgstr.splitlines())
    headers = {name.strip(): value.strip() for name, _, value in fields}
    comments = {COMMENTS: "\n".join(file.header.comments)} if file.header.comments else {}
    return file.messages, file.obsolete, headers | comments


def dump(
    messages: Iterable[Message],
    source: str,
    locale: str | None = None,
    obsolete: Iterable[Message] = (),
    headers: dict[str, str] | None = None,
) -> bytes:
    """Return the bytes of a PO file, or of the template when `locale` is None.

    Header fields and comments that translators' tools wrote are kept; the date of the template is left
    out, so that the file changes only where a message does.
    """
    given = dict(headers or {})
    comments = given.pop(COMMENTS, "") or _COMMENTS.format(title=_title(locale))
    fields = _fields(source, locale)
    fields |= {name: value for name, value in given.items() if _filled(value) and name not in _DROPPED}
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    header = Message("", "", text, comments=tuple(comments.split("\n")))
    return entries.render(header, messages, obsolete).encode()


def _filled(value: str) -> bool:
    return bool(value) and not value.startswith(_UNFILLED)


def _title(locale: str | None) -> str:
    if locale is None:
        return "Messages of this course, to be translated."
    return f"{_english(locale)} messages of this course."


def _english(locale: str) -> str:
    return parse_locale(locale).get_display_name("en") or locale


def native_name(locale: str) -> str:
    """Return what a locale calls itself: `occitan`, `português (Brasil)`, `العربية`."""
    return parse_locale(locale).get_display_name(locale) or _english(locale)


def _fields(source: str, locale: str | None) -> dict[str, str]:
    """Return the header fields of a new catalog, after CLDR; none holds today's date.

    The native name and the direction are for people and their tools: the program asks CLDR itself.
    """
    fields = {"Project-Id-Version": "fiches", "Report-Msgid-Bugs-To": ""}
    if locale is not None:
        fields |= {
            "PO-Revision-Date": _NEVER,
            "Last-Translator": "",
            "Language": locale,
            "Language-Team": _english(locale),
            "Plural-Forms": plural_forms(locale),
        }
    fields |= {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
    if locale is None:
        return fields
    return fields | {
        "X-Native-Name": native_name(locale),
        "X-Direction": direction(locale),
        REVIEWED: "no",
    }


def check_header(path: str, locale: str, headers: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what the header of a catalog says of another language than its folder."""
    expected = plural_forms(locale)
    # Some tools count the form of millions, as Spanish has it, and some do not.
    counts = {_count(rule) for rule in (expected, str(get_plural(locale)))}
    rightly = {
        "Language": (locale, headers.get("Language", "").replace("-", "_") == locale),
        "Plural-Forms": (expected, _count(headers.get("Plural-Forms", "")) in counts),
    }
    for name, (wanted, right) in rightly.items():
        if not right:
            told = f"the header’s {name} is “{headers.get(name, '')}”"
            yield Fault(At(path), "po-header", told, f"expected “{wanted}”", severity="warning")


def _count(rule: str) -> str:
    return rule.partition(";")[0]


def plural_forms(locale: str) -> str:
    """Return the Plural-Forms of a locale: as gettext's own tools write them, or else after CLDR."""
    language = locale.split("_", maxsplit=1)[0]
    if language in _PLURALS:
        return _PLURALS[language]
    found = parse_locale(locale).plural_form
    rule = str(to_gettext(found))
    if "e ==" in rule:  # millions have a form of their own, by an operand that gettext does not know
        return f"nplurals=2; plural=({'n > 1' if found(0) == 'one' else 'n != 1'});"
    if language in PLURALS or locale in PLURALS:
        rule = str(get_plural(locale))
    return rule.rstrip(";") + ";"
