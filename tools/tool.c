/*
 * tool.c - see tool.h.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tool_die(const char *function)
{
    fprintf(stderr, "%s: %s failed, error %u\n", tool_name, function,
            (unsigned)SnmpGetLastError(NULL));
    exit(1);
}

void tool_die_usage(const char *what, const char *argument)
{
    fprintf(stderr, "%s: %s: %s\n%s --help shows how it is used\n", tool_name,
            what, argument, tool_name);
    exit(1);
}

unsigned tool_number(const char *text, unsigned long most)
{
    char *end;
    unsigned long number;

    errno = 0;
    number = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
        number > most)
        tool_die_usage("not a number in range", text);
    return (unsigned)number;
}

smiOID tool_oid(const char *text)
{
    smiOID oid;

    if (SnmpStrToOid(text, &oid) == SNMPAPI_FAILURE)
        tool_die_usage("not an object identifier", text);
    return oid;
}

void tool_free_oid(smiOID *oid)
{
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)oid);
}

void tool_version(void)
{
    printf("%s %s\n", tool_name, PACKAGE_VERSION);
    exit(0);
}

void tool_start(const char *log_level, smiUINT32 translate_mode)
{
    if (log_level != NULL && setenv("WINSNMP_LOG", log_level, 1) != 0)
        tool_die_usage("not a level", log_level);
    if (SnmpStartup(NULL, NULL, NULL, NULL, NULL) == SNMPAPI_FAILURE)
        tool_die("SnmpStartup");
    SnmpSetTranslateMode(translate_mode);
    SnmpSetRetransmitMode(SNMPAPI_ON);
}

HSNMP_CONTEXT tool_context(HSNMP_SESSION session, char *community)
{
    smiOCTETS octets = {(smiUINT32)strlen(community), (smiLPBYTE)community};
    HSNMP_CONTEXT context = SnmpStrToContext(session, &octets);

    if (context == SNMPAPI_FAILURE)
        tool_die("SnmpStrToContext");
    return context;
}

void tool_flush(void)
{
    if (fflush(stdout) == 0)
        return;
    fprintf(stderr, "%s: cannot write: %s\n", tool_name, strerror(errno));
    exit(1);
}
