#!/bin/sh
# abi.sh - the binary interface is that of tests/abi.txt: every exported
# function with its types, every public structure with its layout.
#
#     sh tests/abi.sh --write        makes tests/abi.txt anew, in a build
#
# With OLD_LIBRARY=libwinsnmp.so.0.x.y abidiff compares with that one, too.

. "${top_srcdir:-.}/tests/support/tap.sh"

library=$builddir/.libs/libwinsnmp.so
[ -f "$library" ] || skip_all 'no shared library was built'
command -v abidw >/dev/null 2>&1 || skip_all 'abidw is not installed'

describe()
{
    abidw --no-corpus-path --drop-private-types \
        --headers-dir "$srcdir/include" --headers-dir "$srcdir/compat" \
        "$library" >"$work/abi.xml" || return 1
    awk -f "$srcdir/tests/support/abi.awk" "$work/abi.xml" "$work/abi.xml" |
        LC_ALL=C sort -u
}

describe >"$work/abi.txt" || skip_all 'abidw does not understand this library'
grep -q '^struct smiVALUE at' "$work/abi.txt" ||
    skip_all 'the library was built without -g'

# Of two functions that do the same the compiler may make one with two names,
# and then abidw describes one: of the other the old description stands.
sed -n "s/.*<elf-symbol name='\([^']*\)'.*/\1/p" "$work/abi.xml" |
    LC_ALL=C sort -u >"$work/symbols"
sed -n 's/^function .* \([^ ]*\)(.*/\1/p' "$work/abi.txt" |
    LC_ALL=C sort -u >"$work/described"
comm -23 "$work/symbols" "$work/described" | while read -r symbol; do
    grep "^function .* $symbol(" "$srcdir/tests/abi.txt"
done >"$work/twins"
LC_ALL=C sort -u -o "$work/abi.txt" "$work/abi.txt" "$work/twins"

if [ "${1-}" = --write ]; then
    cp "$work/abi.txt" "$srcdir/tests/abi.txt"
    exit
fi
grep -q '^struct smiVALUE, 24 octets' "$work/abi.txt" ||
    skip_all 'the description is for systems with 64 bits'

comm -23 "$srcdir/tests/abi.txt" "$work/abi.txt" >"$work/gone"
comm -13 "$srcdir/tests/abi.txt" "$work/abi.txt" >"$work/new"
report_empty "$work/gone" 'nothing is gone or changed'
[ ! -s "$work/gone" ] ||
    echo '# Programs break: undo it, or see doc/VERSIONING.md, MAJOR.'
report_empty "$work/new" 'nothing is new that is not in tests/abi.txt'
[ ! -s "$work/new" ] ||
    echo '# A minor version: sh tests/abi.sh --write, see doc/VERSIONING.md.'

if [ -n "${OLD_LIBRARY-}" ]; then
    check "abidiff finds no break since $OLD_LIBRARY" abidiff \
        --no-added-syms "$OLD_LIBRARY" "$library"
fi

finish
