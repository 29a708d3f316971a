#!/bin/sh
# instructions.sh - the work for a GET and for a trap has not grown: user
# instructions, counted under callgrind, against those in instructions.txt.
#
# Counts depend on neither load nor speed of the machine, but on the compiler
# and its options: one that is not in the list may need more.

. "${top_srcdir:-.}/tests/support/tap.sh"

figures=$srcdir/tests/instructions.txt
n=4096

command -v valgrind >/dev/null 2>&1 || skip_all 'valgrind is not installed'
grep -q '^CFLAGS = .*-O2' "$builddir/Makefile" &&
    ! grep -qE '^WSN_(CFLAGS|CPPFLAGS) = .*(-fsanitize|--coverage|-DWSN_DEBUG)' \
        "$builddir/Makefile" || skip_all 'not compiled as for use'

machine=$(uname -m)
version=$("${CC%% *}" -dumpversion 2>/dev/null)
compiler=$(basename "${CC%% *}")-${version%%.*}
grep -q '^CFLAGS = -g -O2$' "$builddir/Makefile" || compiler=$compiler-other

# Some compilers write debug information that some valgrinds cannot read.
strip -g -o "$work/instructions" "$builddir/tests/instructions" ||
    cp "$builddir/tests/instructions" "$work" || exit 1

# The figure of this machine and compiler; else the greatest of this machine,
# and what it may be exceeded by.
figure()
{
    awk -v what="$1" -v machine="$machine" -v compiler="$compiler" '
        /^#/ || $1 != what || $2 != machine { next }
        $3 == compiler { exact = $4 }
        $4 > most { most = $4 }
        END {
            if (exact)
                print exact, 5
            else if (most)
                print most, 25
        }' "$figures"
}

# Prints the instructions for one; what is counted is all within counted().
count()
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        --collect-atstart=no --toggle-collect=counted \
        "$work/instructions" "$1" $n >"$work/log" 2>&1 || return 1
    sed -n 's/.*Collected *: *\([0-9]*\).*/\1/p' "$work/log" |
        awk -v n=$n '$1 > 0 { printf "%.0f\n", $1 / n; good = 1 }
                     END { exit !good }'
}

# compare COUNTED FIGURE ALLOWED TEXT - the last two are missing together.
compare()
{
    if [ -z "$2" ]; then
        skip "$4: no figure for $machine"
        return
    fi
    [ "$1" -le $(($2 * (100 + $3) / 100)) ]
    report $? "$4"
    echo "$1 instructions; $2 are expected, $3 % more allowed" | explain
}

# not_more WHAT TEXT
not_more()
{
    counted=$(count "$1") || {
        report 1 "$2"
        explain "$work/log"
        return
    }
    expected=$(figure "$1")
    compare "$counted" "${expected% *}" "${expected#* }" "$2"
    echo "the line for tests/instructions.txt: $1 $machine $compiler $counted" |
        explain
}

not_more get 'a GET and its answer'
not_more trap 'a trap with six variables'
finish
