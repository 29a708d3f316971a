#!/bin/sh
# demo.sh BUILDDIR - the demonstration behind ./setup demo.
#
# Three notifications are sent to the trap listener and the system group of an
# agent is walked, by Net-SNMP's tools and the examples, on 127.0.0.1 and on
# ports that happen to be free.  Ends with 0 if everything came through.

set -u
build=$1
temporary=$(mktemp -d) || exit 1
listener= agent=

end()
{
    for pid in $listener $agent; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    rm -rf "$temporary"
}
trap end EXIT
trap 'exit 1' HUP INT TERM

die()
{
    echo "demo: $*" >&2
    exit 1
}

# within SECONDS COMMAND... - waits until the command succeeds.
within()
{
    tries=$(($1 * 10))
    shift
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.1
    done
}

is_over()
{
    ! kill -0 "$1" 2>/dev/null
}

# Net-SNMP shall know neither the user's settings nor any MIB.
SNMPCONFPATH=$temporary
SNMP_PERSISTENT_DIR=$temporary/persistent
MIBS=
export SNMPCONFPATH SNMP_PERSISTENT_DIR MIBS
mkdir -p "$SNMP_PERSISTENT_DIR/cert_indexes"

# ---- three notifications ---------------------------------------------------

heard=$temporary/heard
: >"$heard"

listener_port()
{
    sed -n 's/^listening on UDP port \([0-9]*\)$/\1/p' "$heard"
}

listens()
{
    [ -n "$(listener_port)" ] || is_over "$listener"
}

sys_location=1.3.6.1.2.1.1.6.0

echo '== Three notifications =='
"$build/examples/traplisten" --port 0 --count 3 >"$heard" 2>&1 &
listener=$!
within 10 listens
port=$(listener_port)
[ -n "$port" ] || die "the trap listener did not start: $(cat "$heard")"

snmptrap -v 1 -c public "127.0.0.1:$port" 1.3.6.1.4.1.8072.9999 127.0.0.1 \
    6 7 4200 $sys_location s 'an SNMPv1 trap' || die 'snmptrap -v 1 failed'
snmptrap -v 2c -c public "127.0.0.1:$port" 4200 1.3.6.1.6.3.1.1.5.3 \
    1.3.6.1.2.1.2.2.1.1.2 i 2 $sys_location s 'an SNMPv2c trap' ||
    die 'snmptrap -v 2c failed'
snmpinform -v 2c -c public "127.0.0.1:$port" 4200 1.3.6.1.6.3.1.1.5.1 \
    $sys_location s 'an SNMPv2c inform' || die 'the inform was not answered'

within 10 is_over "$listener" || die "notifications are missing: $(cat "$heard")"
wait "$listener" || die "the trap listener failed: $(cat "$heard")"
listener=
cat "$heard"
for text in 'an SNMPv1 trap' 'an SNMPv2c trap' 'an SNMPv2c inform'; do
    grep -q "$text" "$heard" || die "$text did not arrive"
done

# ---- a walk ----------------------------------------------------------------

place='the loopback interface'
cat >"$temporary/snmpd.conf" <<END
rocommunity public 127.0.0.1
sysName demo
sysLocation $place
sysContact nobody
END

answers()
{
    snmpget -v 2c -c public -r 0 -t 0.3 "127.0.0.1:$port" $sys_location \
        >/dev/null 2>&1
}

is_settled()
{
    answers || is_over "$agent"
}

# Starts the agent on the first of some ports that nobody else has.
start_agent()
{
    port=$((20000 + $$ % 20000))
    last=$((port + 20))
    while [ $port -lt $last ]; do
        snmpd -f -C -c "$temporary/snmpd.conf" -Lo \
            -p "$temporary/snmpd.pid" "udp:127.0.0.1:$port" \
            >>"$temporary/snmpd.log" 2>&1 &
        agent=$!
        within 10 is_settled
        is_over "$agent" || return 0
        port=$((port + 1))
    done
    agent=
    return 1
}

echo
echo '== The system group of an agent =='
start_agent || die "no agent would start: $(cat "$temporary/snmpd.log")"
"$build/examples/snmputil" walk -v 2c -p "$port" 127.0.0.1 public \
    1.3.6.1.2.1.1 >"$temporary/walked" 2>&1 || {
    cat "$temporary/walked" >&2
    die 'the walk failed'
}
cat "$temporary/walked"
grep -q "$place" "$temporary/walked" || die 'the walk missed sysLocation'
echo
echo 'All of it came through.'
