/*
 * check_translation.c - requests and responses between the versions, seen by
 * a program: it builds SNMPv2 PDUs only, and version 1 entities get what they
 * understand (RFC 1908 section 3.1, RFC 2089 section 2).  Traps have a suite
 * of their own.
 */
#include "support/translate.h"

/* ---- lists on the wire ------------------------------------------------------
 */

#define NAME "1.3.6.1.2.1.1.1.0"

static smiUINT32 name_ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};

/* The PDU so far, without its list. */
static size_t begin_pdu(struct wire *wire, smiINT32 id, smiINT status,
                        smiINT index)
{
    wire->len = 0;
    wire_int(wire, 0x02, id);
    wire_int(wire, 0x02, status);
    wire_int(wire, 0x02, index);
    return wire->len;
}

static void end_pdu(struct wire *wire, size_t list, unsigned tag)
{
    wire_wrap(wire, list, 0x30);
    wire_wrap(wire, 0, tag);
}

/* One entry, whose value is the octets of the given tag. */
static void put_entry(struct wire *wire, unsigned tag, const void *octets,
                      size_t len)
{
    size_t entry = wire->len;

    wire_oid(wire, name_ids, N(name_ids));
    wire_octets(wire, tag, octets, len);
    wire_wrap(wire, entry, 0x30);
}

static HSNMP_PDU pdu_of(smiINT type, smiINT status, smiINT index,
                        const smiVALUE *values, int n)
{
    HSNMP_VBL vbl = empty_list();

    for (int i = 0; i < n; i++)
        append(vbl, NAME, values[i]);
    return SnmpCreatePdu(session, type, 7, status, index, vbl);
}

/* ---- requests
 * ----------------------------------------------------------------- */

static const smiINT plain_requests[] = {SNMP_PDU_GET, SNMP_PDU_GETNEXT,
                                        SNMP_PDU_SET};

START_TEST(plain_requests_keep_their_type)
{
    smiVALUE value = int_value(-129);
    smiINT type = plain_requests[_i];

    for (int version = 0; version < 2; version++) {
        struct wire wanted;
        size_t list = begin_pdu(&wanted, 7, 0, 0);

        put_entry(&wanted, 0x02, "\xff\x7f", 2);
        end_pdu(&wanted, list, (unsigned)type);
        assert_encoded(version, NULL, pdu_of(type, 0, 0, &value, 1), &wanted);
    }
}
END_TEST

static const smiINT bulk_numbers[][2] = {
    {0, 0}, {1, 10}, {0, 2147483647}, {2147483647, 1}};

START_TEST(a_getbulk_becomes_a_getnext)
{
    smiVALUE value = empty_value(SNMP_SYNTAX_NULL);
    smiINT non_repeaters = bulk_numbers[_i][0];
    smiINT repetitions = bulk_numbers[_i][1];
    HSNMP_PDU pdu =
        pdu_of(SNMP_PDU_GETBULK, non_repeaters, repetitions, &value, 1);
    struct wire wanted;
    size_t list = begin_pdu(&wanted, 7, 0, 0);

    put_entry(&wanted, 0x05, "", 0);
    end_pdu(&wanted, list, SNMP_PDU_GETNEXT);
    assert_encoded(0, NULL, pdu, &wanted);
    list = begin_pdu(&wanted, 7, non_repeaters, repetitions);
    put_entry(&wanted, 0x05, "", 0);
    end_pdu(&wanted, list, SNMP_PDU_GETBULK);
    assert_encoded(1, NULL, pdu, &wanted);
}
END_TEST

static const smiINT retrievals[] = {SNMP_PDU_GET, SNMP_PDU_GETNEXT,
                                    SNMP_PDU_GETBULK};

/* The values of a retrieval mean nothing; they need not be lost with it. */
START_TEST(values_that_version_1_has_not_are_null_in_a_retrieval)
{
    smiVALUE values[] = {cntr64_value(1, 2),
                         empty_value(SNMP_SYNTAX_NOSUCHOBJECT),
                         empty_value(SNMP_SYNTAX_NOSUCHINSTANCE),
                         empty_value(SNMP_SYNTAX_ENDOFMIBVIEW)};
    HSNMP_PDU pdu = pdu_of(retrievals[_i], 0, 0, values, N(values));
    smiINT tag = retrievals[_i];
    struct wire wanted;
    size_t list = begin_pdu(&wanted, 7, 0, 0);

    for (int i = 0; i < N(values); i++)
        put_entry(&wanted, 0x05, "", 0);
    end_pdu(&wanted, list,
            (unsigned)(tag == SNMP_PDU_GETBULK ? SNMP_PDU_GETNEXT : tag));
    assert_encoded(0, NULL, pdu, &wanted);
    /* To version 2c only the exceptions are. */
    list = begin_pdu(&wanted, 7, 0, 0);
    put_entry(&wanted, 0x46, "\x01\x00\x00\x00\x02", 5);
    for (int i = 1; i < N(values); i++)
        put_entry(&wanted, 0x05, "", 0);
    end_pdu(&wanted, list, (unsigned)tag);
    assert_encoded(1, NULL, pdu, &wanted);
}
END_TEST

START_TEST(a_set_of_a_counter64_cannot_be_said_in_version_1)
{
    smiVALUE values[] = {int_value(1), cntr64_value(0, 1)};
    HSNMP_PDU pdu = pdu_of(SNMP_PDU_SET, 0, 0, values, 2);
    struct wire wanted;
    size_t list;

    assert_untranslatable(pdu);
    list = begin_pdu(&wanted, 7, 0, 0);
    put_entry(&wanted, 0x02, "\x01", 1);
    put_entry(&wanted, 0x46, "\x01", 1);
    end_pdu(&wanted, list, SNMP_PDU_SET);
    assert_encoded(1, NULL, pdu, &wanted);
}
END_TEST

START_TEST(a_set_of_an_exception_cannot_be_said_at_all)
{
    smiVALUE value = empty_value(SNMP_SYNTAX_NOSUCHOBJECT + (smiUINT32)_i);

    assert_invalid(0, pdu_of(SNMP_PDU_SET, 0, 0, &value, 1));
    assert_invalid(1, pdu_of(SNMP_PDU_SET, 0, 0, &value, 1));
}
END_TEST

/* They are version 1's own, obsolete though they are. */
START_TEST(obsolete_values_pass)
{
    static smiBYTE nsap[] = {1, 2, 3};
    smiVALUE values[] = {unsigned_value(SNMP_SYNTAX_UINT32, 4294967295u),
                         octets_value(SNMP_SYNTAX_NSAPADDR, nsap, 3)};
    HSNMP_PDU pdu = pdu_of(SNMP_PDU_SET, 0, 0, values, 2);

    for (int version = 0; version < 2; version++) {
        struct wire wanted;
        size_t list = begin_pdu(&wanted, 7, 0, 0);

        put_entry(&wanted, 0x47, "\x00\xff\xff\xff\xff", 5);
        put_entry(&wanted, 0x45, nsap, 3);
        end_pdu(&wanted, list, SNMP_PDU_SET);
        assert_encoded(version, NULL, pdu, &wanted);
    }
}
END_TEST

START_TEST(version_1_has_no_informs)
{
    HSNMP_VBL vbl = trap_list(1, oid_text_value(COLD_START));

    assert_untranslatable(
        SnmpCreatePdu(session, SNMP_PDU_INFORM, 7, 0, 0, vbl));
}
END_TEST

/* ---- responses of an agent to a version 1 manager
 * ------------------------------- */

/* What each status from -1 to 20 is in version 1 (RFC 2089, 2.1). */
static const smiINT v1_statuses[] = {5, 0, 1, 2, 3, 4, 5, 2, 3, 3, 3,
                                     3, 2, 3, 5, 5, 5, 2, 2, 2, 5, 5};

START_TEST(error_statuses_are_mapped)
{
    smiVALUE value = int_value(1);
    HSNMP_PDU pdu = pdu_of(SNMP_PDU_RESPONSE, _i - 1, 1, &value, 1);
    struct wire wanted;
    size_t list = begin_pdu(&wanted, 7, v1_statuses[_i], 1);

    put_entry(&wanted, 0x02, "\x01", 1);
    end_pdu(&wanted, list, SNMP_PDU_RESPONSE);
    assert_encoded(0, NULL, pdu, &wanted);
    list = begin_pdu(&wanted, 7, _i - 1, 1);
    put_entry(&wanted, 0x02, "\x01", 1);
    end_pdu(&wanted, list, SNMP_PDU_RESPONSE);
    assert_encoded(1, NULL, pdu, &wanted);
}
END_TEST

static const smiUINT32 v2_syntaxes[] = {
    SNMP_SYNTAX_NOSUCHOBJECT, SNMP_SYNTAX_NOSUCHINSTANCE,
    SNMP_SYNTAX_ENDOFMIBVIEW, SNMP_SYNTAX_CNTR64};

/* noSuchName at the first of them, and the list of the request: its names,
 * and NULL, which its values were (RFC 2089, 2.2.1 to 2.2.3). */
static void assert_no_such_name_at(smiUINT32 syntax, int position, int n)
{
    smiVALUE values[4];
    struct wire wanted;
    size_t list = begin_pdu(&wanted, 7, SNMP_ERROR_NOSUCHNAME, position);

    for (int i = 0; i < n; i++) {
        values[i] = i + 1 < position ? int_value(1) : empty_value(syntax);
        put_entry(&wanted, 0x05, "", 0);
    }
    end_pdu(&wanted, list, SNMP_PDU_RESPONSE);
    assert_encoded(0, NULL, pdu_of(SNMP_PDU_RESPONSE, 0, 0, values, n),
                   &wanted);
}

START_TEST(what_version_1_has_not_is_no_such_name)
{
    for (int n = 1; n <= 4; n++)
        for (int position = 1; position <= n; position++)
            assert_no_such_name_at(v2_syntaxes[_i], position, n);
}
END_TEST

static const struct {
    unsigned char tag;
    unsigned char len;
} v2_wire[] = {{0x80, 0}, {0x81, 0}, {0x82, 0}, {0x46, 1}};

START_TEST(version_2c_is_told_all)
{
    smiVALUE value = empty_value(v2_syntaxes[_i]);
    struct wire wanted;
    size_t list = begin_pdu(&wanted, 7, 0, 0);

    put_entry(&wanted, v2_wire[_i].tag, "", v2_wire[_i].len);
    end_pdu(&wanted, list, SNMP_PDU_RESPONSE);
    assert_encoded(1, NULL, pdu_of(SNMP_PDU_RESPONSE, 0, 0, &value, 1),
                   &wanted);
}
END_TEST

/* ---- responses of an agent of version 1
 * ------------------------------------------ */

static const char *const one_entry[] = {NAME " 02 5", NULL};
static const char *const no_entries[] = {NULL};

/* "Passed unaltered"; a tooBig response has no variables in SNMPv2. */
static void assert_response_seen(int version, smiINT status, smiINT index,
                                 const char *const *entries)
{
    struct wire wire;
    size_t list = begin_pdu(&wire, -2, status, index);
    struct decoded seen;

    put_entry(&wire, 0x02, "\x05", 1);
    end_pdu(&wire, list, SNMP_PDU_RESPONSE);
    wire_finish(&wire, version);
    seen = decode(&wire);
    ck_assert_int_eq(seen.type, SNMP_PDU_RESPONSE);
    ck_assert_int_eq(seen.id, -2);
    ck_assert_int_eq(seen.error_status, status);
    ck_assert_int_eq(seen.error_index, index);
    assert_list(seen.vbl, entries);
}

START_TEST(responses_are_passed_unaltered)
{
    smiINT status = _i - 1;

    assert_response_seen(0, status, 1,
                         status == SNMP_ERROR_TOOBIG ? no_entries : one_entry);
    assert_response_seen(1, status, 1, one_entry);
}
END_TEST

/* Types that version 1 has not. */
START_TEST(version_1_messages_have_types_of_version_1)
{
    static const unsigned tags[] = {0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0x30};

    for (int i = 0; i < N(tags); i++) {
        struct wire wire;
        size_t list = begin_pdu(&wire, 1, 0, 0);

        end_pdu(&wire, list, tags[i]);
        wire_finish(&wire, 0);
        assert_malformed(&wire);
    }
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = started_case(suite, "requests");

    tcase_add_loop_test(tcase, plain_requests_keep_their_type, 0,
                        N(plain_requests));
    tcase_add_loop_test(tcase, a_getbulk_becomes_a_getnext, 0, N(bulk_numbers));
    tcase_add_loop_test(tcase,
                        values_that_version_1_has_not_are_null_in_a_retrieval,
                        0, N(retrievals));
    tcase_add_test(tcase, a_set_of_a_counter64_cannot_be_said_in_version_1);
    tcase_add_loop_test(tcase, a_set_of_an_exception_cannot_be_said_at_all, 0,
                        3);
    tcase_add_test(tcase, obsolete_values_pass);
    tcase_add_test(tcase, version_1_has_no_informs);
    tcase = started_case(suite, "responses");
    tcase_add_loop_test(tcase, error_statuses_are_mapped, 0, N(v1_statuses));
    tcase_add_loop_test(tcase, what_version_1_has_not_is_no_such_name, 0,
                        N(v2_syntaxes));
    tcase_add_loop_test(tcase, version_2c_is_told_all, 0, N(v2_syntaxes));
    tcase_add_loop_test(tcase, responses_are_passed_unaltered, 0, 21);
    tcase_add_test(tcase, version_1_messages_have_types_of_version_1);
}

SUITE_MAIN("translation of requests and responses", fill)
