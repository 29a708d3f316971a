# netsnmp.sh - for the test scripts about the examples: programs that run in
# the background, Net-SNMP's among them.
#
#     . "$srcdir/tests/support/netsnmp.sh"      after tap.sh
#     program & started $!                      is ended with the script
#     kill $pid; ended $pid                     is ended now
#     has_netsnmp || skip_all 'no Net-SNMP'

examples=$builddir/examples
ours="-I $srcdir/include -I $srcdir/compat"

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
# Neither side shall know the user's settings, nor Net-SNMP any MIB.
SNMPCONFPATH=$work
SNMP_PERSISTENT_DIR=$work/persistent
MIBS=
WINSNMP_CONF=$work/winsnmp.conf
export PATH SNMPCONFPATH SNMP_PERSISTENT_DIR MIBS WINSNMP_CONF
: >"$WINSNMP_CONF"

has_netsnmp()
{
    for tool in snmpget snmptrap snmpinform snmpd snmptrapd; do
        command -v $tool >/dev/null 2>&1 || return 1
    done
}

# ---- what is started is ended ----------------------------------------------

running=

started()
{
    running="$running $1"
}

# Ends one of them, or waits until it has ended; the result is its exit code.
ended()
{
    still=
    for pid in $running; do
        [ "$pid" = "$1" ] || still="$still $pid"
    done
    running=$still
    wait "$1"
}

end()
{
    for pid in $running; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    rm -rf "$work"
}
trap end EXIT

# ---- judging ---------------------------------------------------------------

# equal FILE FILE - shows the difference.
equal()
{
    diff "$1" "$2"
}

# gives CODE COMMAND... - the command ends with that exit code.
gives()
{
    expected_code=$1
    shift
    "$@"
    code=$?
    [ $code -eq "$expected_code" ] && return
    echo "exit code $code instead of $expected_code: $*"
    return 1
}
