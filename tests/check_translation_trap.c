/*
 * check_translation_trap.c - what the SNMPv2 traps of a program are for
 * version 1 entities (RFC 2089 section 3.3, RFC 3584 section 3.2).
 */
#include "support/translate.h"

static smiUINT32 traps_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5};
static smiUINT32 own_ids[] = {1, 3, 6, 1, 4, 1, 8072, 3};
static smiUINT32 other_ids[] = {1, 3, 6, 1, 4, 1, 9};

#define LOOPBACK     \
    {                \
        127, 0, 0, 1 \
    }

/* ---- out: kind and enterprise
 * -------------------------------------------------- */

static void assert_trap_sent(HSNMP_ENTITY src, HSNMP_VBL vbl,
                             const struct v1_trap *trap)
{
    struct wire wanted;

    end_trap(&wanted, begin_trap(&wanted, trap));
    assert_encoded(0, src, SnmpCreatePdu(session, SNMP_PDU_TRAP, 9, 0, 0, vbl),
                   &wanted);
}

START_TEST(standard_traps_are_generic)
{
    smiUINT32 ids[10];
    struct v1_trap trap = {traps_ids, N(traps_ids), LOOPBACK, _i, 0, 100};
    HSNMP_VBL vbl;

    memcpy(ids, traps_ids, sizeof traps_ids);
    ids[9] = (smiUINT32)_i + 1;
    vbl = trap_list(100, oid_value(ids, 10));
    assert_trap_sent(NULL, vbl, &trap);
    /* It says of which enterprise it is, and is not a variable then. */
    append(vbl, TRAP_ENTERPRISE, oid_value(other_ids, N(other_ids)));
    trap.enterprise = other_ids;
    trap.enterprise_len = N(other_ids);
    assert_trap_sent(NULL, vbl, &trap);
}
END_TEST

static const struct {
    const char *trap_oid;
    const char *enterprise;
    smiINT32 specific;
} specifics[] = {{"1.3.6.1.4.1.8072.3.0.17", "1.3.6.1.4.1.8072.3", 17},
                 {"1.3.6.1.4.1.8072.4.17", "1.3.6.1.4.1.8072.4", 17},
                 {"1.3.6.1.4.1.8072.4.0", "1.3.6.1.4.1.8072.4", 0},
                 {"1.3.6.1.4.1.8072.4.0.0", "1.3.6.1.4.1.8072.4", 0},
                 {"1.3.6.1.4.1.1.2147483647", "1.3.6.1.4.1.1", 2147483647},
                 {"1.3.6.1.4.1.1.0.2147483647", "1.3.6.1.4.1.1", 2147483647},
                 /* like the standard ones, but not among them */
                 {"1.3.6.1.6.3.1.1.5.7", "1.3.6.1.6.3.1.1.5", 7},
                 {"1.3.6.1.6.3.1.1.5.0", "1.3.6.1.6.3.1.1.5", 0},
                 {"1.3.6.1.6.3.1.1.5.1.0", "1.3.6.1.6.3.1.1.5.1", 0},
                 {"1.3.6.1.6.3.1.1.5", "1.3.6.1.6.3.1.1", 5},
                 {"1.3.6", "1.3", 6},
                 {"1.3.0.6", "1.3", 6}};

START_TEST(all_others_are_specific)
{
    smiOID enterprise = oid_of(specifics[_i].enterprise);
    struct v1_trap trap = {enterprise.ptr,         enterprise.len, LOOPBACK, 6,
                           specifics[_i].specific, 4294967295u};
    HSNMP_VBL vbl =
        trap_list(4294967295u, oid_text_value(specifics[_i].trap_oid));

    assert_trap_sent(NULL, vbl, &trap);
    /* Their enterprise is in the OID already. */
    append(vbl, TRAP_ENTERPRISE, oid_value(other_ids, N(other_ids)));
    assert_trap_sent(NULL, vbl, &trap);
}
END_TEST

/* Two sub-identifiers leave no enterprise; specific-trap is signed. */
static const char *const unsplittable[] = {"1.3",
                                           "0.0",
                                           "1.3.6.2147483648",
                                           "1.3.6.1.0.2147483648",
                                           "1.3.6.1.4.1.1.4294967295",
                                           "1.0.6"};

START_TEST(some_have_no_form_in_version_1)
{
    HSNMP_VBL vbl = trap_list(1, oid_text_value(unsplittable[_i]));

    assert_untranslatable(SnmpCreatePdu(session, SNMP_PDU_TRAP, 9, 0, 0, vbl));
}
END_TEST

/*
 * Trap OIDs of each length.  One of more than 126 sub-identifiers before the
 * last would come back as an OID that is too long.
 */
START_TEST(trap_oids_may_be_of_any_length)
{
    smiUINT32 *ids = many_ids();
    smiUINT32 len = (smiUINT32)_i;
    struct v1_trap trap = {ids, len - 1, LOOPBACK, 6, 0, 1};
    HSNMP_VBL vbl = trap_list(1, oid_value(ids, len));

    trap.specific = (smiINT32)ids[len - 1];
    if (len - 1 >= 2 && len - 1 + 2 <= MAXOBJIDSIZE)
        assert_trap_sent(NULL, vbl, &trap);
    else
        assert_untranslatable(
            SnmpCreatePdu(session, SNMP_PDU_TRAP, 9, 0, 0, vbl));
}
END_TEST

START_TEST(enterprises_may_be_of_any_length)
{
    smiUINT32 *ids = many_ids();
    struct v1_trap trap = {ids, (size_t)_i, LOOPBACK, 0, 0, 1};
    HSNMP_VBL vbl = trap_list(1, oid_text_value(COLD_START));
    smiVALUE value = oid_value(ids, (smiUINT32)_i);
    smiOID name = oid_of(TRAP_ENTERPRISE);

    /* A value has at least two sub-identifiers. */
    if (_i < 2) {
        ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 0, &name, &value),
                        SNMPAPI_SYNTAX_INVALID);
        return;
    }
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &name, &value), 3);
    assert_trap_sent(NULL, vbl, &trap);
}
END_TEST

/* ---- out: the other fields
 * ------------------------------------------------------- */

static const struct {
    const char *src;
    smiBYTE agent_addr[4];
} sources[] = {{"192.0.2.1", {192, 0, 2, 1}},
               {"::ffff:192.0.2.1", {192, 0, 2, 1}},
               {"127.0.0.1", LOOPBACK},
               {"0.0.0.0", LOOPBACK},
               {NULL, LOOPBACK},
               {"::", LOOPBACK}};

START_TEST(the_agent_is_the_source_entity)
{
    struct v1_trap trap = {traps_ids, N(traps_ids), {0, 0, 0, 0}, 0, 0, 5};
    const char *src = sources[_i].src;
    HSNMP_VBL vbl = trap_list(5, oid_text_value(COLD_START));

    memcpy(trap.agent_addr, sources[_i].agent_addr, 4);
    assert_trap_sent(src == NULL ? NULL : new_entity(src), vbl, &trap);
}
END_TEST

/* And the variable stays one. */
START_TEST(the_trap_address_wins)
{
    smiBYTE address[] = {10, 11, 12, 13};
    struct v1_trap trap = {traps_ids, N(traps_ids), {10, 11, 12, 13}, 0, 0, 5};
    HSNMP_VBL vbl = trap_list(5, oid_text_value(COLD_START));
    struct wire wanted;
    size_t list = begin_trap(&wanted, &trap);

    append(vbl, TRAP_ADDRESS, octets_value(SNMP_SYNTAX_IPADDR, address, 4));
    put_variable(&wanted, TRAP_ADDRESS, 0x40, address, 4);
    end_trap(&wanted, list);
    assert_encoded(0, new_entity("192.0.2.1"),
                   SnmpCreatePdu(session, SNMP_PDU_TRAP, 9, 0, 0, vbl),
                   &wanted);
}
END_TEST

START_TEST(the_other_variables_follow_in_order)
{
    struct v1_trap trap = {own_ids, N(own_ids), LOOPBACK, 6, 17, 100};
    HSNMP_VBL vbl = trap_list(100, oid_text_value("1.3.6.1.4.1.8072.3.0.17"));
    smiBYTE hi[] = {'h', 'i'};
    struct wire wanted;
    size_t list = begin_trap(&wanted, &trap);

    append(vbl, "1.3.6.1.4.1.8072.3.1.0",
           octets_value(SNMP_SYNTAX_OCTETS, hi, 2));
    append(vbl, TRAP_ENTERPRISE, oid_value(own_ids, N(own_ids)));
    append(vbl, SYS_UP_TIME, unsigned_value(SNMP_SYNTAX_TIMETICKS, 1));
    put_variable(&wanted, "1.3.6.1.4.1.8072.3.1.0", 0x04, hi, 2);
    put_variable(&wanted, SYS_UP_TIME, 0x43, "\x01", 1);
    end_trap(&wanted, list);
    assert_encoded(0, NULL, SnmpCreatePdu(session, SNMP_PDU_TRAP, 9, 0, 0, vbl),
                   &wanted);
}
END_TEST

static const smiUINT32 v2_syntaxes[] = {
    SNMP_SYNTAX_CNTR64, SNMP_SYNTAX_NOSUCHOBJECT, SNMP_SYNTAX_NOSUCHINSTANCE,
    SNMP_SYNTAX_ENDOFMIBVIEW};

START_TEST(values_that_version_1_has_not_cannot_go_there)
{
    HSNMP_VBL vbl = trap_list(1, oid_text_value(COLD_START));

    append(vbl, "1.3.6.1.2.1.1.1.0", empty_value(v2_syntaxes[_i]));
    assert_untranslatable(SnmpCreatePdu(session, SNMP_PDU_TRAP, 9, 0, 0, vbl));
}
END_TEST

/* A trap from which the fields cannot be taken. */
static HSNMP_VBL improper_list(int i)
{
    smiVALUE uptime = unsigned_value(SNMP_SYNTAX_TIMETICKS, 1);
    smiVALUE kind = oid_text_value(COLD_START);
    HSNMP_VBL vbl = empty_list();

    if (i != 0)
        append(vbl, i == 1 ? "1.3.6.1.2.1.1.3.1" : SYS_UP_TIME,
               i == 2 ? unsigned_value(SNMP_SYNTAX_GAUGE32, 1) : uptime);
    if (i != 3)
        append(vbl, i == 4 ? "1.3.6.1.6.3.1.1.4.1.1" : TRAP_OID,
               i == 5 ? int_value(1) : kind);
    if (i == 6) { /* the other way round */
        vbl = empty_list();
        append(vbl, TRAP_OID, kind);
        append(vbl, SYS_UP_TIME, uptime);
    }
    if (i == 7)
        vbl = empty_list();
    return i == 8 ? NULL : vbl;
}

#define N_IMPROPER 9

START_TEST(a_trap_begins_with_time_and_kind)
{
    HSNMP_VBL vbl = improper_list(_i);

    assert_invalid(0, SnmpCreatePdu(session, SNMP_PDU_TRAP, 9, 0, 0, vbl));
}
END_TEST

/* To version 2c programs send what they like, if it is two variables. */
START_TEST(a_v2c_notification_has_two_variables)
{
    static const smiINT types[] = {SNMP_PDU_TRAP, SNMP_PDU_INFORM};
    smiUINT32 n = SnmpCountVbl(improper_list(_i));
    smiOCTETS message;

    for (int i = 0; i < N(types); i++) {
        HSNMP_PDU pdu =
            SnmpCreatePdu(session, types[i], 9, 0, 0, improper_list(_i));

        if (n < 2)
            assert_invalid(1, pdu);
        else
            ck_assert_uint_gt(SnmpEncodeMsg(session, NULL, entity_of_version(1),
                                            new_context(), pdu, &message),
                              0);
    }
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = started_case(suite, "to version 1");

    tcase_add_loop_test(tcase, standard_traps_are_generic, 0, 6);
    tcase_add_loop_test(tcase, all_others_are_specific, 0, N(specifics));
    tcase_add_loop_test(tcase, some_have_no_form_in_version_1, 0,
                        N(unsplittable));
    tcase_add_loop_test(tcase, trap_oids_may_be_of_any_length, 2, 129);
    tcase_add_loop_test(tcase, enterprises_may_be_of_any_length, 0, 129);
    tcase_add_loop_test(tcase, the_agent_is_the_source_entity, 0, N(sources));
    tcase_add_test(tcase, the_trap_address_wins);
    tcase_add_test(tcase, the_other_variables_follow_in_order);
    tcase_add_loop_test(tcase, values_that_version_1_has_not_cannot_go_there, 0,
                        N(v2_syntaxes));
    tcase_add_loop_test(tcase, a_trap_begins_with_time_and_kind, 0, N_IMPROPER);
    tcase_add_loop_test(tcase, a_v2c_notification_has_two_variables, 0,
                        N_IMPROPER);
}

SUITE_MAIN("translation of traps to version 1", fill)
