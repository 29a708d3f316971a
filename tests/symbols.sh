#!/bin/sh
# symbols.sh - the shared library exports what it should, and nothing else.

. "${top_srcdir:-.}/tests/support/tap.sh"

library=$builddir/.libs/libwinsnmp.so
[ -f "$library" ] || skip_all 'no shared library was built'

api=$srcdir/lib/api/winsnmp.sym
mgmt=$srcdir/lib/mgmt/mgmt.sym
compat=$srcdir/compat/compat.map

names_in()
{
    sed -n 's/^[[:space:]]*\([A-Za-z_][A-Za-z0-9_]*\);\{0,1\}$/\1/p' "$@" |
        LC_ALL=C sort
}

names_in "$api" "$mgmt" "$compat" >"$work/wanted"
"${NM:-nm}" -D --defined-only "$library" | awk '{ sub(/@.*/, "", $NF); print $NF }' |
    LC_ALL=C sort >"$work/exported"

comm -23 "$work/wanted" "$work/exported" |
    sed 's/$/ is listed but not exported: define it with default visibility/' \
        >"$work/found"
report_empty "$work/found" 'every listed symbol is exported'

comm -13 "$work/wanted" "$work/exported" |
    sed 's/$/ is exported but not listed: see lib\/Makefile.inc/' >"$work/found"
report_empty "$work/found" 'nothing else is exported'

uniq -d "$work/wanted" | sed 's/$/ is listed twice/' >"$work/found"
report_empty "$work/found" 'every symbol is listed once'

names_in "$compat" | grep -v '^winsnmp_' |
    sed 's/$/ should be winsnmp_&: it may meet a namesake in the process/' \
        >"$work/found"
report_empty "$work/found" 'the Win32 functions keep to their own names'

# same_as_declared LIST - in $work/declared are the functions of the headers.
same_as_declared()
{
    names_in "$1" >"$work/listed"
    {
        comm -23 "$work/declared" "$work/listed" | sed 's/$/ is missing/'
        comm -13 "$work/declared" "$work/listed" | sed 's/$/ is too much/'
    } | sed "s|\$| in ${1#"$srcdir"/}|" >"$work/found"
    report_empty "$work/found" "${1##*/} has the functions of the headers"
}

# Prototypes of the other two may take a second line; extension agents define
# some of them.
cat "$srcdir/include/snmp.h" "$srcdir/include/mgmtapi.h" | tr '\n' ' ' |
    grep -oE '(SNMP_FUNC_TYPE|WINAPIV) +Snmp[A-Za-z]+\(' |
    sed 's/.* //; s/(//' | grep -v '^SnmpExtension' |
    LC_ALL=C sort >"$work/declared"
same_as_declared "$mgmt"
[ "$(wc -l <"$work/declared")" -eq 35 ]
report $? 'the companion interfaces have 35 functions'

grep -ho 'SNMPAPI_CALL Snmp[A-Za-z]*(' "$srcdir"/include/*.h |
    sed 's/.* //; s/(//' | LC_ALL=C sort >"$work/declared"
same_as_declared "$api"

[ "$(grep -vc '^SnmpPosix' "$work/declared")" -eq 49 ]
report $? 'the interface has 49 functions'

# Debian's list says since when a package has had a symbol.
debian=$srcdir/debian/libwinsnmp0.symbols
sed -n 's/^ \([A-Za-z_][A-Za-z0-9_]*\)@Base .*/\1/p' "$debian" |
    LC_ALL=C sort >"$work/debian"
{
    comm -23 "$work/wanted" "$work/debian" |
        sed 's/.*/add the line " &@Base VERSION"/'
    comm -13 "$work/wanted" "$work/debian" | sed 's/.*/remove &/'
} | sed 's,$,: debian/libwinsnmp0.symbols,' >"$work/found"
report_empty "$work/found" 'Debian knows them'

finish
