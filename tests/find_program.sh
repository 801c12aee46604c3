#!/bin/sh
# Prints the path of a program that the tests need, and installs Debian's if there is none:
#   tests/find_program.sh chromium
#   tests/find_program.sh firefox
#   tests/find_program.sh nginx
set -eu

say() { echo "$*" >&2; }

# Fonts are named because a bare Debian has none, and text of no size hides layout errors.
fonts="fonts-dejavu fonts-liberation"

case $1 in
chromium)
    title="Chromium or Chrome" variable=CHROMIUM package="chromium $fonts"
    set -- chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    ;;
firefox)
    title=Firefox variable=FIREFOX package="firefox-esr $fonts"
    set -- firefox-esr firefox "/Applications/Firefox.app/Contents/MacOS/firefox"
    ;;
nginx)
    title=nginx variable=NGINX package=nginx
    set -- nginx /usr/sbin/nginx /usr/local/sbin/nginx /opt/homebrew/bin/nginx
    ;;
esac

eval "named=\${$variable:-}"
if [ -n "$named" ]; then
    command -v "$named" && exit
    say "$variable must name a program to run, but there is none at $named."
    say "Correct it, or unset it to have one looked for."
    exit 1
fi

find_it() {
    for program in "$@"; do
        command -v "$program" && return
    done
    return 1
}
find_it "$@" && exit

# RUNLEVEL=1: a server that is installed is not started by that.
install_it() {
    # shellcheck disable=SC2086  # a package and its fonts
    $1 apt-get update && $1 env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install --yes --no-install-recommends $package
}

if command -v apt-get >/dev/null; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=$(command -v sudo || true)
    if [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; then
        say "The browser tests need $title and there is none here: installing Debian's."
        install_it "$as_root" >&2 || say "apt-get could not install it."
        find_it "$@" && exit
    fi
fi

say "The browser tests need $title, and there is none here."
say "Install one, or say where it is: $variable=/path/to/it make test"
exit 1
