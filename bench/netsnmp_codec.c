/*
 * netsnmp_codec.c - what encoding and decoding cost in Net-SNMP, and names
 * and their text.  our_codec.c does the same to the same messages.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "common.h"
#include "netsnmp.h"

#define N_MIXED 10

static long loops = 20000;
static netsnmp_session session;

/* A message in each of its forms. */
static struct subject {
    netsnmp_pdu *(*make)(void);
    netsnmp_pdu *pdu;
    unsigned char bytes[SNMP_MIN_MAX_LEN];
    size_t len;
} get, mixed;

static const oid value_ids[] = {1, 3, 6, 1, 4, 1, 8072, 3, 2, 10};
static const unsigned char address[] = {192, 0, 2, 17};
static const unsigned char mac[] = {0, 0x11, 0x22, 0x33, 0x44, 0x55};
static const char text[] = "GigabitEthernet1/0/3";
static const long six = 6, below_zero = -1500;
static const unsigned long ticks = 123456789, gauge = 1000000000,
                           counter = 0xfedcba98;
static const struct counter64 big = {0x01234567, 0x89abcdef};

/* ---- the messages ------------------------------------------------------ */

/* our_codec.c has the same ten. */
static const struct {
    unsigned char type;
    const void *at;
    size_t len;
} values[N_MIXED] = {{ASN_TIMETICKS, &ticks, sizeof(ticks)},
                     {ASN_OCTET_STR, text, sizeof(text) - 1},
                     {ASN_INTEGER, &six, sizeof(six)},
                     {ASN_INTEGER, &below_zero, sizeof(below_zero)},
                     {ASN_GAUGE, &gauge, sizeof(gauge)},
                     {ASN_OCTET_STR, mac, sizeof(mac)},
                     {ASN_COUNTER, &counter, sizeof(counter)},
                     {ASN_COUNTER64, &big, sizeof(big)},
                     {ASN_IPADDRESS, address, sizeof(address)},
                     {ASN_OBJECT_ID, value_ids, sizeof(value_ids)}};

static netsnmp_pdu *make_pdu(int type)
{
    netsnmp_pdu *pdu = snmp_pdu_create(type);

    pdu->version = SNMP_VERSION_2c;
    pdu->community = (u_char *)strdup("public");
    pdu->community_len = 6;
    pdu->reqid = 0x12345678;
    pdu->errstat = pdu->errindex = 0;
    return pdu;
}

static netsnmp_pdu *make_get(void)
{
    static const oid up_time[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    netsnmp_pdu *pdu = make_pdu(SNMP_MSG_GET);

    snmp_add_null_var(pdu, up_time, OID_LENGTH(up_time));
    return pdu;
}

static netsnmp_pdu *make_mixed(void)
{
    oid name[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 0, 0};
    netsnmp_pdu *pdu = make_pdu(SNMP_MSG_RESPONSE);

    for (oid i = 0; i < N_MIXED; i++) {
        name[9] = i + 1;
        name[10] = 1000 + i;
        snmp_pdu_add_variable(pdu, name, OID_LENGTH(name), values[i].type,
                              values[i].at, values[i].len);
    }
    return pdu;
}

/* As snmp_send() does it: into memory that it fetches. */
static size_t encode(netsnmp_pdu *pdu, unsigned char *copy)
{
    size_t room = SNMP_MIN_MAX_LEN, len = 0;
    u_char *bytes = malloc(room);

    if (bytes == NULL || snmp_build(&bytes, &room, &len, &session, pdu) != 0)
        bench_die("snmp_build");
    if (copy != NULL)
        memcpy(copy, bytes + room - len, len);
    free(bytes);
    return len;
}

/* ---- what is measured: each does one ----------------------------------- */

static void decode_and_free(struct subject *subject)
{
    netsnmp_pdu *pdu = calloc(1, sizeof(*pdu));

    if (pdu == NULL ||
        snmp_parse(NULL, &session, pdu, subject->bytes, subject->len) != 0)
        bench_die("snmp_parse");
    snmp_free_pdu(pdu);
}

static void encode_and_free(struct subject *subject)
{
    (void)encode(subject->pdu, NULL);
}

static void create_encode_and_free(struct subject *subject)
{
    netsnmp_pdu *pdu = subject->make();

    (void)encode(pdu, NULL);
    snmp_free_pdu(pdu);
}

static void read_name(struct subject *unused)
{
    oid name[MAX_OID_LEN];
    size_t len = MAX_OID_LEN;

    (void)unused;
    if (!read_objid(".1.3.6.1.2.1.2.2.1.10.1001", name, &len))
        bench_die("read_objid");
}

static void print_name(struct subject *unused)
{
    static const oid name[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 10, 1001};
    char room[512];

    (void)unused;
    if (snprint_objid(room, sizeof(room), name, OID_LENGTH(name)) < 0)
        bench_die("snprint_objid");
}

static const struct item {
    const char *name;
    void (*function)(struct subject *);
    struct subject *subject;
} items[] = {{"decode_get", decode_and_free, &get},
             {"decode_mixed", decode_and_free, &mixed},
             {"encode_get", encode_and_free, &get},
             {"encode_mixed", encode_and_free, &mixed},
             {"create_get", create_encode_and_free, &get},
             {"create_mixed", create_encode_and_free, &mixed},
             {"read_name", read_name, NULL},
             {"print_name", print_name, NULL}};

static void measure(const struct item *item)
{
    uint64_t start_ns;

    for (long i = 0; i < loops / 10; i++)
        item->function(item->subject);
    start_ns = bench_cpu_ns();
    for (long i = 0; i < loops; i++)
        item->function(item->subject);
    bench_say(item->name, (double)(bench_cpu_ns() - start_ns) / (double)loops,
              "ns");
}

static void prepare(struct subject *subject, netsnmp_pdu *(*make)(void))
{
    subject->make = make;
    subject->pdu = make();
    subject->len = encode(subject->pdu, subject->bytes);
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"loops", &loops, NULL}};

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    if (loops < 10)
        bench_die("too few");
    netsnmp_start("netsnmp_codec");
    session = netsnmp_describe(NULL);
    prepare(&get, make_get);
    prepare(&mixed, make_mixed);
    bench_say("octets", (double)(get.len + mixed.len), "");
    for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++)
        measure(&items[i]);
    return 0;
}
