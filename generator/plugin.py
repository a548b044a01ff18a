"""The door to MkDocs: the pages of one locale as virtual files of an ordinary MkDocs build."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click import echo
from markupsafe import escape
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator import pipeline
from generator.errors import FichesError
from generator.inline import Inline, tag
from generator.packages import KEPT, Packages
from generator.site import lean, theme
from generator.site.assets import asset, assets, sources
from generator.site.chrome import Chrome, edition_url
from generator.site.files import site_files
from generator.site.offline import MANIFEST, manifest
from generator.site.page import Page
from generator.site.pages import pages
from generator.site.search import entries, settings
from generator.site.view import DOWNLOADS, Site
from generator.takeaway import Edition, write_takeaway, write_worker


class FichesConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """Options of the plugin, all optional."""

    content = options.Type(str, default="content")
    locales = options.Type(str, default="locales")
    locale = options.Type(str, default="")


class FichesPage(MkDocsPage):
    """A page whose HTML and contents come from the course instead of from Markdown."""

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(made.title), file, config)
        self.fiches = made
        self.update_date = "1980-01-01"  # no clock: the same input gives the same bytes

    def read_source(self, config: MkDocsConfig) -> None:
        """Take the description from the page; there is no Markdown to read."""
        self.markdown = ""
        self.meta = {"description": self.fiches.description, "search": {"exclude": True}}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the HTML and the table of contents from the page."""
        self.content = self.fiches.html
        self.toc = _contents(self.fiches)
        self.present_anchor_ids = {section.id for section in self.fiches.sections}


def _contents(page: Page) -> TableOfContents:
    top: list[AnchorLink] = []
    for section in page.sections:
        link = AnchorLink(section.heading, section.id, section.level)
        if section.level == 1 or not top:
            top.append(link)
        else:
            top[-1].children.append(link)
    return TableOfContents(top)


class FichesPlugin(BasePlugin[FichesConfig]):  # type: ignore[no-untyped-call]  # the same
    """Builds the locale that the option, or the variable LOCALE, names; the source locale otherwise."""

    serving = False
    site: Site | None = None
    packages: Packages | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether a person is watching; MkDocs then keeps this object from one build to the next."""
        self.serving = command == "serve"

    @event_priority(100)  # before the search plugin reads its options
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the course, and set the theme, the search and the addresses for the locale.

        While serving, faults are shown above the last good pages instead of ending the preview.
        """
        faults = ""
        assets.cache_clear()
        try:
            self._read(config)
        except FichesError as error:
            faults = str(error)
            if not self.serving or self.site is None:
                raise Abort(f"\n{error}") from None
            echo(f"\n{error}\n", err=True)
        self.chrome.faults = faults
        if self.serving:
            self.chrome.policy = ""
        _configure(config, self.chrome)
        return config

    def _read(self, config: MkDocsConfig) -> None:
        """Read the course and make its pages, all or nothing."""
        root = Path(config.config_file_path or "mkdocs.yml").parent
        self.project = pipeline.Project.at(root, self.config.content, self.config.locales)
        course = pipeline.load(self.project)
        locale = self.config.locale or os.environ.get("LOCALE", "") or course.source_locale
        edition = pipeline.edition(self.project, course, locale)
        if not self.serving:
            pipeline.keep()
        known = tuple(dict.fromkeys((*pipeline.locales(self.project, course), locale)))
        url = edition_url(config.site_url or "", locale, course.source_locale)
        if self.packages is None or not self.serving:  # a preview shows those of its first build
            self.packages = pipeline.downloads(edition, root / KEPT)
        self.files = self.packages.files
        for reason in self.packages.refused:
            echo(reason, err=True)
        site = Site(
            edition.course,
            edition.words,
            url,
            config.use_directory_urls,
            edition.reviewed,
            self.packages.downloads,
            pipeline.translations(self.project, course),
            "" if self.serving else f"{DOWNLOADS}/course/{course.id}.{tag(locale)}.zip",
        )
        self.pages = tuple(pages(site))
        self.chrome = Chrome(site, known, {page.path for page in self.pages})
        self.site = site

    @event_priority(-50)  # after other plugins have added theirs
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page, asset and machine-readable file."""
        for page in self.pages:
            file = File.generated(config, f"{page.path or 'index'}.md", content="")
            FichesPage(page, file, config)
            files.append(file)
        generated: dict[str, str | bytes] = {
            **assets(),
            **self.files,
            **site_files(self.chrome, self.pages),
        }
        if self.chrome.site.archive:
            generated[MANIFEST] = manifest(self.chrome.site, config.theme["favicon"])
        for path, content in generated.items():
            if (theirs := files.get_file_from_path(path)) is not None:
                files.remove(theirs)  # the theme's sitemap carries the day it was built
            files.append(File.generated(config, path, content=content))
        self._dress(files, config)
        return files

    def _dress(self, files: Files, config: MkDocsConfig) -> None:
        """Put one style-sheet in the place of the theme's, with what the pages use of them."""
        sheets = [file for file in files if theme.SHEET.fullmatch(file.src_uri)]
        text = "".join(file.content_string for file in sheets)
        if all(isinstance(file.page, FichesPage) for file in files.documentation_pages()):
            pages = (*(page.html for page in self.pages), self.chrome.nav(None, "."))
            scripts = (file.content_string for file in files if theme.SCRIPT.fullmatch(file.src_uri))
            around = (*theme.templates(config.theme.dirs), *sources("css"))
            text = lean.lean(text, lean.words(pages, around, (*scripts, *sources("js"))))
        for name in [name for file in sheets for name in (file.src_uri, f"{file.src_uri}.map")]:
            if (theirs := files.get_file_from_path(name)) is not None:
                files.remove(theirs)
        self.chrome.stylesheet = lean.path(text)
        files.append(File.generated(config, self.chrome.stylesheet, content=text))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Add the pages to the search index straight from their sections."""
        search = config.plugins.get("material/search")
        if search is not None:
            search.search_index.entries.extend(entries(self.pages, config.use_directory_urls))
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the templates the edition, and mend what the theme's own templates get wrong."""
        env.globals["fiches"] = self.chrome
        env.loader = theme.Mended(env.loader)
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what an edition is read offline with; a preview has none of it."""
        if self.chrome.site.archive:
            site_dir, languages = Path(config.site_dir), settings(self.chrome.site.locale)["lang"]
            site, icon = self.chrome.site, config.theme["favicon"]
            write_takeaway(Edition(site_dir, site, self.pages, languages, icon))
            if not self.chrome.here.folder:
                write_worker(site_dir, [""])  # `fiches build` writes that of all locales

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch the sheets, the catalogs and the templates."""
        for folder in (self.project.content, self.project.locales, Path(__file__).parent):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _configure(config: MkDocsConfig, chrome: Chrome) -> None:
    site = chrome.site
    config.site_url = site.url
    # As Markup: the theme escapes it in some places only, and never twice what is escaped.
    config.site_name = escape(Inline(site.locale).plain(site.course.title))
    config.site_description = Inline(site.locale).plain(site.course.description)
    config.site_author = ", ".join(site.course.authors)
    config.extra_css = [asset("fiches.css"), *config.extra_css]
    config.theme.dirs.insert(0, str(theme.FOLDER))
    config.theme.static_templates = {"404.html"}
    _set(
        config.theme,
        {"language": "en", "font": False, "direction": site.direction, "palette": chrome.palette},
    )
    config.extra.setdefault("homepage", "./")
    config.extra["alternate"] = [] if len(chrome.editions) < 2 else [True]
    search = config.plugins.get("material/search")
    if search is not None:
        for name, value in settings(site.locale).items():
            search.config[name] = value


def _set(theme_config: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        theme_config[name] = value
