/*
 * check_snmputil.c - snmp.h: memory, object identifiers, and the service.
 */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

#include "support/asn.h"
#include "winsnmp.h"

/* ---- memory ------------------------------------------------------------- */

static bool is_zero(const unsigned char *bytes, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

START_TEST(new_memory_is_zero)
{
    unsigned char *bytes = SnmpUtilMemAlloc(100);

    ck_assert_ptr_nonnull(bytes);
    ck_assert(is_zero(bytes, 0, 100));
    memset(bytes, 0xff, 100);
    bytes = SnmpUtilMemReAlloc(bytes, 40);
    ck_assert_int_eq(bytes[39], 0xff);
    bytes = SnmpUtilMemReAlloc(bytes, 5000);
    ck_assert_int_eq(bytes[39], 0xff);
    ck_assert(is_zero(bytes, 40, 5000));
    SnmpUtilMemFree(bytes);
}
END_TEST

START_TEST(no_block_is_a_new_one)
{
    unsigned char *bytes = SnmpUtilMemReAlloc(NULL, 8);

    ck_assert_ptr_nonnull(bytes);
    ck_assert(is_zero(bytes, 0, 8));
    SnmpUtilMemFree(bytes);
    SnmpUtilMemFree(NULL);
    bytes = SnmpUtilMemAlloc(0);
    ck_assert_ptr_nonnull(bytes);
    SnmpUtilMemFree(bytes);
}
END_TEST

START_TEST(memory_is_refused)
{
    char *bytes = SnmpUtilMemAlloc(4);

    strcpy(bytes, "abc");
    allow(0);
    SetLastError(0);
    ck_assert_ptr_null(SnmpUtilMemAlloc(4));
    ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
    ck_assert_ptr_null(SnmpUtilMemReAlloc(bytes, 4000));
    allow_all();
    ck_assert_str_eq(bytes, "abc");
    SnmpUtilMemFree(bytes);
}
END_TEST

/* ---- object identifiers ------------------------------------------------- */

START_TEST(an_oid_is_copied)
{
    AsnObjectIdentifier copy;

    ck_assert_int_eq(SnmpUtilOidCpy(&copy, &sysdescr), SNMPAPI_NOERROR);
    ck_assert_ptr_ne(copy.ids, sysdescr.ids);
    ck_assert_int_eq(SnmpUtilOidCmp(&copy, &sysdescr), 0);
    SnmpUtilOidFree(&copy);
    ck_assert_ptr_null(copy.ids);
    ck_assert_uint_eq(copy.idLength, 0);
    SnmpUtilOidFree(&copy);
    SnmpUtilOidFree(NULL);
}
END_TEST

START_TEST(an_empty_oid_is_copied)
{
    AsnObjectIdentifier none = DEFINE_NULLOID();
    AsnObjectIdentifier copy = sysdescr;

    ck_assert_int_eq(SnmpUtilOidCpy(&copy, &none), SNMPAPI_NOERROR);
    ck_assert_ptr_null(copy.ids);
    ck_assert_uint_eq(copy.idLength, 0);
}
END_TEST

START_TEST(oids_are_joined)
{
    UINT instance_ids[] = {7, UINT_MAX};
    AsnObjectIdentifier instance = DEFINE_OID(instance_ids);
    AsnObjectIdentifier oid = DEFINE_NULLOID();

    ck_assert_int_eq(SnmpUtilOidAppend(&oid, &sysdescr), SNMPAPI_NOERROR);
    ck_assert_int_eq(SnmpUtilOidAppend(&oid, &instance), SNMPAPI_NOERROR);
    ck_assert_str_eq(SnmpUtilOidToA(&oid), "1.3.6.1.2.1.1.1.0.7.4294967295");
    ck_assert_int_eq(SnmpUtilOidAppend(&oid, &oid), SNMPAPI_NOERROR);
    ck_assert_uint_eq(oid.idLength, 22);
    ck_assert_uint_eq(oid.ids[21], UINT_MAX);
    SnmpUtilOidFree(&oid);
}
END_TEST

START_TEST(joined_oids_have_a_limit)
{
    UINT many_ids[SNMP_MAX_OID_LEN] = {1};
    UINT one_id[] = {1};
    AsnObjectIdentifier many = DEFINE_OID(many_ids);
    AsnObjectIdentifier one = DEFINE_OID(one_id);
    AsnObjectIdentifier none = DEFINE_NULLOID();
    AsnObjectIdentifier oid = DEFINE_NULLOID();

    ck_assert_int_eq(SnmpUtilOidAppend(&oid, &many), SNMPAPI_NOERROR);
    ck_assert_int_eq(SnmpUtilOidAppend(&oid, &one), SNMPAPI_ERROR);
    ck_assert_uint_eq(GetLastError(), SNMP_BERAPI_OVERFLOW);
    ck_assert_uint_eq(oid.idLength, SNMP_MAX_OID_LEN);
    ck_assert_int_eq(SnmpUtilOidAppend(&oid, &none), SNMPAPI_NOERROR);
    allow(0);
    oid.idLength = 100;
    ck_assert_int_eq(SnmpUtilOidAppend(&oid, &one), SNMPAPI_ERROR);
    allow_all();
    ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
    ck_assert_uint_eq(oid.idLength, 100);
    SnmpUtilOidFree(&oid);
}
END_TEST

static const struct {
    UINT a[4];
    UINT a_len;
    UINT b[4];
    UINT b_len;
    UINT n;
    int whole;
    int first_n;
} orders[] = {
    {{1, 3, 6}, 3, {1, 3, 6}, 3, 3, 0, 0},
    {{1, 3, 6}, 3, {1, 3, 7}, 3, 2, -1, 0},
    {{1, 3, 7}, 3, {1, 3, 6, 9}, 4, 3, 1, 1},
    {{1, 3}, 2, {1, 3, 6}, 3, 2, -1, 0},
    {{1, 3}, 2, {1, 3, 6}, 3, 3, -1, -1},
    {{1, 3, 6}, 3, {1, 3}, 2, 9, 1, 1},
    {{0}, 0, {1}, 1, 1, -1, -1},
    {{1}, 1, {2}, 1, 0, -1, 0},
    {{UINT_MAX}, 1, {1}, 1, 1, 1, 1},
};

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

START_TEST(oids_are_compared)
{
    UINT a_ids[4];
    UINT b_ids[4];
    AsnObjectIdentifier a = {orders[_i].a_len, a_ids};
    AsnObjectIdentifier b = {orders[_i].b_len, b_ids};

    memcpy(a_ids, orders[_i].a, sizeof a_ids);
    memcpy(b_ids, orders[_i].b, sizeof b_ids);
    ck_assert_int_eq(sign(SnmpUtilOidCmp(&a, &b)), orders[_i].whole);
    ck_assert_int_eq(sign(SnmpUtilOidCmp(&b, &a)), -orders[_i].whole);
    ck_assert_int_eq(sign(SnmpUtilOidNCmp(&a, &b, orders[_i].n)),
                     orders[_i].first_n);
}
END_TEST

/* ---- text --------------------------------------------------------------- */

START_TEST(an_oid_as_text)
{
    UINT id = 0;

    ck_assert_str_eq(SnmpUtilOidToA(&sysdescr), "1.3.6.1.2.1.1.1.0");
    ck_assert_str_eq(SnmpUtilIdsToA(&id, 1), "0");
    ck_assert_str_eq(SnmpUtilIdsToA(&id, 0), "<null oid>");
    ck_assert_str_eq(SnmpUtilIdsToA(NULL, 3), "<null oid>");
    ck_assert_str_eq(SnmpUtilOidToA(NULL), "<null oid>");
}
END_TEST

/* The text is cut behind a whole number, and only if it has to be. */
START_TEST(a_long_oid_as_text)
{
    UINT ids[SNMP_MAX_OID_LEN];
    char *text;

    for (int i = 0; i < SNMP_MAX_OID_LEN; i++)
        ids[i] = 4000000000u;
    text = SnmpUtilIdsToA(ids, SNMP_MAX_OID_LEN);
    ck_assert_uint_eq(strlen(text), 23 * 11 - 1 + 3);
    ck_assert_str_eq(text + strlen(text) - 14, ".4000000000...");
    for (int i = 0; i < SNMP_MAX_OID_LEN; i++)
        ids[i] = 1;
    ids[0] = 10;
    text = SnmpUtilIdsToA(ids, SNMP_MAX_OID_LEN);
    ck_assert_uint_eq(strlen(text), 256);
    ck_assert_str_eq(text + 250, ".1.1.1");
}
END_TEST

static void print_oid(void *oid)
{
    SnmpUtilPrintOid(oid);
}

START_TEST(all_of_an_oid_is_printed)
{
    UINT ids[SNMP_MAX_OID_LEN];
    AsnObjectIdentifier oid = DEFINE_OID(ids);
    char text[2048];

    for (int i = 0; i < SNMP_MAX_OID_LEN; i++)
        ids[i] = 4000000000u;
    printed(print_oid, &oid, text, sizeof text);
    ck_assert_uint_eq(strlen(text), SNMP_MAX_OID_LEN * 11 - 1);
    printed(print_oid, NULL, text, sizeof text);
    ck_assert_str_eq(text, "<null oid>");
}
END_TEST

/* ---- the layout that programs count on ------------------------------------
 */

START_TEST(an_smi_oid_serves_as_an_asn_one)
{
    smiUINT32 ids[] = {1, 3, 6};
    smiOID oid = {3, ids};

    ck_assert_uint_eq(sizeof(AsnObjectIdentifier), sizeof(smiOID));
    ck_assert_str_eq(SnmpUtilOidToA((AsnObjectIdentifier *)(void *)&oid),
                     "1.3.6");
}
END_TEST

/* ---- the service --------------------------------------------------------- */

static void log_all_levels(void *arg)
{
    char format[] = "level %d\n";

    (void)arg;
    for (int level = SNMP_LOG_SILENT; level <= SNMP_LOG_VERBOSE; level++)
        SnmpUtilDbgPrint(level, format, level);
}

/* Standard error goes where standard output goes. */
static void log_to_stdout(void *arg)
{
    int saved = dup(STDERR_FILENO);

    (void)dup2(STDOUT_FILENO, STDERR_FILENO);
    log_all_levels(arg);
    (void)dup2(saved, STDERR_FILENO);
    (void)close(saved);
}

START_TEST(messages_up_to_the_level)
{
    char text[256];

    printed(log_to_stdout, NULL, text, sizeof text);
    ck_assert_str_eq(text, "");
    SnmpSvcSetLogLevel(SNMP_LOG_ERROR);
    printed(log_to_stdout, NULL, text, sizeof text);
    ck_assert_str_eq(text, "level 1\nlevel 2\n");
    SnmpSvcSetLogType(0);
    printed(log_to_stdout, NULL, text, sizeof text);
    ck_assert_str_eq(text, "");
}
END_TEST

/* What the system's log gets, instead of the system's. */
static char journal[256];

void syslog(int priority, const char *format, ...)
{
    size_t len = strlen(journal);
    va_list args;

    len +=
        (size_t)snprintf(journal + len, sizeof journal - len, "<%d>", priority);
    va_start(args, format);
    (void)vsnprintf(journal + len, sizeof journal - len, format, args);
    va_end(args);
}

START_TEST(messages_to_the_event_log)
{
    char text[256];
    char expected[256];

    SnmpSvcSetLogLevel(SNMP_LOG_VERBOSE);
    SnmpSvcSetLogType(SNMP_OUTPUT_TO_EVENTLOG);
    printed(log_to_stdout, NULL, text, sizeof text);
    ck_assert_str_eq(text, "");
    (void)snprintf(expected, sizeof expected,
                   "<%d>level 1\n<%d>level 2\n<%d>level 3\n"
                   "<%d>level 4\n<%d>level 5\n",
                   LOG_CRIT, LOG_ERR, LOG_WARNING, LOG_INFO, LOG_DEBUG);
    ck_assert_str_eq(journal, expected);
}
END_TEST

START_TEST(uptime_does_not_go_back)
{
    DWORD before = SnmpSvcGetUptime();

    ck_assert_uint_le(before, SnmpSvcGetUptime());
    ck_assert_uint_lt(before, 60 * 60 * 100);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *memory = tcase_create("memory");
    TCase *oid = tcase_create("oid");
    TCase *service = tcase_create("service");

    tcase_add_checked_fixture(memory, NULL, allow_all);
    tcase_add_test(memory, new_memory_is_zero);
    tcase_add_test(memory, no_block_is_a_new_one);
    tcase_add_test(memory, memory_is_refused);
    suite_add_tcase(suite, memory);
    tcase_add_checked_fixture(oid, NULL, allow_all);
    tcase_add_test(oid, an_oid_is_copied);
    tcase_add_test(oid, an_empty_oid_is_copied);
    tcase_add_test(oid, oids_are_joined);
    tcase_add_test(oid, joined_oids_have_a_limit);
    tcase_add_loop_test(oid, oids_are_compared, 0, N(orders));
    tcase_add_test(oid, an_oid_as_text);
    tcase_add_test(oid, a_long_oid_as_text);
    tcase_add_test(oid, all_of_an_oid_is_printed);
    tcase_add_test(oid, an_smi_oid_serves_as_an_asn_one);
    suite_add_tcase(suite, oid);
    tcase_add_test(service, messages_up_to_the_level);
    tcase_add_test(service, messages_to_the_event_log);
    tcase_add_test(service, uptime_does_not_go_back);
    suite_add_tcase(suite, service);
}

SUITE_MAIN("mgmt/snmputil", fill)
