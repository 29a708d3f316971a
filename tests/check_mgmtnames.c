/*
 * check_mgmtnames.c - mgmtapi.h: names of objects to numbers, and back.
 */
#include <stdlib.h>
#include <string.h>

#include "mgmt/mibs.h"
#include "mgmt/names.h"
#include "mgmtapi.h"
#include "support/asn.h"
#include "support/mib2_names.h"

/* ---- from text ------------------------------------------------------- */

START_TEST(a_name_there_and_back)
{
    char text[128];
    AsnObjectIdentifier oid;
    LPSTR written;

    strcpy(text, mib2_names[_i].text);
    ck_assert(SnmpMgrStrToOid(text, &oid));
    ck_assert_str_eq(SnmpUtilOidToA(&oid), mib2_names[_i].oid);
    ck_assert(SnmpMgrOidToStr(&oid, &written));
    ck_assert_str_eq(written, mib2_names[_i].written != NULL
                                  ? mib2_names[_i].written
                                  : mib2_names[_i].text);
    SnmpUtilMemFree(written);
    SnmpUtilOidFree(&oid);
}
END_TEST

static const struct {
    const char *text;
    DWORD code;
} not_names[] = {
    {"", SNMP_BERAPI_INVALID_OBJELEM},
    {".", SNMP_BERAPI_INVALID_OBJELEM},
    {"..1", SNMP_BERAPI_INVALID_OBJELEM},
    {".1..3", SNMP_BERAPI_INVALID_OBJELEM},
    {".1.3.", SNMP_BERAPI_INVALID_OBJELEM},
    {"sysDescr.0", SNMP_BERAPI_INVALID_OBJELEM},
    {"system.sysdescr.0", SNMP_BERAPI_INVALID_OBJELEM},
    {"system.sysDesc", SNMP_BERAPI_INVALID_OBJELEM},
    {"system.sysDescrX", SNMP_BERAPI_INVALID_OBJELEM},
    {"system.sysDescr.0.x", SNMP_BERAPI_INVALID_OBJELEM},
    {"iso.org", SNMP_BERAPI_INVALID_OBJELEM},
    {"1.-1", SNMP_BERAPI_INVALID_OBJELEM},
    {"1. 1", SNMP_BERAPI_INVALID_OBJELEM},
    {"1.1x", SNMP_BERAPI_INVALID_OBJELEM},
    {"1.\xc3\xa4", SNMP_BERAPI_INVALID_OBJELEM},
    {"1.4294967296", SNMP_BERAPI_OVERFLOW},
    {"1.99999999999999999999999", SNMP_BERAPI_OVERFLOW},
};

START_TEST(not_every_text_is_a_name)
{
    char text[128];
    AsnObjectIdentifier oid = {77, NULL};

    strcpy(text, not_names[_i].text);
    ck_assert(!SnmpMgrStrToOid(text, &oid));
    ck_assert_uint_eq(GetLastError(), not_names[_i].code);
    ck_assert_uint_eq(oid.idLength, 77);
}
END_TEST

/* n numbers behind a dot, the longest ones there are. */
static void write_long(char *text, int n)
{
    *text = '\0';
    for (int i = 0; i < n; i++)
        strcat(text, ".4294967295");
}

START_TEST(the_longest_one)
{
    char text[2000];
    AsnObjectIdentifier oid;
    LPSTR written;

    write_long(text, SNMP_MAX_OID_LEN);
    ck_assert(SnmpMgrStrToOid(text, &oid));
    ck_assert_uint_eq(oid.idLength, SNMP_MAX_OID_LEN);
    ck_assert(SnmpMgrOidToStr(&oid, &written));
    ck_assert_str_eq(written, text);
    SnmpUtilMemFree(written);
    oid.idLength++;
    ck_assert(!SnmpMgrOidToStr(&oid, &written));
    ck_assert_uint_eq(GetLastError(), SNMP_BERAPI_OVERFLOW);
    SnmpUtilOidFree(&oid);
    write_long(text, SNMP_MAX_OID_LEN + 1);
    ck_assert(!SnmpMgrStrToOid(text, &oid));
    ck_assert_uint_eq(GetLastError(), SNMP_BERAPI_OVERFLOW);
    ck_assert(!SnmpMgrStrToOid(text + 6 * 11 + 1, &oid));
    ck_assert_uint_eq(GetLastError(), SNMP_BERAPI_OVERFLOW);
}
END_TEST

START_TEST(nothing_given)
{
    AsnObjectIdentifier none = DEFINE_NULLOID();
    char text[] = "1";
    LPSTR written;

    ck_assert(!SnmpMgrStrToOid(NULL, &none));
    ck_assert(!SnmpMgrStrToOid(text, NULL));
    ck_assert(!SnmpMgrOidToStr(NULL, &written));
    ck_assert(!SnmpMgrOidToStr(&sysdescr, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert(!SnmpMgrOidToStr(&none, &written));
    ck_assert_uint_eq(GetLastError(), SNMP_BERAPI_INVALID_OBJELEM);
}
END_TEST

START_TEST(no_memory)
{
    AsnObjectIdentifier oid;
    LPSTR written;
    char text[] = "1.1.0";

    allow(0);
    ck_assert(!SnmpMgrStrToOid(text, &oid));
    ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
    SetLastError(0);
    ck_assert(!SnmpMgrOidToStr(&sysdescr, &written));
    ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
}
END_TEST

/* ---- the tree -------------------------------------------------------- */

/* A node stands behind its parent, and siblings stand in order, each name
 * and each number once. */
START_TEST(the_tree_is_a_tree)
{
    ck_assert_uint_gt(wsn_names_tree_len, 200);
    for (size_t i = 0; i < wsn_names_tree_len; i++) {
        const struct wsn_node *node = &wsn_names_tree[i];
        size_t next = i + 1;

        if (i > 0)
            ck_assert_int_le(node->depth, wsn_names_tree[i - 1].depth + 1);
        ck_assert_uint_le(strlen(node->name), 31);
        while (next < wsn_names_tree_len &&
               wsn_names_tree[next].depth > node->depth)
            next++;
        if (next < wsn_names_tree_len &&
            wsn_names_tree[next].depth == node->depth)
            ck_assert_uint_lt(node->id, wsn_names_tree[next].id);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(node->name, wsn_names_tree[j].name);
    }
}
END_TEST

/* Whatever modules this host has. */
static void know_mib2_only(void)
{
    wsn_mibs_program = NULL;
}

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("names");

    tcase_add_checked_fixture(tcase, know_mib2_only, allow_all);
    tcase_add_loop_test(tcase, a_name_there_and_back, 0, N(mib2_names));
    tcase_add_loop_test(tcase, not_every_text_is_a_name, 0, N(not_names));
    tcase_add_test(tcase, the_longest_one);
    tcase_add_test(tcase, nothing_given);
    tcase_add_test(tcase, no_memory);
    tcase_add_test(tcase, the_tree_is_a_tree);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("mgmt/names", fill)
