#!/bin/sh
# Installs what a make target needs: the system packages of the groups named on the command line
# (tools/packages.txt), then the virtual environment $VENV from requirements.lock.
# When nothing is missing it says nothing and takes some hundredths of a second.
set -eu
cd "$(dirname "$0")/.."
VENV=${VENV:-.venv}
PYTHON=${PYTHON:-}
PATH=$PATH:/usr/sbin:/sbin

say() { printf '%s\n' "kanaltid: $*" >&2; }
fail() { say "$@"; exit 1; }

# --- what is there ---------------------------------------------------------------------------

# No release candidate, as Ubuntu 22.04 has one of 3.11: pip leaves out what asks for a version.
usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11, 0, "final"))' >/dev/null 2>&1; }

can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

# Sets python to the interpreter to use, or to nothing.
find_python() {
    python=
    if [ -n "$PYTHON" ]; then
        usable "$PYTHON" || fail "PYTHON=$PYTHON is no Python 3.11 or newer."
        python=$PYTHON
        return
    fi
    for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
        if usable "$candidate"; then python=$candidate; return; fi
    done
}

has_font() {
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/nowhere}/.fonts" \
        "${XDG_DATA_HOME:-${HOME:-/nowhere}/.local/share}/fonts"; do
        [ -d "$folder" ] || continue
        [ -z "$(find -L "$folder" -name '*.[to]t[fc]' -print -quit 2>/dev/null)" ] || return 0
    done
    return 1
}

is_there() {
    case $1 in
        lib:*) case $libraries in *"${1#lib:} ("*) return 0 ;; esac; return 1 ;;
        cmd:*) command -v "${1#cmd:}" >/dev/null 2>&1 ;;
        file:*) [ -e "${1#file:}" ] ;;
        font:*) has_font ;;
    esac
}

# Prints the packages of the given groups that are missing.
missing_packages() {
    libraries=$(ldconfig -p 2>/dev/null || true)
    while read -r group probe package; do
        case " $* " in *" $group "*) is_there "$probe" || echo "$package" ;; esac
    done <tools/packages.txt
}

# What is installed follows from the lock and from what pyproject.toml says of the package.
contents() { sed '/^\[tool\.ruff\]/,$d' pyproject.toml | cat - requirements.lock | cksum; }

# Scripts in an environment hold its full path, and its interpreter may be upgraded under it.
place() { printf '%s %s\n' "$(pwd)" "$(readlink -f "$VENV/bin/python")"; }

is_stamped() { [ -x "$VENV/bin/python" ] && [ "$(cat "$VENV/.$1" 2>/dev/null)" = "$($1)" ]; }

environment_is_ready() { is_stamped place && is_stamped contents; }

# --- system packages -------------------------------------------------------------------------

apt() {
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

# Sets as_root to what runs a command as root; false where nothing does.
find_root() {
    as_root=
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null 2>&1 || return 1
    if [ -t 0 ] && [ "${CI:-}" != true ]; then as_root=sudo; else as_root="sudo -n"; fi
    $as_root true 2>/dev/null
}

install_packages() {
    command -v apt-get >/dev/null 2>&1 ||
        fail "needs what Debian and Ubuntu call: $*. There is no apt-get here; install the same with this system's own tool."
    command="apt-get install --no-install-recommends $*"
    if command -v sudo >/dev/null 2>&1; then command="sudo $command"; else command="su -c '$command'"; fi
    say "these system packages are missing:"
    printf '  %s\n' "$@" >&2
    find_root || fail "it takes root's rights to install them. Run this, then make again:
  $command"
    say "apt installs them now"
    # A bare system has no package lists, or lists that have aged; so update where the first try fails.
    apt install --no-install-recommends "$@" 2>/dev/null || {
        apt update && apt install --no-install-recommends "$@"
    } || fail "apt could not install them. Run this to see why, then make again:
  $command"
}

# Prints the packages that bring a Python: Debian's own where it is new enough.
python_packages() {
    for name in python3 python3.13 python3.12 python3.11; do
        candidate=$(apt-cache policy $name 2>/dev/null | sed -n 's/^  Candidate: //p')
        case $candidate in
            *~*) ;;
            3.1[1-9]*) echo "$name $name-venv"; return ;;
        esac
    done
}

need_python() {
    find_python
    if [ -z "$python" ]; then
        command -v apt-get >/dev/null 2>&1 || fail "needs Python 3.11 or newer, and finds none. Install one, or name it: make … PYTHON=/path/to/python3"
        packages=$(python_packages)
        if [ -z "$packages" ] && find_root; then apt update; packages=$(python_packages); fi
        [ -n "$packages" ] || fail "needs Python 3.11 or newer, and this system offers none. Name one: make … PYTHON=/path/to/python3"
        wanted="$wanted $packages"
    elif ! can_make_venv "$python"; then
        wanted="$wanted python$(version_of "$python")-venv"
    fi
}

# --- the virtual environment -----------------------------------------------------------------

pip_install() {
    "$VENV/bin/python" -m pip --disable-pip-version-check install --quiet --no-build-isolation "$@"
}

make_environment() {
    say "setting up $VENV with Python $(version_of "$python"), once; it takes half a gigabyte"
    if ! is_stamped place; then
        "$python" -m venv --clear "$VENV"
        place >"$VENV/.place"
    fi
    # xcffib has no wheel. Its build tool comes from the lock too, and must be there before it.
    awk '/^setuptools==/ { wanted = 1 } wanted { print } wanted && !/\\$/ { exit }' \
        requirements.lock >"$VENV/build-requirements.txt"
    pip_install --require-hashes --no-deps -r "$VENV/build-requirements.txt" &&
        pip_install --require-hashes -r requirements.lock &&
        pip_install --no-deps --no-index --editable . ||
        fail "pip could not fill $VENV; what it said stands above. The next make tries again."
    contents >"$VENV/.contents"
}

# Kanaltid reads its texts from the .po files too; built ones only start faster.
build_translations() {
    for source in resources/locale/*/LC_MESSAGES/*.po; do
        [ "${source%.po}.mo" -nt "$source" ] || { "$VENV/bin/python" -m tools.build_translations; return; }
    done
}

# --- all of it -------------------------------------------------------------------------------

wanted=$(missing_packages "$@")
ready=true
environment_is_ready || { ready=false; need_python; }
# shellcheck disable=SC2086
[ -z "$wanted" ] || install_packages $wanted
if [ $ready = false ]; then
    find_python
    can_make_venv "$python" || fail "Python at $python can't make virtual environments (no ensurepip). Name another: make … PYTHON=/path/to/python3"
    # Two makes at once: the second waits, and finds the work done.
    exec 9>"$VENV.lock"
    flock 9
    environment_is_ready || make_environment
fi
build_translations
