"""Material for MkDocs, mended: its templates as they are, less what fails the checkers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jinja2 import BaseLoader, Environment

from generator.errors import FichesError

FOLDER = Path(__file__).parent / "theme"
# What the theme styles its pages with, and its script.
SHEET = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
SCRIPT = re.compile(r"assets/javascripts/bundle\.\w+\.min\.js")
# What every page is made with, of the theme's templates and of ours.
_PARTS = (
    "footer",
    "header",
    "logo",
    "palette",
    "search",
    "toc",
    "toc-item",
    "top",
    "alternate",
    "copyright",
    "nav",
)
_TEMPLATES = ("base.html", "main.html", "404.html", *(f"partials/{name}.html" for name in _PARTS))
# template, what it says, what it should say. A mend that finds nothing fails the build: the theme changed.
MENDS: tuple[tuple[str, str, str], ...] = (
    # `autocomplete` is not an attribute of check boxes (W3C Nu checker).
    ("base.html", 'id="__drawer" autocomplete="off"', 'id="__drawer" aria-hidden="true" tabindex="-1"'),
    ("base.html", 'id="__search" autocomplete="off"', 'id="__search" aria-hidden="true" tabindex="-1"'),
    # The direction of the whole document, not of its body alone.
    ("base.html", ' class="no-js">', ' dir="{{ lang.t(\'direction\') }}" class="no-js">'),
    # No page has the check box that this label names: its contents do not fold.
    ("partials/toc.html", '<label class="md-nav__title" for="__toc">', '<div class="md-nav__title">'),
    ("partials/toc.html", "</label>", "</div>"),
    # The script is for the search alone: theme/frame.mjs loads it when a reader turns to that.
    (
        "base.html",
        "<script src=\"{{ 'assets/javascripts/bundle",
        "<template data-search><script src=\"{{ 'assets/javascripts/bundle",
    ),
    (
        "base.html",
        "</script>\n      {% for script in config.extra_javascript %}",
        "</script></template>\n      {% for script in config.extra_javascript %}",
    ),
    # A dialog needs a name (axe: aria-dialog-name).
    (
        "partials/search.html",
        'data-md-component="search" role="dialog"',
        'data-md-component="search" role="dialog" aria-label="{{ lang.t(\'search\') }}"',
    ),
)


class Mended(BaseLoader):
    """Loads what another loader finds, with the mends applied."""

    def __init__(self, inner: BaseLoader) -> None:
        self.inner = inner

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return the source of a template; raise FichesError if a mend no longer applies."""
        source, name, uptodate = self.inner.get_source(environment, template)
        for mended, wrong, right in MENDS:
            if mended == template:
                if wrong not in source:
                    raise FichesError(f"the theme's {template} changed: look at generator/site/theme.py")
                source = source.replace(wrong, right)
        return source, name, uptodate

    def list_templates(self) -> list[str]:
        """Return what the inner loader lists."""
        return self.inner.list_templates()


def templates(folders: Iterable[str]) -> Iterator[str]:
    """Yield the sources of the templates that every page is made with, wherever they are in `folders`."""
    paths = (Path(folder) / name for folder in folders for name in _TEMPLATES)
    yield from (path.read_text("utf-8") for path in paths if path.is_file())
