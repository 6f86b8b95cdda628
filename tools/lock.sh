#!/bin/sh
# Pins the newest versions that pyproject.toml allows, with hashes, for every supported Python.
set -eu
cd "$(dirname "$0")/.."
${PYTHON:-python3} -m venv --clear .venv-lock
.venv-lock/bin/python -m pip --disable-pip-version-check install --quiet uv==0.13.9
# The header would name this machine's paths, and an index address would bind everyone to it.
.venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
    --generate-hashes --no-header --no-emit-index-url --group dev \
    --output-file requirements.lock pyproject.toml
rm -rf .venv-lock
