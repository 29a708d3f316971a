/*
 * names.c - see names.h.
 */
#include "mgmt/names.h"

#include <string.h>

/* Where the nodes below parent begin; WSN_NAMES_NONE has none. */
static size_t first_below(size_t parent)
{
    if (parent == WSN_NAMES_NONE)
        return wsn_names_tree_len;
    return parent + 1; /* also of the root: -1 */
}

/* The children of a node are one deeper, and the node's family ends with the
 * first that is not deeper. */
static int depth_below(size_t parent)
{
    return parent == WSN_NAMES_ROOT ? 0 : wsn_names_tree[parent].depth + 1;
}

size_t wsn_names_child(size_t parent, uint32_t id)
{
    for (size_t i = first_below(parent); i < wsn_names_tree_len; i++) {
        const struct wsn_node *node = &wsn_names_tree[i];
        int depth = depth_below(parent);

        if (node->depth < depth)
            break;
        if (node->depth == depth && node->id == id)
            return i;
    }
    return WSN_NAMES_NONE;
}

size_t wsn_names_child_named(size_t parent, const char *name, size_t len)
{
    for (size_t i = first_below(parent); i < wsn_names_tree_len; i++) {
        const struct wsn_node *node = &wsn_names_tree[i];
        int depth = depth_below(parent);

        if (node->depth < depth)
            break;
        if (node->depth == depth && strlen(node->name) == len &&
            memcmp(node->name, name, len) == 0)
            return i;
    }
    return WSN_NAMES_NONE;
}

/* The groups stand at this depth, and what is below them are objects. */
#define DEPTH_OF_GROUPS 6

bool wsn_names_is_object(size_t node)
{
    size_t next = node + 1;

    if (node == WSN_NAMES_ROOT || node == WSN_NAMES_NONE ||
        wsn_names_tree[node].depth <= DEPTH_OF_GROUPS)
        return false;
    return next == wsn_names_tree_len ||
           wsn_names_tree[next].depth <= wsn_names_tree[node].depth;
}

size_t wsn_names_mib2(void)
{
    static const uint32_t path[] = {1, 3, 6, 1, 2, 1};
    size_t node = WSN_NAMES_ROOT;

    for (size_t i = 0; i < sizeof path / sizeof path[0]; i++)
        node = wsn_names_child(node, path[i]);
    return node;
}
