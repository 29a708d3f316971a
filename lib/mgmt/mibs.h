/*
 * mibs.h - the names of the MIB modules on this host, for what names.h does
 * not know.
 *
 * They are asked of a program, winsnmp-mibs, which reads the modules with
 * libsmi: that library may end a process that has a file it cannot cope with.
 * The first call runs it, others wait for it; where there is no such program
 * there are no such names.  The room's own.
 */
#ifndef WSN_MGMT_MIBS_H
#define WSN_MGMT_MIBS_H

#include <stdbool.h>
#include <windef.h>

/* No name is longer (RFC 2578, 3.1: 64 characters). */
#define WSN_MIBS_NAME_MAX 64

/* The program; NULL: none.  For tests, before the first call. */
extern const char *wsn_mibs_program;

/* The name of the node that the ids lead to, or NULL. [any] */
const char *wsn_mibs_name(const UINT *ids, UINT len);

/*
 * The number of the child of ids whose name is the name_len bytes at name;
 * false: there is none. [any]
 */
bool wsn_mibs_child(const UINT *ids, UINT len, const char *name,
                    size_t name_len, UINT *ret_id);

#endif
