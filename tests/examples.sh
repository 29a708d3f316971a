#!/bin/sh
# examples.sh - the examples compile everywhere and do what they say, with
# Net-SNMP's programs on the other side.

. "${top_srcdir:-.}/tests/support/tap.sh"

examples=$builddir/examples
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
# Neither side shall know the user's settings, nor Net-SNMP any MIB.
SNMPCONFPATH=$work
SNMP_PERSISTENT_DIR=$work/persistent
MIBS=
WINSNMP_CONF=$work/winsnmp.conf
export PATH SNMPCONFPATH SNMP_PERSISTENT_DIR MIBS WINSNMP_CONF
: >"$WINSNMP_CONF"

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

# ---- compiling -------------------------------------------------------------

warnings='-Wall -Wextra -Wpedantic -Werror -fsyntax-only'
ours="-I $srcdir/include -I $srcdir/compat"
event=$(pkg-config --cflags libevent_core 2>/dev/null)
portable='traplisten snmputil get_window get_callback'

# each NAMES COMMAND... - the command compiles every one of these examples.
each()
{
    names=$1 status=0
    shift
    for name in $names; do
        "$@" "$srcdir/examples/$name.c" || status=1
    done
    return $status
}

all="$portable embed_event_base"
for compiler in gcc clang; do
    if command -v $compiler >/dev/null 2>&1; then
        for standard in c99 c11; do
            check "they compile, $compiler -std=$standard" each "$all" \
                $compiler -std=$standard $warnings $ours $event
        done
    else
        skip "$compiler is not installed"
    fi
done
check 'they compile as C++' each "$all" "${CXX:-c++}" -x c++ $warnings $ours \
    $event
windows=x86_64-w64-mingw32-gcc
if command -v $windows >/dev/null 2>&1; then
    check 'they compile for Windows' each "$portable" $windows $warnings
else
    skip 'there is no compiler for Windows'
fi

# ---- help and wrong usage --------------------------------------------------

for name in traplisten snmputil; do
    "$examples/$name" --help >"$work/help" 2>&1 &&
        grep -q "^usage: $name" "$work/help"
    report $? "$name --help"
done
check 'traplisten refuses an unknown option' gives 2 \
    "$examples/traplisten" --nonsense
check 'traplisten refuses a port that is none' gives 2 \
    "$examples/traplisten" --port 65536
check 'snmputil needs an OID' gives 1 "$examples/snmputil" get ::1 public
check 'snmputil refuses an unknown option' gives 1 \
    "$examples/snmputil" get -z 1 ::1 public 1.3
check 'snmputil refuses half a triple' gives 1 \
    "$examples/snmputil" set ::1 public 1.3.6.1 s
check 'snmputil refuses a bad value' gives 1 \
    "$examples/snmputil" set ::1 public 1.3.6.1 i 12x

if ! command -v snmptrap >/dev/null 2>&1 ||
    ! command -v snmpd >/dev/null 2>&1 ||
    ! command -v snmptrapd >/dev/null 2>&1; then
    skip 'Net-SNMP is not installed'
    finish
    exit
fi

# ---- traplisten ------------------------------------------------------------

# listen ARGUMENTS... - starts traplisten on a free port; its output after the
# first line is to be read from descriptor 3.  Should it hang, it is ended.
listen()
{
    rm -f "$work/says"
    mkfifo "$work/says" || return 1
    timeout -k 1 60 "$examples/traplisten" --port 0 "$@" >"$work/says" &
    listener=$!
    started $listener
    exec 3<"$work/says"
    read -r line <&3 || return 1
    case $line in
        'listening on UDP port '[0-9]*) port=${line##* } ;;
        *)
            echo "it says: $line"
            return 1
            ;;
    esac
}

# The rest of what the listener says, without the time of day.
heard()
{
    sed -e 's/^[-0-9]* [:0-9]* SNMP/SNMP/' \
        -e 's/"time":"[-0-9]* [:0-9]*"/"time":""/' <&3 >"$work/heard"
    exec 3<&-
    ended $listener
}

send_v1_trap()
{
    snmptrap -v 1 -c public "127.0.0.1:$port" 1.3.6.1.4.1.8072.9999 127.0.0.1 \
        6 7 4200 1.3.6.1.2.1.1.6.0 s 'a "v1" \ trap'
}

send_v2c_trap()
{
    snmptrap -v 2c -c public "127.0.0.1:$port" 123456789 1.3.6.1.6.3.1.1.5.3 \
        1.3.6.1.2.1.2.2.1.1.2 i -2 1.3.6.1.4.1.1.1 x 00FF10 \
        1.3.6.1.4.1.1.2 a 192.0.2.1 1.3.6.1.4.1.1.3 c 4294967295 \
        1.3.6.1.4.1.1.4 C 18446744073709551615 1.3.6.1.4.1.1.5 u 7 \
        1.3.6.1.4.1.1.6 o 1.3.6.1
}

send_inform()
{
    snmpinform -v 2c -c public "127.0.0.1:$port" 4200 1.3.6.1.6.3.1.1.5.1
}

send_three()
{
    send_v1_trap && send_v2c_trap && send_inform
}

cat >"$work/three" <<'TEXT'

SNMPv1 trap from 127.0.0.1
  trap:   1.3.6.1.4.1.8072.9999.0.7
  uptime: (4200) 0:00:00:42.00
  1.3.6.1.2.1.1.3.0 = Timeticks: (4200) 0:00:00:42.00
  1.3.6.1.6.3.1.1.4.1.0 = OID: 1.3.6.1.4.1.8072.9999.0.7
  1.3.6.1.2.1.1.6.0 = STRING: "a \"v1\" \\ trap"
  1.3.6.1.6.3.1.1.4.3.0 = OID: 1.3.6.1.4.1.8072.9999

SNMPv2c trap from 127.0.0.1
  trap:   1.3.6.1.6.3.1.1.5.3 (linkDown)
  uptime: (123456789) 14:06:56:07.89
  1.3.6.1.2.1.1.3.0 = Timeticks: (123456789) 14:06:56:07.89
  1.3.6.1.6.3.1.1.4.1.0 = OID: 1.3.6.1.6.3.1.1.5.3
  1.3.6.1.2.1.2.2.1.1.2 = INTEGER: -2
  1.3.6.1.4.1.1.1 = Hex-STRING: 00 FF 10
  1.3.6.1.4.1.1.2 = IpAddress: 192.0.2.1
  1.3.6.1.4.1.1.3 = Counter32: 4294967295
  1.3.6.1.4.1.1.4 = Counter64: 18446744073709551615
  1.3.6.1.4.1.1.5 = Gauge32: 7
  1.3.6.1.4.1.1.6 = OID: 1.3.6.1

SNMPv2c inform from 127.0.0.1
  trap:   1.3.6.1.6.3.1.1.5.1 (coldStart)
  uptime: (4200) 0:00:00:42.00
  1.3.6.1.2.1.1.3.0 = Timeticks: (4200) 0:00:00:42.00
  1.3.6.1.6.3.1.1.4.1.0 = OID: 1.3.6.1.6.3.1.1.5.1
TEXT

# One object, shown here on several lines, and the next.
tr -d '\n' >"$work/json" <<'TEXT'
{"time":"","sender":"127.0.0.1","community":"public","version":"1",
"kind":"trap","trap":"1.3.6.1.4.1.8072.9999.0.7","uptime":4200,"varbinds":[
{"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":4200},
{"oid":"1.3.6.1.6.3.1.1.4.1.0","type":"OID",
"value":"1.3.6.1.4.1.8072.9999.0.7"},
{"oid":"1.3.6.1.2.1.1.6.0","type":"STRING","value":"a \"v1\" \\ trap"},
{"oid":"1.3.6.1.6.3.1.1.4.3.0","type":"OID","value":"1.3.6.1.4.1.8072.9999"}]}
TEXT
echo >>"$work/json"
tr -d '\n' >>"$work/json" <<'TEXT'
{"time":"","sender":"127.0.0.1","community":"public","version":"2c",
"kind":"trap","trap":"1.3.6.1.6.3.1.1.5.3","name":"linkDown",
"uptime":123456789,"varbinds":[
{"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":123456789},
{"oid":"1.3.6.1.6.3.1.1.4.1.0","type":"OID","value":"1.3.6.1.6.3.1.1.5.3"},
{"oid":"1.3.6.1.2.1.2.2.1.1.2","type":"INTEGER","value":-2},
{"oid":"1.3.6.1.4.1.1.1","type":"Hex-STRING","value":"00 FF 10"},
{"oid":"1.3.6.1.4.1.1.2","type":"IpAddress","value":"192.0.2.1"},
{"oid":"1.3.6.1.4.1.1.3","type":"Counter32","value":4294967295},
{"oid":"1.3.6.1.4.1.1.4","type":"Counter64","value":"18446744073709551615"},
{"oid":"1.3.6.1.4.1.1.5","type":"Gauge32","value":7},
{"oid":"1.3.6.1.4.1.1.6","type":"OID","value":"1.3.6.1"}]}
TEXT
echo >>"$work/json"
tr -d '\n' >>"$work/json" <<'TEXT'
{"time":"","sender":"127.0.0.1","community":"public","version":"2c",
"kind":"inform","trap":"1.3.6.1.6.3.1.1.5.1","name":"coldStart","uptime":4200,
"varbinds":[{"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":4200},
{"oid":"1.3.6.1.6.3.1.1.4.1.0","type":"OID","value":"1.3.6.1.6.3.1.1.5.1"}]}
TEXT
echo >>"$work/json"

# hears_three EXPECTED ARGUMENTS...
hears_three()
{
    expected=$1
    shift
    listen --count 3 "$@" && send_three && heard &&
        equal "$expected" "$work/heard"
}

check 'traplisten shows two traps and an inform' hears_three "$work/three"
check 'the same by window messages' hears_three "$work/three" --window
check 'the same as JSON' hears_three "$work/json" --json --show-community

hears_filtered()
{
    listen --count 1 --oid 1.3.6.1.6.3.1.1.5.9 --oid 1.3.6.1.6.3.1.1.5.3 \
        --community right || return 1
    for community in wrong right; do
        for trap in 4 3; do
            snmptrap -v 2c -c $community "127.0.0.1:$port" 1 \
                1.3.6.1.6.3.1.1.5.$trap 1.3.6.1.4.1.1 s $community ||
                return 1
        done
    done
    heard && grep 'STRING: "right"' "$work/heard" &&
        grep 'linkDown' "$work/heard"
}
check 'traplisten filters by OID and community' hears_filtered

hides_community()
{
    listen --count 1 && send_inform && heard && ! grep public "$work/heard"
}
check 'traplisten keeps the community to itself' hides_community

# ends_on SIGNAL ARGUMENTS... - with exit code 0.
ends_on()
{
    signal=$1
    shift
    listen "$@" && kill -s "$signal" $listener && gives 0 heard
}
check 'traplisten ends on SIGTERM' ends_on TERM
check 'traplisten ends on SIGINT' ends_on INT
check 'traplisten --window ends on SIGTERM' ends_on TERM --window
check 'traplisten --window ends on SIGINT' ends_on INT --window

port_is_taken()
{
    listen || return 1
    gives 1 "$examples/traplisten" --port "$port" 2>"$work/complaint"
    status=$?
    kill $listener && heard || status=1
    cat "$work/complaint"
    grep -q "port $port is in use by another program: ss -ulpn" \
        "$work/complaint" && return $status
}
check 'traplisten says that a port is taken' port_is_taken

# As somebody who may not open port 162, if there is such a person and he may
# run the program.
unprivileged=
[ "$(id -u)" -ne 0 ] || unprivileged='setpriv --reuid 65534 --regid 65534
    --clear-groups --bounding-set -all'
first=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null)

needs_root()
{
    gives 1 $unprivileged "$examples/traplisten" --port 162 \
        2>"$work/complaint"
    status=$?
    cat "$work/complaint"
    grep -q 'port 162 needs root: run with sudo' "$work/complaint" &&
        grep -q 'cap_net_bind_service' "$work/complaint" && return $status
}
if [ "${first:-1024}" -gt 162 ] &&
    $unprivileged "$examples/traplisten" --help >"$work/help" 2>&1; then
    check 'traplisten says that port 162 needs root' needs_root
else
    echo '# everybody may use port 162 here, or nobody else run the program'
fi

# ---- an agent --------------------------------------------------------------

cat >"$work/snmpd.conf" <<'TEXT'
rwcommunity public
rwcommunity6 public
sysName agent
TEXT

# Another address of this host, an IPv6 one if there is any.
hosts='127.0.0.1 ::1' other=::1 udp6=udp6
if [ -d /proc/net ] && ! grep -q '^0*1 ' /proc/net/if_inet6 2>/dev/null; then
    skip 'there is no IPv6'
    hosts=127.0.0.1 other=127.0.0.1 udp6=
fi

# answers ADDRESS - the agent does; the time-out paces the question.
answers()
{
    snmpget -v 2c -c public -r 0 -t 0.3 "$1:$port" 1.3.6.1.2.1.1.3.0 \
        >"$work/answer" 2>&1
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

start_agent()
{
    snmpd -f -C -c "$work/snmpd.conf" -Lf "$work/snmpd.log" \
        -p "$work/snmpd.pid" "udp:127.0.0.1:$port" \
        ${udp6:+"udp6:[::1]:$port"} &
    agent=$!
    started $agent
    settled 100 $agent answers 127.0.0.1
}

# Net-SNMP's lines in the form of snmputil; the time goes on, so without it.
comparable()
{
    sed -e 's/^\.//' -e 's/ = OID: \./ = OID: /' -e 's/ = ""$/ = STRING: ""/' \
        -e 's/ *$//' -e 's/\(Timeticks: ([0-9]*)\).*/\1/' \
        -e 's/^\(1\.3\.6\.1\.2\.1\.1\.3\.0 = \).*/\1/' \
        -e 's/ = No Such Object available.*/ = noSuchObject/' \
        -e 's/ = No Such Instance currently.*/ = noSuchInstance/' \
        -e '/No more variables left in this MIB View/d'
}

# same NET-SNMP-TOOL COMMAND VERSION HOST OID... - same lines, same exit code.
same()
{
    tool=$1 command=$2 version=$3 host=$4
    shift 4
    case $host in
        *:*) there="udp6:[$host]:$port" ;;
        *) there=$host:$port ;;
    esac
    "$tool" -On -v "$version" -c public "$there" "$@" >"$work/theirs.raw"
    theirs=$?
    gives $theirs "$examples/snmputil" "$command" -v "$version" -p "$port" \
        "$host" public "$@" >"$work/ours.raw" || {
        cat "$work/ours.raw"
        return 1
    }
    comparable <"$work/theirs.raw" >"$work/theirs"
    comparable <"$work/ours.raw" >"$work/ours"
    equal "$work/theirs" "$work/ours"
}

system=1.3.6.1.2.1.1
if ! try_ports start_agent; then
    cat "$work/snmpd.log" | explain
    report 1 'an agent starts'
    finish
    exit
fi


for version in 1 2c; do
    for host in $hosts; do
        title="-v $version $host"
        check "snmputil get $title" same snmpget get $version $host \
            $system.1.0 $system.2.0 $system.3.0 $system.5.0
        check "snmputil getnext $title" same snmpgetnext getnext $version \
            $host $system.1 $system.5 $system.9.1.2
        check "snmputil walk $title" same snmpwalk walk $version $host $system
        check "snmputil walk a leaf $title" same snmpwalk walk $version $host \
            $system.5.0
    done
done
check 'snmputil get of what does not exist' same snmpget get 2c 127.0.0.1 \
    $system.99.0 $system.5.1
check 'snmputil bulk' same snmpbulkwalk bulk 2c 127.0.0.1 1.3.6.1.6.3.16
check "snmputil bulk, $other" same snmpbulkwalk bulk 2c $other $system
check 'snmputil knows names of hosts' same snmpget get 2c localhost $system.5.0

# Asks our agent; more options first.
util()
{
    util_command=$1
    shift
    "$examples/snmputil" "$util_command" -p "$port" "$@"
}

# prints TEXT COMMAND... - the command succeeds and prints just that.
prints()
{
    printf '%s\n' "$1" >"$work/expected"
    shift
    "$@" >"$work/printed" && equal "$work/expected" "$work/printed"
}

# says CODE TEXT COMMAND... - it ends so and says, among other things, that.
says()
{
    says_code=$1 says_text=$2
    shift 2
    gives "$says_code" "$@" >"$work/said" 2>&1
    says_status=$?
    cat "$work/said"
    grep -qF "$says_text" "$work/said" && return $says_status
}

few_at_a_time()
{
    util bulk -m 1000 $other public $system.9 >"$work/many" &&
        util bulk -m 3 $other public $system.9 >"$work/few" &&
        equal "$work/many" "$work/few" && grep -q . "$work/few"
}
check 'snmputil bulk -m' few_at_a_time
check 'snmputil bulk -n' prints "$system.5.0 = STRING: \"agent\"" \
    util bulk -n 1 $other public $system.5

set_and_get()
{
    prints "$system.6.0 = STRING: \"$1\"" util set -v "$2" 127.0.0.1 public \
        $system.6.0 s "$1" && same snmpget get "$2" 127.0.0.1 $system.6.0
}
check 'snmputil set, SNMPv1' set_and_get 'first floor' 1
check 'snmputil set, SNMPv2c' set_and_get 'second floor' 2c
check 'snmputil set in hex' prints "$system.6.0 = STRING: \"AZ\"" \
    util set $other public $system.6.0 x '41 5a'

check 'noSuchName is named, with the OID' says 2 \
    "noSuchName (2) about $system.99.0" \
    util get -v 1 127.0.0.1 public $system.5.0 $system.99.0
check 'notWritable is named' says 2 "notWritable (17) about $system.3.0" \
    util set 127.0.0.1 public $system.3.0 t 1
check 'the end of the MIB is a good end' gives 0 \
    util walk 127.0.0.1 public 1.3.6.1.6.3.16.1.5
check 'the same, SNMPv1' gives 0 \
    util walk -v 1 127.0.0.1 public 1.3.6.1.6.3.16.1.5
check 'no answer is a time-out' says 1 'time-out: no answer from 127.0.0.1' \
    util get -r 1 -t 0.1 127.0.0.1 wrong $system.5.0
check 'SNMPv1 has no informs' gives 1 \
    util inform -v 1 127.0.0.1 public 1.3.6.1.6.3.1.1.5.1

# ---- the small examples ----------------------------------------------------

for name in get_window get_callback; do
    check $name prints "$system.5.0 = agent" "$examples/$name" 127.0.0.1 \
        "$port" public $system.5.0
    WINSNMP_TIMEOUT=10 WINSNMP_RETRIES=0
    export WINSNMP_TIMEOUT WINSNMP_RETRIES
    check "$name without an answer" says 1 'error 108' "$examples/$name" \
        127.0.0.1 "$port" wrong $system.5.0
    unset WINSNMP_TIMEOUT WINSNMP_RETRIES
done

embedded()
{
    gives 0 timeout 30 "$examples/embed_event_base" $other "$port" public 3 \
        >"$work/up" || return 1
    sed 's/up [0-9]*:[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9][0-9]$/up/' \
        "$work/up" >"$work/up.plain"
    printf '1: up\n2: up\n3: up\n' | equal - "$work/up.plain"
}
check 'embed_event_base' embedded
kill $agent
ended $agent

# ---- traps and informs to snmptrapd ----------------------------------------

echo 'authCommunity log public' >"$work/snmptrapd.conf"

# All that is before an inform has been logged once that is answered.
inform_answered()
{
    snmpinform -v 2c -c public -r 0 -t 0.3 "127.0.0.1:$port" 1 \
        1.3.6.1.6.3.1.1.5.2 >/dev/null 2>&1
}

start_trapd()
{
    snmptrapd -f -n -On -C -c "$work/snmptrapd.conf" -Lf "$work/traps" \
        -p "$work/snmptrapd.pid" "udp:127.0.0.1:$port" &
    trapd=$!
    started $trapd
    settled 100 $trapd inform_answered
}

# logged TEXT... - all of them are in one line of what snmptrapd wrote.
logged()
{
    settled 100 $trapd inform_answered || return 1
    cp "$work/traps" "$work/lines"
    for text in "$@"; do
        grep -F -- "$text" "$work/lines" >"$work/found" || {
            echo "missing: $text"
            cat "$work/traps"
            return 1
        }
        mv "$work/found" "$work/lines"
    done
}

notify_v2c()
{
    util "$1" 127.0.0.1 public 1.3.6.1.6.3.1.1.5.3 1.3.6.1.4.1.1.1 i -5 \
        1.3.6.1.4.1.1.2 s "by $1" 1.3.6.1.4.1.1.3 x 'de ad' \
        1.3.6.1.4.1.1.4 a 192.0.2.7 1.3.6.1.4.1.1.5 u 4000000000 \
        1.3.6.1.4.1.1.6 c 9 1.3.6.1.4.1.1.7 t 100 1.3.6.1.4.1.1.8 o 1.3.6.1.4 &&
        logged '.1.3.6.1.2.1.1.3.0 = Timeticks: (' \
            '.1.3.6.1.6.3.1.1.4.1.0 = OID: .1.3.6.1.6.3.1.1.5.3' \
            '.1.3.6.1.4.1.1.1 = INTEGER: -5' \
            ".1.3.6.1.4.1.1.2 = STRING: \"by $1\"" \
            '.1.3.6.1.4.1.1.3 = Hex-STRING: DE AD' \
            '.1.3.6.1.4.1.1.4 = IpAddress: 192.0.2.7' \
            '.1.3.6.1.4.1.1.5 = Gauge32: 4000000000' \
            '.1.3.6.1.4.1.1.6 = Counter32: 9' \
            '.1.3.6.1.4.1.1.7 = Timeticks: (100) 0:00:01.00' \
            '.1.3.6.1.4.1.1.8 = OID: .1.3.6.1.4'
}

notify_v1()
{
    util trap -v 1 127.0.0.1 public 1.3.6.1.4.1.8072.0.77 1.3.6.1.4.1.1.2 s \
        'of the first version' &&
        logged '.1.3.6.1.4.1.1.2 = STRING: "of the first version"' &&
        grep -F 'Enterprise Specific Trap (77)' "$work/traps"
}

if try_ports start_trapd; then
    check 'snmputil trap' notify_v2c trap
    check 'snmputil inform' notify_v2c inform
    check 'snmputil trap, SNMPv1' notify_v1
    kill $trapd
    ended $trapd
else
    explain "$work/traps"
    report 1 'snmptrapd starts'
fi

# ---- an agent that stands still --------------------------------------------

cat >"$work/stuck.c" <<'TEXT'
/* Answers whatever is asked with one and the same variable.  Says its port. */
#include <stdlib.h>
#include <winsnmp.h>

static SNMPAPI_STATUS CALLBACK on_request(HSNMP_SESSION session, HWND window,
                                          UINT message, WPARAM event,
                                          LPARAM id, LPVOID data)
{
    static smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
    smiOID name = {9, ids};
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;

    (void)window, (void)message, (void)event, (void)data;
    if (SnmpRecvMsg(session, &from, &to, &context, &pdu))
        SnmpSendMsg(session, to, from, context,
                    SnmpCreatePdu(session, SNMP_PDU_RESPONSE, (smiINT32)id, 0,
                                  0, SnmpCreateVbl(session, &name, NULL)));
    return SNMPAPI_SUCCESS;
}

int main(int argc, char **argv)
{
    UINT port = argc > 1 ? (UINT)atoi(argv[1]) : 20000;
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;

    SnmpStartup(NULL, NULL, NULL, NULL, NULL);
    session = SnmpCreateSession(NULL, 0, on_request, NULL);
    agent = SnmpStrToEntity(session, "127.0.0.1");
    while (SnmpSetPort(agent, port) && !SnmpListen(agent, SNMPAPI_ON))
        port++;
    printf("%u\n", port);
    fflush(stdout);
    getchar();
    return 0;
}
TEXT

link_stuck()
{
    sh "$builddir/libtool" --tag=CC --mode=link ${CC:-cc} $ours -o \
        "$work/stuck" "$work/stuck.c" "$builddir/libwinsnmp.la"
}

# It ends when its input does: when descriptor 4 is closed.
does_not_loop()
{
    mkfifo "$work/in" "$work/out" || return 1
    "$work/stuck" $((20000 + $$ % 20000)) <"$work/in" >"$work/out" &
    stuck=$!
    started $stuck
    exec 4>"$work/in" 3<"$work/out"
    read -r port <&3
    says 1 'OID not increasing' timeout 30 "$examples/snmputil" "$1" \
        -p "$port" 127.0.0.1 public 1.3.6.1.2.1.1
    status=$?
    exec 3<&- 4>&-
    ended $stuck && rm "$work/in" "$work/out"
    return $status
}

check 'a stubborn agent compiles' link_stuck
check 'snmputil walk does not loop' does_not_loop walk
check 'snmputil bulk does not loop' does_not_loop bulk

finish
