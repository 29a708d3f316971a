/*
 * sigwatch.h - signals, told on an ordinary thread.
 *
 * A signal may interrupt any code, so its handler only writes a byte; a
 * thread of the library reads it and tells whoever watches.
 */
#ifndef WC_SIGWATCH_H
#define WC_SIGWATCH_H

#include <stdbool.h>

/* Returns false when it had no use for the signal: it then ends the process. */
typedef bool wc_signal_watcher(int signal_number);

enum wc_watch { WC_WATCH_SERVICE, WC_WATCH_CONSOLE, WC_N_WATCHES };

/*
 * From now on watcher (NULL: nobody) is told of the signals SIGINT, SIGQUIT,
 * SIGTERM and SIGHUP, a service before a console.  A signal that the process
 * was started to ignore stays ignored.  False when a resource is short. [any]
 */
bool wc_signals_watch(enum wc_watch watch, wc_signal_watcher *watcher);

#endif
