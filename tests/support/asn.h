/*
 * asn.h - what the suites of snmp.h share: a name, memory that runs out, and
 * what is written to standard output.
 */
#ifndef WSN_TESTS_SUPPORT_ASN_H
#define WSN_TESTS_SUPPORT_ASN_H

#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "snmp.h"
#include "support/suite.h"
#include "winbase.h"

#define N(table) ((int)(sizeof(table) / sizeof((table)[0])))

static UINT sysdescr_ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
static AsnObjectIdentifier sysdescr = DEFINE_OID(sysdescr_ids);

/* ---- memory that runs out ---------------------------------------------- */

static long left;     /* allocations that succeed */
static long n_in_use; /* blocks not given back */

static inline bool may_alloc(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    if (left-- <= 0)
        return false;
    n_in_use++;
    return true;
}

static inline void freed(void *arg)
{
    (void)arg;
    n_in_use--;
}

static const struct wsn_alloc_hook hook = {may_alloc, freed, NULL};

static inline void allow(long n)
{
    left = n;
    n_in_use = 0;
    wsn_alloc_set_hook(&hook);
}

static inline void allow_all(void)
{
    wsn_alloc_set_hook(NULL);
}

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
