/*
 * tool.h - what the installed programs have in common: how they complain,
 * read numbers and start the library.
 */
#ifndef WSN_TOOLS_TOOL_H
#define WSN_TOOLS_TOOL_H

#include <winsnmp.h>

/* The name that messages begin with; each program defines it. */
extern const char tool_name[];

/* Both end the program with 1, as Net-SNMP's tools do: a function of the
 * library failed; the command line is wrong. */
_Noreturn void tool_die(const char *function);
_Noreturn void tool_die_usage(const char *what, const char *argument);

/* A decimal number from 0 to most, and nothing else. */
unsigned tool_number(const char *text, unsigned long most);

/* A new object identifier, to be freed with tool_free_oid(). */
smiOID tool_oid(const char *text);
void tool_free_oid(smiOID *oid);

/* The program's answer to --version, and the end of it. */
_Noreturn void tool_version(void);

/* Starts the library; log_level may be NULL, which leaves it as configured.
 * Names of hosts and communities are meant literally. */
void tool_start(const char *log_level, smiUINT32 translate_mode);

/* The context of a community. */
HSNMP_CONTEXT tool_context(HSNMP_SESSION session, char *community);

/* Output is worth nothing if it could not be written: ends the program. */
void tool_flush(void);

#endif
