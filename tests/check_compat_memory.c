/*
 * check_compat_memory.c - the five families of memory functions.
 */
#include <windows.h>

#include <process.h>
#include <stdbool.h>

#include "base/alloc.h"

#include "support/suite.h"

static bool is_filled(const void *memory, size_t size, int value)
{
    const unsigned char *bytes = memory;
    size_t i;

    for (i = 0; i < size && bytes[i] == value; i++)
        continue;
    return i == size;
}

START_TEST(global_memory)
{
    HGLOBAL block = GlobalAlloc(GPTR, 100);

    ck_assert(is_filled(block, 100, 0));
    ck_assert_uint_eq(GlobalSize(block), 100);
    memset(block, 7, 100);
    block = GlobalReAlloc(block, 300, GMEM_ZEROINIT);
    ck_assert(is_filled(block, 100, 7));
    ck_assert(is_filled((char *)block + 100, 200, 0));
    ck_assert_ptr_eq(GlobalHandle(block), block);
    ck_assert_ptr_null(GlobalFree(block));
    ck_assert_ptr_null(GlobalFree(NULL));
}
END_TEST

START_TEST(locks_are_counted)
{
    HGLOBAL block = GlobalAlloc(GHND, 10);
    char *text = GlobalLock(block);

    ck_assert_ptr_nonnull(text);
    strcpy(text, "locked");
    ck_assert_ptr_eq(GlobalLock(block), text);
    ck_assert(GlobalUnlock(block));
    SetLastError(77);
    ck_assert(!GlobalUnlock(block));
    ck_assert_uint_eq(GetLastError(), NO_ERROR);
    ck_assert(!GlobalUnlock(block));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_LOCKED);
    ck_assert_ptr_null(GlobalFree(block));
}
END_TEST

START_TEST(fixed_memory_is_always_locked)
{
    HLOCAL block = LocalAlloc(LPTR, 10);

    ck_assert_ptr_eq(LocalLock(block), block);
    ck_assert(LocalUnlock(block));
    ck_assert(LocalUnlock(block));
    ck_assert_uint_eq(LocalSize(block), 10);
    ck_assert_ptr_null(LocalFree(block));
}
END_TEST

START_TEST(heap_memory)
{
    HANDLE heap = GetProcessHeap();
    char *block = HeapAlloc(heap, HEAP_ZERO_MEMORY, 50);

    ck_assert(is_filled(block, 50, 0));
    ck_assert_uint_eq(HeapSize(heap, 0, block), 50);
    ck_assert_ptr_null(
        HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 5000));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    block = HeapReAlloc(heap, HEAP_ZERO_MEMORY, block, 5000);
    ck_assert(is_filled(block, 5000, 0));
    ck_assert(HeapFree(heap, 0, block));
    ck_assert(HeapFree(heap, 0, NULL));
    ck_assert_ptr_null(HeapAlloc(NULL, 0, 5));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
}
END_TEST

START_TEST(heaps_of_their_own)
{
    HANDLE one = HeapCreate(HEAP_NO_SERIALIZE, 4096, 0);
    HANDLE other = HeapCreate(0, 0, 0);
    char *kept = HeapAlloc(one, HEAP_ZERO_MEMORY, 100);
    char *block = HeapAlloc(one, 0, 10);

    ck_assert_ptr_ne(one, other);
    ck_assert_ptr_ne(one, GetProcessHeap());
    ck_assert(is_filled(kept, 100, 0));
    ck_assert_uint_eq(HeapSize(one, 0, block), 10);
    ck_assert_uint_eq(HeapSize(other, 0, block), SIZE_MAX);
    ck_assert(!HeapFree(other, 0, block));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert(!HeapFree(GetProcessHeap(), 0, block));
    ck_assert_ptr_null(HeapReAlloc(other, 0, block, 20));
    block = HeapReAlloc(one, HEAP_ZERO_MEMORY, block, 20000);
    ck_assert(is_filled(block + 10, 19990, 0));
    ck_assert(HeapFree(one, 0, block));
    ck_assert(HeapDestroy(one)); /* with kept in it: sanitizers count */
    ck_assert(HeapDestroy(other));
}
END_TEST

START_TEST(destroyed_heaps_are_none)
{
    HANDLE heap = HeapCreate(0, 0, 0);

    ck_assert(HeapDestroy(heap));
    ck_assert(!HeapDestroy(heap));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert_ptr_null(HeapAlloc(heap, 0, 5));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!HeapFree(heap, 0, NULL));
    ck_assert(!HeapDestroy(GetProcessHeap()));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!HeapDestroy(NULL));
}
END_TEST

START_TEST(a_heap_may_have_a_maximum)
{
    HANDLE heap = HeapCreate(0, 100, 5000); /* two pages */
    char *block = HeapAlloc(heap, 0, 8000);

    ck_assert_ptr_nonnull(block);
    ck_assert_ptr_null(HeapAlloc(heap, 0, 193));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    ck_assert_ptr_null(HeapReAlloc(heap, 0, block, 8193));
    ck_assert_uint_eq(HeapSize(heap, 0, block), 8000);
    block = HeapReAlloc(heap, 0, block, 8192);
    ck_assert_ptr_eq(HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 1000),
                     block);
    ck_assert_ptr_nonnull(HeapAlloc(heap, 0, 7192));
    ck_assert(HeapFree(heap, 0, block));
    ck_assert_ptr_nonnull(HeapAlloc(heap, 0, 1000));
    ck_assert(HeapDestroy(heap));
    ck_assert_ptr_null(HeapCreate(0, 5001, 5000));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_ptr_null(HeapCreate(0, 0, SIZE_MAX));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
}
END_TEST

START_TEST(too_much_memory)
{
    void *block = GlobalAlloc(GPTR, 5);

    ck_assert_ptr_null(GlobalAlloc(GPTR, SIZE_MAX));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    ck_assert_ptr_null(GlobalReAlloc(block, SIZE_MAX, 0));
    ck_assert_uint_eq(GlobalSize(block), 5);
    ck_assert_ptr_null(HeapAlloc(GetProcessHeap(), 0, SIZE_MAX - 8));
    ck_assert_ptr_null(
        VirtualAlloc(NULL, SIZE_MAX - 8, MEM_COMMIT, PAGE_READWRITE));
    ck_assert_ptr_null(GlobalFree(block));
}
END_TEST

/* What never was a block is refused, if memory lies before it. */
START_TEST(foreign_memory)
{
    long long foreign[64] = {0};

    ck_assert_ptr_eq(GlobalFree(&foreign[32]), &foreign[32]);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert_uint_eq(GlobalSize(&foreign[32]), 0);
    ck_assert_ptr_null(GlobalLock((char *)&foreign[32] + 1));
    ck_assert_uint_eq(HeapSize(GetProcessHeap(), 0, &foreign[32]), SIZE_MAX);
    ck_assert(!HeapFree(GetProcessHeap(), 0, &foreign[32]));
    ck_assert_ptr_null(GlobalLock(NULL));
}
END_TEST

START_TEST(pages)
{
    char *first =
        VirtualAlloc(NULL, 5000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);

    ck_assert_ptr_nonnull(first);
    ck_assert_uint_eq((uintptr_t)first % 4096, 0);
    ck_assert(is_filled(first, 8192, 0));
    memset(first, 1, 8192);
    ck_assert_ptr_eq(VirtualAlloc(first + 5, 10, MEM_COMMIT, PAGE_READWRITE),
                     first);
    ck_assert(!VirtualFree(first, 5000, MEM_RELEASE));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert(VirtualFree(first, 4096, MEM_DECOMMIT));
    ck_assert(VirtualFree(first, 0, MEM_RELEASE));
    ck_assert_ptr_null(VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE));
    ck_assert_ptr_null(VirtualAlloc(NULL, 5, 0, PAGE_READWRITE));
}
END_TEST

START_TEST(bytes)
{
    char a[4] = "abc";
    char b[4];

    ZeroMemory(b, sizeof b);
    ck_assert(is_filled(b, 4, 0));
    FillMemory(b, 3, 'x');
    ck_assert_str_eq(b, "xxx");
    CopyMemory(b, a, 4);
    MoveMemory(b + 1, b, 2);
    ck_assert_str_eq(b, "aab");
}
END_TEST

/* ---- When there is no memory ----------------------------------------- */

static bool refuse(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    return false;
}

static void ignore(void *arg)
{
    (void)arg;
}

START_TEST(no_memory)
{
    static const struct wsn_alloc_hook hook = {refuse, ignore, NULL};
    HANDLE heap = GetProcessHeap();
    char *block = HeapAlloc(heap, 0, 10);
    LPSTR message = NULL;
    char format[500];
    char text[500];

    strcpy(block, "unchanged");
    memset(format, 'f', sizeof format);
    format[sizeof format - 1] = '\0';
    wsn_alloc_set_hook(&hook);
    ck_assert_ptr_null(GlobalAlloc(GPTR, 5));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    ck_assert_ptr_null(HeapReAlloc(heap, 0, block, 5000));
    ck_assert_ptr_null(HeapCreate(0, 0, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_ENOUGH_MEMORY);
    ck_assert_ptr_null(VirtualAlloc(NULL, 5, MEM_COMMIT, PAGE_READWRITE));
    ck_assert_uint_eq(FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM |
                                        FORMAT_MESSAGE_ALLOCATE_BUFFER,
                                    NULL, 0, 0, (LPSTR)&message, 0, NULL),
                      0);
    ck_assert_ptr_null(message);
    ck_assert_int_eq(sprintf_s(text, sizeof text, format), -1);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(sprintf_s(text, sizeof text, "%d", 5), 1);
    ck_assert_uint_eq(_beginthread(ignore, 0, NULL), (uintptr_t)-1);
    wsn_alloc_set_hook(NULL);
    ck_assert_str_eq(block, "unchanged");
    ck_assert(HeapFree(heap, 0, block));
}
END_TEST

/* ---- Interlocked operations on 64 bits ------------------------------- */

START_TEST(wide_interlocked)
{
    LONG64 volatile n = 0xFFFFFFFF;

    ck_assert_int_eq(InterlockedIncrement64(&n), 0x100000000);
    ck_assert_int_eq(InterlockedDecrement64(&n), 0xFFFFFFFF);
    ck_assert_int_eq(InterlockedExchangeAdd64(&n, 2), 0xFFFFFFFF);
    ck_assert_int_eq(InterlockedCompareExchange64(&n, 5, 4), 0x100000001);
    ck_assert_int_eq(InterlockedCompareExchange64(&n, 5, 0x100000001),
                     0x100000001);
    ck_assert_int_eq(InterlockedOr64(&n, 0x200000002), 5);
    ck_assert_int_eq(InterlockedAnd64(&n, 0x200000003), 0x200000007);
    ck_assert_int_eq(InterlockedXor64(&n, 1), 0x200000003);
    ck_assert_int_eq(InterlockedExchange64(&n, -1), 0x200000002);
    ck_assert_int_eq(n, -1);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *memory = tcase_create("memory");

    tcase_add_test(memory, global_memory);
    tcase_add_test(memory, locks_are_counted);
    tcase_add_test(memory, fixed_memory_is_always_locked);
    tcase_add_test(memory, heap_memory);
    tcase_add_test(memory, heaps_of_their_own);
    tcase_add_test(memory, destroyed_heaps_are_none);
    tcase_add_test(memory, a_heap_may_have_a_maximum);
    tcase_add_test(memory, too_much_memory);
    tcase_add_test(memory, foreign_memory);
    tcase_add_test(memory, pages);
    tcase_add_test(memory, bytes);
    tcase_add_test(memory, no_memory);
    tcase_add_test(memory, wide_interlocked);
    suite_add_tcase(suite, memory);
}

SUITE_MAIN("compat/memory", fill)
