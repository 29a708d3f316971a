#!/bin/sh
# readme.sh - the program of README.md compiles without a warning and hears a
# trap; what README.md leads to is there.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

awk '/^```c$/ { inside = 1; next } /^```/ { inside = 0 } inside' \
    "$srcdir/README.md" >"$work/listen.c"

compiles()
{
    ${CC:-cc} -Wall -Wextra -Wno-unused-parameter -Werror $ours \
        -c "$work/listen.c" -o "$work/listen.o" &&
        sh "$builddir/libtool" --silent --tag=CC --mode=link ${CC:-cc} \
            -o "$work/listen" "$work/listen.o" "$builddir/libwinsnmp.la"
}
check 'the program compiles' compiles

# Informs, because whoever sends them knows when they were heard; the program
# ends with its input.
inform()
{
    snmpinform -v 2c -c public -r 0 -t 0.3 "127.0.0.1:$port" 1 \
        1.3.6.1.6.3.1.1.5.1 >"$work/answer" 2>&1
}

start_program()
{
    rm -f "$work/input"
    mkfifo "$work/input" || return 1
    WINSNMP_TRAP_PORT=$port "$work/listen" <"$work/input" >"$work/heard" &
    program=$!
    started $program
    exec 4>"$work/input"
    settled 30 $program inform
}

hears()
{
    try_ports start_program || return 1
    exec 4>&-
    gives 0 ended $program || return 1
    cat "$work/heard"
    grep -qx 'a trap from 127.0.0.1' "$work/heard"
}
if has_netsnmp; then
    check 'it hears a notification' hears
else
    skip 'Net-SNMP is not installed'
fi

for page in README.md CONTRIBUTING.md doc/ARCHITECTURE.md doc/PORTING.md \
    doc/VERSIONING.md; do
    folder=$(dirname "$page")
    sed -n 's/.*](\([^)#]*\)[)#].*/\1/p' "$srcdir/$page" | grep -v '^http' |
        while read -r file; do
            [ -e "$srcdir/$folder/$file" ] || [ -z "$file" ] ||
                echo "$page leads to $file, which is not there"
        done
done >"$work/found"
report_empty "$work/found" 'every link to a file leads to one'

finish
