#!/bin/sh
# Installs the programs that the tests drive and pip cannot bring: Chromium, Firefox, Node.js, Java (for the W3C Nu
# checker), gettext, fonts. Does nothing for those already there; needs Debian or Ubuntu, and root or sudo.
set -eu
missing=""
command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
    command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing="$missing firefox-esr"
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
command -v msgfmt >/dev/null 2>&1 || missing="$missing gettext"
# Scripts that exams on paper are tested in.
[ -n "$(fc-list :lang=ja 2>/dev/null)" ] || missing="$missing fonts-vlgothic"
[ -n "$(fc-list :lang=ar 2>/dev/null)" ] || missing="$missing fonts-hosny-amiri"
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need:$missing. Install them with your system's package manager, then run again." >&2
    exit 1
fi
sudo=""
[ "$(id -u)" -eq 0 ] || sudo="sudo"
$sudo apt-get update -qq
# Without windows to draw, Chromium needs half the time.
if apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    missing=$(echo "$missing" | sed 's/ chromium\b/ chromium-headless-shell/')
fi
# shellcheck disable=SC2086  # a list of words is meant
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
