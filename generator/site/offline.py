"""What a browser needs to keep an edition: what it consists of, its manifest and the service worker."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.resources import files

from generator.inline import Inline
from generator.site.assets import asset, used
from generator.site.page import Page, relative
from generator.site.view import OFFLINE, Site

MANIFEST, LISTING, WORKER = "manifest.webmanifest", "offline.json", "sw.js"
COLOUR = "#3b4cc0"
FRAME = "theme/frame.mjs"
# On every page, without being named by it.
_EVERYWHERE = ("fiches.css", "theme/theme.js", FRAME, "theme/register.mjs")
_THEME = re.compile(r"assets/(javascripts|stylesheets)/.*\.(css|js)|search/search_index\.json")
# The theme brings a search in thirty languages.
_LANGUAGE = re.compile(r"assets/javascripts/lunr/(?:min/lunr\.)?(\w+)[\w.]*\.js")
_SEGMENTERS = {"ja": "tinyseg", "hi": "wordcut", "th": "wordcut"}


def script(name: str, **values: object) -> str:
    """Return a script of `site/scripts`, each constant that is named in `values` with its value."""
    text = (files("generator.site") / "scripts" / name).read_text("utf-8")
    for constant, value in values.items():
        filled = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = text.replace(f"const {constant} = {{}};", f"const {constant} = {filled};")
    return text


def manifest(site: Site, icon: str) -> str:
    """Return the web app manifest of an edition (W3C): with it, the course can be installed."""
    kind, _ = mimetypes.guess_type(icon)
    title = Inline(site.locale).plain(site.course.title)
    value = {
        "name": title,
        "short_name": title,
        "description": Inline(site.locale).plain(site.course.description),
        "lang": site.tag,
        "dir": site.direction,
        "start_url": ".",
        "scope": ".",
        "display": "standalone",
        "theme_color": COLOUR,
        "background_color": "#ffffff",
        "icons": [{"src": icon, "sizes": "any", "type": kind}],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def parts(
    paths: Iterable[str], pages: Iterable[Page], icon: str, languages: Collection[str]
) -> Iterator[str]:
    """Yield those of the files of an edition that its pages are shown and searched with."""
    yield icon
    shown = used(name for page in pages for name in (*_EVERYWHERE, *page.styles, *page.modules))
    yield from sorted(map(asset, shown))
    needed = {"lunr", "stemmer", *languages, *(_SEGMENTERS.get(each, "") for each in languages)}
    if len(set(languages)) > 1:
        needed.add("multi")
    for path in sorted(paths):
        language = _LANGUAGE.fullmatch(path)
        if language[1] in needed if language else _THEME.fullmatch(path):
            yield path


def listing(version: str, site: Site, addresses: Iterable[str], names: Iterable[str]) -> str:
    """Return the list of what an edition consists of: the addresses of its pages, and its other files.

    `version` changes with the contents of any of them.
    """
    value = {
        "version": version,
        "offline": relative("", OFFLINE, site.directory_urls),
        "pages": list(addresses),
        "parts": list(names),
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


def service_worker(listings: Mapping[str, str]) -> str:
    """Return the service worker of a site; `listings` are its locales', by folder ("" is the root)."""
    digest = hashlib.sha256(json.dumps(sorted(listings.items())).encode())
    # The root holds all the others: it comes last.
    folders = sorted(listings, key=len, reverse=True)
    homes = [[f"{name}/" if name else "", json.loads(listings[name])["offline"]] for name in folders]
    return script("sw.js", SITE={"version": digest.hexdigest()[:16], "homes": homes})
