/*
 * inbox.c - see inbox.h.
 */
#include "core/inbox.h"

#include <assert.h>

#include "core/item.h"
#include "core/received.h"

void wsn_inbox_init(struct wsn_inbox *inbox)
{
    wsn_lock_init(&inbox->lock);
    wsn_list_init(&inbox->messages);
    wsn_list_init(&inbox->timeouts);
    inbox->n_messages = 0;
    inbox->n_timeouts = 0;
    inbox->n_bytes = 0;
    inbox->is_closed = false;
}

static size_t length_of(const struct wsn_item *item)
{
    return item->received != NULL ? item->received->head.message_len : 0;
}

static bool is_timeout(const struct wsn_item *item)
{
    return item->status == SNMPAPI_TL_TIMEOUT;
}

/* Appends; what falls out at the other end is moved to ret_dropped. */
static void append(struct wsn_inbox *inbox, struct wsn_item *item,
                   struct wsn_list *ret_dropped)
{
    struct wsn_list *oldest;

    if (!is_timeout(item)) {
        wsn_list_push_back(&inbox->messages, &item->node);
        inbox->n_messages++;
        inbox->n_bytes += length_of(item);
        return;
    }
    wsn_list_push_back(&inbox->timeouts, &item->node);
    if (++inbox->n_timeouts <= WSN_INBOX_MAX_TIMEOUTS)
        return;
    oldest = wsn_list_pop_front(&inbox->timeouts);
    assert(oldest != NULL);
    wsn_list_push_back(ret_dropped, oldest);
    inbox->n_timeouts--;
}

bool wsn_inbox_put(struct wsn_inbox *inbox, struct wsn_item *item)
{
    struct wsn_list dropped;
    bool is_open;

    wsn_list_init(&dropped);
    wsn_lock_take(&inbox->lock);
    is_open = !inbox->is_closed;
    if (is_open)
        append(inbox, item, &dropped);
    wsn_lock_give(&inbox->lock);
    wsn_item_free_all(&dropped);
    return is_open;
}

static void prepend(struct wsn_inbox *inbox, struct wsn_item *item)
{
    if (is_timeout(item)) {
        wsn_list_push_front(&inbox->timeouts, &item->node);
        inbox->n_timeouts++;
        return;
    }
    wsn_list_push_front(&inbox->messages, &item->node);
    inbox->n_messages++;
    inbox->n_bytes += length_of(item);
}

void wsn_inbox_put_back(struct wsn_inbox *inbox, struct wsn_item *item)
{
    bool is_open;

    wsn_lock_take(&inbox->lock);
    is_open = !inbox->is_closed;
    if (is_open)
        prepend(inbox, item);
    wsn_lock_give(&inbox->lock);
    if (!is_open)
        wsn_item_free(item);
}

static struct wsn_item *take(struct wsn_inbox *inbox)
{
    struct wsn_list *node = wsn_list_pop_front(&inbox->messages);
    struct wsn_item *item;

    if (node != NULL) {
        item = wsn_item_of(node);
        inbox->n_messages--;
        inbox->n_bytes -= length_of(item);
        return item;
    }
    node = wsn_list_pop_front(&inbox->timeouts);
    if (node == NULL)
        return NULL;
    inbox->n_timeouts--;
    return wsn_item_of(node);
}

struct wsn_item *wsn_inbox_take(struct wsn_inbox *inbox)
{
    struct wsn_item *item;

    wsn_lock_take(&inbox->lock);
    item = take(inbox);
    wsn_lock_give(&inbox->lock);
    return item;
}

bool wsn_inbox_has_room(const struct wsn_inbox *inbox, size_t len,
                        size_t max_items, size_t max_bytes)
{
    size_t n = atomic_load_explicit(&inbox->n_messages, memory_order_relaxed);
    size_t bytes = atomic_load_explicit(&inbox->n_bytes, memory_order_relaxed);

    return n < max_items && len <= max_bytes && bytes <= max_bytes - len;
}

void wsn_inbox_close(struct wsn_inbox *inbox)
{
    struct wsn_list rest;

    wsn_list_init(&rest);
    wsn_lock_take(&inbox->lock);
    inbox->is_closed = true;
    wsn_list_splice_back(&rest, &inbox->messages);
    wsn_list_splice_back(&rest, &inbox->timeouts);
    inbox->n_messages = 0;
    inbox->n_timeouts = 0;
    inbox->n_bytes = 0;
    wsn_lock_give(&inbox->lock);
    wsn_item_free_all(&rest);
}
