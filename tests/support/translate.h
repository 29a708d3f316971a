/*
 * translate.h - what the suites about the two versions share: PDUs built as a
 * program builds them, and messages encoded and decoded by the exported
 * functions.  Between start() and stop() of api.h.
 */
#ifndef WSN_TESTS_SUPPORT_TRANSLATE_H
#define WSN_TESTS_SUPPORT_TRANSLATE_H

#include <stdio.h>
#include <string.h>

#include "support/api.h"
#include "support/wire.h"

#define SYS_UP_TIME "1.3.6.1.2.1.1.3.0"
#define TRAP_OID "1.3.6.1.6.3.1.1.4.1.0"
#define TRAP_ENTERPRISE "1.3.6.1.6.3.1.1.4.3.0"
#define TRAP_ADDRESS "1.3.6.1.6.3.18.1.3.0"
#define TRAP_COMMUNITY "1.3.6.1.6.3.18.1.4.0"
#define COLD_START "1.3.6.1.6.3.1.1.5.1"

/* ---- values ----------------------------------------------------------------
 */

static inline smiVALUE empty_value(smiUINT32 syntax)
{
    smiVALUE value;

    memset(&value, 0, sizeof value);
    value.syntax = syntax;
    return value;
}

static inline smiVALUE int_value(smiINT number)
{
    smiVALUE value = empty_value(SNMP_SYNTAX_INT);

    value.value.sNumber = number;
    return value;
}

static inline smiVALUE unsigned_value(smiUINT32 syntax, smiUINT32 number)
{
    smiVALUE value = empty_value(syntax);

    value.value.uNumber = number;
    return value;
}

static inline smiVALUE cntr64_value(smiUINT32 hipart, smiUINT32 lopart)
{
    smiVALUE value = empty_value(SNMP_SYNTAX_CNTR64);

    value.value.hNumber.hipart = hipart;
    value.value.hNumber.lopart = lopart;
    return value;
}

static inline smiVALUE octets_value(smiUINT32 syntax, smiBYTE *octets,
                                    smiUINT32 len)
{
    smiVALUE value = empty_value(syntax);

    value.value.string.ptr = octets;
    value.value.string.len = len;
    return value;
}

static inline smiVALUE oid_value(smiUINT32 *ids, smiUINT32 len)
{
    smiVALUE value = empty_value(SNMP_SYNTAX_OID);

    value.value.oid.ptr = ids;
    value.value.oid.len = len;
    return value;
}

/* The sub-identifiers of text; kept until the clean-up. */
static inline smiOID oid_of(const char *text)
{
    smiOID oid;

    ck_assert_msg(SnmpStrToOid(text, &oid) > 0, "%s", text);
    return oid;
}

static inline smiVALUE oid_text_value(const char *text)
{
    smiOID oid = oid_of(text);

    return oid_value(oid.ptr, oid.len);
}

/* ---- lists ------------------------------------------------------------------
 */

static inline HSNMP_VBL empty_list(void)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);

    ck_assert_ptr_nonnull(vbl);
    return vbl;
}

static inline void append(HSNMP_VBL vbl, const char *name, smiVALUE value)
{
    smiOID oid = oid_of(name);

    ck_assert_uint_gt(SnmpSetVb(vbl, 0, &oid, &value), 0);
}

/* What every notification begins with. */
static inline HSNMP_VBL trap_list(smiUINT32 uptime, smiVALUE trap_oid)
{
    HSNMP_VBL vbl = empty_list();

    append(vbl, SYS_UP_TIME, unsigned_value(SNMP_SYNTAX_TIMETICKS, uptime));
    append(vbl, TRAP_OID, trap_oid);
    return vbl;
}

/* An entry as text: "1.3.6 41 4294967295", "1.3.6 04 68:69", "1.3.6 05". */
static inline void print_value(const smiVALUE *value, char *text, size_t size)
{
    size_t len = 0;

    switch (value->syntax) {
    case SNMP_SYNTAX_INT:
        snprintf(text, size, "%d", (int)value->value.sNumber);
        break;
    case SNMP_SYNTAX_CNTR32:
    case SNMP_SYNTAX_GAUGE32:
    case SNMP_SYNTAX_TIMETICKS:
    case SNMP_SYNTAX_UINT32:
        snprintf(text, size, "%u", (unsigned)value->value.uNumber);
        break;
    case SNMP_SYNTAX_CNTR64:
        snprintf(text, size, "%u:%u", (unsigned)value->value.hNumber.hipart,
                 (unsigned)value->value.hNumber.lopart);
        break;
    case SNMP_SYNTAX_OID:
        ck_assert_uint_gt(
            SnmpOidToStr(&value->value.oid, (smiUINT32)size, text), 0);
        break;
    case SNMP_SYNTAX_OCTETS:
    case SNMP_SYNTAX_IPADDR:
    case SNMP_SYNTAX_OPAQUE:
    case SNMP_SYNTAX_NSAPADDR:
        text[0] = '\0';
        for (smiUINT32 i = 0; i < value->value.string.len; i++)
            len +=
                (size_t)snprintf(text + len, size - len, "%s%02x",
                                 i > 0 ? ":" : "", value->value.string.ptr[i]);
        break;
    default:
        text[0] = '\0';
        break;
    }
}

static inline void assert_entry(HSNMP_VBL vbl, smiUINT32 index,
                                const char *wanted)
{
    char name_text[MAXOBJIDSTRSIZE];
    char value_text[MAXOBJIDSTRSIZE];
    char text[2 * MAXOBJIDSTRSIZE + 8];
    smiVALUE value;
    smiOID name;

    ck_assert_uint_eq(SnmpGetVb(vbl, index, &name, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_gt(SnmpOidToStr(&name, sizeof name_text, name_text), 0);
    print_value(&value, value_text, sizeof value_text);
    snprintf(text, sizeof text, "%s %02x%s%s", name_text,
             (unsigned)value.syntax, value_text[0] != '\0' ? " " : "",
             value_text);
    ck_assert_str_eq(text, wanted);
}

/* wanted: up to n entries, ended by NULL. */
static inline void assert_list(HSNMP_VBL vbl, const char *const *wanted)
{
    smiUINT32 n = 0;

    for (; wanted[n] != NULL; n++)
        assert_entry(vbl, n + 1, wanted[n]);
    ck_assert_uint_eq(SnmpCountVbl(vbl), n);
}

/* ---- messages
 * ------------------------------------------------------------------ */

/* An entity of a version: 0 or 1, as messages have it. */
static inline HSNMP_ENTITY entity_of_version(int version)
{
    HSNMP_ENTITY entity;

    ck_assert_uint_eq(SnmpSetTranslateMode(version == 0
                                               ? SNMPAPI_UNTRANSLATED_V1
                                               : SNMPAPI_UNTRANSLATED_V2),
                      SNMPAPI_SUCCESS);
    entity = new_entity("127.0.0.1");
    return entity;
}

/* Encodes for an entity of a version, and compares with the PDU in wanted. */
static inline void assert_encoded(int version, HSNMP_ENTITY src, HSNMP_PDU pdu,
                                  struct wire *wanted)
{
    smiOCTETS message = {0, NULL};

    ck_assert_ptr_nonnull(pdu);
    wire_finish(wanted, version);
    ck_assert_uint_eq(SnmpEncodeMsg(session, src, entity_of_version(version),
                                    new_context(), pdu, &message),
                      wanted->len);
    ck_assert_uint_eq(message.len, wanted->len);
    ck_assert_mem_eq(message.ptr, wanted->at, wanted->len);
}

/* Version 1 has nothing like it. */
static inline void assert_untranslatable(HSNMP_PDU pdu)
{
    HSNMP_ENTITY dst = entity_of_version(0);
    HSNMP_CONTEXT community = new_context();
    smiOCTETS message = {0, NULL};

    ck_assert_ptr_nonnull(pdu);
    ASSERT_FAILS_IN(session, SnmpSendMsg(session, NULL, dst, community, pdu),
                    SNMPAPI_OPERATION_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, NULL, dst, community, pdu, &message),
                    SNMPAPI_PDU_INVALID);
}

/* No version has such a PDU. */
static inline void assert_invalid(int version, HSNMP_PDU pdu)
{
    HSNMP_ENTITY dst = entity_of_version(version);
    HSNMP_CONTEXT community = new_context();
    smiOCTETS message = {0, NULL};

    ck_assert_ptr_nonnull(pdu);
    ASSERT_FAILS_IN(session, SnmpSendMsg(session, NULL, dst, community, pdu),
                    SNMPAPI_PDU_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, NULL, dst, community, pdu, &message),
                    SNMPAPI_PDU_INVALID);
}

struct decoded {
    smiINT type;
    smiINT32 id;
    smiINT error_status;
    smiINT error_index;
    HSNMP_VBL vbl;
    HSNMP_CONTEXT context;
};

/* Decodes the message; false when it is none. */
static inline int decode_wire(struct wire *wire, struct decoded *ret)
{
    smiOCTETS octets = {(smiUINT32)wire->len, wire->at};
    HSNMP_PDU pdu = NULL;

    if (SnmpDecodeMsg(session, NULL, NULL, &ret->context, &pdu, &octets) == 0)
        return 0;
    ck_assert_uint_eq(SnmpGetPduData(pdu, &ret->type, &ret->id,
                                     &ret->error_status, &ret->error_index,
                                     &ret->vbl),
                      SNMPAPI_SUCCESS);
    return 1;
}

static inline struct decoded decode(struct wire *wire)
{
    struct decoded decoded;

    ck_assert(decode_wire(wire, &decoded));
    return decoded;
}

static inline void assert_malformed(struct wire *wire)
{
    struct decoded decoded;

    (void)wsn_fail(session, NO_CODE);
    ck_assert(!decode_wire(wire, &decoded));
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_MESSAGE_INVALID);
}

/* ---- traps of version 1
 * --------------------------------------------------------- */

/* A Trap-PDU of version 1 as it is on the wire. */
struct v1_trap {
    const smiUINT32 *enterprise;
    size_t enterprise_len;
    smiBYTE agent_addr[4];
    smiINT32 generic;
    smiINT32 specific;
    smiUINT32 uptime;
};

/* Begins the PDU; the variables are to be put behind. */
static inline size_t begin_trap(struct wire *wire, const struct v1_trap *trap)
{
    wire->len = 0;
    wire_oid(wire, trap->enterprise, trap->enterprise_len);
    wire_octets(wire, 0x40, trap->agent_addr, 4);
    wire_int(wire, 0x02, trap->generic);
    wire_int(wire, 0x02, trap->specific);
    wire_unsigned(wire, 0x43, trap->uptime);
    return wire->len;
}

static inline void end_trap(struct wire *wire, size_t list)
{
    wire_wrap(wire, list, 0x30);
    wire_wrap(wire, 0, 0xa4);
}

static inline void put_variable(struct wire *wire, const char *name,
                                unsigned tag, const void *octets, size_t len)
{
    smiOID oid = oid_of(name);
    size_t entry = wire->len;

    wire_oid(wire, oid.ptr, oid.len);
    wire_octets(wire, tag, octets, len);
    wire_wrap(wire, entry, 0x30);
}

/* As many sub-identifiers as there can be. */
static inline smiUINT32 *many_ids(void)
{
    static smiUINT32 ids[MAXOBJIDSIZE] = {1, 3};

    for (int i = 2; i < MAXOBJIDSIZE; i++)
        ids[i] = (smiUINT32)i;
    return ids;
}

#endif
