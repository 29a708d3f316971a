/*
 * dispatcher.c - see dispatcher.h.
 */
#include "dispatcher.h"

struct wsn_lock wc_dispatcher = WSN_LOCK_INITIALIZER;
