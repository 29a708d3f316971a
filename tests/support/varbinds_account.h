/*
 * varbinds_account.h - small lists of variables, and an account of the memory
 * they take.
 */
#ifndef WSN_TESTS_SUPPORT_VARBINDS_ACCOUNT_H
#define WSN_TESTS_SUPPORT_VARBINDS_ACCOUNT_H

#include <check.h>
#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"
#include "codec/varbinds.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

static smiUINT32 name_ids[] = {1, 3, 6, 1};
static const smiOID name = {4, name_ids};

static inline smiVALUE int_value(smiINT number)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_INT};

    value.value.sNumber = number;
    return value;
}

/* Borrows text. */
static inline smiVALUE octets_value(unsigned char *text)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};

    value.value.string.len = (smiUINT32)strlen((const char *)text);
    value.value.string.ptr = text;
    return value;
}

/* A list of n integers, 0 .. n - 1. */
static inline struct wsn_varbinds *numbers_new(int n)
{
    struct wsn_varbinds *body = NULL;

    for (int i = 0; i < n; i++) {
        smiVALUE value = int_value(i);

        ck_assert_uint_eq(wsn_varbinds_append(&body, &name, &value), WSN_OK);
    }
    return body;
}

/* ---- Memory accounting ---------------------------------------------- */

struct account {
    size_t blocks;  /* in use */
    size_t largest; /* single block asked for */
    size_t calls;
    bool is_empty; /* no more memory */
};

static inline bool may_alloc(void *arg, size_t size)
{
    struct account *account = arg;

    if (account->is_empty)
        return false;
    account->blocks++;
    account->calls++;
    if (size > account->largest)
        account->largest = size;
    return true;
}

static inline void freed(void *arg)
{
    struct account *account = arg;

    account->blocks--;
}

static struct account account;
static const struct wsn_alloc_hook hook = {may_alloc, freed, &account};

static inline void account_open(void)
{
    memset(&account, 0, sizeof account);
    wsn_alloc_set_hook(&hook);
}

/* Every case gives back what it took. */
static inline void account_close(void)
{
    wsn_alloc_set_hook(NULL);
    ck_assert_uint_eq(account.blocks, 0);
}

#endif
