/*
 * list.h - an intrusive, circular, doubly linked list.
 *
 * The head and every element hold a struct wsn_list.  An element that is in
 * no list points to itself, so removing twice is harmless.  Nothing here
 * allocates and nothing locks: the lists are guarded by their owners.
 */
#ifndef WSN_BASE_LIST_H
#define WSN_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct wsn_list {
    struct wsn_list *next;
    struct wsn_list *prev;
};

/* The object that holds node as its member. */
#define WSN_CONTAINER(node, type, member) \
    ((type *)(void *)((char *)(node) - offsetof(type, member)))

/* Walks a list whose current element may be removed by the body. */
#define WSN_LIST_FOR_EACH(node, ahead, head)                                  \
    for ((node) = (head)->next, (ahead) = (node)->next; (node) != (head);     \
         (node) = (ahead), (ahead) = (node)->next)

static inline void wsn_list_init(struct wsn_list *list)
{
    list->next = list;
    list->prev = list;
}

static inline bool wsn_list_is_empty(const struct wsn_list *list)
{
    return list->next == list;
}

static inline void wsn_list_insert_after(struct wsn_list *place,
                                         struct wsn_list *node)
{
    node->prev = place;
    node->next = place->next;
    place->next->prev = node;
    place->next = node;
}

static inline void wsn_list_push_front(struct wsn_list *head,
                                       struct wsn_list *node)
{
    wsn_list_insert_after(head, node);
}

static inline void wsn_list_push_back(struct wsn_list *head,
                                      struct wsn_list *node)
{
    wsn_list_insert_after(head->prev, node);
}

static inline void wsn_list_remove(struct wsn_list *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    wsn_list_init(node);
}

/* Takes the first element out; NULL when the list is empty. */
static inline struct wsn_list *wsn_list_pop_front(struct wsn_list *head)
{
    struct wsn_list *node = head->next;

    if (node == head)
        return NULL;
    wsn_list_remove(node);
    return node;
}

/* Moves all elements of from to the end of to; from is empty afterwards. */
static inline void wsn_list_splice_back(struct wsn_list *to,
                                        struct wsn_list *from)
{
    if (wsn_list_is_empty(from))
        return;
    from->next->prev = to->prev;
    from->prev->next = to;
    to->prev->next = from->next;
    to->prev = from->prev;
    wsn_list_init(from);
}

#endif
