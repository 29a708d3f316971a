/*
 * manager_names.c - SnmpMgrStrToOid and SnmpMgrOidToStr.
 *
 *     system.sysUpTime.0                     relative: below mib-2
 *     .iso.org.dod.internet.private...       absolute: from the root
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <winbase.h>

#include "mgmt/error.h"
#include "mgmt/names.h"
#include "mgmtapi.h"

#define BAD_TEXT SNMP_BERAPI_INVALID_OBJELEM

static UINT mib2_ids[] = {1, 3, 6, 1, 2, 1};
static AsnObjectIdentifier mib2 = DEFINE_OID(mib2_ids);

/* ---- from text --------------------------------------------------------- */

/* What has been read so far, and the node it has led to. */
struct reading {
    UINT ids[SNMP_MAX_OID_LEN];
    UINT len;
    size_t node;
};

static DWORD read_number(const char *text, size_t len, UINT *ret_id)
{
    uint64_t value = 0;

    for (size_t i = 0; i < len; i++) {
        if (!isdigit((unsigned char)text[i]))
            return BAD_TEXT;
        value = value * 10 + (uint64_t)(text[i] - '0');
        if (value > UINT32_MAX)
            return SNMP_BERAPI_OVERFLOW;
    }
    *ret_id = (UINT)value;
    return NO_ERROR;
}

/* One part between two dots: a number, or a name known at this place. */
static DWORD read_part(struct reading *reading, const char *text, size_t len)
{
    UINT id = 0;
    DWORD code;

    if (len == 0)
        return BAD_TEXT;
    if (reading->len == SNMP_MAX_OID_LEN)
        return SNMP_BERAPI_OVERFLOW;
    if (isdigit((unsigned char)text[0])) {
        code = read_number(text, len, &id);
        if (code != NO_ERROR)
            return code;
        reading->node = wsn_names_child(reading->node, id);
    } else {
        reading->node = wsn_names_child_named(reading->node, text, len);
        if (reading->node == WSN_NAMES_NONE)
            return BAD_TEXT;
        id = wsn_names_tree[reading->node].id;
    }
    reading->ids[reading->len++] = id;
    return NO_ERROR;
}

static DWORD read_all(struct reading *reading, const char *text)
{
    for (;;) {
        size_t len = strcspn(text, ".");
        DWORD code = read_part(reading, text, len);

        if (code != NO_ERROR || text[len] == '\0')
            return code;
        text += len + 1;
    }
}

static void begin_at_mib2(struct reading *reading)
{
    memcpy(reading->ids, mib2_ids, sizeof mib2_ids);
    reading->len = mib2.idLength;
    reading->node = wsn_names_mib2();
}

BOOL SNMP_FUNC_TYPE SnmpMgrStrToOid(LPSTR string, AsnObjectIdentifier *oid)
{
    struct reading reading = {.len = 0, .node = WSN_NAMES_ROOT};
    AsnObjectIdentifier found;
    DWORD code;

    if (string == NULL || oid == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    if (string[0] == '.')
        string++;
    else
        begin_at_mib2(&reading);
    code = read_all(&reading, string);
    if (code != NO_ERROR)
        return wsn_mgmt_fail(code);
    found.ids = reading.ids;
    found.idLength = reading.len;
    return SnmpUtilOidCpy(oid, &found);
}

/* ---- to text ----------------------------------------------------------- */

/* No part is longer: no name of the tree, and no number. */
#define PART_MAX 32

struct writing {
    char text[SNMP_MAX_OID_LEN * (PART_MAX + 1) + 1];
    size_t len;
    size_t node;
};

static void write_part(struct writing *writing, UINT id, bool has_dot)
{
    char *end = writing->text + writing->len;
    const char *dot = has_dot ? "." : "";
    int n;

    writing->node = wsn_names_child(writing->node, id);
    if (writing->node == WSN_NAMES_NONE)
        n = snprintf(end, PART_MAX + 2, "%s%u", dot, id);
    else
        n = snprintf(end, PART_MAX + 2, "%s%s", dot,
                     wsn_names_tree[writing->node].name);
    writing->len += (size_t)n;
}

static void write_all(struct writing *writing, AsnObjectIdentifier *oid)
{
    bool is_below = oid->idLength > mib2.idLength &&
                    SnmpUtilOidNCmp(oid, &mib2, mib2.idLength) == 0;
    UINT first = is_below ? mib2.idLength : 0;

    writing->node = is_below ? wsn_names_mib2() : WSN_NAMES_ROOT;
    writing->len = 0;
    for (UINT i = first; i < oid->idLength; i++)
        write_part(writing, oid->ids[i], !is_below || i > first);
}

BOOL SNMP_FUNC_TYPE SnmpMgrOidToStr(AsnObjectIdentifier *oid, LPSTR *string)
{
    struct writing writing;
    char *copy;

    if (oid == NULL || string == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    if (oid->idLength == 0 || oid->ids == NULL)
        return wsn_mgmt_fail(SNMP_BERAPI_INVALID_OBJELEM);
    if (oid->idLength > SNMP_MAX_OID_LEN)
        return wsn_mgmt_fail(SNMP_BERAPI_OVERFLOW);
    write_all(&writing, oid);
    copy = SnmpUtilMemAlloc((UINT)writing.len + 1);
    if (copy == NULL)
        return FALSE;
    memcpy(copy, writing.text, writing.len);
    *string = copy;
    return TRUE;
}
