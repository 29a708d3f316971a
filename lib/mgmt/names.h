/*
 * names.h - the tree of names that SnmpMgrStrToOid and SnmpMgrOidToStr know.
 *
 * Constant data.  A node is given by its index; the root, which has no name,
 * is WSN_NAMES_ROOT, and WSN_NAMES_NONE stands where the names have ended.
 * The room's own.
 */
#ifndef WSN_MGMT_NAMES_H
#define WSN_MGMT_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wsn_node {
    uint8_t depth; /* 0 for the children of the root */
    uint16_t id;
    const char *name;
};

/* In mib2.c. */
extern const struct wsn_node wsn_names_tree[];
extern const size_t wsn_names_tree_len;

#define WSN_NAMES_ROOT ((size_t)-1)
#define WSN_NAMES_NONE ((size_t)-2)

/* The child of parent with that id, or WSN_NAMES_NONE, which is also the
 * child of WSN_NAMES_NONE. [any] */
size_t wsn_names_child(size_t parent, uint32_t id);

/* The child of parent whose name is the len bytes at name. [any] */
size_t wsn_names_child_named(size_t parent, const char *name, size_t len);

/* Is it an object of MIB-II, below which nothing has a name? [any] */
bool wsn_names_is_object(size_t node);

/* The node of mib-2. [any] */
size_t wsn_names_mib2(void);

#endif
