/*
 * values.h - lists of variables from the words of the command line.
 */
#ifndef WSN_TOOLS_VALUES_H
#define WSN_TOOLS_VALUES_H

#include <winsnmp.h>

/* The values of these types; the program's usage shows them. */
#define VALUE_TYPES                                               \
    "  i INTEGER  u Unsigned32  c Counter32  C Counter64\n"       \
    "  t TimeTicks  o OID  a IpAddress  s text  x octets in hex\n"

/* A new list, empty or of names without values; words ends with NULL. */
HSNMP_VBL new_list(HSNMP_SESSION session);
HSNMP_VBL list_of_names(HSNMP_SESSION session, char **words);

void append(HSNMP_VBL list, const smiOID *name, const smiVALUE *value);

/* Appends what words says: OID TYPE VALUE, any number of times. */
void append_triples(HSNMP_VBL list, char **words);

#endif
