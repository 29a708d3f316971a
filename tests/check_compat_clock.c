/*
 * check_compat_clock.c - the time of day, fine clocks, the version, the
 * environment, messages of errors.
 */
#include <windows.h>
#include <winsock2.h>

#include <time.h>
#include <unistd.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

static uint64_t number_of(FILETIME time)
{
    return (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

/* ---- Time ------------------------------------------------------------ */

static const struct {
    uint64_t units;
    SYSTEMTIME time;
} times[] = {
    {0, {1601, 1, 1, 1, 0, 0, 0, 0}},
    {116444736000000000, {1970, 1, 4, 1, 0, 0, 0, 0}},
    {125963423999990000, {2000, 2, 2, 29, 23, 59, 59, 999}},
    {133801632000000000, {2025, 1, 3, 1, 0, 0, 0, 0}},
    {133801631999990000, {2024, 12, 2, 31, 23, 59, 59, 999}},
    {9223372036854770000, {30828, 9, 4, 14, 2, 48, 5, 477}},
};

START_TEST(calendar)
{
    FILETIME filetime = {(DWORD)times[_i].units,
                         (DWORD)(times[_i].units >> 32)};
    FILETIME back;
    SYSTEMTIME time;

    ck_assert(FileTimeToSystemTime(&filetime, &time));
    ck_assert_mem_eq(&time, &times[_i].time, sizeof time);
    if (time.wYear > 30827)
        return; /* "The year must be 1601 through 30827." */
    ck_assert(SystemTimeToFileTime(&time, &back));
    ck_assert_uint_eq(number_of(back), times[_i].units);
}
END_TEST

/* The host's calendar agrees on every day of four centuries. */
START_TEST(calendar_of_the_host)
{
    uint64_t day;

    for (day = 0; day < 400 * 365 + 97; day++) {
        uint64_t units = 116444736000000000 + day * 864000000000;
        FILETIME filetime = {(DWORD)units, (DWORD)(units >> 32)};
        time_t seconds = (time_t)(day * 86400);
        struct tm tm;
        SYSTEMTIME time;

        if (sizeof seconds == 4 && day > 24000)
            return;
        ck_assert(FileTimeToSystemTime(&filetime, &time));
        gmtime_r(&seconds, &tm);
        if (time.wYear != tm.tm_year + 1900 || time.wMonth != tm.tm_mon + 1 ||
            time.wDay != tm.tm_mday || time.wDayOfWeek != tm.tm_wday)
            ck_abort_msg("day %d differs", (int)day);
    }
}
END_TEST

static const SYSTEMTIME no_times[] = {
    {1600, 1, 0, 1, 0, 0, 0, 0},  {30828, 1, 0, 1, 0, 0, 0, 0},
    {2023, 0, 0, 1, 0, 0, 0, 0},  {2023, 13, 0, 1, 0, 0, 0, 0},
    {2023, 2, 0, 29, 0, 0, 0, 0}, {2023, 1, 0, 0, 0, 0, 0, 0},
    {2023, 1, 0, 1, 24, 0, 0, 0}, {2023, 1, 0, 1, 0, 60, 0, 0},
    {2023, 1, 0, 1, 0, 0, 60, 0}, {2023, 1, 0, 1, 0, 0, 0, 1000},
    {1900, 2, 0, 29, 0, 0, 0, 0},
};

START_TEST(no_such_time)
{
    FILETIME filetime;

    ck_assert(!SystemTimeToFileTime(&no_times[_i], &filetime));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
}
END_TEST

START_TEST(filetime_out_of_range)
{
    FILETIME filetime = {0, 0x80000000};
    SYSTEMTIME time;

    ck_assert(!FileTimeToSystemTime(&filetime, &time));
    ck_assert(!FileTimeToSystemTime(NULL, &time));
    ck_assert(!FileTimeToSystemTime(&filetime, NULL));
}
END_TEST

START_TEST(now)
{
    FILETIME first;
    FILETIME second;
    FILETIME third;
    SYSTEMTIME utc;
    struct timespec before;
    struct timespec after;
    int64_t seconds;

    /* Not time(), which takes its second from the last tick and may be
     * behind. */
    ck_assert_int_eq(clock_gettime(CLOCK_REALTIME, &before), 0);
    GetSystemTimeAsFileTime(&first);
    GetSystemTime(&utc);
    GetSystemTimeAsFileTime(&third);
    ck_assert(SystemTimeToFileTime(&utc, &second));
    /* A SYSTEMTIME has no less than milliseconds. */
    ck_assert_uint_ge(number_of(second) + 10000, number_of(first));
    ck_assert_int_le(CompareFileTime(&second, &third), 0);
    ck_assert_int_eq(CompareFileTime(&first, &first), 0);
    /* The host counts seconds, from 1970 on. */
    ck_assert_int_eq(clock_gettime(CLOCK_REALTIME, &after), 0);
    seconds = (int64_t)(number_of(third) / 10000000) - 11644473600;
    ck_assert_int_ge(seconds, (int64_t)before.tv_sec);
    ck_assert_int_le(seconds, (int64_t)after.tv_sec);
}
END_TEST

START_TEST(local_time)
{
    SYSTEMTIME utc;
    SYSTEMTIME local;
    FILETIME a;
    FILETIME b;
    uint64_t difference;

    setenv("TZ", "ABC-2", 1);
    tzset();
    GetSystemTime(&utc);
    GetLocalTime(&local);
    ck_assert(SystemTimeToFileTime(&utc, &a) &&
              SystemTimeToFileTime(&local, &b));
    difference = number_of(b) - number_of(a);
    ck_assert_uint_ge(difference, (uint64_t)7200 * 10000000);
    ck_assert_uint_lt(difference, (uint64_t)7260 * 10000000);
}
END_TEST

static LONGLONG host_ns(void)
{
    struct timespec time;

    ck_assert_int_eq(clock_gettime(CLOCK_MONOTONIC, &time), 0);
    return (LONGLONG)time.tv_sec * 1000000000 + time.tv_nsec;
}

START_TEST(fine_clock)
{
    LARGE_INTEGER frequency;
    LARGE_INTEGER count;
    LONGLONG before;
    LONGLONG ns;

    ck_assert(QueryPerformanceFrequency(&frequency));
    ck_assert_int_ge(frequency.QuadPart, 1000000);
    before = host_ns();
    ck_assert(QueryPerformanceCounter(&count));
    ns = count.QuadPart * (1000000000 / frequency.QuadPart);
    ck_assert_int_le(before, ns);
    ck_assert_int_le(ns, host_ns());
    ck_assert(!QueryPerformanceCounter(NULL));
    ck_assert(!QueryPerformanceFrequency(NULL));
}
END_TEST

/* ---- The system ------------------------------------------------------ */

START_TEST(version)
{
    OSVERSIONINFO info;
    OSVERSIONINFOEX extended;

    info.dwOSVersionInfoSize = sizeof info;
    ck_assert(GetVersionEx(&info));
    ck_assert_uint_eq(info.dwPlatformId, VER_PLATFORM_WIN32_NT);
    ck_assert_uint_ge(info.dwMajorVersion * 100 + info.dwMinorVersion, 601);
    ck_assert_uint_eq(LOBYTE(LOWORD(GetVersion())), info.dwMajorVersion);
    ck_assert_uint_eq(HIBYTE(LOWORD(GetVersion())), info.dwMinorVersion);
    extended.dwOSVersionInfoSize = sizeof extended;
    ck_assert(GetVersionEx((LPOSVERSIONINFO)&extended));
    ck_assert_uint_eq(extended.wProductType, VER_NT_WORKSTATION);
    info.dwOSVersionInfoSize = 5;
    ck_assert(!GetVersionEx(&info));
}
END_TEST

START_TEST(computer_name)
{
    char host[256] = "";
    char name[256];
    DWORD size = sizeof name;

    ck_assert_int_eq(gethostname(host, sizeof host - 1), 0);
    host[strcspn(host, ".")] = '\0';
    ck_assert(GetComputerName(name, &size));
    ck_assert_str_eq(name, host);
    ck_assert_uint_eq(size, strlen(host));
    ck_assert(!GetComputerName(name, &size));
    ck_assert_uint_eq(GetLastError(), ERROR_BUFFER_OVERFLOW);
    ck_assert_uint_eq(size, strlen(host) + 1);
}
END_TEST

START_TEST(environment)
{
    char text[8] = "before";

    ck_assert(SetEnvironmentVariable("WINSNMP_TEST", "four"));
    ck_assert_uint_eq(GetEnvironmentVariable("WINSNMP_TEST", NULL, 0), 5);
    ck_assert_uint_eq(GetEnvironmentVariable("WINSNMP_TEST", text, 4), 5);
    ck_assert_str_eq(text, "before");
    ck_assert_uint_eq(GetEnvironmentVariable("WINSNMP_TEST", text, 5), 4);
    ck_assert_str_eq(text, "four");
    ck_assert(SetEnvironmentVariable("WINSNMP_TEST", NULL));
    ck_assert_uint_eq(GetEnvironmentVariable("WINSNMP_TEST", text, 5), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_ENVVAR_NOT_FOUND);
    ck_assert(!SetEnvironmentVariable("a=b", "x"));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
}
END_TEST

/* ---- Messages -------------------------------------------------------- */

START_TEST(system_messages)
{
    char text[100];
    DWORD length = FormatMessage(
        FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
        ERROR_INVALID_HANDLE, MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT), text,
        sizeof text, NULL);

    ck_assert_str_eq(text, "The handle is not valid.\r\n");
    ck_assert_uint_eq(length, strlen(text));
    ck_assert_uint_eq(FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM, NULL,
                                    ERROR_INVALID_HANDLE, 0, text, length,
                                    NULL),
                      0);
    ck_assert_uint_eq(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    ck_assert_uint_eq(FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 54321, 0,
                                    text, sizeof text, NULL),
                      0);
    ck_assert_uint_eq(GetLastError(), ERROR_MR_MID_NOT_FOUND);
}
END_TEST

START_TEST(message_in_memory_of_its_own)
{
    LPSTR text = NULL;
    DWORD length = FormatMessage(
        FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_ALLOCATE_BUFFER |
            FORMAT_MESSAGE_MAX_WIDTH_MASK,
        NULL, WSAECONNREFUSED, 0, (LPSTR)&text, 0, NULL);

    ck_assert_ptr_nonnull(text);
    ck_assert_str_eq(text, "The other side refused the connection. ");
    ck_assert_uint_eq(length, strlen(text));
    ck_assert_ptr_null(LocalFree(text));
}
END_TEST

START_TEST(messages_of_winsnmp)
{
    char text[100];

    ck_assert_uint_gt(FormatMessage(FORMAT_MESSAGE_FROM_HMODULE,
                                    LoadLibrary("wsnmp32.dll"), 108, 0, text,
                                    sizeof text, NULL),
                      0);
    ck_assert_str_eq(text, "The agent did not answer in time.\r\n");
    ck_assert_uint_eq(FormatMessage(FORMAT_MESSAGE_FROM_HMODULE,
                                    GetModuleHandle(NULL), 108, 0, text,
                                    sizeof text, NULL),
                      0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *time = tcase_create("time");
    TCase *system = tcase_create("system");
    TCase *messages = tcase_create("messages");

    tcase_add_loop_test(time, calendar, 0, N_OF(times));
    tcase_add_test(time, calendar_of_the_host);
    tcase_add_loop_test(time, no_such_time, 0, N_OF(no_times));
    tcase_add_test(time, filetime_out_of_range);
    tcase_add_test(time, now);
    tcase_add_test(time, local_time);
    tcase_add_test(time, fine_clock);
    suite_add_tcase(suite, time);

    tcase_add_test(system, version);
    tcase_add_test(system, computer_name);
    tcase_add_test(system, environment);
    suite_add_tcase(suite, system);

    tcase_add_test(messages, system_messages);
    tcase_add_test(messages, message_in_memory_of_its_own);
    tcase_add_test(messages, messages_of_winsnmp);
    suite_add_tcase(suite, messages);
}

SUITE_MAIN("compat/clock", fill)
