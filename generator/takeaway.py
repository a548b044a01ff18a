"""What is written once an edition is built, to read it offline: its list, one file of it, a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from generator.exporters.archive import entry
from generator.site.offline import FRAME, LISTING, WORKER, listing, parts, service_worker
from generator.site.page import Page, relative
from generator.site.pages.offline import SIZE
from generator.site.portable import INDEX, ONLINE, Portable, scripts
from generator.site.view import OFFLINE, Site

# The usual level takes twice the time for a tenth less: a course may have thousands of pages.
_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Edition:
    """A built edition: where it is, the languages that its search knows, and the path of its icon."""

    folder: Path
    site: Site
    pages: Collection[Page]
    languages: Collection[str]
    icon: str

    def file(self, path: str) -> str:
        """Return the file of a page."""
        address = relative("", path, self.site.directory_urls).removeprefix("./")
        return address if address.endswith(".html") else f"{address}index.html"

    def parts(self, pages: Iterable[Page]) -> tuple[str, ...]:
        """Return the files that pages are shown and searched with."""
        found = (path for name in ("assets", "search") for path in (self.folder / name).rglob("*"))
        paths = (path.relative_to(self.folder).as_posix() for path in found)
        return tuple(parts(paths, pages, self.icon, self.languages))


def write_takeaway(edition: Edition) -> None:
    """Write the list of what an edition consists of, and the edition as one file."""
    needed = edition.parts(edition.pages)
    files = (*(edition.file(page.path) for page in edition.pages), *needed)
    addresses = [relative("", page.path, edition.site.directory_urls) for page in edition.pages]
    text = listing(_version(edition.folder, files), edition.site, addresses, needed)
    (edition.folder / LISTING).write_text(text, "utf-8")
    archive = edition.folder / edition.site.archive
    archive.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(archive, "w", compresslevel=_LEVEL) as zipped:
        for path, content in _portable(edition):
            zipped.writestr(entry(f"{archive.stem}/{path}"), content)
    page = edition.folder / edition.file(OFFLINE)
    size = edition.site.size(archive.stat().st_size)
    page.write_text(page.read_text("utf-8").replace(SIZE, size), "utf-8")


def write_worker(site_dir: Path, folders: Iterable[str]) -> None:
    """Write the service worker of a whole site: of the editions in `folders` ("" is the source's)."""
    lists = {folder: site_dir / folder / LISTING for folder in folders}
    found = {folder: path.read_text("utf-8") for folder, path in lists.items() if path.is_file()}
    if found:
        (site_dir / WORKER).write_text(service_worker(found), "utf-8")


def _version(folder: Path, files: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.encode() + b"\0" + hashlib.sha256((folder / path).read_bytes()).digest())
    return digest.hexdigest()[:16]


def _portable(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an edition that opens from them, by path."""
    kept = {edition.file(page.path): page for page in edition.pages if page.path not in ONLINE}
    needed = [path for path in edition.parts(kept.values()) if not path.endswith(".mjs")]
    shown = Portable({*kept, *needed}, edition.site.url)
    for path in kept:
        yield path, shown.page(path, (edition.folder / path).read_text("utf-8")).encode()
    for path in needed:
        content = (edition.folder / path).read_bytes()
        if path == f"{INDEX}.json":
            yield f"{INDEX}.js", shown.index(content.decode()).encode()
        else:
            yield path, content
    modules = (FRAME, *(name for page in kept.values() for name in page.modules))
    for path, text in scripts(modules).items():
        yield path, text.encode()
