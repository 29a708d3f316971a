/*
 * check_compat_module.c - the library under the names of Windows' modules.
 */
#include <windows.h>

#include <stdbool.h>
#include <unistd.h>

#include "winsnmp.h"

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* A function, as the pointer that GetProcAddress gives. */
#define ADDRESS_OF(function) ((FARPROC)(void (*)(void))(function))

static const char *const known[] = {
    "wsnmp32.dll",
    "WSNMP32.DLL",
    "wsnmp32",
    "C:\\Windows\\System32\\wsnmp32.dll",
    "/usr/lib/wsnmp32.dll",
    "c:wsnmp32.dll",
    "snmpapi.dll",
    "mgmtapi",
    "Kernel32.dll",
    "USER32",
    "ws2_32.dll",
    "advapi32.dll",
};

START_TEST(known_modules)
{
    HMODULE module = LoadLibrary(known[_i]);

    ck_assert_ptr_nonnull(module);
    ck_assert_ptr_eq(GetModuleHandle(known[_i]), module);
    ck_assert_ptr_eq(LoadLibraryEx(known[_i], NULL, 0), module);
    ck_assert(GetProcAddress(module, "SnmpStartup") == ADDRESS_OF(SnmpStartup));
    ck_assert(FreeLibrary(module));
}
END_TEST

static const char *const unknown[] = {
    "", "wsnmp", "wsnmp32.so", "wsnmp32.dll.dll", "wsnmp32\\", "gdi32.dll",
};

START_TEST(unknown_modules)
{
    ck_assert_ptr_null(LoadLibrary(unknown[_i]));
    ck_assert_uint_eq(GetLastError(), ERROR_MOD_NOT_FOUND);
    ck_assert_ptr_null(GetModuleHandle(unknown[_i]));
}
END_TEST

START_TEST(functions_have_their_plain_names)
{
    HMODULE module = LoadLibrary("kernel32.dll");

    ck_assert(GetProcAddress(module, "SetEvent") == ADDRESS_OF(SetEvent));
    ck_assert(GetProcAddress(module, "CreateEventA") ==
              ADDRESS_OF(CreateEventA));
    ck_assert(GetProcAddress(module, "LocalFree") == ADDRESS_OF(LocalFree));
    ck_assert(GetProcAddress(module, "PostMessageA") ==
              ADDRESS_OF(PostMessageA));
    ck_assert(GetProcAddress(module, "SnmpSendMsg") == ADDRESS_OF(SnmpSendMsg));
}
END_TEST

static const char *const no_functions[] = {
    "",
    "SnmpNothing",
    "snmpstartup",
    "printf",
    "winsnmp_SetEvent",
    "CreateWindowExW",
    (const char *)500,
};

START_TEST(other_names_are_not_found)
{
    ck_assert(GetProcAddress(LoadLibrary("wsnmp32"), no_functions[_i]) == NULL);
    ck_assert_uint_eq(GetLastError(), ERROR_PROC_NOT_FOUND);
}
END_TEST

START_TEST(a_name_without_end)
{
    char name[5000];

    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    ck_assert(GetProcAddress(LoadLibrary("wsnmp32"), name) == NULL);
    ck_assert_uint_eq(GetLastError(), ERROR_PROC_NOT_FOUND);
}
END_TEST

START_TEST(no_module)
{
    HMODULE invented = (HMODULE)(LONG_PTR)-5;
    char name[20];

    ck_assert(GetProcAddress(invented, "SnmpStartup") == NULL);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!FreeLibrary(invented));
    ck_assert(!FreeLibrary(NULL));
    ck_assert_ptr_null(LoadLibrary(NULL));
    ck_assert_uint_eq(GetModuleFileName(invented, name, sizeof name), 0);
}
END_TEST

START_TEST(the_program_is_a_module)
{
    HMODULE program = GetModuleHandle(NULL);
    char name[1000] = "";
    DWORD length = GetModuleFileName(NULL, name, sizeof name);

    ck_assert_ptr_nonnull(program);
    ck_assert_ptr_ne(program, LoadLibrary("wsnmp32"));
    if (length == 0)
        return; /* a system that does not tell */
    ck_assert_uint_eq(length, strlen(name));
    ck_assert_int_eq(access(name, X_OK), 0);
    /* What does not fit is cut. */
    ck_assert_uint_eq(GetModuleFileName(program, name, 4), 4);
    ck_assert_uint_eq(strlen(name), 3);
    ck_assert_uint_eq(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *modules = tcase_create("modules");

    tcase_add_loop_test(modules, known_modules, 0, N_OF(known));
    tcase_add_loop_test(modules, unknown_modules, 0, N_OF(unknown));
    tcase_add_test(modules, functions_have_their_plain_names);
    tcase_add_loop_test(modules, other_names_are_not_found, 0,
                        N_OF(no_functions));
    tcase_add_test(modules, a_name_without_end);
    tcase_add_test(modules, no_module);
    tcase_add_test(modules, the_program_is_a_module);
    suite_add_tcase(suite, modules);
}

SUITE_MAIN("compat/module", fill)
