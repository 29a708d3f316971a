/*
 * check_pdu.c - which PDUs may be made, and which may be sent.
 */
#include "codec/pdu.h"

#include <string.h>

#include "support/suite.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

START_TEST(types_are_known_by_what_they_are_for)
{
    static const struct {
        bool is_creatable;
        bool awaits_response;
    } types[] = {
        {true, true},   /* GET */
        {true, true},   /* GETNEXT */
        {true, false},  /* RESPONSE */
        {true, true},   /* SET */
        {false, false}, /* V1TRAP */
        {true, true},   /* GETBULK */
        {true, true},   /* INFORM */
        {true, false},  /* TRAP */
    };

    for (smiINT type = -1; type < 0x200; type++) {
        bool is_type = type >= 0xa0 && type <= 0xa7;

        ck_assert_int_eq(wsn_pdu_type_is_creatable(type),
                         is_type && types[type - 0xa0].is_creatable);
        ck_assert_int_eq(wsn_pdu_awaits_response(type),
                         is_type && types[type - 0xa0].awaits_response);
    }
}
END_TEST

/* ---- Lists to send -------------------------------------------------- */

static smiUINT32 up_time_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
static smiUINT32 trap_oid_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static const smiOID up_time = {9, up_time_ids};
static const smiOID trap_oid = {11, trap_oid_ids};

enum list {
    EMPTY,
    ONE_NULL,
    TWO_NULLS,
    EXCEPTION,
    UP_TIME_ONLY,
    TRAP,          /* as RFC 3416 wants it */
    TRAP_SWAPPED,  /* the two in the wrong order */
    TRAP_BAD_TIME, /* sysUpTime.0 is no TimeTicks */
    TRAP_BAD_OID   /* snmpTrapOID.0 is no OID */
};

static void append(struct wsn_varbinds **body, const smiOID *name,
                   smiUINT32 syntax)
{
    smiVALUE value = {.syntax = syntax};

    if (syntax == SNMP_SYNTAX_OID)
        value.value.oid = trap_oid;
    ck_assert_uint_eq(wsn_varbinds_append(body, name, &value), 0);
}

static struct wsn_varbinds *list_new(enum list list)
{
    struct wsn_varbinds *body = NULL;

    switch (list) {
    case EMPTY:
        break;
    case TWO_NULLS:
        append(&body, &up_time, SNMP_SYNTAX_NULL);
        append(&body, &up_time, SNMP_SYNTAX_NULL);
        break;
    case ONE_NULL:
        append(&body, &up_time, SNMP_SYNTAX_NULL);
        break;
    case EXCEPTION:
        append(&body, &up_time, SNMP_SYNTAX_INT);
        append(&body, &up_time, SNMP_SYNTAX_ENDOFMIBVIEW);
        break;
    case UP_TIME_ONLY:
        append(&body, &up_time, SNMP_SYNTAX_TIMETICKS);
        break;
    case TRAP:
        append(&body, &up_time, SNMP_SYNTAX_TIMETICKS);
        append(&body, &trap_oid, SNMP_SYNTAX_OID);
        break;
    case TRAP_SWAPPED:
        append(&body, &trap_oid, SNMP_SYNTAX_OID);
        append(&body, &up_time, SNMP_SYNTAX_TIMETICKS);
        break;
    case TRAP_BAD_TIME:
        append(&body, &up_time, SNMP_SYNTAX_INT);
        append(&body, &trap_oid, SNMP_SYNTAX_OID);
        break;
    case TRAP_BAD_OID:
        append(&body, &up_time, SNMP_SYNTAX_TIMETICKS);
        append(&body, &trap_oid, SNMP_SYNTAX_OCTETS);
        break;
    }
    return body;
}

static const struct check_case {
    smiINT type;
    smiINT error_status;
    smiINT error_index;
    enum list list;
    bool v1; /* may be sent to version 1, to version 2c */
    bool v2c;
} check_cases[] = {
    {SNMP_PDU_GET, 0, 0, EMPTY, true, true},
    {SNMP_PDU_GET, 0, 0, ONE_NULL, true, true},
    {SNMP_PDU_GET, 0, 0, EXCEPTION, true, true},
    {SNMP_PDU_GET, 1, 0, ONE_NULL, false, false},
    {SNMP_PDU_GET, 0, 1, ONE_NULL, false, false},
    {SNMP_PDU_GETNEXT, 0, 0, ONE_NULL, true, true},
    {SNMP_PDU_GETNEXT, 5, 0, ONE_NULL, false, false},
    {SNMP_PDU_SET, 0, 0, EMPTY, true, true},
    {SNMP_PDU_SET, 0, 0, ONE_NULL, true, true},
    {SNMP_PDU_SET, 0, 0, EXCEPTION, false, false},
    {SNMP_PDU_SET, 0, -1, ONE_NULL, false, false},
    {SNMP_PDU_GETBULK, 0, 0, ONE_NULL, true, true},
    {SNMP_PDU_GETBULK, 1, 2147483647, ONE_NULL, true, true},
    {SNMP_PDU_GETBULK, -1, 10, ONE_NULL, false, false},
    {SNMP_PDU_GETBULK, 0, -1, ONE_NULL, false, false},
    {SNMP_PDU_RESPONSE, 0, 0, EXCEPTION, true, true},
    {SNMP_PDU_RESPONSE, 19, -7, EMPTY, true, true},
    {SNMP_PDU_TRAP, 0, 0, TRAP, true, true},
    {SNMP_PDU_TRAP, 1, 0, TRAP, false, false},
    {SNMP_PDU_TRAP, 0, 0, EMPTY, false, false},
    {SNMP_PDU_TRAP, 0, 0, UP_TIME_ONLY, false, false},
    {SNMP_PDU_TRAP, 0, 0, TWO_NULLS, false, true},
    {SNMP_PDU_TRAP, 0, 0, TRAP_SWAPPED, false, true},
    {SNMP_PDU_TRAP, 0, 0, TRAP_BAD_TIME, false, true},
    {SNMP_PDU_TRAP, 0, 0, TRAP_BAD_OID, false, true},
    {SNMP_PDU_INFORM, 0, 0, TRAP, true, true},
    {SNMP_PDU_INFORM, 0, 0, TWO_NULLS, true, true},
    {SNMP_PDU_INFORM, 0, 0, UP_TIME_ONLY, false, false},
    {SNMP_PDU_INFORM, 0, 2, TRAP, false, false},
    {SNMP_PDU_V1TRAP, 0, 0, TRAP, false, false},
    {0, 0, 0, TRAP, false, false},
    {0xa8, 0, 0, TRAP, false, false},
};

START_TEST(only_proper_pdus_may_be_sent)
{
    const struct check_case *c = &check_cases[_i];
    struct wsn_pdu pdu = {c->type, 1, c->error_status, c->error_index,
                          list_new(c->list)};

    ck_assert_uint_eq(wsn_pdu_check(&pdu, WSN_V1),
                      c->v1 ? 0 : SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(wsn_pdu_check(&pdu, WSN_V2C),
                      c->v2c ? 0 : SNMPAPI_PDU_INVALID);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *types = tcase_create("types");
    TCase *checks = tcase_create("checks");

    tcase_add_test(types, types_are_known_by_what_they_are_for);
    suite_add_tcase(suite, types);
    tcase_add_loop_test(checks, only_proper_pdus_may_be_sent, 0,
                        N_CASES(check_cases));
    suite_add_tcase(suite, checks);
}

SUITE_MAIN("codec/pdu", suite_fill)
