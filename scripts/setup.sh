#!/bin/sh
# Makes the virtual environment .venv with exactly the packages of requirements.lock.
set -eu
cd "$(dirname "$0")/.."
python=$(scripts/find-python.sh)
PYTHON=$python
export PYTHON
if command -v uv >/dev/null 2>&1; then
    groups=print
else
    groups='print python'
fi
# shellcheck disable=SC2086
scripts/system-packages.sh $groups
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Making a virtual environment in .venv ($("$python" --version))"
    rm -rf .venv
    if command -v uv >/dev/null 2>&1; then uv venv -q --python "$python" .venv; else "$python" -m venv .venv; fi
fi
echo "Installing the packages of requirements.lock into .venv"
if command -v uv >/dev/null 2>&1; then
    uv pip install -q --python .venv/bin/python --require-hashes -r requirements.lock
    uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
