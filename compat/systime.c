/*
 * systime.c - the time of day in its Win32 forms, and a fine clock.
 */
#include <stdbool.h>
#include <time.h>

#include "error.h"
#include "sysinfoapi.h"

/* A FILETIME of 1970-01-01, and how many of its units make a second. */
#define UNIX_EPOCH 116444736000000000
#define PER_S 10000000
#define PER_MS 10000

#define S_PER_DAY 86400
#define NS_PER_S 1000000000

static struct timespec now(clockid_t clock)
{
    struct timespec time = {0, 0};

    (void)clock_gettime(clock, &time);
    return time;
}

/* ---- SYSTEMTIME ------------------------------------------------------ */

static SYSTEMTIME from_tm(const struct tm *tm, long nanoseconds)
{
    SYSTEMTIME time;

    time.wYear = (WORD)(tm->tm_year + 1900);
    time.wMonth = (WORD)(tm->tm_mon + 1);
    time.wDayOfWeek = (WORD)tm->tm_wday;
    time.wDay = (WORD)tm->tm_mday;
    time.wHour = (WORD)tm->tm_hour;
    time.wMinute = (WORD)tm->tm_min;
    time.wSecond = (WORD)tm->tm_sec;
    time.wMilliseconds = (WORD)(nanoseconds / 1000000);
    return time;
}

static void get_time(LPSYSTEMTIME ret_time,
                     struct tm *(*split)(const time_t *, struct tm *))
{
    struct timespec time = now(CLOCK_REALTIME);
    struct tm tm;

    if (ret_time != NULL && split(&time.tv_sec, &tm) != NULL)
        *ret_time = from_tm(&tm, time.tv_nsec);
}

VOID WINAPI GetLocalTime(LPSYSTEMTIME ret_time)
{
    get_time(ret_time, localtime_r);
}

VOID WINAPI GetSystemTime(LPSYSTEMTIME ret_time)
{
    get_time(ret_time, gmtime_r);
}

/* ---- FILETIME -------------------------------------------------------- */

static FILETIME to_filetime(uint64_t units)
{
    FILETIME time;

    time.dwLowDateTime = (DWORD)units;
    time.dwHighDateTime = (DWORD)(units >> 32);
    return time;
}

static uint64_t from_filetime(const FILETIME *time)
{
    return (uint64_t)time->dwHighDateTime << 32 | time->dwLowDateTime;
}

VOID WINAPI GetSystemTimeAsFileTime(LPFILETIME ret_time)
{
    struct timespec time = now(CLOCK_REALTIME);

    if (ret_time != NULL)
        *ret_time =
            to_filetime((uint64_t)UNIX_EPOCH + (uint64_t)time.tv_sec * PER_S +
                        (uint64_t)time.tv_nsec / 100);
}

LONG WINAPI CompareFileTime(CONST FILETIME *a, CONST FILETIME *b)
{
    uint64_t left = from_filetime(a);
    uint64_t right = from_filetime(b);

    return (left > right) - (left < right);
}

/* ---- Between the two, in the Gregorian calendar since 1601 ----------- */

static bool is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1601-01-01 to the first day of year. */
static unsigned days_before(unsigned year)
{
    unsigned past = year - 1601;

    return past * 365 + past / 4 - past / 100 + past / 400;
}

static unsigned days_of(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Splits a number of days since 1601-01-01, which was a Monday. */
static void split_days(unsigned days, SYSTEMTIME *ret_date)
{
    unsigned year = 1601 + days / 366; /* never too late */
    unsigned month = 1;

    while (days_before(year + 1) <= days)
        year++;
    ret_date->wDayOfWeek = (WORD)((days + 1) % 7);
    days -= days_before(year);
    while (days >= days_of(year, month))
        days -= days_of(year, month++);
    ret_date->wYear = (WORD)year;
    ret_date->wMonth = (WORD)month;
    ret_date->wDay = (WORD)(days + 1);
}

BOOL WINAPI FileTimeToSystemTime(CONST FILETIME *time, LPSYSTEMTIME ret_time)
{
    uint64_t units = time != NULL ? from_filetime(time) : UINT64_MAX;
    uint64_t seconds = units / PER_S;
    unsigned second = (unsigned)(seconds % S_PER_DAY);

    /* "The value must be less than 0x8000000000000000." */
    if (ret_time == NULL || units > INT64_MAX)
        return wc_fail(ERROR_INVALID_PARAMETER);
    split_days((unsigned)(seconds / S_PER_DAY), ret_time);
    ret_time->wHour = (WORD)(second / 3600);
    ret_time->wMinute = (WORD)(second / 60 % 60);
    ret_time->wSecond = (WORD)(second % 60);
    ret_time->wMilliseconds = (WORD)(units / PER_MS % 1000);
    return TRUE;
}

static bool is_time(const SYSTEMTIME *time)
{
    return time->wYear >= 1601 && time->wYear <= 30827 && time->wMonth >= 1 &&
           time->wMonth <= 12 && time->wDay >= 1 &&
           time->wDay <= days_of(time->wYear, time->wMonth) &&
           time->wHour < 24 && time->wMinute < 60 && time->wSecond < 60 &&
           time->wMilliseconds < 1000;
}

BOOL WINAPI SystemTimeToFileTime(CONST SYSTEMTIME *time, LPFILETIME ret_time)
{
    uint64_t seconds;
    unsigned month;
    unsigned days;

    if (time == NULL || ret_time == NULL || !is_time(time))
        return wc_fail(ERROR_INVALID_PARAMETER);
    days = days_before(time->wYear) + time->wDay - 1u;
    for (month = 1; month < time->wMonth; month++)
        days += days_of(time->wYear, month);
    seconds = (uint64_t)days * S_PER_DAY + time->wHour * 3600u +
              time->wMinute * 60u + time->wSecond;
    *ret_time =
        to_filetime(seconds * PER_S + (uint64_t)time->wMilliseconds * PER_MS);
    return TRUE;
}

/* ---- The fine clock -------------------------------------------------- */

BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *ret_count)
{
    struct timespec time = now(CLOCK_MONOTONIC);

    if (ret_count == NULL)
        return wc_fail(ERROR_NOACCESS);
    ret_count->QuadPart = (LONGLONG)time.tv_sec * NS_PER_S + time.tv_nsec;
    return TRUE;
}

BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *ret_per_s)
{
    if (ret_per_s == NULL)
        return wc_fail(ERROR_NOACCESS);
    ret_per_s->QuadPart = NS_PER_S;
    return TRUE;
}
