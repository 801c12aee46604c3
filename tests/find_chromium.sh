#!/bin/sh
# Prints the path of a Chromium for the browser tests, and installs Debian's if there is none.
set -eu

say() { echo "$*" >&2; }

if [ -n "${CHROMIUM:-}" ]; then
    command -v "$CHROMIUM" && exit
    say "CHROMIUM must name a browser to run, but there is none at $CHROMIUM."
    say "Correct it, or unset it to have one looked for."
    exit 1
fi

for browser in chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    command -v "$browser" && exit
done

# Fonts are named because a bare Debian has none, and text of no size hides layout errors.
install_chromium() {
    $1 apt-get update && $1 env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends chromium fonts-dejavu fonts-liberation
}

if command -v apt-get >/dev/null; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=$(command -v sudo || true)
    if [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; then
        say "The browser tests need Chromium and there is none here: installing Debian's."
        install_chromium "$as_root" >&2 || say "apt-get could not install it."
        command -v chromium && exit
    fi
fi

say "The browser tests need Chromium or Chrome, and there is none here."
say "Install one, or say where it is: CHROMIUM=/path/to/chromium make test"
exit 1
