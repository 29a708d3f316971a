#!/bin/sh
# examples_agent.sh - the examples that ask and notify, with Net-SNMP's agent
# and trap receiver on the other side.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

has_netsnmp || skip_all 'Net-SNMP is not installed'

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

# Net-SNMP's lines in the form of snmputil; the time goes on, so without it.
comparable()
{
    sed -e 's/^\.//' -e 's/ = OID: \./ = OID: /' -e 's/ = ""$/ = STRING: ""/' \
        -e 's/ *$//' -e 's/\(Timeticks: ([0-9]*)\).*/\1/' \
        -e 's/^\(1\.3\.6\.1\.2\.1\.1\.3\.0 = \).*/\1/' \
        -e 's/ = No Such Object available.*/ = noSuchObject/' \
        -e 's/ = No Such Instance currently.*/ = noSuchInstance/' \
        -e '/No more variables left in this MIB View/d' -e '/^End of MIB$/d'
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
    done
done
check 'snmputil get of what does not exist' same snmpget get 2c 127.0.0.1 \
    $system.99.0 $system.5.1
check 'snmputil walk to the end' same snmpwalk walk 2c 127.0.0.1 1.3.6.1.6.3.16
check 'snmputil bulk' same snmpbulkwalk bulk 2c 127.0.0.1 1.3.6.1.6.3.16
check 'snmputil bulk, SNMPv1' same snmpwalk bulk 1 127.0.0.1 1.3.6.1.6.3.16
check "snmputil bulk, $other" same snmpbulkwalk bulk 2c $other $system

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

set_and_get()
{
    prints "$system.6.0 = STRING: \"$1\"" util set -v "$2" 127.0.0.1 public \
        $system.6.0 s "$1" && same snmpget get "$2" 127.0.0.1 $system.6.0
}
check 'snmputil set, SNMPv1' set_and_get 'first floor' 1
check 'snmputil set, SNMPv2c' set_and_get 'second floor' 2c
check 'snmputil set in hex' prints "$system.6.0 = STRING: \"AZ\"" \
    util set $other public $system.6.0 x '41 5a'

check 'noSuchName is named' says 2 "noSuchName (2) about variable 2" \
    util get -v 1 127.0.0.1 public $system.5.0 $system.99.0
check 'notWritable is named' says 2 "notWritable (17) about variable 1" \
    util set 127.0.0.1 public $system.3.0 t 1
check 'no answer is a time-out' says 1 'no answer: time-out' \
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
