#!/bin/sh
# mibs.sh - winsnmp-mibs writes the names of the modules in libsmi's path, and
# a module that libsmi cannot cope with takes no other's names away.

. "${top_srcdir:-.}/tests/support/tap.sh"

program=$builddir/tools/winsnmp-mibs
[ -x "$program" ] || skip_all 'libsmi is not installed'
HOME=$work
export HOME

# writes DIRECTORY... - what the program writes of the modules in them.
writes()
{
    SMIPATH=$(echo "$*" | tr ' ' ':') timeout 60 "$program" 2>"$work/errors" \
        >"$work/names" && [ ! -s "$work/errors" ]
}

known()
{
    mkdir "$work/good" && cp "$srcdir/tests/mibs/WINSNMP-TEST-MIB" \
        "$work/good/WINSNMP-TEST-MIB.$1" && writes "$work/good" &&
        diff "$srcdir/tests/mibs/names.txt" "$work/names"
    known_status=$?
    rm -r "$work/good"
    return $known_status
}
check 'the names of a module' known txt
check 'whatever its file is called' known mib

# One needs modules that are not there, as most do on a host without the
# standard ones; some are none; and one is called like an option.
mkdir "$work/bad"
cat >"$work/bad/LOST-MIB" <<'EOF'
LOST-MIB DEFINITIONS ::= BEGIN
IMPORTS MODULE-IDENTITY, OBJECT-TYPE, enterprises FROM SNMPv2-SMI
    DisplayString FROM SNMPv2-TC
    otherObjects FROM OTHER-LOST-MIB;
lostModule MODULE-IDENTITY
    LAST-UPDATED "200001010000Z"
    ORGANIZATION "none"
    CONTACT-INFO "none"
    DESCRIPTION "none"
    ::= { enterprises 5 }
lostObject OBJECT-TYPE
    SYNTAX DisplayString
    MAX-ACCESS read-only
    STATUS current
    DESCRIPTION "none"
    ::= { otherObjects 1 }
END
EOF
printf 'NO-END-MIB DEFINITIONS ::= BEGIN\nx OBJECT IDENTIFIER ::= { iso' \
    >"$work/bad/NO-END-MIB"
head -c 5000 "$program" >"$work/bad/BINARY-MIB"
: >"$work/bad/EMPTY-MIB"
mkdir "$work/bad/DIRECTORY-MIB"
cp "$srcdir/tests/mibs/WINSNMP-TEST-MIB" "$work/bad/--help"

not_disturbed()
{
    writes "$work/bad" "$work/nowhere" "$srcdir/tests/mibs" || return 1
    grep -Fxf "$srcdir/tests/mibs/names.txt" "$work/names" |
        diff "$srcdir/tests/mibs/names.txt" -
}
check 'modules that are no good do not disturb' not_disturbed
grep -n lost "$work/names" >"$work/found"
report_empty "$work/found" 'what hangs on a missing module is left out'

nothing()
{
    writes "$work/nowhere" && [ ! -s "$work/names" ]
}
check 'there may be no module' nothing

finish
