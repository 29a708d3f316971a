/*
 * atom.c - see atom.h.
 */
#include "atom.h"

#include <string.h>

#include "error.h"
#include "winbase.h"

#include "base/alloc.h"

#define FIRST_ATOM 0xC000u
#define MAX_ATOMS 0x4000u
#define MAX_NAME 255
#define ROOM_AT_FIRST 16

static char **names;
static unsigned n_names;
static unsigned names_room;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int wc_name_is(LPCSTR a, LPCSTR b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

static ATOM find_name(LPCSTR name)
{
    unsigned i;

    for (i = 0; i < n_names; i++)
        if (wc_name_is(names[i], name))
            return (ATOM)(FIRST_ATOM + i);
    return 0;
}

static int make_room(void)
{
    unsigned room = names_room == 0 ? ROOM_AT_FIRST : names_room * 2;
    char **more;

    if (n_names < names_room)
        return 0;
    more =
        n_names < MAX_ATOMS ? wsn_realloc(names, room * sizeof *names) : NULL;
    if (more == NULL)
        return -1;
    names = more;
    names_room = room;
    return 0;
}

static ATOM add_name(LPCSTR name)
{
    size_t size = strlen(name) + 1;
    char *copy = make_room() == 0 ? wsn_alloc(size) : NULL;

    if (copy == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return 0;
    }
    memcpy(copy, name, size);
    names[n_names] = copy;
    return (ATOM)(FIRST_ATOM + n_names++);
}

ATOM wc_atom_add(LPCSTR name)
{
    ATOM atom;

    if ((ULONG_PTR)name <= 0xffff || name[0] == '\0' ||
        strlen(name) > MAX_NAME) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return 0;
    }
    atom = find_name(name);
    return atom != 0 ? atom : add_name(name);
}

ATOM wc_atom_find(LPCSTR name)
{
    if ((ULONG_PTR)name <= 0xffff)
        return (ATOM)(ULONG_PTR)name;
    return find_name(name);
}

LPCSTR wc_atom_name(ATOM atom)
{
    return atom >= FIRST_ATOM && atom - FIRST_ATOM < n_names
               ? names[atom - FIRST_ATOM]
               : NULL;
}
