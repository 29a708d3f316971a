#!/bin/sh
# tools_trapd.sh - winsnmp-trapd, with what Net-SNMP's tools send, and as a
# service.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

program=$builddir/tools/winsnmp-trapd

helps()
{
    "$program" --help >"$work/help" && grep -q '^usage: winsnmp-trapd' "$work/help"
}
check 'winsnmp-trapd --help' helps
check 'an unknown option' gives 1 "$program" --nonsense
check 'an argument' gives 1 "$program" now
check 'a port that is none' gives 1 "$program" --port 65536
check 'an OID that is none' gives 1 "$program" --port 0 --oid 1.x
check 'a user that is none' gives 1 "$program" --port 0 --user no-such-user

if ! has_netsnmp; then
    skip 'Net-SNMP is not installed'
    finish
    exit
fi

# ---- what it writes --------------------------------------------------------

# listen ARGUMENTS... - starts it on a free port; its output goes to a file,
# and it is ended should it hang.
listen()
{
    rm -f "$work/says"
    mkfifo "$work/says" || return 1
    timeout -k 20 60 "$program" --port 0 "$@" >"$work/raw" 2>"$work/says" &
    listener=$!
    started $listener
    exec 3<"$work/says"
    read -r line <&3 || return 1
    case $line in
        'winsnmp-trapd: listening on UDP port '[0-9]*) port=${line##* } ;;
        *)
            echo "it says: $line"
            return 1
            ;;
    esac
}

# Waits for its end; what it wrote, without the time of day.
heard()
{
    ended $listener
    heard_code=$?
    cat <&3
    exec 3<&-
    time='[0-9-]*T[0-9:]*[+-][0-9][0-9]:[0-9][0-9]'
    sed -e "s/^$time SNMP/SNMP/" -e "s/\"time\":\"$time\"/\"time\":\"\"/" \
        "$work/raw" >"$work/heard"
    return $heard_code
}

send_three()
{
    snmptrap -v 1 -c public "127.0.0.1:$port" 1.3.6.1.4.1.8072.9999 127.0.0.1 \
        6 7 4200 1.3.6.1.2.1.1.6.0 s 'a "v1" \ trap' &&
        snmptrap -v 2c -c public "127.0.0.1:$port" 123456789 \
            1.3.6.1.6.3.1.1.5.3 1.3.6.1.2.1.2.2.1.1.2 i -2 \
            1.3.6.1.4.1.1.1 x 00FF10 1.3.6.1.4.1.1.2 a 192.0.2.1 \
            1.3.6.1.4.1.1.4 C 18446744073709551615 1.3.6.1.4.1.1.6 o 1.3.6.1 &&
        snmpinform -v 2c -c public "127.0.0.1:$port" 4200 1.3.6.1.6.3.1.1.5.1
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
  1.3.6.1.4.1.1.4 = Counter64: 18446744073709551615
  1.3.6.1.4.1.1.6 = OID: 1.3.6.1
SNMPv2c inform from 127.0.0.1
  trap:   1.3.6.1.6.3.1.1.5.1 (coldStart)
  uptime: (4200) 0:00:00:42.00
  1.3.6.1.2.1.1.3.0 = Timeticks: (4200) 0:00:00:42.00
  1.3.6.1.6.3.1.1.4.1.0 = OID: 1.3.6.1.6.3.1.1.5.1
TEXT

# Objects, shown here on several lines each.
json()
{
    tr -d '\n' && echo
}
json >"$work/json" <<'TEXT'
{"time":"","sender":"127.0.0.1","community":"public","version":"1",
"kind":"trap","trap":"1.3.6.1.4.1.8072.9999.0.7","uptime":4200,"varbinds":[
{"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":4200},
{"oid":"1.3.6.1.6.3.1.1.4.1.0","type":"OID",
"value":"1.3.6.1.4.1.8072.9999.0.7"},
{"oid":"1.3.6.1.2.1.1.6.0","type":"STRING","value":"a \"v1\" \\ trap"},
{"oid":"1.3.6.1.6.3.1.1.4.3.0","type":"OID","value":"1.3.6.1.4.1.8072.9999"}]}
TEXT
json >>"$work/json" <<'TEXT'
{"time":"","sender":"127.0.0.1","community":"public","version":"2c",
"kind":"trap","trap":"1.3.6.1.6.3.1.1.5.3","name":"linkDown",
"uptime":123456789,"varbinds":[
{"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":123456789},
{"oid":"1.3.6.1.6.3.1.1.4.1.0","type":"OID","value":"1.3.6.1.6.3.1.1.5.3"},
{"oid":"1.3.6.1.2.1.2.2.1.1.2","type":"INTEGER","value":-2},
{"oid":"1.3.6.1.4.1.1.1","type":"Hex-STRING","value":"00 FF 10"},
{"oid":"1.3.6.1.4.1.1.2","type":"IpAddress","value":"192.0.2.1"},
{"oid":"1.3.6.1.4.1.1.4","type":"Counter64","value":"18446744073709551615"},
{"oid":"1.3.6.1.4.1.1.6","type":"OID","value":"1.3.6.1"}]}
TEXT
json >>"$work/json" <<'TEXT'
{"time":"","sender":"127.0.0.1","community":"public","version":"2c",
"kind":"inform","trap":"1.3.6.1.6.3.1.1.5.1","name":"coldStart","uptime":4200,
"varbinds":[{"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":4200},
{"oid":"1.3.6.1.6.3.1.1.4.1.0","type":"OID","value":"1.3.6.1.6.3.1.1.5.1"}]}
TEXT

# hears_three EXPECTED ARGUMENTS...
hears_three()
{
    expected=$1
    shift
    listen --count 3 "$@" && send_three && heard &&
        equal "$expected" "$work/heard"
}
check 'two traps and an inform' hears_three "$work/three"
check 'the same as JSON' hears_three "$work/json" --json --show-community
check 'with --syslog nothing is on standard output' hears_three /dev/null \
    --syslog

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
check 'it filters by OID and community' hears_filtered

hides_community()
{
    listen --count 3 --log packets && send_three &&
        heard >"$work/log" && grep -q 'packet: from' "$work/log" &&
        ! grep -h public "$work/heard" "$work/log"
}
check 'it keeps the community to itself' hides_community

# ---- its end, its port, its user -------------------------------------------

# ends_on SIGNAL - with exit code 0.
ends_on()
{
    listen && kill -s "$1" $listener && gives 0 heard
}
check 'SIGTERM' ends_on TERM
check 'SIGINT' ends_on INT

port_is_taken()
{
    listen || return 1
    gives 1 "$program" --port "$port" 2>"$work/complaint"
    status=$?
    kill $listener && heard || status=1
    cat "$work/complaint"
    grep -q "port $port is in use by another program: ss -ulpn" \
        "$work/complaint" && return $status
}
check 'it says that a port is taken' port_is_taken

# is_of LISTENER PROCESS - the program itself: the listener is what runs it.
is_of()
{
    awk -v listener="$1" '
        /^(Pid|PPid):/ && $2 == listener { found = 1 } END { exit !found }' \
        "$2/status" && grep -q winsnmp-trapd "$2/comm"
}

drops_rights()
{
    timeout -k 20 60 "$program" --port 0 --user nobody --count 1 >"$work/raw" \
        2>"$work/complaint" &
    listener=$!
    started $listener
    until grep -q 'listening' "$work/complaint"; do
        kill -0 $listener || return 1
    done
    port=$(sed -n 's/.*UDP port //p' "$work/complaint")
    inode=$(printf ':%04X' "$port")
    owner=$(grep -h "$inode " /proc/net/udp /proc/net/udp6 | head -n 1)
    for process in /proc/[0-9]*; do
        is_of $listener "$process" 2>/dev/null &&
            awk '/^(Uid|Gid):/ { for (i = 2; i <= 5; i++) print $i }' \
                "$process/status"
    done | sort -u >"$work/ids"
    snmptrap -v 2c -c public "127.0.0.1:$port" 1 1.3.6.1.6.3.1.1.5.1
    ended $listener || return 1
    cat "$work/ids"
    [ -n "$owner" ] && [ -s "$work/ids" ] && ! grep -qx 0 "$work/ids"
}
if [ "$(id -u)" -eq 0 ] && [ -r /proc/net/udp ]; then
    check 'it becomes another user, and still hears' drops_rights
else
    skip 'only root can become somebody else'
fi

# ---- as a service ----------------------------------------------------------

${CC:-cc} -o "$work/supervisor" "$srcdir/tests/support/supervisor.c" \
    2>"$work/warnings"
report $? 'the supervisor compiles'

# supervised SOCKET - it uses the socket it is given, and tells its state.
supervised()
{
    rm -f "$work/says"
    mkfifo "$work/says" || return 1
    "$work/supervisor" "$1" "$program" --count 1 >"$work/says" \
        2>"$work/complaint" &
    supervisor=$!
    started $supervisor
    exec 3<"$work/says"
    read -r line <&3 && port=${line#port } && read -r ready <&3 || return 1
    snmptrap -v 2c -c public "127.0.0.1:$port" 1 1.3.6.1.6.3.1.1.5.1 ||
        return 1
    cat <&3 >"$work/more"
    exec 3<&-
    gives 0 ended $supervisor || return 1
    cat "$work/complaint" "$work/more"
    [ "$ready" = READY=1 ] &&
        grep -q "listening on UDP port $port" "$work/complaint" &&
        grep -q coldStart "$work/more" && grep -qx STOPPING=1 "$work/more"
}
check 'it takes a socket and tells READY and STOPPING' supervised \
    "$work/notify"
if [ "$(uname)" = Linux ]; then
    check 'the same with an abstract socket' supervised "@winsnmp-test-$$"
fi

# The unit names the program where it is installed.
names_program()
{
    "${MAKE:-make}" -C "$builddir" tools/winsnmp-trapd.service || return 1
    started_by=$(sed -n 's/^ExecStart=//p' \
        "$builddir/tools/winsnmp-trapd.service")
    echo "it starts $started_by"
    case $started_by in
        /*/sbin/winsnmp-trapd) ;;
        *) return 1 ;;
    esac
}
check 'the unit starts the installed program' names_program
if command -v systemd-analyze >/dev/null 2>&1; then
    mkdir "$work/units"
    sed "s,^ExecStart=.*,ExecStart=$(command -v true)," \
        "$builddir/tools/winsnmp-trapd.service" \
        >"$work/units/winsnmp-trapd.service"
    cp "$srcdir/tools/winsnmp-trapd.socket" "$work/units"
    check 'systemd understands the units' systemd-analyze verify --man=no \
        "$work/units/winsnmp-trapd.socket" "$work/units/winsnmp-trapd.service"
fi

finish
