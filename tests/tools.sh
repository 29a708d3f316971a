#!/bin/sh
# tools.sh - winsnmp-util against Net-SNMP's agent and trap receiver.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

program=$builddir/tools/winsnmp-util

# ---- help, completion, wrong usage -----------------------------------------

helps()
{
    "$program" --help >"$work/help" && grep -q '^usage: winsnmp-util' "$work/help"
}
check 'winsnmp-util --help' helps
names_version()
{
    "$program" --version | grep -qE '^winsnmp-util [0-9]+\.[0-9]+\.[0-9]+$'
}
check 'winsnmp-util --version' names_version

check 'without a command' gives 1 "$program"
check 'an unknown command' gives 1 "$program" gte ::1 public 1.3
check 'no OID' gives 1 "$program" get ::1 public
check 'an unknown option' gives 1 "$program" get -z 1 ::1 public 1.3
check 'a bad version' gives 1 "$program" get -v 3 ::1 public 1.3
check 'a bad OID' gives 1 "$program" get ::1 public 1.3.x
check 'half a triple' gives 1 "$program" set ::1 public 1.3.6.1 s
check 'a bad type' gives 1 "$program" set ::1 public 1.3.6.1 ii 1
for triple in 'i 2147483648' 'i 12x' 'u -1' 'C 18446744073709551616' \
    'a 1.2.3.256' 'a 1.2.3' 'x 0g' 'o .'; do
    check "a bad value: $triple" gives 1 "$program" set ::1 public 1.3.6.1 $triple
done

# completes PROGRAM - the completion offers what the usage shows.
completes()
{
    bash -n "$srcdir/tools/completion/$1" || return 1
    status=0
    for option in $("$builddir/tools/$1" --help |
        sed -n 's/^  \(-[-a-z]*\) .*/\1/p'); do
        grep -q -- "[' ]$option\([' ]\|\$\)" "$srcdir/tools/completion/$1" || {
            echo "$option is missing in tools/completion/$1"
            status=1
        }
    done
    return $status
}
if command -v bash >/dev/null 2>&1; then
    check 'the completion of winsnmp-util' completes winsnmp-util
    check 'the completion of winsnmp-trapd' completes winsnmp-trapd
else
    skip 'there is no bash'
fi

if ! has_netsnmp; then
    skip 'Net-SNMP is not installed'
    finish
    exit
fi

# ---- an agent --------------------------------------------------------------

community=hidden-Word
cat >"$work/snmpd.conf" <<TEXT
rwcommunity public
rwcommunity $community
sysName agent
override 1.3.6.1.4.1.32473.9.1.0 integer -2147483648
override 1.3.6.1.4.1.32473.9.2.0 integer 0
override 1.3.6.1.4.1.32473.9.3.0 uinteger 4294967295
TEXT
system=1.3.6.1.2.1.1
numbers=1.3.6.1.4.1.32473.9
if ! try_ports start_agent; then
    explain "$work/snmpd.log"
    report 1 'an agent starts'
    finish
    exit
fi

util()
{
    util_command=$1
    shift
    "$program" "$util_command" -p "$port" -t 5 "$@"
}

# prints TEXT COMMAND... - the command succeeds and prints just that.
prints()
{
    printf '%s\n' "$1" >"$work/expected"
    shift
    gives 0 "$@" >"$work/printed" && equal "$work/expected" "$work/printed"
}

# says CODE TEXT COMMAND... - it ends so and says, among other things, that.
says()
{
    says_code=$1 says_text=$2
    shift 2
    gives "$says_code" "$@" >"$work/said" 2>&1
    says_status=$?
    cat "$work/said"
    grep -qF -- "$says_text" "$work/said" && return $says_status
}

for version in 1 2c; do
    check "get, SNMPv$version" prints "$system.5.0 = STRING: \"agent\"" \
        util get -v $version 127.0.0.1 public $system.5.0
    check "getnext, SNMPv$version" prints "$system.5.0 = STRING: \"agent\"" \
        util getnext -v $version 127.0.0.1 public $system.5
done
check 'options before the command' prints "$system.5.0 = STRING: \"agent\"" \
    "$program" -p "$port" get 127.0.0.1 public $system.5.0
check 'get as JSON' prints \
    '{"oid":"'$system.5.0'","type":"STRING","value":"agent"}
{"oid":"'$system.99.0'","type":"noSuchObject","value":null}' \
    util get --json localhost public $system.5.0 $system.99.0

# The same variables, by Net-SNMP and by both of our commands.
walks()
{
    tree=1.3.6.1.6.3.16
    snmpwalk -On -v 2c -c public "127.0.0.1:$port" $tree |
        sed '/No more variables/d; s/^\.//; s/ =.*//' >"$work/theirs"
    grep -q . "$work/theirs" || return 1
    for command in walk 'bulk -m 3' 'bulk -m 1000' 'walk --json'; do
        util $command 127.0.0.1 public $tree |
            sed 's/ =.*//; s/{"oid":"//; s/".*//' >"$work/ours"
        equal "$work/theirs" "$work/ours" || return 1
    done
}
check 'walks and bulks see what snmpwalk sees' walks
check 'a walk of one variable' prints "$system.5.0 = STRING: \"agent\"" \
    util walk 127.0.0.1 public $system.5.0

check 'the least number, none and the greatest' prints \
    "$numbers.1.0 = INTEGER: -2147483648
$numbers.2.0 = INTEGER: 0
$numbers.3.0 = Gauge32: 4294967295" \
    util get 127.0.0.1 public $numbers.1.0 $numbers.2.0 $numbers.3.0

check 'set' prints "$system.6.0 = STRING: \"-x \\\"y\\\"\"" \
    util set 127.0.0.1 public $system.6.0 s '-x "y"'
check 'set in hex' prints "$system.6.0 = STRING: \"AZ\"" \
    util set 127.0.0.1 public $system.6.0 x '41 5a'

check 'an error of the agent is exit code 2' says 2 \
    "noSuchName (2) about $system.99.0" \
    util get -v 1 127.0.0.1 public $system.5.0 $system.99.0
check 'notWritable' says 2 "notWritable (17) about $system.3.0" \
    util set 127.0.0.1 public $system.3.0 t 1
check 'a time-out is exit code 1' says 1 \
    'time-out: no answer from 127.0.0.1' \
    util get -r 1 -t 0.1 127.0.0.1 wrong $system.5.0
check 'an unknown host' says 1 'no such host' \
    util get nowhere.invalid public $system.5.0
check 'SNMPv1 has no informs' gives 1 \
    util inform -v 1 127.0.0.1 public 1.3.6.1.6.3.1.1.5.1

# Output that is lost is a failure.
loses_output()
{
    [ -c /dev/full ] || return 0
    gives 1 util get 127.0.0.1 public $system.5.0 >/dev/full
}
check 'a full disk' loses_output

# ---- the log ---------------------------------------------------------------

hex=$(printf $community | od -An -tx1 | tr -d '\n')
for level in none error warning info debug packets; do
    keeps_secret()
    {
        util get --log $level 127.0.0.1 $community $system.5.0 \
            >"$work/log" 2>&1 &&
            util get --log $level -r 1 -t 0.1 127.0.0.1 "$community+" \
                $system.5.0 >>"$work/log" 2>&1
        cat "$work/log"
        ! grep -F -e "$community" -e "$hex" "$work/log"
    }
    check "--log $level shows no community" keeps_secret
done
check '--log packets shows datagrams' grep -q \
    '^libwinsnmp: packet: to 127.0.0.1 port '"$port"',.* \*\* \*\* ' "$work/log"
shows_secret()
{
    WINSNMP_LOG_SECRETS=yes "$program" get --log packets -p "$port" 127.0.0.1 \
        $community $system.5.0 2>"$work/log" && grep -qF "$hex" "$work/log"
}
check 'log_secrets shows it' shows_secret

kill $agent
ended $agent

# ---- traps and informs to snmptrapd ----------------------------------------

# notifies COMMAND TEXT - snmptrapd logs a line with what the command sent.
notifies()
{
    util $1 127.0.0.1 public 1.3.6.1.6.3.1.1.5.3 1.3.6.1.4.1.1.1 i -5 \
        1.3.6.1.4.1.1.2 s "$2" 1.3.6.1.4.1.1.4 a 192.0.2.7 &&
        settled 100 $trapd inform_answered || return 1
    grep -F "STRING: \"$2\"" "$work/traps" | grep -F 'INTEGER: -5' |
        grep -F 'IpAddress: 192.0.2.7' || {
        cat "$work/traps"
        return 1
    }
}

if try_ports start_trapd; then
    check 'trap' notifies trap 'by trap'
    check 'inform' notifies inform 'by inform'
    check 'trap, SNMPv1' notifies 'trap -v 1' 'by v1'
    check 'trap with a Counter64' util trap 127.0.0.1 public \
        1.3.6.1.6.3.1.1.5.3 1.3.6.1.4.1.1.3 C 18446744073709551615
    check 'which arrives' notifies inform 'after it'
    check 'as it was' grep -qF 'Counter64: 18446744073709551615' "$work/traps"
    kill $trapd
    ended $trapd
else
    report 1 'snmptrapd starts'
fi

finish
