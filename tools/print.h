/*
 * print.h - variables as text, like Net-SNMP's tools, and as JSON.
 *
 *     1.3.6.1.2.1.1.3.0 = Timeticks: (4200) 0:00:00:42.00
 *     {"oid":"1.3.6.1.2.1.1.3.0","type":"Timeticks","value":4200}
 *
 * Octets that are no printable ASCII are shown in hexadecimal, so that a line
 * is a line and JSON is valid whatever an agent says.
 */
#ifndef WSN_TOOLS_PRINT_H
#define WSN_TOOLS_PRINT_H

#include <stdbool.h>
#include <stdio.h>
#include <winsnmp.h>

void print_ticks(FILE *out, const smiVALUE *value);

/* Octets in quotes, or in hexadecimal, also in quotes. */
void print_octets(FILE *out, const smiOCTETS *octets);

/* One variable, with its newline unless it is JSON. */
void print_varbind(FILE *out, const smiOID *name, const smiVALUE *value);
void print_json_varbind(FILE *out, const smiOID *name, const smiVALUE *value);

/* Every variable of a list: lines that begin with before, or JSON objects
 * with between in between. */
void print_list(FILE *out, HSNMP_VBL list, const char *before);
void print_json_list(FILE *out, HSNMP_VBL list, const char *between);

/* Reads the index-th variable, from 1; false if there is none.  What it
 * allocates is freed by free_varbind(). */
bool get_varbind(HSNMP_VBL list, smiUINT32 index, smiOID *name,
                 smiVALUE *value);
void free_varbind(smiOID *name, smiVALUE *value);

#endif
