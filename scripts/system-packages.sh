#!/bin/sh
# Installs what pip cannot bring. Usage: system-packages.sh [--dry-run] GROUP ...
# Groups: print (Pango and HarfBuzz for WeasyPrint, Noto fonts), python (venv), office (LibreOffice,
# poppler), node (Node.js with npm), java (Java and Maven). What is there already is left alone.
set -eu

dry=''
if [ "${1:-}" = --dry-run ]; then dry=yes; shift; fi

have() { command -v "$1" >/dev/null 2>&1; }

library() { # library NAME: whether the dynamic linker finds it
    if have ldconfig && ldconfig -p 2>/dev/null | grep -q "lib$1[.-]"; then return 0; fi
    for folder in /usr/lib /usr/lib64 /usr/lib/*-linux-* /usr/local/lib /opt/homebrew/lib; do
        for file in "$folder/lib$1"*; do [ -e "$file" ] && return 0; done
    done
    return 1
}

font() { # font PATTERN: whether a font file of this name is installed
    for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" \
        "$HOME/.fonts" /Library/Fonts "$HOME/Library/Fonts"; do
        [ -d "$folder" ] || continue
        [ -n "$(find -L "$folder" -name "$1" 2>/dev/null | head -n 1)" ] && return 0
    done
    return 1
}

there() { # there GROUP
    case $1 in
        print) library pango-1.0 && library pangoft2-1.0 && library harfbuzz \
            && font 'NotoSans[-\[]*' && font 'NotoSerif[-\[]*' \
            && font 'NotoSansHebrew*' && font 'NotoSerifHebrew*' ;;
        python) "${PYTHON:-python3}" -c 'import ensurepip, venv' >/dev/null 2>&1 ;;
        office) { have soffice || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]; } \
            && have pdftoppm ;;
        node) have npm ;;
        java) have java && have mvn ;;
        *) echo "system-packages: unknown group '$1'" >&2; exit 2 ;;
    esac
}

why() {
    case $1 in
        print) echo "Pango and HarfBuzz, with which WeasyPrint sets the PDF, and the Noto fonts for characters that the theme's faces lack" ;;
        python) echo "Python's venv module, to keep our Python packages apart" ;;
        office) echo "LibreOffice and poppler, with which tests look at the outputs" ;;
        node) echo "Node.js with npm, to fetch Microsoft's Open XML validator" ;;
        java) echo "Java and Maven, to fetch and run veraPDF" ;;
    esac
}

manager=''
for candidate in apt-get dnf apk pacman brew; do
    if have "$candidate"; then manager=$candidate; break; fi
done

names() { # names GROUP: its packages for this package manager
    case $manager:$1 in
        apt-get:print) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fonts-noto-core ;;
        apt-get:python) echo "python$("${PYTHON:-python3}" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" ;;
        apt-get:office) echo libreoffice-writer-nogui libreoffice-impress-nogui poppler-utils ;;
        apt-get:node) echo nodejs npm ;;
        apt-get:java) echo default-jre-headless maven ;;
        dnf:print) echo pango harfbuzz google-noto-sans-fonts google-noto-serif-fonts google-noto-sans-hebrew-fonts google-noto-serif-hebrew-fonts ;;
        dnf:python) echo python3 python3-pip ;;
        dnf:office) echo libreoffice-writer libreoffice-impress poppler-utils ;;
        dnf:node) echo nodejs npm ;;
        dnf:java) echo java-21-openjdk-headless maven ;;
        apk:print) echo pango harfbuzz harfbuzz-subset font-noto font-noto-hebrew ;;
        apk:python) echo python3 py3-pip ;;
        apk:office) echo libreoffice-writer libreoffice-impress poppler-utils ;;
        apk:node) echo nodejs npm ;;
        apk:java) echo openjdk21-jre-headless maven ;;
        pacman:print) echo pango harfbuzz noto-fonts ;;
        pacman:python) echo python ;;
        pacman:office) echo libreoffice-fresh poppler ;;
        pacman:node) echo nodejs npm ;;
        pacman:java) echo jre-openjdk-headless maven ;;
        brew:print) echo pango harfbuzz font-noto-sans font-noto-serif font-noto-sans-hebrew font-noto-serif-hebrew ;;
        brew:python) echo python ;;
        brew:office) echo libreoffice poppler ;;
        brew:node) echo node ;;
        brew:java) echo openjdk maven ;;
    esac
}

missing=''
for group in "$@"; do
    there "$group" || missing="$missing $group"
done
[ -n "$missing" ] || exit 0

if [ -z "$manager" ]; then
    echo "Something is missing that pip cannot bring, and there is no apt-get, dnf, apk, pacman or brew here:" >&2
    for group in $missing; do echo "  - $(why "$group")" >&2; done
    echo "Please install it by hand, then run the same command again." >&2
    exit 1
fi

packages=''
echo "About to install by $manager:"
for group in $missing; do
    packages="$packages $(names "$group")"
    echo "  - $(names "$group")"
    echo "    ($(why "$group"))"
done

root=''
if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
    if have sudo; then
        root=sudo
        echo "This needs an administrator's rights; sudo may ask for your password."
    else
        echo "This needs an administrator's rights, and there is no sudo. Ask an administrator to run:" >&2
        echo "  $manager install$packages" >&2
        exit 1
    fi
fi

run() {
    if [ -n "$dry" ]; then echo "would run: $*"; else "$@"; fi
}

case $manager in
    apt-get)
        lists=${APT_LISTS:-/var/lib/apt/lists}
        if ! ls "$lists"/*_Packages* >/dev/null 2>&1; then
            echo "apt's package lists are missing; fetching them first."
            run $root apt-get update -qq
        fi
        # shellcheck disable=SC2086
        if ! run $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
            install -y -qq --no-install-recommends $packages; then
            echo "apt-get failed; the package lists may be old. Fetching them and trying once more."
            run $root apt-get update -qq
            # shellcheck disable=SC2086
            run $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
                install -y -qq --no-install-recommends $packages
        fi ;;
    # shellcheck disable=SC2086
    dnf) run $root dnf install -y -q $packages ;;
    # shellcheck disable=SC2086
    apk) run $root apk add --quiet $packages ;;
    # shellcheck disable=SC2086
    pacman) run $root pacman -Sy --needed --noconfirm $packages ;;
    # shellcheck disable=SC2086
    brew) run brew install $packages ;;
esac
