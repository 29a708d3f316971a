/*
 * our_codec.c - what encoding and decoding cost in this library, and names
 * and their text.  netsnmp_codec.c does the same to the same messages.
 *
 * threads=N: as many threads decode and encode at once, each with a session of
 * its own or all with the same (shared=1), and how often a second is said.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <string.h>

#include "common.h"
#include "our.h"

#define THREADS_MAX 16
#define N_MIXED 10

static long loops = 20000, threads, shared;

/* A message in each of its forms, and what it is sent with. */
struct subject {
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT community;
    HSNMP_PDU (*make)(HSNMP_SESSION session);
    HSNMP_PDU pdu;
    smiOCTETS bytes;
};

static struct subject get, mixed;

static smiUINT32 name_ids[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 10, 1001};
static smiUINT32 value_ids[] = {1, 3, 6, 1, 4, 1, 8072, 3, 2, 10};
static smiBYTE text[] = "GigabitEthernet1/0/3", address[] = {192, 0, 2, 17};
static smiBYTE mac[] = {0, 0x11, 0x22, 0x33, 0x44, 0x55};

/* ---- the messages ------------------------------------------------------ */

/* netsnmp_codec.c has the same ten. */
static const smiVALUE values[N_MIXED] = {
    {SNMP_SYNTAX_TIMETICKS, {.uNumber = 123456789}},
    {SNMP_SYNTAX_OCTETS, {.string = {sizeof(text) - 1, text}}},
    {SNMP_SYNTAX_INT, {.sNumber = 6}},
    {SNMP_SYNTAX_INT, {.sNumber = -1500}},
    {SNMP_SYNTAX_GAUGE32, {.uNumber = 1000000000}},
    {SNMP_SYNTAX_OCTETS, {.string = {sizeof(mac), mac}}},
    {SNMP_SYNTAX_CNTR32, {.uNumber = 0xfedcba98}},
    {SNMP_SYNTAX_CNTR64, {.hNumber = {0x01234567, 0x89abcdef}}},
    {SNMP_SYNTAX_IPADDR, {.string = {sizeof(address), address}}},
    {SNMP_SYNTAX_OID, {.oid = {10, value_ids}}}};

static HSNMP_PDU make_get(HSNMP_SESSION session)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    smiOID up_time = {9, ids};
    HSNMP_VBL list = SnmpCreateVbl(session, &up_time, NULL);
    HSNMP_PDU pdu =
        SnmpCreatePdu(session, SNMP_PDU_GET, 0x12345678, 0, 0, list);

    SnmpFreeVbl(list);
    return pdu;
}

static HSNMP_PDU make_mixed(HSNMP_SESSION session)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 0, 0};
    smiOID name = {11, ids};
    HSNMP_VBL list = SnmpCreateVbl(session, NULL, NULL);
    HSNMP_PDU pdu;

    for (smiUINT32 i = 0; i < N_MIXED; i++) {
        ids[9] = i + 1;
        ids[10] = 1000 + i;
        SnmpSetVb(list, 0, &name, &values[i]);
    }
    pdu = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, 0x12345678, 0, 0, list);
    SnmpFreeVbl(list);
    return pdu;
}

static void encode(const struct subject *subject, HSNMP_PDU pdu,
                   smiOCTETS *ret_bytes)
{
    if (!SnmpEncodeMsg(subject->session, subject->agent, subject->agent,
                       subject->community, pdu, ret_bytes))
        our_die("SnmpEncodeMsg");
}

static void prepare(struct subject *subject, HSNMP_SESSION session,
                    HSNMP_PDU (*make)(HSNMP_SESSION session))
{
    subject->session = session;
    subject->agent = our_agent(session, INADDR_LOOPBACK, 161);
    subject->community = our_community(session);
    subject->make = make;
    subject->pdu = make(session);
    encode(subject, subject->pdu, &subject->bytes);
}

/* ---- what is measured: each does one ----------------------------------- */

static void decode_and_free(struct subject *subject)
{
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;

    if (!SnmpDecodeMsg(subject->session, &from, &to, &context, &pdu,
                       &subject->bytes))
        our_die("SnmpDecodeMsg");
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
}

static void encode_and_free(struct subject *subject)
{
    smiOCTETS bytes;

    encode(subject, subject->pdu, &bytes);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &bytes);
}

static void create_encode_and_free(struct subject *subject)
{
    HSNMP_PDU pdu = subject->make(subject->session);
    smiOCTETS bytes;

    encode(subject, pdu, &bytes);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &bytes);
    SnmpFreePdu(pdu);
}

static void read_name(struct subject *unused)
{
    smiOID name;

    (void)unused;
    if (!SnmpStrToOid("1.3.6.1.2.1.2.2.1.10.1001", &name))
        our_die("SnmpStrToOid");
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
}

static void print_name(struct subject *unused)
{
    static const smiOID name = {11, name_ids};
    char room[MAXOBJIDSTRSIZE];

    (void)unused;
    if (!SnmpOidToStr(&name, sizeof(room), room))
        our_die("SnmpOidToStr");
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

/* ---- threads ----------------------------------------------------------- */

static void *work(void *arg)
{
    struct subject *subject = arg;

    for (long i = 0; i < loops; i++) {
        decode_and_free(subject);
        encode_and_free(subject);
    }
    return NULL;
}

static void measure_threads(void)
{
    static struct subject subjects[THREADS_MAX];
    pthread_t ids[THREADS_MAX];
    uint64_t start_ns;

    for (long i = 0; i < threads; i++)
        prepare(&subjects[i],
                shared ? mixed.session : our_session(our_on_nothing, NULL),
                make_mixed);
    start_ns = bench_wall_ns();
    for (long i = 0; i < threads; i++)
        if (pthread_create(&ids[i], NULL, work, &subjects[i]) != 0)
            bench_die("pthread_create");
    for (long i = 0; i < threads; i++)
        pthread_join(ids[i], NULL);
    bench_say("rate",
              (double)(threads * loops) * 1e9 /
                  (double)(bench_wall_ns() - start_ns),
              "/s");
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"loops", &loops, NULL},
                                           {"threads", &threads, NULL},
                                           {"shared", &shared, NULL}};
    HSNMP_SESSION session;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    if (threads > THREADS_MAX || loops < 10)
        bench_die("too many");
    our_start();
    session = our_session(our_on_nothing, NULL);
    prepare(&get, session, make_get);
    prepare(&mixed, session, make_mixed);
    bench_say("octets", get.bytes.len + mixed.bytes.len, "");
    if (threads > 0)
        measure_threads();
    for (size_t i = 0; threads == 0 && i < sizeof(items) / sizeof(items[0]);
         i++)
        measure(&items[i]);
    SnmpCleanup();
    return 0;
}
