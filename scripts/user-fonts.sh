#!/bin/sh
# Copies the shipped theme's typefaces to where this user's programs look for fonts, so that the Word
# document and the deck look here as they are meant to. The PDF needs none of it: it carries its fonts.
# Usage: user-fonts.sh SITE-PACKAGES. USER_FONTS=skip leaves the user's fonts alone.
set -eu

if [ "${USER_FONTS:-}" = skip ]; then exit 0; fi
case $(uname) in
    Darwin) folder=$HOME/Library/Fonts ;;
    *) folder=${XDG_DATA_HOME:-$HOME/.local/share}/fonts/briefing-builder ;;
esac

new=''
for file in "$1"/font_source_*_pro/files/*.ttf; do
    if [ ! -e "$file" ] || [ -e "$folder/${file##*/}" ]; then continue; fi
    if [ -z "$new" ]; then
        echo "Putting the theme's fonts into $folder"
        echo "    (so that Word, PowerPoint and LibreOffice show the outputs in them)"
        if ! mkdir -p "$folder" 2>/dev/null; then
            echo "$folder cannot be made; going on without." >&2
            exit 0
        fi
    fi
    new=yes
    if ! cp "$file" "$folder/" 2>/dev/null; then
        echo "$folder cannot be written to; going on without." >&2
        exit 0
    fi
done
if [ -n "$new" ] && command -v fc-cache >/dev/null 2>&1; then fc-cache "$folder" || :; fi
