#!/bin/sh
# Makes the virtual environment .venv with exactly the packages of requirements.lock, after the
# system libraries that they need. By uv where it is present, else by venv and pip.
set -eu
cd "$(dirname "$0")/.."

works() { .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

uv=''
if command -v uv >/dev/null 2>&1; then uv=yes; fi

PYTHON=$(scripts/find-python.sh)
export PYTHON
scripts/system-packages.sh print fonts
if ! works; then
    if [ -z "$uv" ]; then scripts/system-packages.sh python; fi
    echo "Making a virtual environment in .venv ($("$PYTHON" --version))"
    rm -rf .venv
    if [ -n "$uv" ]; then uv venv -q --python "$PYTHON" .venv; else "$PYTHON" -m venv .venv; fi
fi

# Nothing is downloaded that the lock does not name: the project's own build backend is in it, too.
echo "Installing the packages of requirements.lock into .venv"
if [ -n "$uv" ]; then
    uv pip install -q --python .venv/bin/python --require-hashes -r requirements.lock
    uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
else
    pip() { .venv/bin/python -m pip "$@"; }
    pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null  # uv made this .venv
    pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
    pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
fi

packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
scripts/user-fonts.sh "$packages"

# Homebrew's libraries lie where only Homebrew's own Python looks for them; WeasyPrint asks
# ctypes.util.find_library, which reads this variable whenever it is called.
if [ "$(uname)" = Darwin ]; then
    folders=/opt/homebrew/lib:/usr/local/lib:/usr/lib
    echo "import os; os.environ.setdefault('DYLD_FALLBACK_LIBRARY_PATH', '$folders')" \
        >"$packages/homebrew-libraries.pth"
fi
