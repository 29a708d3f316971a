/*
 * queue.c - see queue.h.
 */
#include "queue.h"

#include <assert.h>

#include "filter.h"
#include "timer.h"

#include "base/alloc.h"

#define RING_ROOM_AT_FIRST 16

void wc_queue_init(struct wc_queue *queue)
{
    static const struct wc_queue empty;

    *queue = empty;
    wsn_list_init(&queue->sent);
    wsn_list_init(&queue->timers);
}

void wc_queue_fini(struct wc_queue *queue)
{
    assert(wsn_list_is_empty(&queue->sent));
    assert(wsn_list_is_empty(&queue->timers));
    wsn_free(queue->ring);
    wc_queue_init(queue);
}

/* The i-th oldest message. */
static MSG *posted(const struct wc_queue *queue, size_t i)
{
    return &queue->ring[(queue->first + i) & (queue->ring_room - 1)];
}

static bool grow(struct wc_queue *queue)
{
    size_t room =
        queue->ring_room == 0 ? RING_ROOM_AT_FIRST : queue->ring_room * 2;
    MSG *ring = wsn_alloc_array(room, sizeof *ring);
    size_t i;

    if (ring == NULL)
        return false;
    for (i = 0; i < queue->n_posted; i++)
        ring[i] = *posted(queue, i);
    wsn_free(queue->ring);
    queue->ring = ring;
    queue->ring_room = room;
    queue->first = 0;
    return true;
}

DWORD wc_queue_push(struct wc_queue *queue, const MSG *message)
{
    if (queue->n_posted >= WC_QUEUE_MAX_POSTED)
        return ERROR_NOT_ENOUGH_QUOTA;
    if (queue->n_posted == queue->ring_room && !grow(queue))
        return ERROR_NOT_ENOUGH_MEMORY;
    *posted(queue, queue->n_posted) = *message;
    queue->n_posted++;
    return ERROR_SUCCESS;
}

/* Takes the i-th message out; the older ones move up. */
static void remove_posted(struct wc_queue *queue, size_t i)
{
    for (; i > 0; i--)
        *posted(queue, i) = *posted(queue, i - 1);
    queue->first = (queue->first + 1) & (queue->ring_room - 1);
    queue->n_posted--;
}

bool wc_queue_get(struct wc_queue *queue, const struct wc_filter *filter,
                  bool is_taken, MSG *ret_message)
{
    size_t i;

    for (i = 0; i < queue->n_posted; i++) {
        const MSG *message = posted(queue, i);

        /* "GetMessage always retrieves WM_QUIT messages, whatever filter". */
        if (message->message != WM_QUIT &&
            !wc_filter_passes(filter, message->hwnd, message->message))
            continue;
        *ret_message = *message;
        if (is_taken)
            remove_posted(queue, i);
        return true;
    }
    return false;
}

void wc_queue_purge(struct wc_queue *queue, HWND window)
{
    size_t n_kept = 0;
    size_t i;

    for (i = 0; i < queue->n_posted; i++)
        if (posted(queue, i)->hwnd != window)
            *posted(queue, n_kept++) = *posted(queue, i);
    queue->n_posted = n_kept;
}

UINT wc_queue_available(struct wc_queue *queue)
{
    UINT bits = 0;

    if (queue->n_posted > 0 || queue->must_quit)
        bits |= QS_POSTMESSAGE | QS_ALLPOSTMESSAGE;
    if (!wsn_list_is_empty(&queue->sent))
        bits |= QS_SENDMESSAGE;
    if (wc_timers_are_due(&queue->timers))
        bits |= QS_TIMER;
    return bits;
}
