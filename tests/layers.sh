#!/bin/sh
# layers.sh - the rooms keep to their doors, and everything stays small.
#
# The rules are those of doc/ARCHITECTURE.md: who may include whom, who may
# talk to libevent and to Win32, no include cycle, no header that only
# includes, and the length of files and functions.

. "${top_srcdir:-.}/tests/support/tap.sh"

max_file_lines=500
max_function_lines=60
max_median_lines=12

cd "$srcdir" || exit 1
sources=$(find lib compat -name '*.[ch]' | LC_ALL=C sort)
found=$work/found

# Every include as "file included", local ones in their quotes, the others in
# their angle brackets.
grep -HE '^[[:space:]]*#[[:space:]]*include' $sources |
    sed 's/^\([^:]*\):[^"<]*\(["<][^">]*[">]\).*/\1 \2/' >"$work/includes"

# ---- who may include whom --------------------------------------------------

awk '
    BEGIN {
        allowed["base"] = " base "
        allowed["net"] = " base net winsnmp "
        allowed["codec"] = " base codec winsnmp "
        allowed["core"] = " base net codec core winsnmp "
        allowed["api"] = " base codec core api winsnmp "
        allowed["mgmt"] = " base mgmt winsnmp compat "
        allowed["compat"] = " base compat "
    }
    # The room a header belongs to; "" for one of the system.
    function room_of(header, own_room) {
        if (header ~ /^["<]winsnmp.*\.h[">]$/) return "winsnmp"
        if (header ~ /^["<](snmp|mgmtapi)\.h[">]$/) return "mgmt"
        if (header ~ /^<win[a-z]*\.h>$/) return "compat"
        if (header ~ /^</) return ""
        gsub(/"/, "", header)
        if (header == "config.h") return ""
        if (header !~ /\//) return own_room == "compat" ? "compat" : "none"
        sub(/\/.*/, "", header)
        return header
    }
    {
        own = $1
        sub(/^lib\//, "", own)
        sub(/\/.*/, "", own)
        room = room_of($2, own)
        if (room == "none")
            print $1 " includes " $2 ": name the room, as in \"base/list.h\""
        else if (room != "" && index(allowed[own], " " room " ") == 0 &&
                 !($1 == "lib/core/notify.c" && $2 == "<windows.h>") &&
                 !($1 == "lib/core/lending.c" && $2 == "\"compat/idle.h\"") &&
                 !(own == "mgmt" && $2 == "\"api/plain.h\""))
            print $1 " includes " $2 ": " own " may only use" allowed[own]
    }' "$work/includes" >"$found"
report_empty "$found" 'every include goes downward'

awk '$2 ~ /^<event2?\// || $2 ~ /^<event.*\.h>/ {
        if ($1 != "lib/net/loop_private.h")
            print $1 " includes " $2 ": go through net/loop.h"
    }
    $2 == "\"net/loop_private.h\"" {
        if ($1 !~ /^lib\/net\/(loop|watch)\.c$/)
            print $1 " includes " $2 ": only loop.c and watch.c talk to libevent"
    }' "$work/includes" >"$found"
report_empty "$found" 'two files talk to libevent'

awk '$2 ~ /^<win(dows|base|user)\.h>$/ && $1 ~ /^lib\// {
        if ($1 != "lib/core/notify.c" && $1 !~ /^lib\/mgmt\//)
            print $1 " includes " $2 ": go through core/notify.h"
    }' "$work/includes" >"$found"
report_empty "$found" 'below lib/mgmt one file talks to Win32'

# ---- cycles, umbrellas, strays ---------------------------------------------

awk '{
        file = $1
        header = $2
        if (header !~ /^"/ || header == "\"config.h\"") next
        gsub(/"/, "", header)
        if (header ~ /^compat\//) dir = "."
        else if (header ~ /\//) dir = "lib"
        else if (header ~ /^(winsnmp|snmp\.h|mgmtapi)/) dir = "include"
        else { dir = file; sub(/\/[^\/]*$/, "", dir) }
        header = dir "/" header
        sub(/^\.\//, "", header)
        print file, header
    }' "$work/includes" >"$work/graph"

tsort "$work/graph" 2>"$work/loop" >/dev/null
if [ -s "$work/loop" ]; then
    { cat "$work/loop"; echo 'break the loop with a forward declaration'; } \
        >"$found"
else
    : >"$found"
fi
report_empty "$found" 'no include cycle'

while read -r file header; do
    [ -f "$header" ] || echo "$file includes $header, which does not exist"
done <"$work/graph" >"$found"
report_empty "$found" 'every header included is there'

# compat/windows.h is the one umbrella: ported sources ask for it by name.
for header in $(find lib -name '*.h'); do
    awk -v header="$header" '
        /^[[:space:]]*(\/\*|\*|#|$)/ { next }
        { code = 1 }
        END {
            if (!code)
                print header " declares nothing: include what is needed " \
                    "where it is needed"
        }' "$header"
done >"$found"
report_empty "$found" 'no umbrella header'

# ---- lengths ---------------------------------------------------------------

wc -l $sources include/*.h $(find tests examples bench fuzz -name '*.[ch]' \
    2>/dev/null) | awk -v most=$max_file_lines '
    $2 != "total" && $1 > most {
        print $2 " has " $1 " lines: split it, " most " is the most"
    }' >"$found"
report_empty "$found" "no file over $max_file_lines lines"

# A body stands between a brace in the first column and the next one.
awk '
    FNR == 1 { inside = 0 }
    /^\{/ { inside = 1; start = FNR; name = before }
    /^\}/ && inside { print FNR - start - 1, FILENAME ":" start, name; inside = 0 }
    /^[a-z].*\(/ { before = $0; sub(/\(.*/, "", before); sub(/.*[ *]/, "", before) }
' $sources | sort -n >"$work/functions"

awk -v most=$max_function_lines '$1 > most {
        print $2 ": " $3 "() has " $1 " lines: split it, " most " is the most"
    }' "$work/functions" >"$found"
report_empty "$found" "no function over $max_function_lines lines"

awk -v most=$max_median_lines '
    { lines[NR] = $1 }
    END {
        if (NR == 0)
            print "no function found"
        else if (lines[int((NR + 1) / 2)] > most)
            print "the median function has " lines[int((NR + 1) / 2)] \
                " lines, it should be " most ": split long ones"
    }' "$work/functions" >"$found"
report_empty "$found" "half of the functions have at most $max_median_lines lines"
tail -n 3 "$work/functions" | explain

finish
