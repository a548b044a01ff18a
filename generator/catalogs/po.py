"""Catalogs on disk: PO files read and written with Babel, byte-stable and without a clock."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.pofile import PoFileError, read_po, write_po

from generator.catalogs.messages import Message
from generator.errors import FichesError

DOMAIN = "fiches"
UNREVIEWED = "X-Reviewed-By-Native-Speaker"
_HEADER = """\
# {title}
# This file is distributed under the licence of the course it translates.
#"""


def catalog_path(root: Path, locale: str) -> Path:
    """Return where the catalog of a locale lives below the folder of locales."""
    return root / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def locales(root: Path) -> tuple[str, ...]:
    """Return the locales that have a catalog, sorted."""
    return tuple(sorted(path.parent.parent.name for path in root.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


def parse_locale(name: str) -> Locale:
    """Return Babel's locale for a CLDR id such as `oc`, `pt_BR` or `zh_Hans`.

    Raises FichesError if CLDR does not know it.
    """
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise FichesError(f"“{name}” is not a locale that CLDR knows: write oc, pt_BR or zh_Hans") from error


def load(path: Path, source: str) -> tuple[tuple[Message, ...], tuple[Message, ...], dict[str, str]]:
    """Return the messages of a PO file, its obsolete messages, and its header fields.

    Raises FichesError, with the line, if the file is no PO file.
    """
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise FichesError(f"{path}:{getattr(error, 'lineno', 0) + 1}:1: {error} [po-syntax]") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FichesError(f"{path}: this catalog cannot be read: {error} [po-unreadable]") from error
    headers = {name: value for name, value in catalog.mime_headers}
    current = tuple(_message(message) for message in catalog if message.id)
    obsolete = tuple(_message(message) for message in catalog.obsolete.values())
    return current, obsolete, headers


def _message(message: BabelMessage) -> Message:
    return Message(
        message.context or "",
        _one(message.id),
        _one(message.string),
        fuzzy=message.fuzzy,
        previous=_one(message.previous_id[0]) if message.previous_id else "",
        comments=tuple(message.user_comments),
        notes=tuple(message.auto_comments),
    )


def _one(value: object) -> str:
    return value[0] if isinstance(value, tuple | list) and value else str(value or "")


def dump(
    messages: Iterable[Message],
    source: str,
    locale: str | None = None,
    obsolete: Iterable[Message] = (),
    headers: dict[str, str] | None = None,
) -> bytes:
    """Return the bytes of a PO file, or of the template when `locale` is None.

    Header fields that translators' tools wrote are kept; the date of the template is left out, so that
    the file changes only where a message does.
    """
    given = headers or {}
    catalog = Catalog(
        locale=locale,
        domain=DOMAIN,
        project=given.get("Project-Id-Version", "fiches"),
        header_comment=_HEADER.format(title=_title(locale)),
        last_translator=given.get("Last-Translator", ""),
        language_team=given.get("Language-Team", ""),
        fuzzy=False,
    )
    for message in messages:
        _add(catalog, message)
    for message in obsolete:
        made = BabelMessage(message.msgid, message.msgstr, context=message.context)
        made.user_comments = list(message.comments)
        catalog.obsolete[message.msgid, message.context] = made
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, include_previous=True, omit_header=True, sort_output=False)
    return _header(catalog, given, source, locale) + buffer.getvalue()


def _add(catalog: Catalog, message: Message) -> None:
    added = catalog.add(
        message.msgid,
        message.msgstr or None,
        context=message.context,
        auto_comments=message.notes,
        user_comments=message.comments,
        previous_id=message.previous or (),
        flags=("fuzzy",) if message.fuzzy else (),
    )
    # French “50 % des cas” looks like a Python format to Babel; these texts hold none.
    added.flags.discard("python-format")


def _title(locale: str | None) -> str:
    if locale is None:
        return "Messages of this course, to be translated."
    return f"{Locale.parse(locale).get_display_name('en')} messages of this course."


def _header(catalog: Catalog, given: dict[str, str], source: str, locale: str | None) -> bytes:
    """Return the header entry; Babel's own would carry today's date."""
    fields = {"Project-Id-Version": "fiches", "Report-Msgid-Bugs-To": ""}
    if locale is not None:
        fields |= {
            "Last-Translator": "",
            "Language": locale,
            "Language-Team": "",
            "Plural-Forms": str(catalog.plural_forms),
        }
    fields |= {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }
    if locale is not None:
        fields[UNREVIEWED] = "no"
    dropped = {"Generated-By", "POT-Creation-Date", "Language"}
    fields |= {name: value for name, value in given.items() if value and name not in dropped}
    lines = [_HEADER.format(title=_title(locale)), 'msgid ""', 'msgstr ""']
    lines += [f'"{name}: {value}\\n"' for name, value in fields.items()]
    return ("\n".join(lines) + "\n\n").encode()
