#!/bin/sh
# agent.sh - the example of an agent, asked by Net-SNMP's tools.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

for tool in snmpget snmpgetnext snmpwalk snmpbulkget snmpbulkwalk snmptable \
    snmpset; do
    command -v $tool >/dev/null 2>&1 || skip_all "$tool is not installed"
done

mkdir -p "$SNMP_PERSISTENT_DIR/cert_indexes" # or they say that they do it

system=1.3.6.1.2.1.1
table=1.3.6.1.2.1.2.2.1
high=1.3.6.1.2.1.31.1.1.1.6

# ---- the agent -------------------------------------------------------------

# start ARGUMENTS... - an agent on the first free port from $port on; what it
# says first is $line, and its process $agent.  Should it hang, it is ended.
port=$((21000 + $$ % 20000))
start()
{
    last=$((port + 20))
    while [ $port -lt $last ]; do
        rm -f "$work/says"
        mkfifo "$work/says" || return 1
        timeout -k 20 600 "$examples/agent" --port $port "$@" >"$work/says" \
            2>"$work/complaint" &
        agent=$!
        started $agent
        exec 3<"$work/says"
        read -r line <&3 && return
        ended $agent
        port=$((port + 1))
    done
    cat "$work/complaint"
    return 1
}

# Ends the agent, which has said nothing more and complained of nothing.
stop()
{
    kill -s "${1:-TERM}" $agent
    gives 0 ended $agent && cat <&3 >"$work/more" &&
        equal /dev/null "$work/more" && equal /dev/null "$work/complaint"
}

# Where it is, as Net-SNMP's tools want it.
at()
{
    case $1 in
        *:*) echo "udp6:[$1]:$port" ;;
        *) echo "udp:$1:$port" ;;
    esac
}

# ask TOOL VERSION COMMUNITY HOST ARGUMENTS... - both what it says and what it
# complains of; without the time, which goes on.
ask()
{
    tool=$1 version=$2 community=$3 host=$4
    shift 4
    "$tool" -On -t 5 -r 1 -v "$version" -c "$community" "$(at "$host")" "$@" \
        >"$work/raw" 2>&1
    code=$?
    sed -e 's/^\.//' -e 's/ *$//' \
        -e 's/ = Timeticks: ([0-9]*) .*/ = Timeticks/' "$work/raw"
    return $code
}

# answers TEXT TOOL ... - it succeeds and says just that.
answers()
{
    printf '%s\n' "$1" >"$work/expected"
    shift
    gives 0 ask "$@" >"$work/said" 2>&1
    status=$?
    equal "$work/expected" "$work/said" && return $status
}

# refuses TEXT TOOL ... - it fails and says, among other things, that.
refuses()
{
    refusal=$1
    shift
    gives 2 ask "$@" >"$work/said" 2>&1
    status=$?
    cat "$work/said"
    grep -qF "$refusal" "$work/said" && return $status
}

hosts='127.0.0.1 ::1'
if [ -d /proc/net ] && ! grep -q '^0*1 ' /proc/net/if_inet6 2>/dev/null; then
    skip 'there is no IPv6'
    hosts=127.0.0.1
fi

# ---- reading ---------------------------------------------------------------

cat >"$work/system" <<TEXT
$system.1.0 = STRING: "Example agent of libwinsnmp"
$system.2.0 = OID: .1.3.6.1.4.1.32473.1
$system.3.0 = Timeticks
$system.4.0 = STRING: "admin@example.com"
$system.5.0 = STRING: "agent.example"
$system.6.0 = STRING: "room 1"
TEXT

cat >"$work/table" <<TEXT
$table.1.1 = INTEGER: 1
$table.1.2 = INTEGER: 2
$table.1.3 = INTEGER: 3
$table.2.1 = STRING: "lo"
$table.2.2 = STRING: "eth0"
$table.2.3 = STRING: "eth1"
$table.5.1 = Gauge32: 10000000
$table.5.2 = Gauge32: 1000000000
$table.5.3 = Gauge32: 4294967295
$table.6.1 = ""
$table.6.2 = Hex-STRING: 02 00 00 00 00 01
$table.6.3 = Hex-STRING: 02 00 00 00 00 FE
$table.7.1 = INTEGER: 1
$table.7.2 = INTEGER: 1
$table.7.3 = INTEGER: 2
$table.10.1 = Counter32: 123456
$table.10.2 = Counter32: 4294967295
$table.10.3 = Counter32: 0
TEXT

cat >"$work/high" <<TEXT
$high.1 = Counter64: 123456
$high.2 = Counter64: 21474836479
$high.3 = Counter64: 4294967296
TEXT

cat "$work/system" "$work/table" >"$work/all.1"
cat "$work/system" "$work/table" "$work/high" >"$work/all.2c"
echo 'End of MIB' >>"$work/all.1"
echo "$high.3 = No more variables left in this MIB View (It is past the end of\
 the MIB tree)" >>"$work/all.2c"

# A tiny MIB, for snmptable wants names.
mkdir "$work/mibs"
column()
{
    echo "$1 OBJECT-TYPE SYNTAX $3 ACCESS read-only STATUS mandatory
        DESCRIPTION \"\" ::= { ifEntry $2 }"
}
{
    echo 'AGENT-TEST-MIB DEFINITIONS ::= BEGIN
    interfaces OBJECT IDENTIFIER ::= { iso 3 6 1 2 1 2 }
    ifTable OBJECT-TYPE SYNTAX SEQUENCE OF IfEntry ACCESS not-accessible
        STATUS mandatory DESCRIPTION "" ::= { interfaces 2 }
    ifEntry OBJECT-TYPE SYNTAX IfEntry ACCESS not-accessible
        STATUS mandatory DESCRIPTION "" INDEX { ifIndex } ::= { ifTable 1 }
    IfEntry ::= SEQUENCE { ifIndex INTEGER }'
    column ifIndex 1 INTEGER
    column ifDescr 2 'OCTET STRING'
    column ifSpeed 5 Gauge32
    column ifPhysAddress 6 'OCTET STRING'
    column ifAdminStatus 7 INTEGER
    column ifInOctets 10 Counter32
    echo END
} >"$work/mibs/AGENT-TEST-MIB.txt"

cat >"$work/rows" <<'TEXT'
1,"lo",10000000,"",1,123456
2,"eth0",1000000000,"02 00 00 00 00 01 ",1,4294967295
3,"eth1",4294967295,"02 00 00 00 00 FE ",2,0
TEXT

# shows_table VERSION HOST - snmptable does.
shows_table()
{
    MIBS=AGENT-TEST-MIB MIBDIRS=$work/mibs snmptable -t 5 -r 1 -v "$1" \
        -c public -CH -Cf , "$(at "$2")" 1.3.6.1.2.1.2.2 \
        >"$work/shown" 2>&1 || {
        cat "$work/shown"
        return 1
    }
    # In SNMPv1 there is nothing behind the table.
    grep -v '^End of MIB$' "$work/shown" | equal "$work/rows" -
}

# reads VERSION HOST
reads()
{
    title="SNMPv$1, $2"
    check "get, $title" answers "$(cat "$work/system")" snmpget $1 public $2 \
        $system.1.0 $system.2.0 $system.3.0 $system.4.0 $system.5.0 $system.6.0
    check "get with the other community, $title" \
        answers "$table.7.3 = INTEGER: 2" snmpget $1 private $2 $table.7.3
    check "getnext, $title" answers "$system.1.0 = STRING: \"Example agent of \
libwinsnmp\"
$table.1.1 = INTEGER: 1
$table.1.1 = INTEGER: 1
$table.10.1 = Counter32: 123456" snmpgetnext $1 public $2 1.3 $system.6.0 \
        $table.1 $table.7.3.0
    check "walk, $title" answers "$(cat "$work/all.$1")" snmpwalk $1 public \
        $2 1.3
    check "walk of a leaf, $title" answers "$system.5.0 = STRING: \
\"agent.example\"" snmpwalk $1 public $2 $system.5.0
    check "table, $title" shows_table $1 $2
}

# Two that come alone, then three of each of two columns.
bulk_of_four="$system.1.0 = STRING: \"Example agent of libwinsnmp\"
$system.6.0 = STRING: \"room 1\"
$table.2.1 = STRING: \"lo\"
$table.10.1 = Counter32: 123456
$table.2.2 = STRING: \"eth0\"
$table.10.2 = Counter32: 4294967295
$table.2.3 = STRING: \"eth1\"
$table.10.3 = Counter32: 0"
end="No more variables left in this MIB View (It is past the end of the MIB \
tree)"

# bulk_reads HOST
bulk_reads()
{
    check "bulk walk, $1" answers "$(cat "$work/all.2c")" snmpbulkwalk 2c \
        public $1 1.3
    check "bulk walk by large steps, $1" answers "$(cat "$work/all.2c")" \
        snmpbulkwalk 2c public $1 -Cr100 1.3
    check "bulk walk by single steps, $1" answers "$(cat "$work/all.2c")" \
        snmpbulkwalk 2c public $1 -Cr1 1.3
    check "bulk get, $1" answers "$bulk_of_four" snmpbulkget 2c public $1 \
        -Cn2 -Cr3 $system $system.5.0 $table.2 $table.7.3
    check "bulk get beyond the end, $1" answers "$high.3 = Counter64: \
4294967296
$system.6.0 = STRING: \"room 1\"
$high.3 = $end
$table.1.1 = INTEGER: 1" snmpbulkget 2c public $1 -Cn0 -Cr2 $high.2 $system.5.0
    check "bulk get ends with the last, $1" answers "$high.3 = $end" \
        snmpbulkget 2c public $1 -Cn0 -Cr50 $high.3
}

if ! start; then
    report 1 'the agent starts'
    finish
    exit
fi
[ "$line" = "listening on 127.0.0.1 UDP port $port" ]
report $? 'it says where it listens'
stop >"$work/stopped" 2>&1
report $? 'it ends on SIGTERM'

for host in $hosts; do
    start --address $host >"$work/started" 2>&1
    report $? "it starts at $host"
    reads 1 $host
    reads 2c $host
    bulk_reads $host
    check "it ends on SIGINT, having complained of nothing, $host" stop INT
done

# ---- what is not there -----------------------------------------------------

start >"$work/started" 2>&1
report $? 'it starts'
here=127.0.0.1

check 'noSuchObject, noSuchInstance' answers \
    "$system.99.0 = No Such Object available on this agent at this OID
$system.5.1 = No Such Instance currently exists at this OID
$system.5.0 = STRING: \"agent.example\"
$table.7.4 = No Such Instance currently exists at this OID" \
    snmpget 2c public $here $system.99.0 $system.5.1 $system.5.0 $table.7.4
check 'endOfMibView' answers "$high.3 = $end
$system.2.0 = OID: .1.3.6.1.4.1.32473.1" \
    snmpgetnext 2c public $here $high.3 $system.1.0

# no_such_name PLACE TOOL OID... - a v1 error, and about which variable.
no_such_name()
{
    place=$1 tool=$2
    shift 2
    refuses '(noSuchName) There is no such variable name in this MIB' \
        "$tool" 1 public $here "$@" &&
        eval "grep -F \"Failed object: .\${$place}\" \"\$work/said\""
}
check 'noSuchName of SNMPv1' no_such_name 2 snmpget $system.5.0 $system.5.1
check 'SNMPv1 has no Counter64' no_such_name 1 snmpget $high.1 $system.5.0
check 'SNMPv1: nothing behind' no_such_name 2 snmpgetnext $system.1 $table.10.3
check 'SNMPv1 skips Counter64' no_such_name 1 snmpgetnext $high

# ---- writing ---------------------------------------------------------------

# is OID VALUE - in both versions.
is()
{
    for version in 1 2c; do
        answers "$1 = $2" snmpget $version public $here "$1" || return 1
    done
}

# writes VERSION TEXT
writes()
{
    answers "$system.6.0 = STRING: \"$2\"
$system.4.0 = STRING: \"by $1\"
$table.7.2 = INTEGER: 3" snmpset "$1" private $here $system.6.0 s "$2" \
        $system.4.0 s "by $1" $table.7.2 i 3 &&
        is $system.6.0 "STRING: \"$2\"" &&
        is $system.4.0 "STRING: \"by $1\"" && is $table.7.2 'INTEGER: 3'
}
check 'set, SNMPv1' writes 1 'room 2'
check 'set, SNMPv2c' writes 2c 'room 3'
check 'set to nothing' answers "$system.6.0 = \"\"" snmpset 2c private $here \
    $system.6.0 s ''
check 'it is nothing' is $system.6.0 '""'
check 'set to the longest text' answers "$system.5.0 = STRING: \"$(
    printf %255s x | tr ' ' x
)\"" snmpset 2c private $here $system.5.0 s "$(printf %255s x | tr ' ' x)"
check 'set again' writes 1 'room 4'

# refuses_to_set V1-TEXT V2-TEXT TRIPLE... - one after a good one, which is not
# done either.
refuses_to_set()
{
    for version in 1 2c; do
        refusal=$1
        [ $version = 1 ] || refusal=$2
        status=0
        (
            shift 2
            refuses "$refusal" snmpset $version private $here \
                $system.4.0 s 'not stored' "$@" &&
                grep -F "Failed object: .$1" "$work/said"
        ) || return 1
        is $system.4.0 'STRING: "by 1"' || return 1
    done
}
bad='(badValue) The value given has the wrong type or length'
no_such='(noSuchName) There is no such variable name in this MIB'
check 'wrongType' refuses_to_set "$bad" wrongType $system.6.0 i 1
check 'wrongType, a number' refuses_to_set "$bad" wrongType $table.7.1 u 1
check 'wrongLength' refuses_to_set "$bad" wrongLength $system.6.0 s \
    "$(printf %256s x)"
check 'wrongValue' refuses_to_set "$bad" wrongValue $table.7.1 i 4
check 'wrongValue, below' refuses_to_set "$bad" wrongValue $table.7.1 i 0
check 'notWritable' refuses_to_set "$no_such" notWritable $system.1.0 s x
check 'notWritable, no object' refuses_to_set "$no_such" notWritable \
    $system.99.0 s x
check 'noCreation' refuses_to_set "$no_such" noCreation $table.7.4 i 1
check 'noCreation, a scalar' refuses_to_set "$no_such" noCreation \
    $system.6.1 s x
check 'noAccess with the community of readers' refuses noAccess snmpset 2c \
    public $here $system.4.0 s x
check 'the same, SNMPv1' refuses "$no_such" snmpset 1 public $here \
    $system.4.0 s x
check 'nothing has changed' is $system.4.0 'STRING: "by 1"'

# ---- too big ---------------------------------------------------------------

# Six times the longest text is more than a response may have.
long="$system.5.0 $system.5.0 $system.5.0 $system.5.0 $system.5.0 $system.5.0"
check 'long enough' answers "$system.5.0 = STRING: \"$(
    printf %255s x | tr ' ' x
)\"" snmpset 2c private $here $system.5.0 s "$(printf %255s x | tr ' ' x)"
for version in 1 2c; do
    check "tooBig, SNMPv$version" refuses tooBig snmpget $version public \
        $here $long
done

# A GETBULK never is: it gives what there is room for.
fills_up()
{
    gives 0 ask snmpbulkget 2c public $here -Cn0 -Cr40 $system.4 $system.4 \
        $system.4 >"$work/said" 2>&1
    status=$?
    lines=$(wc -l <"$work/said")
    cat "$work/said"
    [ "$lines" -ge 6 ] && [ "$lines" -lt 120 ] && return $status
}
check 'a bulk get takes what fits' fills_up

# ---- communities -----------------------------------------------------------

# is_silent VERSION COMMUNITY
is_silent()
{
    gives 1 snmpget -t 0.3 -r 0 -v "$1" -c "$2" "$(at $here)" $system.1.0 \
        >"$work/said" 2>&1
    status=$?
    cat "$work/said"
    grep -q 'Timeout: No Response' "$work/said" && return $status
}
check 'no answer to another community' is_silent 2c other
check 'no answer to another community, SNMPv1' is_silent 1 publi
check 'nor to a longer one' is_silent 2c public2
check 'it ends, having complained of nothing' stop

start --read-community secret --write-community sesame >"$work/started" 2>&1
report $? 'other communities can be chosen'
check 'for reading' answers "$system.6.0 = STRING: \"room 1\"" \
    snmpget 2c secret $here $system.6.0
check 'for writing' answers "$system.6.0 = STRING: \"cave\"" \
    snmpset 2c sesame $here $system.6.0 s cave
check 'and the usual ones are none then' is_silent 2c public
check 'that was all' stop

# ---- addresses, ports, the end ---------------------------------------------

# An answer from elsewhere would not be accepted.
everywhere()
{
    start --address "$1" && echo "$line" &&
        [ "$line" = "listening on $1 UDP port $port" ] || return 1
    shift
    for host in "$@"; do
        answers "$system.6.0 = STRING: \"room 1\"" snmpget 2c public \
            "$host" $system.6.0 || return 1
    done
    stop
}
check 'at all addresses it answers from the one asked' everywhere 0.0.0.0 \
    127.0.0.2 127.0.0.1 127.1.2.3
[ "$hosts" = 127.0.0.1 ] || check 'the same with IPv6' everywhere :: ::1

# says CODE TEXT ARGUMENTS... - the agent ends so, and says that.
says()
{
    says_code=$1 says_text=$2
    shift 2
    gives "$says_code" timeout -k 20 60 "$examples/agent" "$@" \
        >"$work/said" 2>&1
    status=$?
    cat "$work/said"
    grep -qF -e "$says_text" "$work/said" && return $status
}

port_is_taken()
{
    start && says 1 'another program does (see ss -ulpn)' --port "$port" && stop
}
check 'it says that a port is taken' port_is_taken
check 'it says that an address is not here' says 1 \
    'this host does not have the address' --port "$port" --address 192.0.2.1
check 'port 0 is none' says 1 'that is no port' --port 0
check 'nor is 65536' says 1 'that is no port' --port 65536
check 'an address that is none' says 1 'that is no address' --address nowhere
check 'an unknown option' says 2 'usage: agent' --nonsense 1
check 'a missing value' says 2 'usage: agent' --port

finish
