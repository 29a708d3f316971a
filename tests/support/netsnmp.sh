# netsnmp.sh - for the test scripts about programs: such as run in the
# background, Net-SNMP's among them.
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

# ---- an agent --------------------------------------------------------------

# has_port PID FILE - a daemon of Net-SNMP writes its id into the file when it
# has its port; until then somebody else may answer there.
has_port()
{
    [ "$(cat "$2" 2>/dev/null)" = "$1" ]
}

# The agent answers; the time-out paces the question.
agent_answers()
{
    snmpget -v 2c -c public -r 0 -t 0.3 "127.0.0.1:$port" 1.3.6.1.2.1.1.3.0 \
        >"$work/answer" 2>&1 && has_port $agent "$work/snmpd.pid"
}

is_running()
{
    kill -0 "$1" 2>/dev/null
}

# settled TRIES PID COMMAND... - the command succeeds while PID is running.
settled()
{
    tries=$1 process=$2
    shift 2
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] && is_running "$process" || return 1
    done
    is_running "$process"
}

# try_ports COMMAND... - until the command succeeds with a $port.
try_ports()
{
    port=$((20000 + $$ % 20000))
    last=$((port + 20))
    until "$@"; do
        port=$((port + 1))
        [ $port -lt $last ] || return 1
    done
}

# Starts snmpd with $work/snmpd.conf on $port, with IPv6 if $udp6 is not empty.
udp6=
start_agent()
{
    snmpd -f -C -c "$work/snmpd.conf" -Lf "$work/snmpd.log" \
        -p "$work/snmpd.pid" "udp:127.0.0.1:$port" \
        ${udp6:+"udp6:[::1]:$port"} &
    agent=$!
    started $agent
    settled 100 $agent agent_answers
}

# ---- a receiver of traps ---------------------------------------------------

# All that is before an inform has been logged once that is answered.
inform_answered()
{
    snmpinform -v 2c -c public -r 0 -t 0.3 "127.0.0.1:$port" 1 \
        1.3.6.1.6.3.1.1.5.2 >/dev/null 2>&1 &&
        has_port $trapd "$work/snmptrapd.pid"
}

# Starts snmptrapd on $port; what comes is in $work/traps.
start_trapd()
{
    echo 'authCommunity log public' >"$work/snmptrapd.conf"
    snmptrapd -f -n -On -C -c "$work/snmptrapd.conf" -Lf "$work/traps" \
        -p "$work/snmptrapd.pid" "udp:127.0.0.1:$port" &
    trapd=$!
    started $trapd
    settled 100 $trapd inform_answered
}

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
