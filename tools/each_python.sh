#!/bin/sh
# Runs `MAKE TARGET PYTHON=…` once with every Python from 3.11 on that this machine has, apart from
# the one that make takes by itself: sh tools/each_python.sh MAKE TARGET
set -eu
cd "$(dirname "$0")/.."
make=$1
target=$2

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

# Prints the path of that Python, from PATH or among those that pyenv keeps.
interpreter() {
    for candidate in "python$1" "${PYENV_ROOT:-${HOME:-}/.pyenv}/versions/$1".*/bin/python; do
        if [ "$(version_of "$candidate")" = "$1" ]; then command -v "$candidate"; return; fi
    done
}

own=$(version_of .venv/bin/python || true)
found=
for version in 3.11 3.12 3.13 3.14; do
    [ "$version" != "$own" ] || continue
    python=$(interpreter "$version")
    [ -n "$python" ] || continue
    found="$found $version"
    "$make" "$target" PYTHON="$python"
done
echo "Python versions tried beside ${own:-the usual one}:${found:- none, as no other is here}"
