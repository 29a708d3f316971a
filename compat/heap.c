/*
 * heap.c - see memoryapi.h: the process's heap and those that programs make.
 *
 * Every block has a head in front of it that names its heap, so that a block
 * of another heap, or of none, is recognised as far as it can be.  A heap that
 * can be destroyed knows its blocks.
 */
#include <stdbool.h>

#include "error.h"
#include "memoryapi.h"

#include "base/alloc.h"
#include "base/list.h"
#include "base/lock.h"

#define PAGE_SIZE ((size_t)4096)

struct heap {
    struct wsn_list in_heaps;
    struct wsn_list blocks;
    size_t room; /* 0: it grows */
    size_t used;
};

union head {
    struct {
        struct wsn_list in_blocks; /* or alone, in the process's heap */
        struct heap *heap;         /* NULL: no block any more */
        size_t size;
    } is;
    long double align_number;
    long long align_integer;
};

/* Guards all heaps but the process's, which is malloc's. */
static struct wsn_lock lock = WSN_LOCK_INITIALIZER;
static struct wsn_list heaps = {&heaps, &heaps};
static struct heap process_heap;

/* ---- Heaps ----------------------------------------------------------- */

HANDLE WINAPI GetProcessHeap(void)
{
    return &process_heap;
}

/* [lock] */
static struct heap *find_private(HANDLE handle)
{
    struct wsn_list *node;

    for (node = heaps.next; node != &heaps; node = node->next) {
        if (handle == WSN_CONTAINER(node, struct heap, in_heaps))
            return handle;
    }
    wc_fail(ERROR_INVALID_HANDLE);
    return NULL;
}

HANDLE WINAPI HeapCreate(DWORD flags, SIZE_T initial, SIZE_T maximum)
{
    struct heap *heap = NULL;

    (void)flags;
    if (maximum != 0 && initial > maximum) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    if (maximum <= SIZE_MAX - PAGE_SIZE)
        heap = wsn_zalloc(sizeof *heap);
    if (heap == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    wsn_list_init(&heap->blocks);
    heap->room = (maximum + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
    wsn_lock_take(&lock);
    wsn_list_push_back(&heaps, &heap->in_heaps);
    wsn_lock_give(&lock);
    return heap;
}

static void free_blocks(struct heap *heap)
{
    while (!wsn_list_is_empty(&heap->blocks)) {
        struct wsn_list *node = heap->blocks.next;
        union head *head = WSN_CONTAINER(node, union head, is.in_blocks);

        wsn_list_remove(node);
        head->is.heap = NULL;
        wsn_free(head);
    }
}

BOOL WINAPI HeapDestroy(HANDLE handle)
{
    struct heap *heap;

    wsn_lock_take(&lock);
    heap = find_private(handle);
    if (heap != NULL)
        wsn_list_remove(&heap->in_heaps);
    wsn_lock_give(&lock);
    if (heap == NULL)
        return FALSE;
    free_blocks(heap);
    wsn_free(heap);
    return TRUE;
}

/* ---- Blocks, with the lock unless the heap is the process's ---------- */

static bool fits(const struct heap *heap, size_t size)
{
    return heap->room == 0 || size <= heap->room - heap->used;
}

static void enter_block(struct heap *heap, union head *head, size_t size)
{
    head->is.heap = heap;
    head->is.size = size;
    heap->used += heap->room != 0 ? size : 0;
    if (heap != &process_heap)
        wsn_list_push_back(&heap->blocks, &head->is.in_blocks);
}

static void take_out(struct heap *heap, union head *head)
{
    heap->used -= heap->room != 0 ? head->is.size : 0;
    if (heap != &process_heap)
        wsn_list_remove(&head->is.in_blocks);
}

static union head *head_in(const struct heap *heap, LPVOID block)
{
    union head *head = NULL;

    if (block != NULL && (uintptr_t)block % sizeof(void *) == 0)
        head = (union head *)block - 1;
    if (head != NULL && head->is.heap == heap)
        return head;
    wc_fail(ERROR_INVALID_PARAMETER);
    return NULL;
}

static void *new_block(struct heap *heap, DWORD flags, size_t size)
{
    union head *head = NULL;

    if (size <= SIZE_MAX - sizeof *head && fits(heap, size))
        head = (flags & HEAP_ZERO_MEMORY) != 0 ? wsn_zalloc(sizeof *head + size)
                                               : wsn_alloc(sizeof *head + size);
    if (head == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    enter_block(heap, head, size);
    return head + 1;
}

static BOOL free_block(struct heap *heap, LPVOID block)
{
    union head *head = head_in(heap, block);

    if (head == NULL)
        return FALSE;
    take_out(heap, head);
    head->is.heap = NULL;
    wsn_free(head);
    return TRUE;
}

static bool may_have(const struct heap *heap, const union head *head,
                     size_t size)
{
    return size <= head->is.size || (size <= SIZE_MAX - sizeof *head &&
                                     fits(heap, size - head->is.size));
}

/* Malloc cannot be asked to leave a block where it is. */
static union head *resize(union head *head, DWORD flags, size_t size)
{
    if ((flags & HEAP_REALLOC_IN_PLACE_ONLY) != 0)
        return size <= head->is.size ? head : NULL;
    return wsn_realloc(head, sizeof *head + size);
}

/* On failure the block is as it was. */
static void *resize_block(struct heap *heap, DWORD flags, LPVOID block,
                          size_t size)
{
    union head *head = head_in(heap, block);
    union head *moved = NULL;
    size_t old;

    if (head == NULL)
        return NULL;
    old = head->is.size;
    if (may_have(heap, head, size)) {
        take_out(heap, head);
        moved = resize(head, flags, size);
        enter_block(heap, moved != NULL ? moved : head,
                    moved != NULL ? size : old);
    }
    if (moved == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    if ((flags & HEAP_ZERO_MEMORY) != 0 && size > old)
        memset((char *)(moved + 1) + old, 0, size - old);
    return moved + 1;
}

static SIZE_T size_of(const struct heap *heap, LPCVOID block)
{
    LPVOID same;
    const union head *head;

    memcpy(&same, &block, sizeof same);
    head = head_in(heap, same);
    return head != NULL ? head->is.size : (SIZE_T)-1;
}

/* ---- What programs call ---------------------------------------------- */

/* The heap, to be left again; NULL and the last error when there is none. */
static struct heap *enter(HANDLE handle)
{
    struct heap *heap;

    if (handle == &process_heap)
        return &process_heap;
    wsn_lock_take(&lock);
    heap = find_private(handle);
    if (heap == NULL)
        wsn_lock_give(&lock);
    return heap;
}

static void leave(const struct heap *heap)
{
    if (heap != &process_heap)
        wsn_lock_give(&lock);
}

LPVOID WINAPI HeapAlloc(HANDLE handle, DWORD flags, SIZE_T size)
{
    struct heap *heap = enter(handle);
    void *block;

    if (heap == NULL)
        return NULL;
    block = new_block(heap, flags, size);
    leave(heap);
    return block;
}

LPVOID WINAPI HeapReAlloc(HANDLE handle, DWORD flags, LPVOID block, SIZE_T size)
{
    struct heap *heap = enter(handle);
    void *resized;

    if (heap == NULL)
        return NULL;
    resized = resize_block(heap, flags, block, size);
    leave(heap);
    return resized;
}

/* "This pointer can be NULL." */
BOOL WINAPI HeapFree(HANDLE handle, DWORD flags, LPVOID block)
{
    struct heap *heap = enter(handle);
    BOOL is_freed;

    (void)flags;
    if (heap == NULL)
        return FALSE;
    is_freed = block == NULL || free_block(heap, block);
    leave(heap);
    return is_freed;
}

SIZE_T WINAPI HeapSize(HANDLE handle, DWORD flags, LPCVOID block)
{
    struct heap *heap = enter(handle);
    SIZE_T size;

    (void)flags;
    if (heap == NULL)
        return (SIZE_T)-1;
    size = size_of(heap, block);
    leave(heap);
    return size;
}
