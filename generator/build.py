"""A whole site, every locale of it: built aside in parallel processes, then put in place at once."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from generator.errors import FichesError
from generator.inline import tag
from generator.takeaway import write_worker


@dataclass(frozen=True, slots=True)
class Job:
    """One locale to build: with which mkdocs.yml, and into which folder."""

    config: str
    locale: str
    site_dir: str


def build_site(
    config: Path,
    site_dir: Path,
    locales: Collection[str],
    source: str,
    jobs: int,
    done: Callable[[str], None] = lambda locale: None,
    kept: Collection[str] = (),
) -> None:
    """Build `locales` into `site_dir`, the source locale at its root and each other in its folder.

    The locales `kept` stay as they were in the last site. That one stays in place, whole, until the new
    one is; raises FichesError if a locale fails. `done` is called with each locale as it is ready.
    """
    aside = site_dir.with_name(f".{site_dir.name}.new")
    _remove(aside)
    try:
        # Each in a folder of its own, since MkDocs empties the folder that it builds into.
        folders = {locale: aside / "locales" / tag(locale) for locale in locales}
        _run([Job(str(config), locale, str(folder)) for locale, folder in folders.items()], jobs, done)
        whole = aside / "site"
        if source in folders:
            folders.pop(source).rename(whole)
        else:
            _copy(site_dir, whole)
        for locale, folder in folders.items():
            _remove(whole / tag(locale))
            folder.rename(whole / tag(locale))
        for name in map(tag, kept):
            if (site_dir / name).is_dir() and not (whole / name).exists():
                shutil.copytree(site_dir / name, whole / name)
        write_worker(whole, ["", *map(tag, (*locales, *kept))])
        _swap(whole, site_dir)
    finally:
        _remove(aside)


def _copy(site: Path, whole: Path) -> None:
    """Take over the last site, if there is one."""
    if site.is_dir():
        shutil.copytree(site, whole)
    else:
        whole.mkdir(parents=True)


def _run(work: list[Job], jobs: int, done: Callable[[str], None]) -> None:
    if len(work) == 1 or jobs == 1:
        for job in work:
            build_locale(job)
            done(job.locale)
        return
    with ProcessPoolExecutor(min(jobs, len(work) or 1), mp_context=get_context("spawn")) as pool:
        for job, _ in zip(work, pool.map(build_locale, work), strict=True):
            done(job.locale)


def build_locale(job: Job) -> None:
    """Build one locale with MkDocs, strictly. Raises FichesError with MkDocs' own words if it fails."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    said = _Said()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(said)
    logger.setLevel(logging.WARNING)
    before = os.environ.get("LOCALE")
    os.environ["LOCALE"] = job.locale
    try:
        build(load_config(job.config, site_dir=job.site_dir, strict=True))
    except (MkDocsException, SystemExit) as error:
        lines = [*said.lines, str(error).strip()]
        raise FichesError("\n".join(line for line in lines if line and line != "1")) from None
    finally:
        logger.removeHandler(said)
        os.environ.pop("LOCALE")
        if before is not None:
            os.environ["LOCALE"] = before


class _Said(logging.Handler):
    """Keeps what MkDocs warned of, to show it if the build fails."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _swap(new: Path, site: Path) -> None:
    """Put `new` in the place of `site` with two renames."""
    old = site.with_name(f".{site.name}.old")
    _remove(old)
    if site.exists():
        site.rename(old)
    new.rename(site)
    _remove(old)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
