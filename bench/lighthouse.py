"""Has Lighthouse judge pages of the built site as a phone loads them, and keeps its scores beside this file.

    npm install --prefix DIR lighthouse
    .venv/bin/python bench/lighthouse.py DIR/node_modules/.bin/lighthouse

The site is served compressed, as hosts of static sites do. Scores go from 0 to 100; sizes are kB as sent.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SITE = ROOT / "site"
KEPT = Path(__file__).with_suffix(".json")
PAGES = {
    "home": "",
    "concept": "concepts/is-email-connectionless/",
    "concept, Arabic": "ar/concepts/is-email-connectionless/",
    "quizzes": "quizzes/",
    "composer": "composer/",
    "review": "review/",
    "glossary": "glossary/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SWITCHES = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
BROWSERS = ("chromium", "google-chrome", "chromium-headless-shell")
PLAIN = (".png", ".zip", ".woff2")


@cache
def packed(path: Path) -> bytes:
    """Return a file as it is sent."""
    return gzip.compress(path.read_bytes())


class Handler(SimpleHTTPRequestHandler):
    """Serves files compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file compressed, and what is compressed already as it is."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix in PLAIN:
            super().do_GET()
            return
        body = packed(path)
        self.send_response(200)
        kind = "text/javascript" if path.suffix == ".mjs" else self.guess_type(str(path))
        for name, value in (
            ("Content-Type", kind),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def judged(lighthouse: str, address: str) -> dict[str, Any]:
    """Return the scores of a page, its weight, and the audits that it fails."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        chromium = next(filter(None, map(shutil.which, BROWSERS)), "")
        command = [
            lighthouse, address, "--quiet", f"--chrome-flags={SWITCHES}",
            "--output=json", f"--output-path={report.name}", f"--only-categories={','.join(CATEGORIES)}",
        ]  # fmt: skip
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium})
        found = json.loads(Path(report.name).read_text("utf-8"))
    counted = [
        ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref["weight"]
    ]
    failed = sorted({name for name in counted if (found["audits"][name]["score"] or 0) < 0.9})
    return {
        **{name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES},
        "kB": round(found["audits"]["total-byte-weight"]["numericValue"] / 1000),
        "failed": [name for name in failed if found["audits"][name]["scoreDisplayMode"] != "notApplicable"],
    }


def main(lighthouse: str) -> None:
    """Judge every page, print the scores and keep them."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    scores = {}
    for name, path in PAGES.items():
        scores[name] = judged(lighthouse, f"http://127.0.0.1:{server.server_port}/{path}")
        print(name, scores[name], flush=True)
    server.shutdown()
    version = subprocess.run(
        [lighthouse, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    KEPT.write_text(json.dumps({"lighthouse": version, "pages": scores}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
