/*
 * asn.h - what the suites of snmp.h share: a name, and what is written to
 * standard output.
 */
#ifndef WSN_TESTS_SUPPORT_ASN_H
#define WSN_TESTS_SUPPORT_ASN_H

#include <stdio.h>
#include <unistd.h>

#include "snmp.h"
#include "support/scarce.h"
#include "support/suite.h"
#include "winbase.h"

static UINT sysdescr_ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
static AsnObjectIdentifier sysdescr = DEFINE_OID(sysdescr_ids);

/* ---- standard output --------------------------------------------------- */

/* What function writes to standard output. */
static inline void printed(void (*function)(void *arg), void *arg, char *text,
                           size_t size)
{
    FILE *file = tmpfile();
    int saved;
    size_t len;

    ck_assert_ptr_nonnull(file);
    (void)fflush(stdout);
    saved = dup(STDOUT_FILENO);
    (void)dup2(fileno(file), STDOUT_FILENO);
    function(arg);
    (void)fflush(stdout);
    (void)dup2(saved, STDOUT_FILENO);
    (void)close(saved);
    rewind(file);
    len = fread(text, 1, size - 1, file);
    text[len] = '\0';
    (void)fclose(file);
}

#endif
