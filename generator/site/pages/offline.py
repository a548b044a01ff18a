"""The page on reading without a network: the whole course kept by the browser, installed, or as one file."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from generator.site.page import Page
from generator.site.pages.plain import plain_page
from generator.site.view import OFFLINE, Site

# Stands for the size of the file, which is made of the finished pages.
SIZE = "\N{OBJECT REPLACEMENT CHARACTER}"


def page(site: Site) -> Page:
    """Return the page on reading offline."""
    view = site.page(OFFLINE)
    keep = view.section(2, "browser", "offline.browser", view.render("offline/browser.html"), search="")
    install = Markup("<p>{}</p>").format(view.word("offline.install-text"))
    file = view.section(2, "file", "offline.file", view.render("offline/file.html", size=SIZE), search="")
    intro = Markup("<p>{}</p>").format(view.word("offline.intro"))
    more = (keep, view.section(2, "install", "offline.install", install), file)
    return replace(plain_page(view, "offline", intro, *more), modules=("offline/offline.mjs",))
