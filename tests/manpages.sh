#!/bin/sh
# manpages.sh - the manual pages are well-formed, name every function exactly
# as the headers do, and their complete programs print what they say.
#
# In a page, a comment before a literal block marks it:
#
#     .\" PROGRAM [status=N] [with=PKG] [ARGUMENT...]
#     .\" OUTPUT
#     .\" CONF
#
# a whole program, with the exit status it ends with (0), the pkg-config module
# it needs besides, and its command line; what that program prints; and a
# winsnmp.conf that the library is to understand.

. "${top_srcdir:-.}/tests/support/tap.sh"

man=$srcdir/doc/man
pages=$(cd "$man" && ls | LC_ALL=C sort)

is_stub()
{
    grep -q '^\.so ' "$man/$1"
}

stubs=
texts=
for page in $pages; do
    if is_stub "$page"; then
        stubs="$stubs $page"
    else
        texts="$texts $page"
    fi
done

# ---- the pages as such -----------------------------------------------------

sed -n 's/.*%D%\/man\/\([^ ]*\).*/\1/p' "$srcdir/doc/Makefile.inc" |
    LC_ALL=C sort >"$work/listed"
printf '%s\n' $pages >"$work/present"
{
    comm -13 "$work/listed" "$work/present" |
        sed 's/$/ is not installed: add it to doc\/Makefile.inc/'
    comm -23 "$work/listed" "$work/present" |
        sed 's/$/ does not exist: take it out of doc\/Makefile.inc/'
} >"$work/found"
report_empty "$work/found" 'doc/Makefile.inc has every page'

# The names that a page is about.
names_of()
{
    sed -n '/^\.Sh NAME/,/^\.Nd/s/^\.Nm \([^ ]*\).*/\1/p' "$man/$1"
}

for page in $stubs; do
    target=$(sed -n 's/^\.so man3\///p' "$man/$page")
    [ -f "$man/$target" ] && ! is_stub "$target" &&
        names_of "$target" | grep -qx "${page%.3}" ||
        echo "$page: make it the one line .so man3/PAGE, where PAGE has" \
            "${page%.3} in its section NAME"
done >"$work/found"
for page in $texts; do
    for name in $(names_of "$page"); do
        [ -f "$man/$name.${page##*.}" ] ||
            echo "$name, of $page, has no page: make one of the line" \
                ".so man${page##*.}/$page"
    done
done >>"$work/found"
report_empty "$work/found" 'every name has a page, every .so page leads to it'

# mandoc looks for the pages that others refer to among those of the system,
# which need not be installed or indexed, and in the directory it runs in.
mkdir "$work/man"
cp "$man"/* "$work/man"
: >"$work/man/pkg-config.1"
: >"$work/man/printf.3"
: >"$work/man/syslog.3"

lint()
{
    lint_status=0
    for page in $texts; do
        # A clock that is late makes a page one of the future.
        (cd "$work/man" && mandoc -T lint "$page" 2>&1) |
            grep -Ev 'date in the future|outdated mandoc.db' && lint_status=1
    done
    return $lint_status
}

if command -v mandoc >/dev/null 2>&1; then
    check 'mandoc -T lint finds nothing' lint
else
    skip 'mandoc is not installed'
fi

render()
{
    for page in $texts; do
        groff -mandoc -ww -z -Tutf8 "$man/$page" 2>&1
    done >"$work/warnings"
    cat "$work/warnings"
    [ ! -s "$work/warnings" ]
}

if command -v groff >/dev/null 2>&1; then
    check 'groff renders every page without a warning' render
else
    skip 'groff is not installed'
fi

# ---- exports, headers and pages --------------------------------------------

headers="$srcdir/include/winsnmp.h $srcdir/include/winsnmp_posix.h
    $srcdir/include/snmp.h $srcdir/include/mgmtapi.h"

# RESULT NAME(ARGUMENTS), one to a line, of the headers and of the pages.  What
# an extension agent defines is not ours to describe.
sed 's,/\*.*\*/,,; /\/\*/,/\*\//d; /^#/d' $headers | tr '\n' ' ' | tr ';' '\n' |
    sed 's/ SNMP_FUNC_TYPE / SNMPAPI_CALL /; s/ WINAPIV / SNMPAPI_CALL /' |
    sed -n 's/.*[ }]\([A-Za-z_]*\) SNMPAPI_CALL  *\(Snmp.*)\)$/\1 \2/p' |
    grep -v ' SnmpExtension' |
    sed 's/  */ /g; s/( /(/g' | LC_ALL=C sort >"$work/declared"

cat >"$work/synopsis.awk" <<'END'
/^\.Sh/ { is_synopsis = $2 == "SYNOPSIS" }
!is_synopsis { next }
/^\.Ft/ { type = substr($0, 5) }
/^\.Fn/ {
    line = substr($0, 5)
    name = line; sub(/ .*/, "", name)
    sub(/^[^ ]* /, "", line)
    gsub(/" "/, ", ", line); gsub(/"/, "", line)
    print type " " name "(" line ")"
}
/^\.Fo/ { name = substr($0, 5); arguments = "" }
/^\.Fa/ {
    line = substr($0, 5); gsub(/"/, "", line)
    arguments = arguments (arguments == "" ? "" : ", ") line
}
/^\.Fc/ { print type " " name "(" arguments ")" }
END
for page in $texts; do
    awk -f "$work/synopsis.awk" "$man/$page"
done | grep ' Snmp' | LC_ALL=C sort >"$work/documented"

{
    comm -23 "$work/declared" "$work/documented" |
        sed 's/^/no page has in its SYNOPSIS, as the header does: /'
    comm -13 "$work/declared" "$work/documented" |
        sed 's/^/no header has, but a page has in its SYNOPSIS: /'
} >"$work/found"
report_empty "$work/found" 'the pages have the prototypes of the headers'

grep -h '^Snmp' "$srcdir/lib/api/winsnmp.sym" "$srcdir/lib/mgmt/mgmt.sym" |
    LC_ALL=C sort >"$work/exported"
sed 's/.* \(Snmp[A-Za-z]*\)(.*/\1/' "$work/declared" | LC_ALL=C sort \
    >"$work/names"
printf '%s\n' $pages | sed -n 's/^\(Snmp[A-Za-z]*\)\.3$/\1/p' |
    LC_ALL=C sort >"$work/paged"

# missing_in FILE TEXT - exported functions that are not in the file.
missing_in()
{
    comm -23 "$work/exported" "$1" | sed "s,\$, $2,"
}

{
    missing_in "$work/names" \
        'is exported but not declared: add it to the headers'
    missing_in "$work/paged" 'is exported but has no page: add doc/man/NAME.3'
    comm -13 "$work/exported" "$work/names" |
        sed 's,$, is declared but not exported: see the .sym files of lib,'
    comm -13 "$work/exported" "$work/paged" |
        sed 's,$, has a page but is not exported: remove doc/man/NAME.3,'
} >"$work/found"
report_empty "$work/found" 'exports, headers and pages have the same functions'

[ "$(grep -Evc '^Snmp(Posix|Util|Svc|Mgr)' "$work/paged")" -eq 49 ]
report $? 'there are pages for the 49 functions of the interface'

# ---- keys, counters, options -----------------------------------------------

# differ WHAT FILE FILE - lines that only the code, or only the page, has.
differ()
{
    {
        comm -23 "$2" "$3" | sed "s,\$, is in the code but not in $1,"
        comm -13 "$2" "$3" | sed "s,\$, is in $1 but not in the code,"
    } >"$work/found"
    [ -s "$2" ] || echo "nothing is found in the code for $1" >>"$work/found"
    report_empty "$work/found" "$1 has what the code has"
}

sed -n 's/^ *{"\([a-z_]*\)", WSN_DB_.*/\1/p' "$srcdir/lib/core/conf_key.c" |
    LC_ALL=C sort >"$work/code"
sed '1,/^\.Ss Section library/d; /^\.Ss Sections/,$d' "$man/winsnmp.conf.5" |
    sed -n 's/^\.It Cm \([a-z_]*\) No =.*/\1/p' | LC_ALL=C sort >"$work/page"
differ winsnmp.conf.5 "$work/code" "$work/page"

sed -n 's/^ *uint64_t \([A-Za-z]*\);.*/\1/p' \
    "$srcdir/include/winsnmp_posix.h" | LC_ALL=C sort >"$work/code"
sed -n 's/^\.It Va \([A-Za-z]*\)$/\1/p' "$man/SnmpPosixSetEventBase.3" |
    LC_ALL=C sort >"$work/page"
differ SnmpPosixSetEventBase.3 "$work/code" "$work/page"

# Options stand at the beginning of a line of the usage text.
for program in snmputil traplisten; do
    sed -n 's/^ *"  \(-[-a-z]*\) .*/\1/p' "$srcdir/examples/$program.c" |
        LC_ALL=C sort >"$work/code"
    sed -n 's/^\.It Fl \([^ ]*\).*/-\1/p' "$man/$program.1" | tr -d '\\' |
        LC_ALL=C sort >"$work/page"
    differ "$program.1" "$work/code" "$work/page"
done

for page in winsnmp-util.1 winsnmp-trapd.8; do
    program=${page#winsnmp-}
    sed -n 's/^ *"  \(-[-a-z]*\) .*/\1/p' "$srcdir/tools/${program%.?}.c" |
        LC_ALL=C sort >"$work/code"
    sed -n 's/^\.It Fl \([^ ]*\).*/-\1/p' "$man/$page" | tr -d '\\' |
        LC_ALL=C sort >"$work/page"
    differ "$page" "$work/code" "$work/page"
done

# ---- programs --------------------------------------------------------------

# Writes what is marked: base.c and base.how (the rest of the mark),
# base.wanted, base.conf.
cat >"$work/programs.awk" <<'END'
/^\.\\" PROGRAM/ { out = base ".c"; print substr($0, 12) >(base ".how"); next }
/^\.\\" OUTPUT/ { out = base ".wanted"; next }
/^\.\\" CONF/ { out = base ".conf"; next }
/^\.Bd/ { is_inside = out != ""; next }
/^\.Ed/ { is_inside = 0; out = ""; next }
is_inside {
    gsub(/\\&/, ""); gsub(/\\-/, "-")
    while ((at = index($0, "\\e")) > 0)
        $0 = substr($0, 1, at - 1) "\001" substr($0, at + 2)
    gsub(/\001/, "\\")
    print >out
}
END

# Neither settings nor sockets of whoever runs the tests.
for name in $(env | sed -n 's/^\(WINSNMP_[A-Z_0-9]*\)=.*/\1/p') \
    LISTEN_FDS LISTEN_PID; do
    unset "$name"
done
WINSNMP_CONF=$work/winsnmp.conf
export WINSNMP_CONF
: >"$WINSNMP_CONF"

limit=
! command -v timeout >/dev/null 2>&1 || limit='timeout 60'

# Splits the words of a mark into $status, $modules and $arguments.
read_mark()
{
    status=0 modules= arguments=
    for word in $(cat "$1"); do
        case $word in
            status=*) status=${word#status=} ;;
            with=*) modules="$modules ${word#with=}" ;;
            *) arguments="$arguments $word" ;;
        esac
    done
}

compile()
{
    flags= libs=
    if [ -n "$modules" ]; then
        flags=$(pkg-config --cflags $modules) || return
        libs=$(pkg-config --libs $modules) || return
    fi
    ${CC:-cc} -Wall -Wextra -Werror -I "$srcdir/include" \
        -I "$srcdir/compat" $flags -c "$1.c" -o "$1.o" &&
        sh "$builddir/libtool" --silent --tag=CC --mode=link ${CC:-cc} \
            -o "$1" "$1.o" "$builddir/libwinsnmp.la" $libs
}

# run BASE - builds the program and compares what it prints.
run()
{
    read_mark "$1.how"
    compile "$1" || return
    $limit "$1" $arguments >"$1.printed"
    code=$?
    if [ $code -ne "$status" ]; then
        echo "it ends with $code: correct it, or the mark .\\\" PROGRAM"
        return 1
    fi
    [ ! -f "$1.wanted" ] || diff "$1.wanted" "$1.printed" || {
        echo 'it prints the second; correct it, or the block .\" OUTPUT'
        return 1
    }
}

for page in $texts; do
    base=$work/program-${page%.*}
    awk -v base="$base" -f "$work/programs.awk" "$man/$page"
    if [ -f "$base.c" ]; then
        check "the program of $page does what the page says" run "$base"
    elif [ "${page##*.}" = 3 ]; then
        report 1 "$page has a program: mark it with .\\\" PROGRAM"
    fi
done

# The library says on standard error what it does not understand.
understand()
{
    [ -s "$work/program-winsnmp.conf.conf" ] || {
        echo 'no example is marked with .\" CONF'
        return 1
    }
    WINSNMP_CONF=$work/program-winsnmp.conf.conf \
        "$work/program-SnmpStartup" 2>"$work/complaints" >&2
    ! grep libwinsnmp: "$work/complaints"
}

check 'the library understands the example of winsnmp.conf.5' understand

finish
