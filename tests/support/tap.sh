# tap.sh - for the test scripts: TAP from the shell.
#
#     . "$srcdir/tests/support/tap.sh"
#     report 0 'the sky is blue'                a result: 0 is good
#     report_empty "$file" 'nothing is wrong'   good if the file is empty,
#                                               otherwise its lines are shown
#     finish
#
# $work is a directory of the script's own, gone when it ends.

set -u
srcdir=${top_srcdir:-.}
builddir=${top_builddir:-.}
# A make started by a test shares nothing with the one that runs the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

cases=0

report()
{
    cases=$((cases + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $cases - $2"
    else
        echo "not ok $cases - $2"
    fi
}

# Lines that explain, as TAP wants them.
explain()
{
    sed 's/^/# /' "$@"
}

report_empty()
{
    [ ! -s "$1" ]
    report $? "$2"
    [ ! -s "$1" ] || explain "$1"
}

# check NAME COMMAND... - a case that is good if the command is.
check()
{
    check_name=$1
    shift
    "$@" >"$work/output" 2>&1
    check_status=$?
    report $check_status "$check_name"
    [ $check_status -eq 0 ] || explain "$work/output"
}

skip()
{
    cases=$((cases + 1))
    echo "ok $cases # SKIP $1"
}

skip_all()
{
    echo "1..0 # SKIP $1"
    exit 0
}

finish()
{
    echo "1..$cases"
}
