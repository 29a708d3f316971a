#!/bin/sh
# examples.sh - the examples compile everywhere; the trap listener shows what
# Net-SNMP's tools send.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

# ---- compiling -------------------------------------------------------------

warnings='-Wall -Wextra -Wpedantic -Werror -fsyntax-only'
event=$(pkg-config --cflags libevent_core 2>/dev/null)
portable='agent snmputil get_window get_callback'

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

all="$portable traplisten embed_event_base"
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

for name in agent traplisten snmputil; do
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

if ! has_netsnmp; then
    skip 'Net-SNMP is not installed'
    finish
    exit
fi

# ---- traplisten ------------------------------------------------------------

# listen ARGUMENTS... - starts traplisten on a free port; its output after the
# first line is to be read from descriptor 3.  Should it hang, it is ended.
as= # a command that runs it as somebody else
listen()
{
    rm -f "$work/says"
    mkfifo "$work/says" || return 1
    timeout -k 20 60 $as "$examples/traplisten" --port 0 "$@" >"$work/says" &
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
  trap:   1.3.6.1.6.3.1.1.5.3
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
  trap:   1.3.6.1.6.3.1.1.5.1
  uptime: (4200) 0:00:00:42.00
  1.3.6.1.2.1.1.3.0 = Timeticks: (4200) 0:00:00:42.00
  1.3.6.1.6.3.1.1.4.1.0 = OID: 1.3.6.1.6.3.1.1.5.1
TEXT

# One object, shown here on several lines, and the next.
tr -d '\n' >"$work/json" <<'TEXT'
{"time":"","version":"1","kind":"trap","sender":"127.0.0.1",
"community":"public","trap":"1.3.6.1.4.1.8072.9999.0.7","uptime":4200,
"varbinds":[
{"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":4200},
{"oid":"1.3.6.1.6.3.1.1.4.1.0","type":"OID",
"value":"1.3.6.1.4.1.8072.9999.0.7"},
{"oid":"1.3.6.1.2.1.1.6.0","type":"STRING","value":"a \"v1\" \\ trap"},
{"oid":"1.3.6.1.6.3.1.1.4.3.0","type":"OID","value":"1.3.6.1.4.1.8072.9999"}]}
TEXT
echo >>"$work/json"
tr -d '\n' >>"$work/json" <<'TEXT'
{"time":"","version":"2c","kind":"trap","sender":"127.0.0.1",
"community":"public","trap":"1.3.6.1.6.3.1.1.5.3","uptime":123456789,
"varbinds":[
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
{"time":"","version":"2c","kind":"inform","sender":"127.0.0.1",
"community":"public","trap":"1.3.6.1.6.3.1.1.5.1","uptime":4200,
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
    listen --count 2 --oid 1.3.6.1.6.3.1.1.5.9 --oid 1.3.6.1.6.3.1.1.5.3 ||
        return 1
    for trap in 4 3 2 3; do
        snmptrap -v 2c -c public "127.0.0.1:$port" 1 \
            1.3.6.1.6.3.1.1.5.$trap || return 1
    done
    heard && [ "$(grep -c 'trap:   1.3.6.1.6.3.1.1.5.3$' "$work/heard")" -eq 2 ]
}
check 'traplisten filters by OID' hears_filtered

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
    for way in 'port 162 needs root: run with sudo' cap_net_bind_service \
        LISTEN_FDS --port trap_port; do
        grep -q -e "$way" "$work/complaint" || return 1
    done
    return $status
}
if [ "${first:-1024}" -gt 162 ] &&
    $unprivileged "$examples/traplisten" --help >"$work/help" 2>&1; then
    check 'traplisten says that port 162 needs root' needs_root
else
    echo '# everybody may use port 162 here, or nobody else run the program'
fi

# The first of some ports that only root may open, and nobody has.
listens_with_capability()
{
    for low in 1009 1013 1015 1019 1021; do
        if listen --port $low 2>"$work/complaint"; then
            break
        fi
        heard
    done
    cat "$work/complaint"
    [ "$port" = "$low" ] && kill $listener && gives 0 heard
}
as='setpriv --reuid 65534 --regid 65534 --clear-groups
    --inh-caps +net_bind_service --ambient-caps +net_bind_service'
if [ "$(id -u)" -eq 0 ] && [ "${first:-1024}" -gt 1023 ] &&
    $as "$examples/traplisten" --help >"$work/help" 2>&1; then
    check 'the capability is enough for such a port' listens_with_capability
else
    echo '# nobody can be given the capability alone here'
fi

finish
