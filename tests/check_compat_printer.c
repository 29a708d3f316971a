/*
 * check_compat_printer.c - a program that looks for printers finds none.
 */
#include <windows.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* As programs do it: first the room needed, then the printers. */
START_TEST(there_are_none)
{
    static const DWORD levels[] = {1, 2, 4, 5};
    BYTE room[8] = {77};
    DWORD needed = 5;
    DWORD count = 5;

    for (int i = 0; i < N_OF(levels); i++) {
        ck_assert(EnumPrintersW(PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS,
                                NULL, levels[i], NULL, 0, &needed, &count));
        ck_assert_uint_eq(needed, 0);
        ck_assert_uint_eq(count, 0);
        needed = count = 5;
        ck_assert(EnumPrinters(PRINTER_ENUM_NAME, NULL, levels[i], room,
                               sizeof room, &needed, &count));
        ck_assert_uint_eq(needed, 0);
        ck_assert_uint_eq(count, 0);
        ck_assert_uint_eq(room[0], 77);
    }
}
END_TEST

START_TEST(what_makes_no_sense)
{
    static const DWORD levels[] = {0, 3, 6, 77};
    DWORD needed = 5;
    DWORD count = 5;

    for (int i = 0; i < N_OF(levels); i++) {
        ck_assert(!EnumPrintersA(PRINTER_ENUM_LOCAL, NULL, levels[i], NULL, 0,
                                 &needed, &count));
        ck_assert_uint_eq(GetLastError(), ERROR_INVALID_LEVEL);
    }
    ck_assert(
        !EnumPrintersW(PRINTER_ENUM_LOCAL, NULL, 2, NULL, 0, NULL, &count));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert(
        !EnumPrintersA(PRINTER_ENUM_LOCAL, NULL, 2, NULL, 0, &needed, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_uint_eq(needed, 5);
    ck_assert_uint_eq(count, 5);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("printer");

    tcase_add_test(tcase, there_are_none);
    tcase_add_test(tcase, what_makes_no_sense);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/printer", fill)
