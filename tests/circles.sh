#!/bin/sh
# circles.sh - inside a room, too, calls go one way.
#
# An arrow goes from one file to another when the first needs a symbol that
# the second defines: a function it calls, a function whose address it takes,
# a variable.  That is read from the objects as they were compiled, because
# the includes do not show it: two files may well include each other's
# headers.  A circle is a set of files none of which can be understood, or
# tested, without all the others.

. "${top_srcdir:-.}/tests/support/tap.sh"

rooms='base codec net core api mgmt compat'

cd "$builddir" || exit 1
found=$work/found

# Of an archive as nm -A -P shows it: a line for each arrow that is part of a
# circle, with the symbols that make it.
cat >"$work/circles.awk" <<'END'
{
    # "archive[file.o]: symbol type ...", or "archive:file.o: ..."
    file = $1
    sub(/\]?:$/, "", file)
    sub(/.*\[/, "", file)
    sub(/.*:/, "", file)
    sub(/\.o$/, "", file)
    files[file]
    if ($3 ~ /^[Uvw]$/) {
        needer[++n] = file
        needed[n] = $2
    } else {
        home[$2] = file
    }
}
function walk(start, at, to) {
    for (to in files)
        if ((at, to) in arrows && !((start, to) in reached)) {
            reached[start, to]
            walk(start, to)
        }
}
END {
    for (i = 1; i <= n; i++)
        if (needed[i] in home)
            arrows[needer[i], home[needed[i]]] = \
                arrows[needer[i], home[needed[i]]] " " needed[i]
    for (file in files)
        walk(file, file)
    for (arrow in arrows) {
        split(arrow, part, SUBSEP)
        if ((part[2], part[1]) in reached)
            print part[1] ".c needs " part[2] ".c for" arrows[arrow]
    }
}
END

# The circles in $work/symbols go to $found, in order.
look_for_circles()
{
    if awk -f "$work/circles.awk" "$work/symbols" >"$work/arrows"; then
        LC_ALL=C sort "$work/arrows" >"$found"
    else
        echo 'awk has failed' >"$found"
    fi
}

# One arrow down, and a circle of three.
cat >"$work/symbols" <<'END'
lib.a[top.o]: top T 0 1
lib.a[top.o]: one U
lib.a[one.o]: one T 0 1
lib.a[one.o]: two U
lib.a[two.o]: two T 0 1
lib.a[two.o]: datum U
lib.a[three.o]: datum D 0 1
lib.a[three.o]: one U
lib.a[three.o]: malloc U
END
cat >"$work/wanted" <<'END'
one.c needs two.c for two
three.c needs one.c for one
two.c needs three.c for datum
END
look_for_circles
cmp -s "$found" "$work/wanted"
report $? 'a circle is found'

for room in $rooms; do
    "${NM:-nm}" -A -P -g ".libs/lib$room.a" >"$work/symbols" 2>"$work/why"
    look_for_circles
    [ -s "$work/symbols" ] ||
        { cat "$work/why"; echo "no symbols in .libs/lib$room.a"; } >"$found"
    report_empty "$found" "no circle of calls in $room"
done

finish
