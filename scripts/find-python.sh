#!/bin/sh
# Prints the path of a Python of version 3.11 or newer, or says that there is none.
# The variable PYTHON, if set, is tried first.
set -eu
for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 \
        && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$candidate"
        exit 0
    fi
done
echo "There is no Python 3.11 or newer here (python3 is $(python3 --version 2>&1 || true))." >&2
echo "Install one from your system's packages or from python.org, then run make again." >&2
exit 1
