/*
 * handle.c - see handle.h; also CloseHandle and DuplicateHandle.
 */
#include "handle.h"

#include <string.h>
#include <unistd.h>

#include "dispatcher.h"
#include "error.h"
#include "object.h"
#include "table.h"
#include "thread.h"

#include "base/alloc.h"

#define CURRENT_PROCESS ((HANDLE)(LONG_PTR)-1)

/* The named objects. */
static struct wsn_list names = {&names, &names};

HANDLE wc_handle_open(struct wc_object *object)
{
    uintptr_t handle = wc_table_add(WC_KIND_OBJECT, object);

    if (handle == 0) {
        wc_fail(ERROR_NO_SYSTEM_RESOURCES);
        return NULL;
    }
    wc_object_pin(object);
    return (HANDLE)handle;
}

struct wc_object *wc_handle_find(HANDLE handle,
                                 const struct wc_object_kind *kind)
{
    struct wc_object *object = NULL;

    if (handle == WC_CURRENT_THREAD) {
        struct wc_thread *self = wc_thread_peek_self();

        object = self != NULL ? &self->object : NULL;
    } else {
        object = wc_table_find(WC_KIND_OBJECT, (uintptr_t)handle);
    }
    if (object == NULL || (kind != NULL && object->kind != kind)) {
        wc_fail(ERROR_INVALID_HANDLE);
        return NULL;
    }
    return object;
}

/* ---- Names ---------------------------------------------------------- */

static struct wc_object *find_name(LPCSTR name)
{
    struct wsn_list *node;

    for (node = names.next; node != &names; node = node->next) {
        struct wc_object *object =
            WSN_CONTAINER(node, struct wc_object, in_names);

        if (strcmp(object->name, name) == 0)
            return object;
    }
    return NULL;
}

static bool give_name(struct wc_object *object, LPCSTR name)
{
    size_t size = strlen(name) + 1;

    object->name = wsn_alloc(size);
    if (object->name == NULL)
        return false;
    memcpy(object->name, name, size);
    wsn_list_push_back(&names, &object->in_names);
    return true;
}

static HANDLE open_existing(struct wc_object *existing,
                            const struct wc_object_kind *kind)
{
    HANDLE handle;

    /* "If the name matches an object of another kind, the call fails". */
    if (existing->kind != kind) {
        wc_fail(ERROR_INVALID_HANDLE);
        return NULL;
    }
    handle = wc_handle_open(existing);
    if (handle != NULL)
        wc_fail(ERROR_ALREADY_EXISTS);
    return handle;
}

static HANDLE open_new(struct wc_object *object, LPCSTR name)
{
    HANDLE handle;

    if (name != NULL && !give_name(object, name)) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    handle = wc_handle_open(object);
    if (handle != NULL)
        wc_fail(ERROR_SUCCESS);
    return handle;
}

HANDLE wc_handle_publish(struct wc_object *object, LPCSTR name)
{
    struct wc_object *existing;
    HANDLE handle;

    if (object == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    if (name != NULL && name[0] == '\0')
        name = NULL;
    wc_enter();
    existing = name != NULL ? find_name(name) : NULL;
    if (name != NULL && strlen(name) > MAX_PATH) {
        wc_fail(ERROR_FILENAME_EXCED_RANGE);
        handle = NULL;
    } else if (existing != NULL) {
        handle = open_existing(existing, object->kind);
    } else {
        handle = open_new(object, name);
    }
    /* The handle keeps a published object; any other one goes here. */
    wc_object_unpin(object);
    wc_leave();
    return handle;
}

HANDLE wc_handle_open_named(const struct wc_object_kind *kind, LPCSTR name)
{
    struct wc_object *object;
    HANDLE handle = NULL;

    if (name == NULL) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    wc_enter();
    object = find_name(name);
    if (object == NULL)
        wc_fail(ERROR_FILE_NOT_FOUND);
    else if (object->kind != kind)
        wc_fail(ERROR_INVALID_HANDLE);
    else
        handle = wc_handle_open(object);
    wc_leave();
    return handle;
}

/* ---- Win32 ---------------------------------------------------------- */

BOOL WINAPI CloseHandle(HANDLE handle)
{
    struct wc_object *object;

    /* The thread's handle for itself is a constant: nothing to close. */
    if (handle == WC_CURRENT_THREAD)
        return TRUE;
    wc_enter();
    object = wc_table_remove(WC_KIND_OBJECT, (uintptr_t)handle);
    if (object != NULL)
        wc_object_unpin(object);
    wc_leave();
    return object != NULL ? TRUE : wc_fail(ERROR_INVALID_HANDLE);
}

static bool duplicate(HANDLE source, LPHANDLE ret_handle)
{
    struct wc_object *object;
    HANDLE handle = NULL;

    (void)wc_thread_self(); /* source may mean the calling thread */
    wc_enter();
    object = wc_handle_find(source, NULL);
    if (object != NULL)
        handle = wc_handle_open(object);
    wc_leave();
    if (handle != NULL && ret_handle != NULL)
        *ret_handle = handle;
    return handle != NULL;
}

BOOL WINAPI DuplicateHandle(HANDLE source_process, HANDLE source,
                            HANDLE target_process, LPHANDLE ret_handle,
                            DWORD access, BOOL inherit, DWORD options)
{
    bool done;

    (void)access;
    (void)inherit;
    if (source_process != CURRENT_PROCESS || target_process != CURRENT_PROCESS)
        return wc_fail(ERROR_INVALID_HANDLE);
    if (ret_handle == NULL && (options & DUPLICATE_CLOSE_SOURCE) == 0)
        return wc_fail(ERROR_INVALID_PARAMETER);
    done = ret_handle == NULL || duplicate(source, ret_handle);
    /* "This occurs regardless of any error status returned." */
    if ((options & DUPLICATE_CLOSE_SOURCE) != 0 && !CloseHandle(source))
        done = false;
    return done ? TRUE : FALSE;
}

HANDLE WINAPI GetCurrentProcess(void)
{
    return CURRENT_PROCESS;
}

DWORD WINAPI GetCurrentProcessId(void)
{
    return (DWORD)getpid();
}
