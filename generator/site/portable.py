"""An edition as files that open without a server: finished pages, with a server's work done beforehand."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from generator.site.assets import asset, named, used
from generator.site.offline import script
from generator.site.view import COMPOSER, DOWNLOADS, OFFLINE, REVIEW

# What these pages offer, they fetch from the site.
ONLINE = (COMPOSER, DOWNLOADS, OFFLINE, REVIEW)
INDEX = "search/search_index"  # as the theme names it: `.json` on a server, `.js` in files
FILE, MODULES = "assets/file.js", "assets/modules.js"
_ADDRESS = re.compile(r' (href|src)="([^"#][^"]*)"')
_POLICY = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
_LINKS = re.compile(r'\s*<link rel="(?:manifest|modulepreload)"[^>]*>')
_MODULE = re.compile(r'\s*<script type="module" src="([^"]+)"></script>')
_THEME = '<script src="{}"'
_WORKER = "theme/register.mjs"  # there is none for files
_IMPORT = re.compile(r'(\bfrom\s*|\bimport\s*\(?\s*)"(\.[^"]+)"')


@dataclass(frozen=True, slots=True)
class Portable:
    """An edition to be read from files: which files there are, and where the site is, if that is known."""

    files: Collection[str]
    url: str

    def page(self, path: str, html: str) -> str:
        """Return a finished page so that it opens from a file; `path` is its own."""
        up = posixpath.relpath(".", posixpath.dirname(path) or ".")
        modules = [self._name(path, found) for found in _MODULE.findall(html)]
        html = _MODULE.sub("", _LINKS.sub("", _POLICY.sub("", html)))
        html = _ADDRESS.sub(lambda found: self._address(path, found[1], found[2]), html)
        theme = _THEME.format(posixpath.join(up, asset("theme/theme.js")))
        html = html.replace(theme, f'<script src="{up}/{FILE}"></script>\n{theme}')
        wanted = " ".join(name for name in modules if name != _WORKER)
        if wanted:
            last = f'<script src="{up}/{MODULES}" data-modules="{wanted}"></script>\n</body>'
            html = html.replace("</body>", last)
        return html

    def index(self, content: str) -> str:
        """Return the search's index as the script that the theme loads from a file."""
        index = json.loads(content)
        for entry in index["docs"]:
            path, sign, anchor = entry["location"].partition("#")
            entry["location"] = _file(path) + sign + anchor
        index["docs"] = [doc for doc in index["docs"] if doc["location"].partition("#")[0] in self.files]
        return f"var __index = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"

    def _address(self, page: str, attribute: str, value: str) -> str:
        url = urlsplit(unescape(value))
        if url.scheme or url.netloc:
            return f' {attribute}="{value}"'
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), _file(url.path)))
        if target in self.files:
            anchor = f"#{url.fragment}" if url.fragment else ""
            return f' {attribute}="{escape(_file(url.path) + anchor)}"'
        if not self.url:
            return ""  # there is nowhere to go
        return f' {attribute}="{escape(urljoin(urljoin(self.url, page), unescape(value)))}"'

    def _name(self, page: str, source: str) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), source))
        return path.split("/", 2)[2]


def scripts(modules: Iterable[str]) -> dict[str, str]:
    """Return, by path, the scripts that stand in for what browsers do not do from a file.

    They hold the sources of `modules` and of all that these import, at once or on demand.
    """
    sources = {name: _bare(name, named()[name].decode()) for name in used(modules) if name.endswith(".mjs")}
    folder = posixpath.relpath(posixpath.dirname(asset("fiches.css")), posixpath.dirname(MODULES))
    return {FILE: script("file.js"), MODULES: script("modules.js", MODULES=sources, FOLDER=folder)}


def _bare(name: str, source: str) -> str:
    """Return a module that imports others by their names alone, since as text it has no address."""

    def bare(found: re.Match[str]) -> str:
        return f'{found[1]}"{posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))}"'

    return _IMPORT.sub(bare, source)


def _file(path: str) -> str:
    """Return the file that an address leads to."""
    if not path or path.endswith("/"):
        return f"{path}index.html"
    return f"{path}/index.html" if posixpath.basename(path) in (".", "..") else path
