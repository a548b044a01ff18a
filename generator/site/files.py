"""The files of a site that machines read: its sitemap and what robots may do."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from generator.site.chrome import Chrome
from generator.site.page import Page


def site_files(chrome: Chrome, pages: Iterable[Page]) -> dict[str, str]:
    """Return the contents of those files by path; none where the site's address is not known."""
    if not chrome.root:
        return {}
    found = {"sitemap.xml": _sitemap(chrome, pages)}
    if not chrome.here.folder:
        maps = (chrome.address(edition, "") + "sitemap.xml" for edition in chrome.editions)
        found["robots.txt"] = "User-agent: *\nAllow: /\n" + "".join(f"Sitemap: {url}\n" for url in maps)
    return found


def _sitemap(chrome: Chrome, pages: Iterable[Page]) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(other.tag)} href={quoteattr(other.url)}/>'
            for other in chrome.alternates(page)
        )
        lines.append(f"<url><loc>{escape(chrome.address(chrome.here, page.path))}</loc>{links}</url>")
    return "\n".join([*lines, "</urlset>", ""])
