/*
 * values.c - see values.h.
 */
#include "values.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

/* ---- texts into values: each fills value, and octets where it has some --- */

typedef void parser(const char *text, smiVALUE *value, smiBYTE *octets);

static void parse_integer(const char *text, smiVALUE *value, smiBYTE *octets)
{
    (void)octets;
    if (*text == '-')
        value->value.sNumber =
            (smiINT)-(int64_t)tool_number(text + 1, 2147483648UL);
    else
        value->value.sNumber = (smiINT)tool_number(text, 2147483647UL);
}

static void parse_unsigned(const char *text, smiVALUE *value, smiBYTE *octets)
{
    (void)octets;
    value->value.uNumber = tool_number(text, 4294967295UL);
}

static void parse_counter64(const char *text, smiVALUE *value, smiBYTE *octets)
{
    unsigned long long number;
    char *end;

    (void)octets;
    errno = 0;
    number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0)
        tool_die_usage("not a number in range", text);
    value->value.hNumber.hipart = (smiUINT32)(number >> 32);
    value->value.hNumber.lopart = (smiUINT32)(number & 0xffffffff);
}

static void parse_oid(const char *text, smiVALUE *value, smiBYTE *octets)
{
    (void)octets;
    value->value.oid = tool_oid(text);
}

static void set_octets(smiVALUE *value, smiBYTE *octets, size_t len)
{
    value->value.string.ptr = octets;
    value->value.string.len = (smiUINT32)len;
}

static void parse_address(const char *text, smiVALUE *value, smiBYTE *octets)
{
    unsigned number[4];
    char more;

    if (sscanf(text, "%3u.%3u.%3u.%3u%c", &number[0], &number[1], &number[2],
               &number[3], &more) != 4)
        tool_die_usage("not an IPv4 address", text);
    for (int i = 0; i < 4; i++) {
        if (number[i] > 255)
            tool_die_usage("not an IPv4 address", text);
        octets[i] = (smiBYTE)number[i];
    }
    set_octets(value, octets, 4);
}

static void parse_text(const char *text, smiVALUE *value, smiBYTE *octets)
{
    memcpy(octets, text, strlen(text));
    set_octets(value, octets, strlen(text));
}

/* "0A1B" or "0A 1B" */
static void parse_hex(const char *text, smiVALUE *value, smiBYTE *octets)
{
    size_t len = 0;
    unsigned octet;
    int used;

    while (sscanf(text, " %2x%n", &octet, &used) == 1) {
        octets[len++] = (smiBYTE)octet;
        text += used;
    }
    if (*text != '\0')
        tool_die_usage("not octets in hex", text);
    set_octets(value, octets, len);
}

static const struct type {
    char letter;
    smiUINT32 syntax;
    parser *parse;
} types[] = {{'i', SNMP_SYNTAX_INT, parse_integer},
             {'u', SNMP_SYNTAX_GAUGE32, parse_unsigned},
             {'c', SNMP_SYNTAX_CNTR32, parse_unsigned},
             {'C', SNMP_SYNTAX_CNTR64, parse_counter64},
             {'t', SNMP_SYNTAX_TIMETICKS, parse_unsigned},
             {'o', SNMP_SYNTAX_OID, parse_oid},
             {'a', SNMP_SYNTAX_IPADDR, parse_address},
             {'s', SNMP_SYNTAX_OCTETS, parse_text},
             {'x', SNMP_SYNTAX_OCTETS, parse_hex}};

static const struct type *find_type(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (name[0] == types[i].letter && name[1] == '\0')
            return &types[i];
    tool_die_usage("not a type of values", name);
}

/* ---- lists -------------------------------------------------------------- */

HSNMP_VBL new_list(HSNMP_SESSION session)
{
    HSNMP_VBL list = SnmpCreateVbl(session, NULL, NULL);

    if (list == SNMPAPI_FAILURE)
        tool_die("SnmpCreateVbl");
    return list;
}

void append(HSNMP_VBL list, const smiOID *name, const smiVALUE *value)
{
    if (SnmpSetVb(list, 0, name, value) == SNMPAPI_FAILURE)
        tool_die("SnmpSetVb");
}

HSNMP_VBL list_of_names(HSNMP_SESSION session, char **words)
{
    HSNMP_VBL list = new_list(session);

    for (; *words != NULL; words++) {
        smiOID name = tool_oid(*words);

        append(list, &name, NULL);
        tool_free_oid(&name);
    }
    return list;
}

static void append_triple(HSNMP_VBL list, char **triple)
{
    const struct type *type = find_type(triple[1]);
    smiBYTE *octets = malloc(strlen(triple[2]) + 4);
    smiOID name = tool_oid(triple[0]);
    smiVALUE value = {type->syntax, {0}};

    if (octets == NULL)
        tool_die("malloc");
    type->parse(triple[2], &value, octets);
    append(list, &name, &value);
    if (type->syntax == SNMP_SYNTAX_OID)
        tool_free_oid(&value.value.oid);
    tool_free_oid(&name);
    free(octets);
}

void append_triples(HSNMP_VBL list, char **words)
{
    for (; *words != NULL; words += 3) {
        if (words[1] == NULL || words[2] == NULL)
            tool_die_usage("a type and a value are missing after", *words);
        append_triple(list, words);
    }
}
