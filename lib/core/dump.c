/*
 * dump.c - see dump.h.
 */
#include "core/dump.h"

#include <stdio.h>

#include "base/alloc.h"
#include "codec/coexist.h"
#include "codec/message.h"
#include "core/db.h"

#define HEAD_BYTES 256

static const char *type_name(smiINT type)
{
    switch (type) {
    case SNMP_PDU_GET:
        return "GetRequest";
    case SNMP_PDU_GETNEXT:
        return "GetNextRequest";
    case SNMP_PDU_RESPONSE:
        return "Response";
    case SNMP_PDU_SET:
        return "SetRequest";
    case SNMP_PDU_V1TRAP:
        return "Trap-PDU";
    case SNMP_PDU_GETBULK:
        return "GetBulkRequest";
    case SNMP_PDU_INFORM:
        return "InformRequest";
    default:
        return "SNMPv2-Trap";
    }
}

/* Writes len octets as " 30 29 ..", and a NUL. */
static void write_hex(const unsigned char *bytes, size_t len, char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < len; i++, text += 3) {
        text[0] = ' ';
        text[1] = digits[bytes[i] >> 4];
        text[2] = digits[bytes[i] & 15];
    }
    *text = '\0';
}

/* Makes " ** ** .." of octets, from from on, that nobody shall see. */
static void blot(char *text, size_t from, size_t len)
{
    for (text += 3 * from; len > 0; len--, text += 3)
        text[1] = text[2] = '*';
}

/* The message's community, and those that a proxy has put into a trap. */
static void blot_communities(const struct wsn_head *head,
                             const unsigned char *bytes, char *text)
{
    struct wsn_ber_reader list = wsn_ber_enter(&head->varbinds);
    struct wsn_ber value;

    blot(text, (size_t)(head->community - bytes), head->community_len);
    while (wsn_coexist_next_community(&list, &value))
        blot(text, (size_t)(value.body - bytes), value.len);
}

/* What stands before the octets; the length of it. */
static size_t write_start(enum wsn_dump_way way, const struct wsn_addr *peer,
                          size_t len, char text[HEAD_BYTES])
{
    char address[WSN_ADDR_TEXT_BYTES];

    (void)wsn_addr_print(peer, address, sizeof address);
    return (size_t)snprintf(text, HEAD_BYTES, "%s %s port %u, %zu octets, ",
                            way == WSN_DUMP_SENT ? "to" : "from", address,
                            (unsigned)peer->port, len);
}

static void dump_message(const struct wsn_head *head, char *text, size_t used,
                         const unsigned char *bytes)
{
    size_t size = HEAD_BYTES + 3 * head->message_len + 1;
    char *line = wsn_alloc(size);

    if (line == NULL)
        return;
    used += (size_t)snprintf(
        text + used, HEAD_BYTES - used,
        "SNMPv%s %s, request id %ld:", head->version == WSN_V1 ? "1" : "2c",
        type_name(head->pdu_type), (long)head->request_id);
    (void)snprintf(line, size, "%s", text);
    write_hex(bytes, head->message_len, line + used);
    if (!wsn_db_get(WSN_DB_LOG_SECRETS))
        blot_communities(head, bytes, line + used);
    wsn_log_line(WSN_LOG_PACKETS, line);
    wsn_free(line);
}

void wsn_dump_now(enum wsn_dump_way way, const struct wsn_addr *peer,
                  const void *bytes, size_t len)
{
    char text[HEAD_BYTES];
    struct wsn_head head;
    size_t used = write_start(way, peer, len, text);

    if (wsn_message_scan(bytes, len, &head) == WSN_SCAN_OK) {
        dump_message(&head, text, used, bytes);
        return;
    }
    (void)snprintf(text + used, sizeof text - used, "no SNMP message");
    wsn_log_line(WSN_LOG_PACKETS, text);
}
