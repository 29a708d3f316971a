/*
 * findfile.c - see fileapi.h.
 *
 * A find has read its directory to the end before it returns: so it holds no
 * descriptor, and nothing is read from a disk under the dispatcher lock.
 */
#include "fileapi.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "object.h"

#include "base/alloc.h"

/* Longer paths are refused. */
#define PATH_ROOM 4096

struct name {
    struct wsn_list in_names;
    char text[];
};

struct wc_find {
    struct wc_object object;
    struct wsn_list names;     /* struct name not told yet */
    char directory[PATH_ROOM]; /* ends with a slash, or is empty */
};

/* ---- Patterns -------------------------------------------------------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* After a mismatch the last * takes one letter more. */
static bool matches(const char *name, const char *pattern)
{
    const char *after_star = NULL;
    const char *retry = NULL;

    while (*name != '\0') {
        if (*pattern == '*') {
            after_star = ++pattern;
            retry = name;
        } else if (*pattern == '?' || lower(*pattern) == lower(*name)) {
            pattern++;
            name++;
        } else if (after_star != NULL) {
            pattern = after_star;
            name = ++retry;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

/* A name need not have a dot for "*.*". */
static bool is_wanted(const char *name, const char *pattern)
{
    return strcmp(pattern, "*.*") == 0 || matches(name, pattern);
}

/* ---- Files ----------------------------------------------------------- */

static FILETIME filetime_of(const struct timespec *time)
{
    /* From 1601 to 1970, in seconds; then in units of 100 ns. */
    int64_t seconds = (int64_t)time->tv_sec + 11644473600;
    uint64_t units =
        (uint64_t)seconds * 10000000 + (uint64_t)time->tv_nsec / 100;
    FILETIME filetime;

    filetime.dwLowDateTime = (DWORD)units;
    filetime.dwHighDateTime = (DWORD)(units >> 32);
    return filetime;
}

static bool is_hidden(const char *name)
{
    return name[0] == '.' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static DWORD attributes_of(const char *name, const struct stat *status)
{
    DWORD attributes = 0;

    if ((status->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
        attributes |= FILE_ATTRIBUTE_READONLY;
    if (is_hidden(name))
        attributes |= FILE_ATTRIBUTE_HIDDEN;
    if (S_ISDIR(status->st_mode))
        attributes |= FILE_ATTRIBUTE_DIRECTORY;
    return attributes != 0 ? attributes : FILE_ATTRIBUTE_NORMAL;
}

static void describe(const char *name, const struct stat *status,
                     WIN32_FIND_DATAA *ret_data)
{
    uint64_t size = S_ISDIR(status->st_mode) ? 0 : (uint64_t)status->st_size;

    memset(ret_data, 0, sizeof *ret_data);
    ret_data->dwFileAttributes = attributes_of(name, status);
    ret_data->ftCreationTime = filetime_of(&status->st_ctim);
    ret_data->ftLastAccessTime = filetime_of(&status->st_atim);
    ret_data->ftLastWriteTime = filetime_of(&status->st_mtim);
    ret_data->nFileSizeHigh = (DWORD)(size >> 32);
    ret_data->nFileSizeLow = (DWORD)size;
    memcpy(ret_data->cFileName, name, strlen(name) + 1);
}

static DWORD code_of_errno(void)
{
    if (errno == ENOENT)
        return ERROR_FILE_NOT_FOUND;
    return errno == ENOTDIR ? ERROR_PATH_NOT_FOUND : ERROR_ACCESS_DENIED;
}

DWORD WINAPI GetFileAttributesA(LPCSTR path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    struct stat status;

    if (path == NULL)
        wc_fail(ERROR_INVALID_PARAMETER);
    else if (stat(path, &status) != 0)
        wc_fail(code_of_errno());
    else
        return attributes_of(slash != NULL ? slash + 1 : path, &status);
    return INVALID_FILE_ATTRIBUTES;
}

/* ---- The kernel object ----------------------------------------------- */

static struct wc_find *find_of(struct wc_object *object)
{
    return WSN_CONTAINER(object, struct wc_find, object);
}

static bool is_signaled(const struct wc_object *object,
                        const struct wc_thread *thread)
{
    (void)object;
    (void)thread;
    return true;
}

static bool acquire(struct wc_object *object, struct wc_thread *thread)
{
    (void)object;
    (void)thread;
    return false;
}

static struct name *take_name(struct wc_find *find)
{
    struct name *name;

    if (wsn_list_is_empty(&find->names))
        return NULL;
    name = WSN_CONTAINER(find->names.next, struct name, in_names);
    wsn_list_remove(&name->in_names);
    return name;
}

static void free_find(struct wc_object *object)
{
    struct name *name;

    while ((name = take_name(find_of(object))) != NULL)
        wsn_free(name);
    wsn_free(find_of(object));
}

static const struct wc_object_kind find_kind = {is_signaled, acquire, free_find,
                                                NULL, NULL};

/* ---- Finding --------------------------------------------------------- */

static bool add_name(struct wc_find *find, const char *text)
{
    size_t size = strlen(text) + 1;
    struct name *name;

    if (size > MAX_PATH)
        return true; /* it could not be told */
    name = wsn_alloc(sizeof *name + size);
    if (name == NULL)
        return false;
    memcpy(name->text, text, size);
    wsn_list_push_back(&find->names, &name->in_names);
    return true;
}

/* Splits a path; returns where its last part begins in it. */
static const char *take_directory(struct wc_find *find, const char *path)
{
    size_t length = strlen(path);
    size_t i;

    while (length > 0 && path[length - 1] != '/' && path[length - 1] != '\\')
        length--;
    for (i = 0; i < length; i++)
        find->directory[i] = path[i] == '\\' ? '/' : path[i];
    find->directory[length] = '\0';
    return path + length;
}

/* Returns an ERROR_ code. */
static DWORD read_names(struct wc_find *find, const char *pattern)
{
    DIR *directory =
        opendir(find->directory[0] != '\0' ? find->directory : ".");
    const struct dirent *entry;
    bool has_memory = true;

    if (directory == NULL)
        return errno == EACCES ? ERROR_ACCESS_DENIED : ERROR_PATH_NOT_FOUND;
    while (has_memory && (entry = readdir(directory)) != NULL) {
        if (is_wanted(entry->d_name, pattern))
            has_memory = add_name(find, entry->d_name);
    }
    (void)closedir(directory);
    return has_memory ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

/* Describes a file of the find; false when there is none any more. */
static bool look_at(const struct wc_find *find, const char *name,
                    WIN32_FIND_DATAA *ret_data)
{
    char path[PATH_ROOM + MAX_PATH];
    size_t length = strlen(find->directory);
    struct stat status;

    memcpy(path, find->directory, length);
    memcpy(path + length, name, strlen(name) + 1);
    /* A link that leads nowhere is a file, too. */
    if (stat(path, &status) != 0 && lstat(path, &status) != 0)
        return false;
    describe(name, &status, ret_data);
    return true;
}

/* The next file that still exists. */
static bool find_next(struct wc_find *find, WIN32_FIND_DATAA *ret_data)
{
    bool is_found = false;
    struct name *name;

    do {
        wc_enter();
        name = take_name(find);
        wc_leave();
        if (name != NULL)
            is_found = look_at(find, name->text, ret_data);
        wsn_free(name);
    } while (name != NULL && !is_found);
    return is_found;
}

static void unpin(struct wc_find *find)
{
    wc_enter();
    wc_object_unpin(&find->object);
    wc_leave();
}

static DWORD begin_find(struct wc_find *find, const char *path,
                        WIN32_FIND_DATAA *ret_data)
{
    DWORD code = read_names(find, take_directory(find, path));

    if (code == ERROR_SUCCESS && !find_next(find, ret_data))
        code = ERROR_FILE_NOT_FOUND;
    return code;
}

HANDLE WINAPI FindFirstFileA(LPCSTR pattern, LPWIN32_FIND_DATAA ret_data)
{
    struct wc_find *find;
    HANDLE handle = NULL;
    DWORD code;

    if (pattern == NULL || ret_data == NULL || strlen(pattern) >= PATH_ROOM) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return INVALID_HANDLE_VALUE;
    }
    find = wsn_zalloc(sizeof *find);
    if (find == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return INVALID_HANDLE_VALUE;
    }
    wc_object_init(&find->object, &find_kind);
    wsn_list_init(&find->names);
    code = begin_find(find, pattern, ret_data);
    if (code == ERROR_SUCCESS) {
        handle = wc_handle_publish(&find->object, NULL);
    } else {
        unpin(find);
        wc_fail(code);
    }
    return handle != NULL ? handle : INVALID_HANDLE_VALUE;
}

BOOL WINAPI FindNextFileA(HANDLE find, LPWIN32_FIND_DATAA ret_data)
{
    struct wc_object *object;
    bool is_found;

    if (ret_data == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    wc_enter();
    object = wc_handle_find(find, &find_kind);
    if (object != NULL)
        wc_object_pin(object);
    wc_leave();
    if (object == NULL)
        return FALSE;
    is_found = find_next(find_of(object), ret_data);
    unpin(find_of(object));
    return is_found ? TRUE : wc_fail(ERROR_NO_MORE_FILES);
}

BOOL WINAPI FindClose(HANDLE find)
{
    const struct wc_object *object;

    wc_enter();
    object = wc_handle_find(find, &find_kind);
    wc_leave();
    return object != NULL && CloseHandle(find);
}
