/*
 * check_compat_scm.c - programs that ask for a service control manager learn
 * that there is none, and get nothing that looks like success.
 */
#include <windows.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* ---- Opening it ------------------------------------------------------ */

static const struct opening {
    LPCSTR machine;
    LPCSTR database;
    DWORD code;
} openings[] = {
    {NULL, NULL, ERROR_DATABASE_DOES_NOT_EXIST},
    {"", SERVICES_ACTIVE_DATABASE, ERROR_DATABASE_DOES_NOT_EXIST},
    {NULL, "servicesactive", ERROR_DATABASE_DOES_NOT_EXIST},
    {NULL, SERVICES_FAILED_DATABASE, ERROR_DATABASE_DOES_NOT_EXIST},
    {NULL, "Other", ERROR_INVALID_NAME},
    {"\\\\elsewhere", NULL, RPC_S_SERVER_UNAVAILABLE},
};

START_TEST(it_cannot_be_opened)
{
    const struct opening *opening = &openings[_i];

    SetLastError(NO_ERROR);
    ck_assert_ptr_null(OpenSCManager(opening->machine, opening->database,
                                     SC_MANAGER_ALL_ACCESS));
    ck_assert_uint_eq(GetLastError(), opening->code);
}
END_TEST

/* What a program prints when it is asked to install itself. */
START_TEST(the_reason_has_words)
{
    char text[200];

    ck_assert_uint_gt(FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM, NULL,
                                    openings[_i].code, 0, text, sizeof text,
                                    NULL),
                      10);
}
END_TEST

/* ---- Going on without it --------------------------------------------- */

/* Room for whatever a function gives; it must stay as it is. */
static union {
    SERVICE_STATUS status;
    SERVICE_STATUS_PROCESS status_process;
    QUERY_SERVICE_CONFIG config;
    ENUM_SERVICE_STATUS services[2];
    BYTE bytes[256];
} given;
static DWORD needed;
static DWORD count;
static DWORD tag;

static BOOL create(SC_HANDLE handle)
{
    return CreateService(handle, "trapd", "Trap receiver", SERVICE_ALL_ACCESS,
                         SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START,
                         SERVICE_ERROR_NORMAL, "C:\\trapd.exe", NULL, &tag,
                         NULL, NULL, NULL) != NULL;
}

static BOOL open_one(SC_HANDLE handle)
{
    return OpenService(handle, "trapd", SERVICE_QUERY_STATUS) != NULL;
}

static BOOL start(SC_HANDLE handle)
{
    return StartService(handle, 0, NULL);
}

static BOOL stop(SC_HANDLE handle)
{
    return ControlService(handle, SERVICE_CONTROL_STOP, &given.status);
}

static BOOL query_status(SC_HANDLE handle)
{
    return QueryServiceStatus(handle, &given.status);
}

static BOOL query_status_ex(SC_HANDLE handle)
{
    return QueryServiceStatusEx(handle, SC_STATUS_PROCESS_INFO, given.bytes,
                                sizeof given.status_process, &needed);
}

static BOOL query_config(SC_HANDLE handle)
{
    return QueryServiceConfig(handle, &given.config, sizeof given, &needed);
}

static BOOL query_config2(SC_HANDLE handle)
{
    return QueryServiceConfig2(handle, SERVICE_CONFIG_DESCRIPTION, given.bytes,
                               sizeof given, &needed);
}

static BOOL change_config(SC_HANDLE handle)
{
    return ChangeServiceConfig(handle, SERVICE_NO_CHANGE, SERVICE_DISABLED,
                               SERVICE_NO_CHANGE, NULL, NULL, &tag, NULL, NULL,
                               NULL, NULL);
}

static BOOL change_config2(SC_HANDLE handle)
{
    char text[] = "Receives traps";
    SERVICE_DESCRIPTION description = {text};

    return ChangeServiceConfig2(handle, SERVICE_CONFIG_DESCRIPTION,
                                &description);
}

static BOOL list_dependents(SC_HANDLE handle)
{
    return EnumDependentServices(handle, SERVICE_ACTIVE, given.services,
                                 sizeof given, &needed, &count);
}

static BOOL list_all(SC_HANDLE handle)
{
    DWORD resume = 0;

    return EnumServicesStatus(handle, SERVICE_WIN32, SERVICE_STATE_ALL,
                              given.services, sizeof given, &needed, &count,
                              &resume);
}

static BOOL (*const calls[])(SC_HANDLE handle) = {
    create,        open_one,           start,           stop,
    query_status,  query_status_ex,    query_config,    query_config2,
    change_config, change_config2,     list_dependents, list_all,
    DeleteService, CloseServiceHandle,
};

static void expect_refusal(BOOL (*call)(SC_HANDLE handle), void *handle)
{
    memset(&given, 0x5a, sizeof given);
    needed = count = tag = 77;
    SetLastError(NO_ERROR);
    ck_assert(!call((SC_HANDLE)handle));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    for (size_t i = 0; i < sizeof given; i++)
        ck_assert_uint_eq(given.bytes[i], 0x5a);
    ck_assert_uint_eq(needed, 77);
    ck_assert_uint_eq(count, 77);
    ck_assert_uint_eq(tag, 77);
}

START_TEST(no_value_is_a_handle)
{
    HANDLE event = CreateEvent(NULL, TRUE, TRUE, NULL);

    expect_refusal(calls[_i], NULL);
    expect_refusal(calls[_i], INVALID_HANDLE_VALUE);
    expect_refusal(calls[_i], &given);
    expect_refusal(calls[_i], event);
    ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
    ck_assert(CloseHandle(event));
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("scm");

    tcase_add_loop_test(tcase, it_cannot_be_opened, 0, N_OF(openings));
    tcase_add_loop_test(tcase, the_reason_has_words, 0, N_OF(openings));
    tcase_add_loop_test(tcase, no_value_is_a_handle, 0, N_OF(calls));
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/scm", fill)
