/*
 * spawn.h - starting a program of the host, without a shell.
 */
#ifndef WC_SPAWN_H
#define WC_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

#define WC_N_STANDARD 3

/* What is to be started, and how; all of it stays the caller's. */
struct wc_spawn {
    const char *path;      /* NULL: the first argument, looked for in PATH */
    char **arguments;      /* ends with NULL */
    char **variables;      /* the same; NULL: those of this process */
    const char *directory; /* NULL: that of this process */
    bool has_fds;
    int fds[WC_N_STANDARD]; /* if so: above the standard ones; -1: none */
    bool is_suspended;      /* it is to wait for wc_spawn_resume */
};

/* A pipe through which a suspended child is told to go on; else -1. */
struct wc_spawn_wait {
    int fds[2];
};

/*
 * Returns an errno code.  When it is 0 there is a child, to be waited for, and
 * it has no descriptors but the standard ones. [any]
 */
int wc_spawn(const struct wc_spawn *spawn, pid_t *ret_pid,
             struct wc_spawn_wait *ret_wait);

/* Lets it go on; false when it was not suspended, or not any more. [any] */
bool wc_spawn_resume(struct wc_spawn_wait *wait);

/* A child that still waits stays so until this process ends. [any] */
void wc_spawn_wait_fini(struct wc_spawn_wait *wait);

#endif
