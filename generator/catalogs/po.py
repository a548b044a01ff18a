"""Catalogs on disk: PO files, byte-stable and without a clock."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural

from generator.catalogs import entries
from generator.catalogs.messages import Message
from generator.errors import At, Fault, FaultsError, FichesError

DOMAIN = "fiches"
REVIEWED = "X-Reviewed-By-Native-Speaker"
COMMENTS = "#"
_COMMENTS = """\
{title}
This file is distributed under the licence of the course it translates.
"""
# Fields that change by themselves, or that only the file's folder decides.
_DROPPED = {"Generated-By", "POT-Creation-Date", "Language"}
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
    fields |= {name: value for name, value in given.items() if value and name not in _DROPPED}
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    header = Message("", "", text, comments=tuple(comments.split("\n")))
    return entries.render(header, messages, obsolete).encode()


def _title(locale: str | None) -> str:
    if locale is None:
        return "Messages of this course, to be translated."
    return f"{parse_locale(locale).get_display_name('en')} messages of this course."


def _fields(source: str, locale: str | None) -> dict[str, str]:
    """Return the header fields of a new catalog; none holds a date."""
    fields = {"Project-Id-Version": "fiches", "Report-Msgid-Bugs-To": ""}
    if locale is not None:
        fields |= {
            "PO-Revision-Date": "",
            "Last-Translator": "",
            "Language": locale,
            "Language-Team": "",
            "Plural-Forms": plural_forms(locale),
        }
    fields |= {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
    return fields if locale is None else fields | {REVIEWED: "no"}


def plural_forms(locale: str) -> str:
    """Return the Plural-Forms of a locale, as gettext's own tools write them."""
    language = locale.split("_", maxsplit=1)[0]
    return _PLURALS.get(language) or str(get_plural(locale)).rstrip(";") + ";"
