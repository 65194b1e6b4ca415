#!/bin/sh
# Installs what the manual's site needs into .venv: by uv where it is present, else by pip.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -c 'import material' 2>/dev/null && exit 0
echo "Installing the packages of requirements-docs.lock into .venv"
if command -v uv >/dev/null 2>&1; then
    uv pip install -q --python .venv/bin/python --require-hashes -r requirements-docs.lock
else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-docs.lock
fi
