#!/bin/sh
# mgmt.sh - a program written to mgmtapi.h, with Net-SNMP's agent and trap
# sender on the other side.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

has_netsnmp || skip_all 'Net-SNMP is not installed'

# In the manner of Microsoft's snmputil: get, getnext, walk, set, trap.
cat >"$work/manager.c" <<'END'
#include <mgmtapi.h>
#include <winsnmp_posix.h>

static SnmpVarBindList list;

static int fail(const char *what)
{
    printf("%s: %u\n", what, (unsigned)GetLastError());
    return 1;
}

static void print(SnmpVarBind *binding)
{
    char *name;

    if (!SnmpMgrOidToStr(&binding->name, &name))
        exit(fail("SnmpMgrOidToStr"));
    printf("%s ", name);
    SnmpUtilMemFree(name);
    SnmpUtilPrintAsnAny(&binding->value);
}

static void add(char *name)
{
    SnmpVarBind *last;

    list.list = SnmpUtilMemReAlloc(list.list,
                                   (list.len + 1) * sizeof(*list.list));
    last = &list.list[list.len];
    if (!SnmpMgrStrToOid(name, &last->name))
        exit(fail("SnmpMgrStrToOid"));
    last->value.asnType = ASN_NULL;
    list.len++;
}

static int ask(LPSNMP_MGR_SESSION session, BYTE type)
{
    AsnInteger status, index;

    if (!SnmpMgrRequest(session, type, &list, &status, &index))
        exit(fail("SnmpMgrRequest"));
    if (status != SNMP_ERRORSTATUS_NOERROR)
        printf("error %d at %d\n", status, index);
    return status;
}

static void walk(LPSNMP_MGR_SESSION session)
{
    AsnObjectIdentifier root;

    SnmpUtilOidCpy(&root, &list.list[0].name);
    while (ask(session, SNMP_PDU_GETNEXT) == SNMP_ERRORSTATUS_NOERROR &&
           SnmpUtilOidNCmp(&list.list[0].name, &root, root.idLength) == 0) {
        print(&list.list[0]);
        SnmpUtilAsnAnyFree(&list.list[0].value);
    }
    SnmpUtilOidFree(&root);
}

static void set(char *text)
{
    AsnOctetString *string = &list.list[0].value.asnValue.string;

    list.list[0].value.asnType = ASN_OCTETSTRING;
    string->stream = (BYTE *)text;
    string->length = (UINT)strlen(text);
    string->dynamic = FALSE;
}

static int manage(int argc, char **argv)
{
    LPSNMP_MGR_SESSION session = SnmpMgrOpen(argv[2], "public", 2000, 3);
    UINT i, port = (UINT)atoi(argv[3]);

    if (session == NULL)
        return fail("SnmpMgrOpen");
    SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0,
               NULL);
    if (strcmp(argv[1], "set") == 0) {
        add(argv[4]);
        set(argv[5]);
        ask(session, SNMP_PDU_SET);
    } else {
        for (i = 4; i < (UINT)argc; i++)
            add(argv[i]);
        if (strcmp(argv[1], "walk") == 0)
            walk(session);
        else
            ask(session, strcmp(argv[1], "get") == 0 ? SNMP_PDU_GET
                                                     : SNMP_PDU_GETNEXT);
    }
    for (i = 0; i < list.len && strcmp(argv[1], "walk") != 0; i++)
        print(&list.list[i]);
    SnmpUtilVarBindListFree(&list);
    return !SnmpMgrClose(session);
}

static BOOL print_trap(void)
{
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent, source;
    AsnOctetString community;
    AsnInteger generic, specific;
    AsnTimeticks time;
    UINT i;

    if (!SnmpMgrGetTrapEx(&enterprise, &agent, &source, &generic, &specific,
                          &community, &time, &list)) {
        if (GetLastError() != SNMP_MGMTAPI_NOTRAPS)
            exit(fail("SnmpMgrGetTrapEx"));
        return FALSE;
    }
    printf("%s %d %d %u", SnmpUtilOidToA(&enterprise), generic, specific,
           time);
    printf(" %u.%u.%u.%u", agent.stream[0], agent.stream[1], agent.stream[2],
           agent.stream[3]);
    printf(" %u.%u %s\n", source.stream[0], source.stream[3],
           (char *)community.stream);
    for (i = 0; i < list.len; i++)
        print(&list.list[i]);
    SnmpUtilVarBindListFree(&list);
    SnmpUtilOidFree(&enterprise);
    SnmpUtilOctetsFree(&agent);
    SnmpUtilOctetsFree(&source);
    SnmpUtilOctetsFree(&community);
    fflush(stdout);
    return TRUE;
}

static int hear(int n)
{
    HANDLE available;
    UINT port;

    if (!SnmpMgrTrapListen(&available) || !SnmpPosixGetTrapPort(&port))
        return fail("SnmpMgrTrapListen");
    printf("%u\n", port);
    fflush(stdout);
    while (n > 0) {
        WaitForSingleObject(available, INFINITE);
        ResetEvent(available);
        while (n > 0 && print_trap())
            n--;
    }
    return !SnmpMgrClose(NULL);
}

int main(int argc, char **argv)
{
    return strcmp(argv[1], "trap") == 0 ? hear(atoi(argv[2]))
                                        : manage(argc, argv);
}
END

build()
{
    ${CC:-cc} -Wall -Wextra -Wno-write-strings $ours -c "$work/manager.c" \
        -o "$work/manager.o" &&
        sh "$builddir/libtool" --silent --tag=CC --mode=link ${CC:-cc} \
            -o "$work/manager" "$work/manager.o" "$builddir/libwinsnmp.la"
}
check 'a program is built' build
manager=$work/manager

# ---- requests --------------------------------------------------------------

cat >"$work/snmpd.conf" <<'TEXT'
rwcommunity public
sysDescr a "described" agent
sysLocation here
sysServices 72
TEXT
if ! try_ports start_agent; then
    explain "$work/snmpd.log"
    report 1 'an agent starts'
    finish
    exit
fi

# says EXPECTED ARGUMENTS... - the manager prints that, line by line.
says()
{
    printf '%b' "$1" >"$work/expected"
    shift
    "$manager" "$@" >"$work/said" || {
        cat "$work/said"
        return 1
    }
    equal "$work/expected" "$work/said"
}

check 'get by name and by number' says \
    'system.sysDescr.0 String a "described" agent\nsystem.sysServices.0 Integer32 72\n' \
    get 127.0.0.1 "$port" system.sysDescr.0 .1.3.6.1.2.1.1.7.0
check 'getnext, and names of hosts' says 'system.sysLocation.0 String here\n' \
    getnext localhost "$port" system.sysName.0
check 'what does not exist is an error of SNMPv1' says \
    'error 2 at 2\nsystem.sysDescr.0 NULL\nsystem.99.0 NULL\n' \
    get 127.0.0.1 "$port" system.sysDescr.0 system.99.0
check 'set' says 'system.sysContact.0 String someone\n' \
    set 127.0.0.1 "$port" system.sysContact.0 someone

was_set()
{
    snmpget -v 1 -c public -Oqv "127.0.0.1:$port" 1.3.6.1.2.1.1.4.0 \
        >"$work/contact" && grep -x '"someone"' "$work/contact"
}
check 'it was set' was_set

# The names of all columns and the order of the instances, as numbers again.
walks_alike()
{
    "$manager" walk 127.0.0.1 "$port" "$1" >"$work/said" || return 1
    snmpwalk -v 1 -c public -On "127.0.0.1:$port" "$2" >"$work/walked"
    [ "$(wc -l <"$work/said")" -eq "$(wc -l <"$work/walked")" ] &&
        [ "$(wc -l <"$work/said")" -ge "$3" ]
}
check 'walk over a group' walks_alike system 1.3.6.1.2.1.1 7
check 'walk over a table' walks_alike interfaces.ifTable 1.3.6.1.2.1.2.2 20
check 'columns have names' grep -q \
    '^interfaces.ifTable.ifEntry.ifDescr.1 String lo' "$work/said"

nobody_answers()
{
    kill $agent && ended $agent
    ! "$manager" get 127.0.0.1 "$port" system.sysDescr.0 >"$work/said" &&
        grep -xE 'SnmpMgrRequest: 4[01]' "$work/said"
}
check 'an agent that is gone does not answer' nobody_answers

# ---- traps -----------------------------------------------------------------

hears_traps()
{
    mkfifo "$work/says" || return 1
    WINSNMP_TRAP_PORT=0 timeout -k 20 60 "$manager" trap 3 >"$work/says" &
    listener=$!
    started $listener
    exec 3<"$work/says"
    read -r port <&3 || return 1
    snmptrap -v 1 -c public "127.0.0.1:$port" 1.3.6.1.4.1.8072.9999 \
        192.0.2.7 6 7 4200 1.3.6.1.2.1.1.6.0 s here &&
        snmptrap -v 2c -c secret "127.0.0.1:$port" 4200 1.3.6.1.6.3.1.1.5.3 \
            1.3.6.1.2.1.2.2.1.1.2 i 2 &&
        snmpinform -v 2c -c public "127.0.0.1:$port" 4200 \
            1.3.6.1.4.1.8072.9999.0.7 || return 1
    cat <&3 >"$work/heard"
    exec 3<&-
    ended $listener && equal "$work/traps" "$work/heard"
}
cat >"$work/traps" <<'TEXT'
1.3.6.1.4.1.8072.9999 6 7 4200 192.0.2.7 127.1 public
system.sysLocation.0 String here
1.3.6.1.6.3.1.1.5 2 0 4200 127.0.0.1 127.1 secret
interfaces.ifTable.ifEntry.ifIndex.2 Integer32 2
1.3.6.1.4.1.8072.9999 6 7 4200 127.0.0.1 127.1 public
TEXT
check 'traps of both versions, and an inform' hears_traps

finish
