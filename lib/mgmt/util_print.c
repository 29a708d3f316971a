/*
 * util_print.c - SnmpUtilOidToA and what writes to standard output.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "mgmt/value.h"
#include "snmp.h"

#define NO_OID "<null oid>"
#define MORE "..."

/* One thread's text does not disturb another's, unlike on Windows. */
#define TEXT_SIZE 257
static _Thread_local char text[TEXT_SIZE];

/* ---- object identifiers ------------------------------------------------ */

/* Appends one sub-identifier; false when it does not fit. */
static BOOL add_id(size_t *len, UINT id)
{
    char digits[16];
    int n = snprintf(digits, sizeof digits, "%s%u", *len == 0 ? "" : ".", id);

    if (*len + (size_t)n >= TEXT_SIZE)
        return FALSE;
    memcpy(text + *len, digits, (size_t)n + 1);
    *len += (size_t)n;
    return TRUE;
}

LPSTR SNMP_FUNC_TYPE SnmpUtilIdsToA(UINT *Ids, UINT IdLength)
{
    size_t len = 0;
    size_t cut = 0; /* where there is still room for MORE */

    if (Ids == NULL || IdLength == 0) {
        strcpy(text, NO_OID);
        return text;
    }
    for (UINT i = 0; i < IdLength; i++) {
        if (!add_id(&len, Ids[i])) {
            strcpy(text + cut, MORE);
            break;
        }
        if (len + strlen(MORE) < TEXT_SIZE)
            cut = len;
    }
    return text;
}

LPSTR SNMP_FUNC_TYPE SnmpUtilOidToA(AsnObjectIdentifier *Oid)
{
    return Oid == NULL ? SnmpUtilIdsToA(NULL, 0)
                       : SnmpUtilIdsToA(Oid->ids, Oid->idLength);
}

/* All of it, however long. */
static void print_ids(const AsnObjectIdentifier *oid)
{
    for (UINT i = 0; i < oid->idLength; i++)
        (void)printf("%s%u", i == 0 ? "" : ".", oid->ids[i]);
}

VOID SNMP_FUNC_TYPE SnmpUtilPrintOid(AsnObjectIdentifier *Oid)
{
    if (Oid == NULL || Oid->ids == NULL || Oid->idLength == 0)
        (void)fputs(NO_OID, stdout);
    else
        print_ids(Oid);
}

/* ---- values ------------------------------------------------------------ */

static const char *type_name(BYTE type)
{
    switch (type) {
    case ASN_INTEGER32:
        return "Integer32";
    case ASN_BITS:
        return "Bits";
    case ASN_OCTETSTRING:
        return "String";
    case ASN_NULL:
        return "NULL";
    case ASN_OBJECTIDENTIFIER:
        return "ObjectID";
    case ASN_SEQUENCE:
        return "Sequence";
    case ASN_IPADDRESS:
        return "IpAddress";
    case ASN_COUNTER32:
        return "Counter32";
    case ASN_GAUGE32:
        return "Gauge32";
    case ASN_TIMETICKS:
        return "TimeTicks";
    case ASN_OPAQUE:
        return "Opaque";
    case ASN_COUNTER64:
        return "Counter64";
    case ASN_UINTEGER32:
        return "UInteger32";
    case SNMP_EXCEPTION_NOSUCHOBJECT:
        return "NOSUCHOBJECT";
    case SNMP_EXCEPTION_NOSUCHINSTANCE:
        return "NOSUCHINSTANCE";
    case SNMP_EXCEPTION_ENDOFMIBVIEW:
        return "ENDOFMIBVIEW";
    default:
        return "Unknown";
    }
}

/* Bytes that cannot be shown stand as numbers, so that nothing received can
 * steer a terminal. */
static void print_bytes(const AsnOctetString *octets, BOOL as_text)
{
    for (UINT i = 0; i < octets->length; i++) {
        BYTE byte = octets->stream[i];

        if (as_text && byte < 0x80 && isprint(byte))
            (void)putchar(byte);
        else
            (void)printf("<0x%02x>", byte);
    }
}

static void print_octets(const AsnAny *any)
{
    const AsnOctetString *octets = &any->asnValue.string;

    if (octets->stream == NULL)
        return;
    if (any->asnType == ASN_IPADDRESS && octets->length == 4)
        (void)printf("%u.%u.%u.%u", octets->stream[0], octets->stream[1],
                     octets->stream[2], octets->stream[3]);
    else
        print_bytes(octets, any->asnType == ASN_OCTETSTRING);
}

static void print_value(AsnAny *any)
{
    switch (wsn_mgmt_kind(any->asnType)) {
    case WSN_ASN_SIGNED:
        (void)printf("%d", any->asnValue.number);
        break;
    case WSN_ASN_UNSIGNED:
        (void)printf("%u", any->asnValue.unsigned32);
        break;
    case WSN_ASN_COUNTER64:
        (void)printf("%" PRIu64, any->asnValue.counter64.QuadPart);
        break;
    case WSN_ASN_OCTETS:
        print_octets(any);
        break;
    case WSN_ASN_OID:
        SnmpUtilPrintOid(&any->asnValue.object);
        break;
    case WSN_ASN_UNKNOWN:
        (void)printf("0x%02x", any->asnType);
        break;
    case WSN_ASN_EMPTY:
        break;
    }
}

VOID SNMP_FUNC_TYPE SnmpUtilPrintAsnAny(AsnAny *pAny)
{
    if (pAny == NULL)
        return;
    (void)fputs(type_name(pAny->asnType), stdout);
    if (wsn_mgmt_kind(pAny->asnType) != WSN_ASN_EMPTY) {
        (void)putchar(' ');
        print_value(pAny);
    }
    (void)putchar('\n');
}
