/*
 * memory.c - see memoryapi.h; heaps are in heap.c.
 *
 * Every block has a head in front of it, with its size and a mark by which a
 * wrong pointer is recognised as far as it can be.
 */
#include <stdbool.h>

#include "error.h"
#include "memoryapi.h"

#include "base/alloc.h"

#define MARK 0x57434d42u /* "WCMB" */
#define PAGE_SIZE ((size_t)4096)

union head {
    struct {
        void *start; /* what the heap gave */
        size_t size;
        unsigned n_locks;
        unsigned mark;
        bool is_movable;
    } is;
    long double align_number;
    long long align_integer;
    void *align_pointer;
};

static union head *head_of(void *block)
{
    union head *head;

    if (block == NULL || (uintptr_t)block % sizeof(void *) != 0) {
        wc_fail(ERROR_INVALID_HANDLE);
        return NULL;
    }
    head = (union head *)block - 1;
    if (head->is.mark == MARK)
        return head;
    wc_fail(ERROR_INVALID_HANDLE);
    return NULL;
}

static void *begin_block(void *start, union head *head, size_t size)
{
    head->is.start = start;
    head->is.size = size;
    head->is.n_locks = 0;
    head->is.mark = MARK;
    head->is.is_movable = false;
    return head + 1;
}

static void *new_block(size_t size, bool is_zero)
{
    union head *head = NULL;

    if (size <= SIZE_MAX - sizeof *head)
        head = is_zero ? wsn_zalloc(sizeof *head + size)
                       : wsn_alloc(sizeof *head + size);
    if (head != NULL)
        return begin_block(head, head, size);
    wc_fail(ERROR_NOT_ENOUGH_MEMORY);
    return NULL;
}

static void free_block(union head *head)
{
    head->is.mark = 0;
    wsn_free(head->is.start);
}

/* On failure the block is as it was. */
static void *resize_block(union head *head, size_t size, bool is_zero)
{
    size_t old = head->is.size;
    union head *moved = NULL;

    if (size <= SIZE_MAX - sizeof *head)
        moved = wsn_realloc(head, sizeof *head + size);
    if (moved == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    moved->is.start = moved;
    moved->is.size = size;
    if (is_zero && size > old)
        memset((char *)(moved + 1) + old, 0, size - old);
    return moved + 1;
}

/* ---- GlobalAlloc, LocalAlloc ----------------------------------------- */

HGLOBAL WINAPI GlobalAlloc(UINT flags, SIZE_T size)
{
    void *block = new_block(size, (flags & GMEM_ZEROINIT) != 0);

    if (block != NULL)
        head_of(block)->is.is_movable = (flags & GMEM_MOVEABLE) != 0;
    return block;
}

HGLOBAL WINAPI GlobalReAlloc(HGLOBAL block, SIZE_T size, UINT flags)
{
    union head *head = head_of(block);

    if (head == NULL)
        return NULL;
    if ((flags & GMEM_MODIFY) != 0) {
        head->is.is_movable = (flags & GMEM_MOVEABLE) != 0;
        return block;
    }
    return resize_block(head, size, (flags & GMEM_ZEROINIT) != 0);
}

/* "If the function succeeds, the return value is NULL." */
HGLOBAL WINAPI GlobalFree(HGLOBAL block)
{
    union head *head = block != NULL ? head_of(block) : NULL;

    if (head == NULL)
        return block;
    free_block(head);
    return NULL;
}

LPVOID WINAPI GlobalLock(HGLOBAL block)
{
    union head *head = head_of(block);

    if (head == NULL)
        return NULL;
    if (head->is.is_movable)
        (void)__atomic_add_fetch(&head->is.n_locks, 1, __ATOMIC_RELAXED);
    return block;
}

/* TRUE: still locked, as what cannot move always is. */
BOOL WINAPI GlobalUnlock(HGLOBAL block)
{
    union head *head = head_of(block);

    if (head == NULL)
        return FALSE;
    if (!head->is.is_movable)
        return TRUE;
    if (__atomic_load_n(&head->is.n_locks, __ATOMIC_RELAXED) == 0)
        return wc_fail(ERROR_NOT_LOCKED);
    if (__atomic_sub_fetch(&head->is.n_locks, 1, __ATOMIC_RELAXED) > 0)
        return TRUE;
    return wc_fail(NO_ERROR);
}

SIZE_T WINAPI GlobalSize(HGLOBAL block)
{
    union head *head = head_of(block);

    return head != NULL ? head->is.size : 0;
}

HGLOBAL WINAPI GlobalHandle(LPCVOID memory)
{
    void *block;

    memcpy(&block, &memory, sizeof block);
    return head_of(block) != NULL ? block : NULL;
}

HLOCAL WINAPI LocalAlloc(UINT flags, SIZE_T size)
{
    return GlobalAlloc(flags, size);
}

HLOCAL WINAPI LocalReAlloc(HLOCAL block, SIZE_T size, UINT flags)
{
    return GlobalReAlloc(block, size, flags);
}

HLOCAL WINAPI LocalFree(HLOCAL block)
{
    return GlobalFree(block);
}

LPVOID WINAPI LocalLock(HLOCAL block)
{
    return GlobalLock(block);
}

BOOL WINAPI LocalUnlock(HLOCAL block)
{
    return GlobalUnlock(block);
}

SIZE_T WINAPI LocalSize(HLOCAL block)
{
    return GlobalSize(block);
}

/* ---- VirtualAlloc ---------------------------------------------------- */

static size_t round_up(size_t size)
{
    return (size + PAGE_SIZE - 1) / PAGE_SIZE * PAGE_SIZE;
}

/* Of one page more than asked for, the head gets the end. */
static void *new_pages(size_t size)
{
    char *start;
    char *first;

    if (size > SIZE_MAX / 2 ||
        (start = wsn_zalloc(round_up(size) + 2 * PAGE_SIZE)) == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    first = start + (2 * PAGE_SIZE - (uintptr_t)start % PAGE_SIZE);
    return begin_block(start, (union head *)(void *)first - 1, round_up(size));
}

LPVOID WINAPI VirtualAlloc(LPVOID address, SIZE_T size, DWORD type,
                           DWORD protection)
{
    if (size == 0 || (type & (MEM_COMMIT | MEM_RESERVE)) == 0 ||
        (type & ~(DWORD)(MEM_COMMIT | MEM_RESERVE)) != 0 || protection == 0) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    if (address == NULL)
        return new_pages(size);
    if ((type & MEM_RESERVE) != 0) {
        wc_fail(ERROR_INVALID_ADDRESS);
        return NULL;
    }
    return (char *)address - (uintptr_t)address % PAGE_SIZE;
}

BOOL WINAPI VirtualFree(LPVOID address, SIZE_T size, DWORD type)
{
    union head *head;

    if (type == MEM_DECOMMIT)
        return address != NULL || wc_fail(ERROR_INVALID_PARAMETER);
    if (type != MEM_RELEASE || size != 0 || address == NULL ||
        (uintptr_t)address % PAGE_SIZE != 0)
        return wc_fail(ERROR_INVALID_PARAMETER);
    head = head_of(address);
    if (head != NULL)
        free_block(head);
    return head != NULL;
}
