/*
 * winsnmp_posix.h - what libwinsnmp offers beyond Windows.
 *
 * Five functions for programs that bring their own event loop, must not use
 * the privileged trap port, want to see what the library counts, or keep the
 * log themselves.  All return SNMPAPI_SUCCESS or SNMPAPI_FAILURE, and
 * SnmpGetLastError(NULL) gives the reason.  A failed call changes nothing.
 */
#ifndef WINSNMP_POSIX_H
#define WINSNMP_POSIX_H

#include <stddef.h>
#include <stdint.h>

#include "winsnmp.h"

#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct event_base;

/*
 * Counters of the process since the start-up, never reset before the final
 * clean-up.  New counters are added at the end.
 */
typedef struct {
    /* datagrams */
    uint64_t inPkts;         /* received */
    uint64_t outPkts;        /* sent, retransmissions included */
    uint64_t inBadVersions;  /* neither SNMPv1 nor SNMPv2c */
    uint64_t inAsnParseErrs; /* cut short: more announced than there is */

    /* requests */
    uint64_t responsesMatched;
    uint64_t timeouts;
    uint64_t retransmissions;

    /* received and dropped */
    uint64_t dropUnmatched;      /* no request waits for it */
    uint64_t dropWrongSource;    /* not from where the request went */
    uint64_t dropWrongCommunity; /* another community than the request's */
    uint64_t dropWrongVersion;   /* another version than the request's */
    uint64_t dropWrongPduType;   /* not expected at that port */
    uint64_t dropMalformed;      /* no well-formed message; with those cut
                                  * short: snmpInASNParseErrs (RFC 3418) */
    uint64_t dropQueueFull;      /* the session does not keep up */
    uint64_t dropNoMemory;       /* no memory to keep it */
    uint64_t dropKernel;         /* the socket's buffer was full */
    uint64_t icmpUnreachable;    /* reported for a request's destination */

    /* notifications */
    uint64_t trapsIn; /* traps and informs received */
    uint64_t trapsDelivered;
    uint64_t trapsUnclaimed; /* no registration wants them */
    uint64_t informsAnswered;
} SNMPPOSIX_STATS;

/*
 * Lets the library run inside the application's event loop instead of a
 * thread of its own; NULL returns to the thread.  base is borrowed and must
 * outlive the final clean-up; from now on only the thread that runs base, or
 * a thread while nobody runs it, may open the first session and clean up.
 * Allowed after start-up and before the first session.  Errors:
 * SNMPAPI_NOT_INITIALIZED, SNMPAPI_OPERATION_INVALID (a session exists).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixSetEventBase(struct event_base *base);

/*
 * Sets the UDP port on which SnmpRegister receives, 0 to 65535, 0 for any
 * free one, instead of 162.  Allowed while nothing is registered.  Errors:
 * SNMPAPI_NOT_INITIALIZED, SNMPAPI_SIZE_INVALID (no such port),
 * SNMPAPI_OPERATION_INVALID (a registration exists).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixSetTrapPort(UINT port);

/*
 * The UDP port on which notifications are received: the one really bound
 * while something is registered, otherwise the one that would be asked for.
 * Errors: SNMPAPI_NOT_INITIALIZED, SNMPAPI_NOOP (port is NULL).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixGetTrapPort(UINT *port);

/*
 * Copies the counters out.  size is sizeof(*stats) as the caller was
 * compiled: a program older than the library gets the counters it knows, the
 * rest of a newer one is zero.  Errors: SNMPAPI_NOT_INITIALIZED,
 * SNMPAPI_NOOP (stats is NULL), SNMPAPI_SIZE_INVALID (size 0 or not a whole
 * number of counters).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixGetStats(SNMPPOSIX_STATS *stats,
                                              size_t size);

/* How urgent a line of the log is. */
#define SNMPPOSIX_LOG_ERROR 1
#define SNMPPOSIX_LOG_WARNING 2
#define SNMPPOSIX_LOG_INFO 3
#define SNMPPOSIX_LOG_DEBUG 4
#define SNMPPOSIX_LOG_PACKETS 5 /* a datagram sent or received */

/* Gets a line of the log, without newline, and the data it was set with. */
typedef void(SNMPAPI_CALL *SNMPPOSIX_LOGGER)(int level, const char *line,
                                             void *data);

/*
 * Gives every line of the log to logger instead of standard error or the
 * system's log, NULL: back there.  The library calls it on any thread, on
 * several at once, and holds no lock of its own meanwhile; logger may call the
 * library, which then logs nothing, and must return.  When this function
 * returns, the logger before is not running any more and data of it may be
 * freed, unless it is called by a logger.  Which lines there are is decided by
 * the key "log" of winsnmp.conf.  Allowed at any time, before the start-up as
 * well, and in force until the next call; never fails.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixSetLogger(SNMPPOSIX_LOGGER logger,
                                               void *data);

#ifdef __cplusplus
}
#endif

#ifdef __GNUC__
#pragma GCC visibility pop
#endif

#endif
