/*
 * mibs.c - see mibs.h.
 *
 * What the program has written stays in memory as it is, with its lines made
 * texts; a table in the order of a walk leads into it.  Lines that are not as
 * they should be are left out.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "mgmt/mibs.h"

#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "mgmt/mibs_run.h"
#include "snmp.h"

struct entry {
    const char *name;
    const UINT *ids;
    UINT len;
};

/* Written once, by load. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct entry *entries;
static size_t n_entries;

#if defined(HAVE_LIBSMI) && defined(LIBEXECDIR)
const char *wsn_mibs_program = LIBEXECDIR "/winsnmp-mibs";
#else
const char *wsn_mibs_program = NULL;
#endif

/* ---- order --------------------------------------------------------------- */

static int compare_ids(const UINT *a, UINT a_len, const UINT *b, UINT b_len)
{
    for (UINT i = 0; i < a_len && i < b_len; i++) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return (a_len > b_len) - (a_len < b_len);
}

/* The first in the text comes first of those with the same numbers. */
static int compare_entries(const void *a, const void *b)
{
    const struct entry *first = a;
    const struct entry *second = b;
    int order = compare_ids(first->ids, first->len, second->ids, second->len);

    return order != 0
               ? order
               : (first->name > second->name) - (first->name < second->name);
}

/* The first entry that is not before the ids. */
static size_t lower_bound(const UINT *ids, UINT len)
{
    size_t low = 0;
    size_t high = n_entries;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct entry *entry = &entries[middle];

        if (compare_ids(entry->ids, entry->len, ids, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- the text of the program --------------------------------------------- */

static bool is_name(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!isalnum((unsigned char)text[i]) && text[i] != '-' &&
            text[i] != '_')
            return false;
    }
    return len > 0 && len <= WSN_MIBS_NAME_MAX &&
           isalpha((unsigned char)text[0]);
}

/* Numbers between dots up to the end; how many there are, 0 if it is wrong. */
static UINT read_ids(const char *text, UINT *ret_ids)
{
    UINT len = 0;

    for (;;) {
        unsigned long long value;
        char *end;

        if (!isdigit((unsigned char)*text) || len == SNMP_MAX_OID_LEN)
            return 0;
        errno = 0;
        value = strtoull(text, &end, 10);
        if (errno != 0 || value > 0xFFFFFFFF)
            return 0;
        ret_ids[len++] = (UINT)value;
        if (*end == '\0')
            return len;
        if (*end != '.')
            return 0;
        text = end + 1;
    }
}

static bool read_line(char *line, UINT *ids, struct entry *ret_entry)
{
    size_t len = strcspn(line, " ");

    if (line[len] != ' ' || !is_name(line, len))
        return false;
    line[len] = '\0';
    ret_entry->name = line;
    ret_entry->ids = ids;
    ret_entry->len = read_ids(line + len + 1, ids);
    return ret_entry->len > 0;
}

/* ids has room for a number of each two bytes. */
static void read_text(char *text, UINT *ids)
{
    for (;;) {
        size_t len = strcspn(text, "\n");
        bool is_last = text[len] == '\0';

        text[len] = '\0';
        if (!is_last && read_line(text, ids, &entries[n_entries]))
            ids += entries[n_entries++].len;
        if (is_last)
            return;
        text += len + 1;
    }
}

static size_t count_lines(const char *text)
{
    size_t n = 0;

    while ((text = strchr(text, '\n')) != NULL) {
        n++;
        text++;
    }
    return n;
}

/* The text and the numbers are kept, since the entries lead into them. */
static void load_text(char *text)
{
    UINT *ids =
        wsn_alloc_array(strlen(text) / 2 + SNMP_MAX_OID_LEN, sizeof *ids);

    entries = wsn_alloc_array(count_lines(text) + 1, sizeof *entries);
    if (ids != NULL && entries != NULL)
        read_text(text, ids);
    if (entries != NULL && n_entries > 0) {
        qsort(entries, n_entries, sizeof *entries, compare_entries);
        return;
    }
    wsn_free(entries);
    wsn_free(ids);
    wsn_free(text);
}

static void load(void)
{
    char *text = NULL;

    if (wsn_mibs_program != NULL)
        text = wsn_mibs_run(wsn_mibs_program);
    if (text != NULL)
        load_text(text);
}

/* ---- questions ------------------------------------------------------------
 */

const char *wsn_mibs_name(const UINT *ids, UINT len)
{
    size_t i;

    (void)pthread_once(&once, load);
    i = lower_bound(ids, len);
    if (i == n_entries ||
        compare_ids(entries[i].ids, entries[i].len, ids, len) != 0)
        return NULL;
    return entries[i].name;
}

bool wsn_mibs_child(const UINT *ids, UINT len, const char *name,
                    size_t name_len, UINT *ret_id)
{
    (void)pthread_once(&once, load);
    for (size_t i = lower_bound(ids, len); i < n_entries; i++) {
        const struct entry *entry = &entries[i];

        if (entry->len < len || memcmp(entry->ids, ids, len * sizeof *ids) != 0)
            break;
        if (entry->len == len + 1 && strlen(entry->name) == name_len &&
            memcmp(entry->name, name, name_len) == 0) {
            *ret_id = entry->ids[len];
            return true;
        }
    }
    return false;
}
