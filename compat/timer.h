/*
 * timer.h - timers, whose messages are made up when they are fetched.
 *
 * A timer that has run out is only marked; WM_TIMER is built when the thread
 * asks for a message and nothing more urgent waits.  So periods that nobody
 * had time for are one message, not many.  Guarded by the dispatcher lock.
 */
#ifndef WC_TIMER_H
#define WC_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "winuser.h"

#include "base/list.h"

struct wc_filter;
struct wc_thread;

/*
 * Starts the timer of that window (NULL: of the thread) and number, anew if
 * there is one; procedure may be NULL.  Returns what SetTimer does: 0 and the
 * last error set when memory is short. [lock]
 */
UINT_PTR wc_timer_start(struct wc_thread *thread, HWND window, UINT_PTR id,
                        UINT period_ms, TIMERPROC procedure);

/* Ends it; false and the last error set when there is none. [lock] */
bool wc_timer_kill(struct wc_thread *thread, HWND window, UINT_PTR id);

/*
 * Marks the thread's timers that have run out; new ones count as input.
 * Returns when the next one will, or WC_FOREVER. [lock]
 */
uint64_t wc_timers_look(struct wc_thread *thread);

/* Is one of them marked? [lock] */
bool wc_timers_are_due(struct wsn_list *timers);

/*
 * The WM_TIMER of the marked timer that has waited longest and passes;
 * is_taken starts its next period. [lock]
 */
bool wc_timers_get(struct wc_thread *thread, const struct wc_filter *filter,
                   bool is_taken, MSG *ret_message);

/* The procedure that message, a WM_TIMER, asks for, or NULL. [lock] */
TIMERPROC wc_timers_procedure(struct wsn_list *timers, const MSG *message);

/* Drops the timers of window. [lock] */
void wc_timers_purge(struct wsn_list *timers, HWND window);

/* Drops all. [lock] */
void wc_timers_drop(struct wsn_list *timers);

#endif
