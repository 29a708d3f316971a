/*
 * matrix_object.c - failures of entities, contexts, PDUs and lists.
 */
#include <string.h>

#include "matrix.h"
#include "support/api.h"

/* ---- policies --------------------------------------------------------------
 */

void get_policy_nowhere(const struct row *row)
{
    start();
    if (row->function[7] == 'T') /* SnmpGetTimeout */
        FAILS(row, session, SnmpGetTimeout(new_entity("::1"), NULL, NULL));
    else
        FAILS(row, session, SnmpGetRetry(new_entity("::1"), NULL, NULL));
    stop();
}

void get_vendor_info_nowhere(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpGetVendorInfo(NULL));
    stop();
}

/* ---- entities
 * ---------------------------------------------------------------- */

static const char *const no_addresses[] = {NULL,
                                           "",
                                           "host.example",
                                           "1.2.3",
                                           "256.1.1.1",
                                           "1.2.3.4:161",
                                           " 1.2.3.4",
                                           "1.2.3.4 ",
                                           "01.2.3.4",
                                           "1.2.3.4/161",
                                           ":::",
                                           "0000001:00A0C9123456",
                                           "00000001:00A0C912345",
                                           "00000001_00A0C9123456"};

void str_to_entity_unknown(const struct row *row)
{
    start();
    for (int i = 0; i < N(no_addresses); i++)
        FAILS(row, session, SnmpStrToEntity(session, no_addresses[i]));
    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_TRANSLATED),
                      SNMPAPI_SUCCESS);
    FAILS(row, session, SnmpStrToEntity(session, "host.example"));
    stop();
}

/* As much as fits is written, so that it can be printed. */
void entity_to_str_short(const struct row *row)
{
    HSNMP_ENTITY entity;
    char text[9];

    start();
    entity = new_entity("127.0.0.1");
    FAILS(row, session, SnmpEntityToStr(entity, 9, text));
    ck_assert_str_eq(text, "127.0.0.");
    FAILS(row, session, SnmpEntityToStr(entity, 1, text));
    ck_assert_str_eq(text, "");
    FAILS(row, session, SnmpEntityToStr(entity, 0, out.text));
    stop();
}

void entity_to_str_nowhere(const struct row *row)
{
    start();
    FAILS(row, session, SnmpEntityToStr(new_entity("127.0.0.1"), 10, NULL));
    stop();
}

void set_port_while_listening(const struct row *row)
{
    HSNMP_ENTITY entity;

    start();
    entity = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(entity, matrix_free_port()), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpListen(entity, SNMPAPI_ON), SNMPAPI_SUCCESS);
    FAILS(row, session, SnmpSetPort(entity, 1161));
    ck_assert_uint_eq(SnmpListen(entity, SNMPAPI_OFF), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetPort(entity, 1161), SNMPAPI_SUCCESS);
    stop();
}

void set_port_out_of_range(const struct row *row)
{
    HSNMP_ENTITY entity;

    start();
    entity = new_entity("127.0.0.1");
    FAILS(row, session, SnmpSetPort(entity, 0));
    FAILS(row, session, SnmpSetPort(entity, 65536));
    stop();
}

/* ---- contexts
 * ------------------------------------------------------------------ */

void str_to_context_malformed(const struct row *row)
{
    smiBYTE octet = 'x';
    smiOCTETS empty = {0, &octet};
    smiOCTETS nowhere = {1, NULL};

    start();
    FAILS(row, session, SnmpStrToContext(session, NULL));
    FAILS(row, session, SnmpStrToContext(session, &empty));
    FAILS(row, session, SnmpStrToContext(session, &nowhere));
    stop();
}

void str_to_context_unknown(const struct row *row)
{
    smiBYTE text[] = {'u', 'n', 'k', 'n', 'o', 'w', 'n'};
    smiOCTETS name = {sizeof text, text};

    ck_assert_int_eq(setenv("WINSNMP_STRICT_CONTEXT", "on", 1), 0);
    start();
    ck_assert_ptr_nonnull(SnmpStrToContext(session, &name));
    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_TRANSLATED),
                      SNMPAPI_SUCCESS);
    FAILS(row, session, SnmpStrToContext(session, &name));
    stop();
    ck_assert_int_eq(unsetenv("WINSNMP_STRICT_CONTEXT"), 0);
}

void context_to_str_nowhere(const struct row *row)
{
    start();
    FAILS(row, session, SnmpContextToStr(new_context(), NULL));
    stop();
}

/* ---- PDUs
 * ------------------------------------------------------------------------ */

static const smiINT no_types[] = {SNMP_PDU_V1TRAP, 0xa8, 1, -1, 99, 0x30};

void create_pdu_bad_type(const struct row *row)
{
    start();
    for (int i = 0; i < N(no_types); i++)
        FAILS(row, session, SnmpCreatePdu(session, no_types[i], 0, 0, 0, NULL));
    stop();
}

void get_pdu_data_nowhere(const struct row *row)
{
    start();
    FAILS(row, session,
          SnmpGetPduData(new_pdu(0, NULL), NULL, NULL, NULL, NULL, NULL));
    stop();
}

static void assert_is_get(HSNMP_PDU pdu, smiINT32 id)
{
    smiINT32 id_now;
    smiINT type;

    ck_assert_uint_eq(SnmpGetPduData(pdu, &type, &id_now, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(type, SNMP_PDU_GET);
    ck_assert_int_eq(id_now, id);
}

void set_pdu_data_bad_pdu(const struct row *row)
{
    static const smiINT zero;
    smiINT32 id = 99;
    HSNMP_PDU pdu;

    bad_pdus(row);
    start();
    pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 5, 0, 0, NULL);
    FAILS(row, session, SnmpSetPduData(pdu, &zero, &id, NULL, NULL, NULL));
    for (int i = 0; i < N(no_types); i++)
        FAILS(row, session,
              SnmpSetPduData(pdu, &no_types[i], &id, NULL, NULL, NULL));
    assert_is_get(pdu, 5);
    stop();
}

void set_pdu_data_bad_vbl(const struct row *row)
{
    void *bad[BAD_HANDLES];
    smiINT type = SNMP_PDU_SET;
    smiINT32 id = 99;
    HSNMP_PDU pdu;

    start();
    bad_handles(WSN_VBL, bad);
    pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 5, 0, 0, NULL);
    for (int i = 1; i < BAD_HANDLES; i++)
        FAILS(row, session,
              SnmpSetPduData(pdu, &type, &id, NULL, NULL, &bad[i]));
    assert_is_get(pdu, 5);
    stop();
}

void set_pdu_data_nothing(const struct row *row)
{
    start();
    FAILS(row, session,
          SnmpSetPduData(new_pdu(0, NULL), NULL, NULL, NULL, NULL, NULL));
    stop();
}

/* ---- names and values
 * ---------------------------------------------------------------- */

static smiUINT32 many_ids[129] = {1, 3};
static smiUINT32 bad_root[] = {3, 1};
static smiUINT32 bad_second[] = {0, 40};
static smiUINT32 good_ids[] = {1, 3, 6};

static const smiOID bad_names[] = {{0, good_ids},   {1, good_ids},
                                   {129, many_ids}, {2, NULL},
                                   {2, bad_root},   {2, bad_second}};

static smiBYTE five_bytes[5];

static const smiVALUE bad_values[] = {
    {SNMP_SYNTAX_SEQUENCE, {.uNumber = 0}},
    {0, {.uNumber = 0}},
    {0x99, {.uNumber = 0}},
    {SNMP_SYNTAX_IPADDR, {.string = {3, five_bytes}}},
    {SNMP_SYNTAX_IPADDR, {.string = {5, five_bytes}}},
    {SNMP_SYNTAX_OID, {.oid = {1, good_ids}}}};

static const smiVALUE value_nowhere = {SNMP_SYNTAX_OCTETS,
                                       {.string = {1, NULL}}};

void create_vbl_without_memory(const struct row *row)
{
    no_memory(row);
    start();
    FAILS(row, session, SnmpCreateVbl(session, &sysdescr, &value_nowhere));
    stop();
}

void create_vbl_bad_oid(const struct row *row)
{
    start();
    for (int i = 0; i < N(bad_names); i++)
        FAILS(row, session, SnmpCreateVbl(session, &bad_names[i], NULL));
    stop();
}

void create_vbl_bad_syntax(const struct row *row)
{
    start();
    for (int i = 0; i < N(bad_values); i++)
        FAILS(row, session, SnmpCreateVbl(session, &sysdescr, &bad_values[i]));
    stop();
}

/* ---- lists
 * -----------------------------------------------------------------------------
 */

void count_vbl_empty(const struct row *row)
{
    HSNMP_VBL vbl;

    start();
    FAILS(row, session, SnmpCountVbl(SnmpCreateVbl(session, NULL, NULL)));
    vbl = new_vbl();
    ck_assert_uint_eq(SnmpDeleteVb(vbl, 1), SNMPAPI_SUCCESS);
    FAILS(row, session, SnmpCountVbl(vbl));
    stop();
}

void get_vb_bad_index(const struct row *row)
{
    HSNMP_VBL empty;
    HSNMP_VBL vbl;

    start();
    empty = SnmpCreateVbl(session, NULL, NULL);
    vbl = new_vbl();
    FAILS(row, session, SnmpGetVb(vbl, 0, &out.oid, &out.value));
    FAILS(row, session, SnmpGetVb(vbl, 2, &out.oid, &out.value));
    FAILS(row, session, SnmpGetVb(vbl, UINT32_MAX, &out.oid, &out.value));
    FAILS(row, session, SnmpGetVb(empty, 0, &out.oid, &out.value));
    FAILS(row, session, SnmpGetVb(empty, 1, &out.oid, &out.value));
    stop();
}

void get_vb_nowhere(const struct row *row)
{
    start();
    FAILS(row, session, SnmpGetVb(new_vbl(), 1, NULL, NULL));
    stop();
}

/* The one entry is still sysDescr.0, of the syntax NULL. */
static void assert_list_unchanged(HSNMP_VBL vbl)
{
    smiVALUE value;
    smiOID name;
    smiINT order;

    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    ck_assert_uint_eq(SnmpGetVb(vbl, 1, &name, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(value.syntax, SNMP_SYNTAX_NULL);
    ck_assert_uint_eq(SnmpOidCompare(&name, &sysdescr, 0, &order),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(order, 0);
}

void set_vb_without_memory(const struct row *row)
{
    HSNMP_VBL vbl;

    no_memory(row);
    start();
    vbl = new_vbl();
    FAILS(row, session, SnmpSetVb(vbl, 0, &sysdescr, &value_nowhere));
    FAILS(row, session, SnmpSetVb(vbl, 1, &sysdescr, &value_nowhere));
    assert_list_unchanged(vbl);
    stop();
}

void set_vb_bad_index(const struct row *row)
{
    HSNMP_VBL vbl;

    start();
    vbl = new_vbl();
    FAILS(row, session, SnmpSetVb(vbl, 2, &sysdescr, NULL));
    FAILS(row, session, SnmpSetVb(vbl, UINT32_MAX, &sysdescr, NULL));
    assert_list_unchanged(vbl);
    stop();
}

void set_vb_bad_oid(const struct row *row)
{
    HSNMP_VBL vbl;

    start();
    vbl = new_vbl();
    FAILS(row, session, SnmpSetVb(vbl, 0, NULL, NULL));
    for (int i = 0; i < N(bad_names); i++) {
        FAILS(row, session, SnmpSetVb(vbl, 0, &bad_names[i], NULL));
        FAILS(row, session, SnmpSetVb(vbl, 1, &bad_names[i], NULL));
    }
    assert_list_unchanged(vbl);
    stop();
}

void set_vb_bad_syntax(const struct row *row)
{
    HSNMP_VBL vbl;

    start();
    vbl = new_vbl();
    for (int i = 0; i < N(bad_values); i++) {
        FAILS(row, session, SnmpSetVb(vbl, 0, &sysdescr, &bad_values[i]));
        FAILS(row, session, SnmpSetVb(vbl, 1, NULL, &bad_values[i]));
    }
    assert_list_unchanged(vbl);
    stop();
}

/* What is left of a list is copied when a duplicate has the rest, too. */
void delete_vb_without_memory(const struct row *row)
{
    struct args args;

    start();
    matrix_good_args(session, &args);
    ck_assert_uint_eq(SnmpSetVb(args.vbl, 0, &sysdescr, NULL), 2);
    ck_assert_ptr_nonnull(SnmpDuplicateVbl(session, args.vbl));
    no_memory_in(row, &args);
    stop();
}

void delete_vb_bad_index(const struct row *row)
{
    HSNMP_VBL vbl;

    start();
    vbl = new_vbl();
    FAILS(row, session, SnmpDeleteVb(vbl, 0));
    FAILS(row, session, SnmpDeleteVb(vbl, 2));
    FAILS(row, session, SnmpDeleteVb(SnmpCreateVbl(session, NULL, NULL), 1));
    assert_list_unchanged(vbl);
    stop();
}
