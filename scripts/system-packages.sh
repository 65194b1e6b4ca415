#!/bin/sh
# Installs what pip cannot bring. Usage: system-packages.sh [--dry-run] GROUP ...
# Groups: print (Pango and HarfBuzz), fonts (Noto), python (venv), office (LibreOffice, poppler),
# node (Node.js with npm), java (Java and Maven), browser (Chromium). What is there already is left
# alone.
set -eu

dry=''
if [ "${1:-}" = --dry-run ]; then
    dry=yes
    shift
fi
if [ "${SYSTEM_PACKAGES:-}" = skip ]; then exit 0; fi

have() { command -v "$1" >/dev/null 2>&1; }

library() { # library NAME: whether the dynamic linker finds it
    if have ldconfig && ldconfig -p 2>/dev/null | grep -q "lib$1[.-]"; then return 0; fi
    for folder in ${LIBRARY_FOLDERS:-/usr/lib /usr/lib64 /usr/lib/*-linux-* /usr/local/lib \
        /opt/homebrew/lib}; do
        for file in "$folder/lib$1".*; do
            if [ -e "$file" ]; then return 0; fi
        done
    done
    return 1
}

font() { # font PATTERN: whether a font file of this name is installed
    for folder in ${FONT_FOLDERS:-/usr/share/fonts /usr/local/share/fonts /Library/Fonts} \
        "$HOME/.local/share/fonts" "$HOME/.fonts" "$HOME/Library/Fonts"; do
        if [ -d "$folder" ] && [ -n "$(find -L "$folder" -name "$1" 2>/dev/null | head -n 1)" ]; then
            return 0
        fi
    done
    return 1
}

runs_java() { # macOS has a java that only says where to get one; Homebrew keeps its own aside
    java -version >/dev/null 2>&1 \
        || [ -x /opt/homebrew/opt/openjdk/bin/java ] || [ -x /usr/local/opt/openjdk/bin/java ]
}

there() { # there GROUP: whether nothing of it is missing
    case $1 in
        print) library pango-1.0 && library pangoft2-1.0 && library fontconfig \
            && library harfbuzz && library harfbuzz-subset ;;
        fonts) font 'NotoSans[-[]*' && font 'NotoSerif[-[]*' \
            && font 'NotoSansMono[-[]*' && font 'NotoSansHebrew*' && font 'NotoSerifHebrew*' \
            && font 'NotoSansMath*' && font 'NotoSansSymbols2*' ;;
        python) "${PYTHON:-python3}" -c 'import ensurepip, venv' >/dev/null 2>&1 ;;
        office) { have soffice || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]; } \
            && have pdftoppm ;;
        node) have npm ;;
        java) runs_java && have mvn ;;
        browser) have chromium || have chromium-browser || have google-chrome \
            || [ -x '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' ] \
            || [ -x /Applications/Chromium.app/Contents/MacOS/Chromium ] ;;
        *)
            echo "system-packages: unknown group '$1'" >&2
            exit 2
            ;;
    esac
}

why() { # why GROUP: in words for whoever is asked for a password
    case $1 in
        print) echo "Pango and HarfBuzz, with which WeasyPrint sets the PDF" ;;
        fonts) echo "Noto fonts, for code and for characters that the theme's own typefaces lack" ;;
        python) echo "Python's venv module, to keep our Python packages apart" ;;
        office) echo "LibreOffice and poppler, with which tests look at the outputs" ;;
        node) echo "Node.js with npm, to fetch Microsoft's Open XML validator" ;;
        java) echo "Java and Maven, to fetch and run veraPDF" ;;
        browser) echo "Chromium, with which tests look at pages and mails" ;;
    esac
}

manager=''
for candidate in apt-get dnf apk pacman brew; do
    if have "$candidate"; then
        manager=$candidate
        break
    fi
done

names() { # names GROUP: its packages for this package manager
    case $manager:$1 in
        apt-get:print) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 ;;
        apt-get:fonts) echo fonts-noto-core fonts-noto-mono ;;
        apt-get:python) "${PYTHON:-python3}" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
        apt-get:office) echo libreoffice-writer-nogui libreoffice-impress-nogui poppler-utils ;;
        apt-get:node) echo nodejs npm ;;
        apt-get:java) echo default-jre-headless maven ;;
        apt-get:browser) echo chromium ;;
        # Some by what they provide: the packages' own names differ between releases.
        dnf:print) echo pango harfbuzz 'libharfbuzz-subset.so.0()(64bit)' ;;
        dnf:fonts) echo 'font(notosans) font(notoserif) font(notosansmono) font(notosanshebrew) font(notoserifhebrew) font(notosansmath) font(notosanssymbols2)' ;;
        dnf:python) echo python3 python3-pip ;;
        dnf:office) echo libreoffice-writer libreoffice-impress poppler-utils ;;
        dnf:node) echo nodejs npm ;;
        dnf:java) echo java-headless maven ;;
        dnf:browser) echo chromium ;;
        apk:print) echo so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz.so.0 so:libharfbuzz-subset.so.0 so:libfontconfig.so.1 ;;
        apk:fonts) echo font-noto font-noto-hebrew font-noto-math font-noto-symbols ;;
        apk:python) echo python3 py3-pip ;;
        apk:office) echo libreoffice-writer libreoffice-impress poppler-utils ;;
        apk:node) echo nodejs npm ;;
        apk:java) echo openjdk21-jre-headless maven ;;
        apk:browser) echo chromium ;;
        pacman:print) echo pango harfbuzz ;;
        pacman:fonts) echo noto-fonts ;;
        pacman:python) echo python ;;
        pacman:office) echo libreoffice-fresh poppler ;;
        pacman:node) echo nodejs npm ;;
        pacman:java) echo jre-openjdk-headless maven ;;
        pacman:browser) echo chromium ;;
        brew:print) echo pango harfbuzz ;;
        brew:fonts) echo font-noto-sans font-noto-serif font-noto-sans-mono font-noto-sans-hebrew font-noto-serif-hebrew font-noto-sans-math font-noto-sans-symbols-2 ;;
        brew:python) echo python ;;
        brew:office) echo libreoffice poppler ;;
        brew:node) echo node ;;
        brew:java) echo openjdk maven ;;
        # A cask; the one called chromium is unsigned, and macOS opens it only by hand.
        brew:browser) echo google-chrome ;;
    esac
}

missing=''
for group in "$@"; do
    there "$group" || missing="$missing $group"
done
if [ -z "$missing" ]; then exit 0; fi

if [ -z "$manager" ]; then
    {
        echo "Something is missing that pip cannot bring, and there is no apt-get, dnf, apk, pacman or brew here:"
        for group in $missing; do echo "  - $(why "$group")"; done
        echo "Please install it by hand and run the same command again. If all of it is there, in a"
        echo "place where we did not look, set SYSTEM_PACKAGES=skip."
    } >&2
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
        {
            echo "This needs an administrator's rights, and there is no sudo. Please ask an administrator to"
            echo "install$packages"
            echo "and run the same command again. If all of it is there, in a place where we did not look,"
            echo "set SYSTEM_PACKAGES=skip."
        } >&2
        exit 1
    fi
fi

run() {
    if [ -n "$dry" ]; then echo "would run: $*"; else "$@"; fi
}

# The lists of packages are split into words on purpose; $root is one word or none.
# shellcheck disable=SC2086
install_by_apt() {
    run $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install -y -qq --no-install-recommends $packages
}

# shellcheck disable=SC2086
install() {
    case $manager in
        apt-get)
            if ! ls "${APT_LISTS:-/var/lib/apt/lists}"/*_Packages* >/dev/null 2>&1; then
                echo "apt's package lists are missing; fetching them first."
                run $root apt-get update -qq
            fi
            if ! install_by_apt; then
                echo "apt-get failed; its package lists may be old. Fetching them and trying once more."
                run $root apt-get update -qq
                install_by_apt
            fi
            ;;
        dnf) run $root dnf install -y -q $packages ;;
        apk) run $root apk add --no-cache $packages ;;
        pacman)
            if ls "${PACMAN_LISTS:-/var/lib/pacman/sync}"/*.db >/dev/null 2>&1; then
                run $root pacman -S --needed --noconfirm $packages
            else
                echo "pacman's package lists are missing; fetching them, too."
                run $root pacman -Sy --needed --noconfirm $packages
            fi
            ;;
        brew) run brew install $packages ;;
    esac
}

if ! install; then
    echo "$manager could not install$packages" >&2
    exit 1
fi
if [ -n "$dry" ]; then exit 0; fi
for group in $missing; do
    there "$group" || echo "Installed, but not where we looked for it: $(why "$group"). Going on." >&2
done
