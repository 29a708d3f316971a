/*
 * manager_names.c - SnmpMgrStrToOid and SnmpMgrOidToStr.
 *
 *     system.sysUpTime.0                     relative: below mib-2
 *     .iso.org.dod.internet.private...       absolute: from the root
 *
 * Names of MIB-II are built in, so that they are always the same; others are
 * those of the MIB modules on this host.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <winbase.h>

#include "mgmt/error.h"
#include "mgmt/mibs.h"
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
    bool is_in_object; /* what follows tells the instance */
};

static void descend(struct reading *reading, size_t node)
{
    reading->is_in_object |= wsn_names_is_object(node);
    reading->node = node;
}

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

static DWORD read_name(struct reading *reading, const char *text, size_t len,
                       UINT *ret_id)
{
    size_t node = wsn_names_child_named(reading->node, text, len);

    if (node != WSN_NAMES_NONE)
        *ret_id = wsn_names_tree[node].id;
    else if (reading->is_in_object ||
             !wsn_mibs_child(reading->ids, reading->len, text, len, ret_id))
        return BAD_TEXT;
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
    code = isdigit((unsigned char)text[0]) ? read_number(text, len, &id)
                                           : read_name(reading, text, len, &id);
    if (code != NO_ERROR)
        return code;
    descend(reading, wsn_names_child(reading->node, id));
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

/* No part is longer: no name, and no number. */
#define PART_MAX WSN_MIBS_NAME_MAX

struct writing {
    char text[SNMP_MAX_OID_LEN * (PART_MAX + 1) + 1];
    size_t len;
    size_t node;
    bool is_in_object; /* what follows tells the instance */
};

/* The name of the last of the ids, or NULL. */
static const char *name_of(struct writing *writing, const UINT *ids, UINT len)
{
    writing->node = wsn_names_child(writing->node, ids[len - 1]);
    if (writing->node == WSN_NAMES_NONE)
        return writing->is_in_object ? NULL : wsn_mibs_name(ids, len);
    writing->is_in_object |= wsn_names_is_object(writing->node);
    return wsn_names_tree[writing->node].name;
}

static void write_part(struct writing *writing, const UINT *ids, UINT len,
                       bool has_dot)
{
    const char *name = name_of(writing, ids, len);
    char *end = writing->text + writing->len;
    const char *dot = has_dot ? "." : "";
    int n;

    if (name == NULL)
        n = snprintf(end, PART_MAX + 2, "%s%u", dot, ids[len - 1]);
    else
        n = snprintf(end, PART_MAX + 2, "%s%s", dot, name);
    writing->len += (size_t)n;
}

static void write_all(struct writing *writing, AsnObjectIdentifier *oid)
{
    bool is_below = oid->idLength > mib2.idLength &&
                    SnmpUtilOidNCmp(oid, &mib2, mib2.idLength) == 0;
    UINT first = is_below ? mib2.idLength : 0;

    writing->node = is_below ? wsn_names_mib2() : WSN_NAMES_ROOT;
    writing->len = 0;
    writing->is_in_object = false;
    for (UINT i = first; i < oid->idLength; i++)
        write_part(writing, oid->ids, i + 1, !is_below || i > first);
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
