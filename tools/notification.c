/*
 * notification.c - see notification.h.
 */
#include "notification.h"

#include <string.h>
#include <time.h>

#include "print.h"
#include "tool.h"

struct notification {
    char time[40];
    char sender[64];
    smiOCTETS community;
    smiVALUE uptime;
    const char *version;
    const char *kind;
    char trap[MAXOBJIDSTRSIZE];
    HSNMP_VBL list;
};

/* ---- reading ------------------------------------------------------------ */

/* Every notification begins with sysUpTime.0 and snmpTrapOID.0. */
static void read_head(struct notification *n)
{
    smiOID name;
    smiVALUE value;

    n->uptime.syntax = SNMP_SYNTAX_TIMETICKS;
    if (get_varbind(n->list, 1, &name, &value)) {
        if (value.syntax == SNMP_SYNTAX_TIMETICKS)
            n->uptime = value;
        free_varbind(&name, &value);
    }
    if (get_varbind(n->list, 2, &name, &value)) {
        if (value.syntax == SNMP_SYNTAX_OID)
            SnmpOidToStr(&value.value.oid, sizeof n->trap, n->trap);
        free_varbind(&name, &value);
    }
}

/* An SNMPv1 trap is delivered in the form of SNMPv2, with its enterprise as
 * an additional last variable, snmpTrapEnterprise.0. */
static const char *find_version(HSNMP_VBL list)
{
    char text[MAXOBJIDSTRSIZE] = "";
    smiOID name;
    smiVALUE value;

    if (get_varbind(list, SnmpCountVbl(list), &name, &value)) {
        SnmpOidToStr(&name, sizeof text, text);
        free_varbind(&name, &value);
    }
    return strcmp(text, "1.3.6.1.6.3.1.1.4.3.0") == 0 ? "1" : "2c";
}

/* RFC 3339, with the offset from UTC. */
static void read_clock(char *text, size_t size)
{
    time_t now = time(NULL);
    struct tm local;
    size_t len;

    if (localtime_r(&now, &local) == NULL)
        return;
    len = strftime(text, size - 1, "%Y-%m-%dT%H:%M:%S%z", &local);
    if (len < 2)
        return;
    /* +0100 becomes +01:00 */
    memmove(text + len - 1, text + len - 2, 3);
    text[len - 2] = ':';
}

static void read_pdu(struct notification *n, HSNMP_PDU pdu)
{
    smiINT type = 0;

    if (SnmpGetPduData(pdu, &type, NULL, NULL, NULL, &n->list) ==
        SNMPAPI_FAILURE)
        tool_die("SnmpGetPduData");
    n->version = find_version(n->list);
    n->kind = type == SNMP_PDU_INFORM ? "inform" : "trap";
    read_head(n);
}

/* ---- writing ------------------------------------------------------------ */

/* The name of a standard trap, 1.3.6.1.6.3.1.1.5.1 to .6, otherwise "". */
static const char *trap_name(const char *trap)
{
    static const char prefix[] = "1.3.6.1.6.3.1.1.5.";
    static const char *const names[] = {"coldStart",
                                        "warmStart",
                                        "linkDown",
                                        "linkUp",
                                        "authenticationFailure",
                                        "egpNeighborLoss"};
    const char *last = trap + strlen(prefix);

    if (strncmp(trap, prefix, strlen(prefix)) != 0 || strlen(last) != 1 ||
        *last < '1' || *last > '6')
        return "";
    return names[*last - '1'];
}

static void print_block(FILE *out, const struct notification *n,
                        bool shows_community)
{
    const char *name = trap_name(n->trap);

    fprintf(out, "%s SNMPv%s %s from %s\n", n->time, n->version, n->kind,
            n->sender);
    if (shows_community) {
        fputs("  community: ", out);
        print_octets(out, &n->community);
        putc('\n', out);
    }
    fprintf(out, *name == '\0' ? "  trap:   %s\n" : "  trap:   %s (%s)\n",
            n->trap, name);
    fputs("  uptime: ", out);
    print_ticks(out, &n->uptime);
    putc('\n', out);
    print_list(out, n->list, "  ");
}

static void print_json(FILE *out, const struct notification *n,
                       bool shows_community)
{
    const char *name = trap_name(n->trap);

    fprintf(out, "{\"time\":\"%s\",\"sender\":\"%s\",", n->time, n->sender);
    if (shows_community) {
        fputs("\"community\":", out);
        print_octets(out, &n->community);
        putc(',', out);
    }
    fprintf(out, "\"version\":\"%s\",\"kind\":\"%s\",\"trap\":\"%s\",",
            n->version, n->kind, n->trap);
    if (*name != '\0')
        fprintf(out, "\"name\":\"%s\",", name);
    fprintf(out, "\"uptime\":%u,\"varbinds\":[",
            (unsigned)n->uptime.value.uNumber);
    print_json_list(out, n->list, ",");
    fputs("]}\n", out);
}

void print_notification(FILE *out, const struct notification_style *style,
                        HSNMP_ENTITY from, HSNMP_CONTEXT community,
                        HSNMP_PDU pdu)
{
    struct notification n;

    memset(&n, 0, sizeof n);
    read_clock(n.time, sizeof n.time);
    SnmpEntityToStr(from, sizeof n.sender, n.sender);
    SnmpContextToStr(community, &n.community);
    read_pdu(&n, pdu);
    if (style->as_json)
        print_json(out, &n, style->shows_community);
    else
        print_block(out, &n, style->shows_community);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &n.community);
    SnmpFreeVbl(n.list);
}
