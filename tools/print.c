/*
 * print.c - see print.h.
 */
#include "print.h"

#include <stdint.h>
#include <string.h>

/* ---- values ------------------------------------------------------------- */

/* Not by fprintf(), which in a walk would be half of all the work. */
static void print_number(FILE *out, uint64_t number)
{
    char text[20]; /* enough for 2^64 - 1 */
    size_t i = sizeof text;

    do
        text[--i] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    fwrite(text + i, 1, sizeof text - i, out);
}

static void print_signed(FILE *out, const smiVALUE *value)
{
    int64_t number = value->value.sNumber;

    if (number < 0)
        putc('-', out);
    print_number(out, (uint64_t)(number < 0 ? -number : number));
}

static void print_unsigned(FILE *out, const smiVALUE *value)
{
    print_number(out, value->value.uNumber);
}

static void print_counter64(FILE *out, const smiVALUE *value)
{
    const smiCNTR64 *halves = &value->value.hNumber;

    print_number(out, (uint64_t)halves->hipart << 32 | halves->lopart);
}

/* (hundredths of a second) days:hours:minutes:seconds */
void print_ticks(FILE *out, const smiVALUE *value)
{
    unsigned t = (unsigned)value->value.uNumber;

    fprintf(out, "(%u) %u:%02u:%02u:%02u.%02u", t, t / 8640000,
            t / 360000 % 24, t / 6000 % 60, t / 100 % 60, t % 100);
}

static void print_oid(FILE *out, const smiOID *oid)
{
    char text[MAXOBJIDSTRSIZE];

    if (SnmpOidToStr(oid, sizeof text, text) != SNMPAPI_FAILURE)
        fputs(text, out);
}

static void print_oid_value(FILE *out, const smiVALUE *value)
{
    print_oid(out, &value->value.oid);
}

static void print_address(FILE *out, const smiVALUE *value)
{
    const smiIPADDR *address = &value->value.string;

    for (smiUINT32 i = 0; i < address->len; i++)
        fprintf(out, i == 0 ? "%u" : ".%u", (unsigned)address->ptr[i]);
}

static void print_hex(FILE *out, const smiVALUE *value)
{
    const smiOCTETS *octets = &value->value.string;

    for (smiUINT32 i = 0; i < octets->len; i++)
        fprintf(out, i == 0 ? "%02X" : " %02X", (unsigned)octets->ptr[i]);
}

/* In quotes, such that it is correct JSON and stays on its line. */
static void print_text(FILE *out, const smiVALUE *value)
{
    static const char special[] = "\"\\\t\r\n";
    static const char letter[] = "\"\\trn";
    const smiOCTETS *text = &value->value.string;

    putc('"', out);
    for (smiUINT32 i = 0; i < text->len; i++) {
        const char *found = strchr(special, text->ptr[i]);

        if (found == NULL)
            putc(text->ptr[i], out);
        else
            fprintf(out, "\\%c", letter[found - special]);
    }
    putc('"', out);
}

/* ---- types -------------------------------------------------------------- */

/* How a value is written in JSON. */
enum form { BARE, QUOTED, TEXT, NOTHING };

struct type {
    smiUINT32 syntax;
    const char *name; /* that of Net-SNMP's tools */
    void (*print)(FILE *out, const smiVALUE *value);
    enum form form;
};

/* Many readers of JSON keep 53 bits of a number: Counter64 is a string. */
static const struct type types[] = {
    {SNMP_SYNTAX_INT, "INTEGER", print_signed, BARE},
    {SNMP_SYNTAX_OCTETS, "STRING", print_text, TEXT},
    {SNMP_SYNTAX_OID, "OID", print_oid_value, QUOTED},
    {SNMP_SYNTAX_IPADDR, "IpAddress", print_address, QUOTED},
    {SNMP_SYNTAX_CNTR32, "Counter32", print_unsigned, BARE},
    {SNMP_SYNTAX_GAUGE32, "Gauge32", print_unsigned, BARE},
    {SNMP_SYNTAX_TIMETICKS, "Timeticks", print_ticks, BARE},
    {SNMP_SYNTAX_CNTR64, "Counter64", print_counter64, QUOTED},
    {SNMP_SYNTAX_OPAQUE, "OPAQUE", print_hex, QUOTED},
    {SNMP_SYNTAX_BITS, "BITS", print_hex, QUOTED},
    {SNMP_SYNTAX_NSAPADDR, "NsapAddress", print_hex, QUOTED},
    {SNMP_SYNTAX_UINT32, "UInteger32", print_unsigned, BARE},
    {SNMP_SYNTAX_NOSUCHOBJECT, "noSuchObject", NULL, NOTHING},
    {SNMP_SYNTAX_NOSUCHINSTANCE, "noSuchInstance", NULL, NOTHING},
    {SNMP_SYNTAX_ENDOFMIBVIEW, "endOfMibView", NULL, NOTHING},
    {SNMP_SYNTAX_NULL, "NULL", NULL, NOTHING} /* the last */
};

static const struct type binary = {SNMP_SYNTAX_OCTETS, "Hex-STRING", print_hex,
                                   QUOTED};

static bool is_text(const smiOCTETS *octets)
{
    for (smiUINT32 i = 0; i < octets->len; i++) {
        int c = octets->ptr[i];

        if ((c < ' ' || c > '~') && c != '\t' && c != '\r' && c != '\n')
            return false;
    }
    return true;
}

static const struct type *type_of(const smiVALUE *value)
{
    const struct type *type = types;

    if (value->syntax == SNMP_SYNTAX_OCTETS && !is_text(&value->value.string))
        return &binary;
    while (type->syntax != value->syntax && type->syntax != SNMP_SYNTAX_NULL)
        type++;
    return type;
}

static void print_json_value(FILE *out, const smiVALUE *value)
{
    const struct type *type = type_of(value);

    if (type->form == NOTHING)
        fputs("null", out);
    else if (type->form == BARE && type->syntax == SNMP_SYNTAX_TIMETICKS)
        print_unsigned(out, value);
    else if (type->form == QUOTED)
        putc('"', out), type->print(out, value), putc('"', out);
    else
        type->print(out, value);
}

void print_octets(FILE *out, const smiOCTETS *octets)
{
    smiVALUE value = {SNMP_SYNTAX_OCTETS, {0}};

    value.value.string = *octets;
    print_json_value(out, &value);
}

/* ---- variables ---------------------------------------------------------- */

void print_varbind(FILE *out, const smiOID *name, const smiVALUE *value)
{
    const struct type *type = type_of(value);

    print_oid(out, name);
    fputs(" = ", out);
    fputs(type->name, out);
    if (type->print != NULL) {
        fputs(": ", out);
        type->print(out, value);
    }
    putc('\n', out);
}

void print_json_varbind(FILE *out, const smiOID *name, const smiVALUE *value)
{
    fputs("{\"oid\":\"", out);
    print_oid(out, name);
    fprintf(out, "\",\"type\":\"%s\",\"value\":", type_of(value)->name);
    print_json_value(out, value);
    putc('}', out);
}

bool get_varbind(HSNMP_VBL list, smiUINT32 index, smiOID *name,
                 smiVALUE *value)
{
    return SnmpGetVb(list, index, name, value) != SNMPAPI_FAILURE;
}

void free_varbind(smiOID *name, smiVALUE *value)
{
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)name);
    if (value->syntax == SNMP_SYNTAX_OID)
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&value->value.oid);
    else
        SnmpFreeDescriptor(value->syntax, &value->value.string);
}

void print_list(FILE *out, HSNMP_VBL list, const char *before)
{
    smiOID name;
    smiVALUE value;

    for (smiUINT32 i = 1; get_varbind(list, i, &name, &value); i++) {
        fputs(before, out);
        print_varbind(out, &name, &value);
        free_varbind(&name, &value);
    }
}

void print_json_list(FILE *out, HSNMP_VBL list, const char *between)
{
    smiOID name;
    smiVALUE value;

    for (smiUINT32 i = 1; get_varbind(list, i, &name, &value); i++) {
        fputs(i > 1 ? between : "", out);
        print_json_varbind(out, &name, &value);
        free_varbind(&name, &value);
    }
}
