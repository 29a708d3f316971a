/*
 * port.h - a UDP socket of the engine, watched by its loop.
 *
 * Opened on the thread that needs it, so that errors are answered at once;
 * watched and freed by the loop.  Fields are guarded by the engine's lock
 * unless marked.
 */
#ifndef WSN_CORE_PORT_H
#define WSN_CORE_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/list.h"
#include "net/loop.h"
#include "net/udp.h"
#include "winsnmp_types.h"

struct wsn_engine;
struct wsn_packet;
struct wsn_session;

struct wsn_port {
    struct wsn_list node; /* in the engine's ports or retired */
    struct wsn_list of_closer; /* in a list of who has retired it */
    struct wsn_engine *engine;
    struct wsn_udp udp;
    struct wsn_list unsent; /* what the socket had no room for */
    unsigned users;         /* threads that send without the lock */
    bool is_retired;
    bool is_orphan;  /* the engine has ended: the last user frees it */
    bool wants_loop; /* added, not yet seen by the loop */
    /* An agent's port. */
    HSNMP_ENTITY entity;         /* pinned */
    struct wsn_session *session; /* receives the requests */
    /* The loop's thread only. */
    struct wsn_watch *watch;
    unsigned watched;   /* what for */
    uint64_t resume_ms; /* not read before; 0: at any time */
    unsigned pause_ms;  /* the last pause; 0: all is well */
};

/* Opens a port that the engine does not know yet.  Errors: as wsn_udp_open().
 * [any, lock] */
wsn_err wsn_port_open(struct wsn_engine *engine, enum wsn_udp_use use,
                      const struct wsn_addr *bind_to,
                      struct wsn_port **ret_port);

/* The same around an inherited socket, taken on success only. [any, lock] */
wsn_err wsn_port_adopt(struct wsn_engine *engine, enum wsn_udp_use use, int fd,
                       struct wsn_port **ret_port);

/* Puts port among the engine's; the loop must be woken to watch it. [lock] */
void wsn_port_add(struct wsn_port *port);

/* Sends what still goes, releases the UDP port and leaves the rest to the
 * loop.  Adds port to ret_retired, which wsn_port_await_release() must get as
 * soon as the lock has been given. [lock] */
void wsn_port_retire(struct wsn_port *port, struct wsn_list *ret_retired);

/* Returns when the numbers of these ports can be had by others; empties the
 * list, and wakes the loop if there was any. [any] */
void wsn_port_await_release(struct wsn_list *retired);

/* Returns when no thread is in wsn_port_await_release(): before a port is
 * opened that may be one of those.  Gives the lock meanwhile. [lock] */
void wsn_port_await_others(struct wsn_engine *engine);

/*
 * The port from which a message of src (NULL: of nobody) leaves for an address
 * of family; asked again for each repetition, because ports come and go.
 * Errors: as wsn_udp_open(). [lock]
 */
wsn_err wsn_port_choose(struct wsn_engine *engine, HSNMP_ENTITY src,
                        enum wsn_family family, struct wsn_port **ret_port);

/* The port on which entity listens, or NULL. [lock] */
struct wsn_port *wsn_port_of_entity(struct wsn_engine *engine,
                                    HSNMP_ENTITY entity);

/* Watches new ports, resumes paused ones, frees retired ones. [loop] */
void wsn_port_settle_all(struct wsn_engine *engine, uint64_t now_ms);

/* When the first paused port is to be read again, or WSN_NEVER. [loop, lock] */
uint64_t wsn_port_next_resume(struct wsn_engine *engine);

/* Stops reading for a while after an error that would only come again: 10 ms
 * at first, doubling up to a second. [loop] */
void wsn_port_pause(struct wsn_port *port, uint64_t now_ms);

/* Sends a packet to its peer; it stays the caller's.  Errors: as
 * wsn_udp_send(). [any, lock] */
wsn_err wsn_port_transmit(struct wsn_port *port,
                          const struct wsn_packet *packet);

/* Sends what could not be sent before, as far as it goes now.  What the system
 * refuses is delivered as a failure; the loop is to be woken. [any] */
void wsn_port_flush(struct wsn_port *port);

/* The same for every port of the engine; waits a quarter of a second at most
 * for the sockets to have room. [any] */
void wsn_port_drain_all(struct wsn_engine *engine);

/* Adds what port has counted since the last time to the counters of
 * core/stats.h. [any, lock] */
void wsn_port_take_counters(struct wsn_port *port);

/* The same for every port of the engine, and for what the kernel dropped at the
 * end of a burst. [any] */
void wsn_port_count_drops_all(struct wsn_engine *engine);

/* Ends one use of port; a port to be freed without the lock, or NULL.
 * [lock] */
struct wsn_port *wsn_port_leave(struct wsn_port *port);

/* Takes a port that wsn_port_leave() gave. [any] */
void wsn_port_free(struct wsn_port *port);

/* At the end of the engine: frees every port that no sender uses; the others
 * are freed by their last sender. [loop] */
void wsn_port_free_all(struct wsn_engine *engine);

#endif
