#!/bin/sh
# Prints the path of a browser for the tests, and installs Debian's if there is none:
#   tests/find_browser.sh chromium
#   tests/find_browser.sh firefox
set -eu

say() { echo "$*" >&2; }

case $1 in
chromium)
    title="Chromium or Chrome" variable=CHROMIUM package=chromium
    set -- chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    ;;
firefox)
    title=Firefox variable=FIREFOX package=firefox-esr
    set -- firefox-esr firefox "/Applications/Firefox.app/Contents/MacOS/firefox"
    ;;
esac

eval "named=\${$variable:-}"
if [ -n "$named" ]; then
    command -v "$named" && exit
    say "$variable must name a browser to run, but there is none at $named."
    say "Correct it, or unset it to have one looked for."
    exit 1
fi

for browser in "$@"; do
    command -v "$browser" && exit
done

# Fonts are named because a bare Debian has none, and text of no size hides layout errors.
install_browser() {
    $1 apt-get update && $1 env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "$package" fonts-dejavu fonts-liberation
}

if command -v apt-get >/dev/null; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=$(command -v sudo || true)
    if [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; then
        say "The browser tests need $title and there is none here: installing Debian's."
        install_browser "$as_root" >&2 || say "apt-get could not install it."
        command -v "$package" && exit
    fi
fi

say "The browser tests need $title, and there is none here."
say "Install one, or say where it is: $variable=/path/to/browser make test"
exit 1
