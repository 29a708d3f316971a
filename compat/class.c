/*
 * class.c - see class.h; also RegisterClass and its relatives.
 */
#include "class.h"

#include <stdbool.h>
#include <string.h>

#include "atom.h"
#include "dispatcher.h"
#include "error.h"
#include "window.h"

#include "base/alloc.h"

/* More extra bytes than this come from memory that was never set. */
#define MAX_EXTRA 0x10000

static struct wsn_list classes = {&classes, &classes};

/* Classes that are there without being registered. */
static const char *const system_names[] = {"Static", "Message", "Button"};

static struct wc_class *find_atom(ATOM atom)
{
    struct wsn_list *node;

    for (node = classes.next; node != &classes; node = node->next) {
        struct wc_class *class =
            WSN_CONTAINER(node, struct wc_class, in_classes);

        if (class->atom == atom)
            return class;
    }
    return NULL;
}

/* The new class, or NULL and the last error. */
static struct wc_class *add_class(const WNDCLASSEXA *info)
{
    struct wc_class *class;
    ATOM atom = wc_atom_add(info->lpszClassName);

    if (atom == 0)
        return NULL;
    if (find_atom(atom) != NULL) {
        wc_fail(ERROR_CLASS_ALREADY_EXISTS);
        return NULL;
    }
    class = wsn_zalloc(sizeof *class);
    if (class == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    class->atom = atom;
    class->info = *info;
    class->info.lpszClassName = wc_atom_name(atom);
    class->info.lpszMenuName = NULL;
    wsn_list_push_front(&classes, &class->in_classes);
    return class;
}

static struct wc_class *add_system_class(LPCSTR name)
{
    WNDCLASSEXA info = {0};
    size_t i;

    for (i = 0; i < sizeof system_names / sizeof *system_names; i++)
        if ((ULONG_PTR)name > 0xffff && wc_name_is(name, system_names[i])) {
            info.lpfnWndProc = DefWindowProcA;
            info.lpszClassName = system_names[i];
            return add_class(&info);
        }
    return NULL;
}

struct wc_class *wc_class_find(LPCSTR name)
{
    struct wc_class *class = find_atom(wc_atom_find(name));

    if (class == NULL)
        class = add_system_class(name);
    if (class == NULL)
        wc_fail(ERROR_CLASS_DOES_NOT_EXIST);
    return class;
}

static bool is_sane(const WNDCLASSEXA *info)
{
    return info->lpfnWndProc != NULL && info->lpszClassName != NULL &&
           info->cbClsExtra >= 0 && info->cbWndExtra >= 0 &&
           info->cbClsExtra <= MAX_EXTRA && info->cbWndExtra <= MAX_EXTRA;
}

static ATOM register_class(const WNDCLASSEXA *info)
{
    const struct wc_class *class;
    ATOM atom;

    if (!is_sane(info)) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return 0;
    }
    wc_enter();
    class = add_class(info);
    atom = class != NULL ? class->atom : 0;
    wc_leave();
    return atom;
}

ATOM WINAPI RegisterClassExA(CONST WNDCLASSEXA *info)
{
    if (info == NULL || info->cbSize != sizeof *info) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return 0;
    }
    return register_class(info);
}

static void widen(const WNDCLASSA *info, WNDCLASSEXA *ret_wide)
{
    memset(ret_wide, 0, sizeof *ret_wide);
    ret_wide->cbSize = sizeof *ret_wide;
    ret_wide->style = info->style;
    ret_wide->lpfnWndProc = info->lpfnWndProc;
    ret_wide->cbClsExtra = info->cbClsExtra;
    ret_wide->cbWndExtra = info->cbWndExtra;
    ret_wide->hInstance = info->hInstance;
    ret_wide->hIcon = info->hIcon;
    ret_wide->hCursor = info->hCursor;
    ret_wide->hbrBackground = info->hbrBackground;
    ret_wide->lpszMenuName = info->lpszMenuName;
    ret_wide->lpszClassName = info->lpszClassName;
}

static void narrow(const WNDCLASSEXA *info, WNDCLASSA *ret_narrow)
{
    ret_narrow->style = info->style;
    ret_narrow->lpfnWndProc = info->lpfnWndProc;
    ret_narrow->cbClsExtra = info->cbClsExtra;
    ret_narrow->cbWndExtra = info->cbWndExtra;
    ret_narrow->hInstance = info->hInstance;
    ret_narrow->hIcon = info->hIcon;
    ret_narrow->hCursor = info->hCursor;
    ret_narrow->hbrBackground = info->hbrBackground;
    ret_narrow->lpszMenuName = info->lpszMenuName;
    ret_narrow->lpszClassName = info->lpszClassName;
}

ATOM WINAPI RegisterClassA(CONST WNDCLASSA *info)
{
    WNDCLASSEXA wide;

    if (info == NULL) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return 0;
    }
    widen(info, &wide);
    return register_class(&wide);
}

/* Returns an ERROR_ code. */
static DWORD remove_class(struct wc_class *class)
{
    if (class == NULL)
        return ERROR_CLASS_DOES_NOT_EXIST;
    if (class->n_windows > 0)
        return ERROR_CLASS_HAS_WINDOWS;
    wsn_list_remove(&class->in_classes);
    wsn_free(class);
    return ERROR_SUCCESS;
}

BOOL WINAPI UnregisterClassA(LPCSTR name, HINSTANCE instance)
{
    DWORD code;

    (void)instance;
    wc_enter();
    code = remove_class(find_atom(wc_atom_find(name)));
    wc_leave();
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}

BOOL WINAPI GetClassInfoExA(HINSTANCE instance, LPCSTR name,
                            LPWNDCLASSEXA ret_info)
{
    const struct wc_class *class;
    WNDCLASSEXA info = {0};
    ATOM atom = 0;

    (void)instance;
    if (ret_info == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    wc_enter();
    class = wc_class_find(name);
    if (class != NULL) {
        atom = class->atom;
        info = class->info;
    }
    wc_leave();
    if (atom == 0)
        return FALSE;
    info.cbSize = sizeof info;
    *ret_info = info;
    return atom; /* "a nonzero value": it has always been the atom */
}

BOOL WINAPI GetClassInfoA(HINSTANCE instance, LPCSTR name, LPWNDCLASSA ret_info)
{
    WNDCLASSEXA wide;
    BOOL found;

    if (ret_info == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    found = GetClassInfoExA(instance, name, &wide);
    if (found)
        narrow(&wide, ret_info);
    return found;
}

/* Copies what fits; returns the length copied. */
static int copy_name(LPCSTR name, LPSTR ret_name, int room)
{
    size_t length = strlen(name);

    if (length > (size_t)room - 1)
        length = (size_t)room - 1;
    memcpy(ret_name, name, length);
    ret_name[length] = '\0';
    return (int)length;
}

int WINAPI GetClassNameA(HWND window, LPSTR ret_name, int room)
{
    const struct wc_window *found;
    int length = 0;

    if (ret_name == NULL || room <= 0)
        return wc_fail(ERROR_INSUFFICIENT_BUFFER);
    wc_enter();
    found = wc_window_find(window);
    if (found != NULL)
        length = copy_name(found->class->info.lpszClassName, ret_name, room);
    wc_leave();
    return length;
}
