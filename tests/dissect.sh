#!/bin/sh
# dissect.sh - what the library sends, as tshark reads it: every kind of PDU,
# every syntax, both versions.

. "${top_srcdir:-.}/tests/support/tap.sh"

program=$builddir/tests/dissect

for tool in tshark text2pcap; do
    command -v $tool >/dev/null 2>&1 || skip_all "$tool is not installed"
done

# dissected KIND PORT - the message of that kind as tshark prints it; the port
# tells tshark that it is SNMP.
dissected()
{
    WINSNMP_CONF=/dev/null "$program" "$1" >"$work/$1.hex" &&
        text2pcap -q -u "40000,$2" "$work/$1.hex" "$work/$1.pcap" \
            >"$work/$1.log" 2>&1 &&
        HOME=$work tshark -n -r "$work/$1.pcap" -V 2>"$work/$1.err" |
        sed -n '/^Simple Network Management Protocol/,$p' >"$work/$1.text"
    [ -s "$work/$1.text" ]
}

# says KIND PORT LINE... - the dissection has every line, in that order, and
# nothing that tshark complains of.
says()
{
    says_kind=$1
    dissected "$1" "$2"
    says_status=$?
    shift 2
    printf '%s\n' "$@" >"$work/wanted"
    if [ $says_status -eq 0 ]; then
        awk -v wanted="$work/wanted" '
            BEGIN { while ((getline line < wanted) > 0) want[++n] = line
                    next_one = 1 }
            /Malformed|Expert Info|BER Error/ { print "tshark: " $0 }
            next_one <= n && index($0, want[next_one]) { next_one++ }
            END { if (next_one <= n) print "missing: " want[next_one] }
            ' "$work/$says_kind.text" >"$work/wrong"
        [ ! -s "$work/wrong" ]
        says_status=$?
    else
        echo 'there is nothing to dissect' >"$work/wrong"
    fi
    report $says_status "$says_kind"
    [ $says_status -eq 0 ] || explain "$work/wrong"
}

says get 161 'version: v2c (1)' 'community: public' 'get-request (0)' \
    'request-id: 4711' 'error-status: noError (0)' 'error-index: 0' \
    '1.3.6.1.2.1.1.3: Value (Null)' '1.3.6.1.2.1.2.2.1.2: Value (Null)'
says getnext 161 'version: version-1 (0)' 'get-next-request (1)' \
    'request-id: 4711' '1.3.6.1.2.1.1.3: Value (Null)'
says getbulk 161 'version: v2c (1)' 'getBulkRequest (5)' 'request-id: 4711' \
    'non-repeaters: 1' 'max-repetitions: 10' '2 items'
says getbulk-v1 161 'version: version-1 (0)' 'get-next-request (1)' \
    'request-id: 4711' 'error-status: noError (0)' 'error-index: 0' '2 items'
says set 161 'set-request (3)' '8 items' 'Value (Integer32): -129' \
    '9999.2: "hello"' 'Value (OID): 2.999.3.4294967295' \
    'Value (IpAddress): 192.0.2.1' 'Value (Counter32): 4294967295' \
    'Value (Gauge32): 2147483648' 'Value (Timeticks): 100' \
    'Value (Counter64): 18446744073709551614'
says response 161 'get-response (2)' 'request-id: 4711' \
    'error-status: notWritable (17)' 'error-index: 2'
says trap 162 'version: v2c (1)' 'snmpV2-trap (7)' 'request-id: 4711' \
    '1.3.6.1.2.1.1.3.0: 4200' \
    '1.3.6.1.6.3.1.1.4.1.0: 1.3.6.1.4.1.8072.3.0.17' \
    '1.3.6.1.4.1.8072.3.1.0: "hi"'
says trap-v1 162 'version: version-1 (0)' 'trap (4)' \
    'enterprise: 1.3.6.1.4.1.8072.3' 'agent-addr: 127.0.0.1' \
    'generic-trap: enterpriseSpecific (6)' 'specific-trap: 17' \
    'time-stamp: 4200' '1.3.6.1.4.1.8072.3.1.0: "hi"'
says inform 162 'version: v2c (1)' 'informRequest (6)' 'request-id: 4711' \
    '3 items'

finish
