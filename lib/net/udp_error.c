/*
 * udp_error.c - see udp_error.h.
 */
#include "net/udp_error.h"

#include <errno.h>
#include <stddef.h>

#include "winsnmp_types.h"

struct meaning {
    int error;
    wsn_err code;
};

#define MEANING_OF(table, error, otherwise) \
    meaning_of((table), sizeof(table) / sizeof(table)[0], (error), (otherwise))

static const struct meaning manager_meanings[] = {
    {EMFILE, SNMPAPI_TL_RESOURCE_ERROR},
    {ENFILE, SNMPAPI_TL_RESOURCE_ERROR},
    {ENOBUFS, SNMPAPI_TL_RESOURCE_ERROR},
    {ENOMEM, SNMPAPI_TL_RESOURCE_ERROR},
    {EAFNOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED},
    {EPROTONOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED},
    {ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE},
};

/* Where Windows starts a service, we bind: no permission, no service. */
static const struct meaning trap_meanings[] = {
    {EADDRINUSE, SNMPAPI_TL_IN_USE},
    {ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE},
    {EAFNOSUPPORT, SNMPAPI_TL_NOT_AVAILABLE},
};

static const struct meaning send_meanings[] = {
    {EMSGSIZE, SNMPAPI_TL_PDU_TOO_BIG},
    {ENOBUFS, SNMPAPI_TL_RESOURCE_ERROR},
    {ENOMEM, SNMPAPI_TL_RESOURCE_ERROR},
    {ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE},
    {EAFNOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED},
    {EPROTONOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED},
    {EINVAL, SNMPAPI_TL_INVALID_PARAM},
    {EDESTADDRREQ, SNMPAPI_TL_INVALID_PARAM},
    {EADDRNOTAVAIL, SNMPAPI_TL_SRC_INVALID},
    {ENETUNREACH, SNMPAPI_TL_UNDELIVERABLE},
    {EHOSTUNREACH, SNMPAPI_TL_UNDELIVERABLE},
    {EAGAIN, WSN_UDP_AGAIN},
    {EWOULDBLOCK, WSN_UDP_AGAIN},
};

static wsn_err meaning_of(const struct meaning *table, size_t n, int error,
                          wsn_err otherwise)
{
    size_t i;

    for (i = 0; i < n; i++)
        if (table[i].error == error)
            return table[i].code;
    return otherwise;
}

wsn_err wsn_udp_open_error(enum wsn_udp_use use, enum wsn_udp_call call,
                           int error)
{
    if (use == WSN_UDP_MANAGER)
        return MEANING_OF(manager_meanings, error, SNMPAPI_TL_OTHER);
    if (use == WSN_UDP_TRAP)
        return MEANING_OF(trap_meanings, error, SNMPAPI_TL_NOT_INITIALIZED);
    return call == WSN_UDP_CALL_SOCKET ? SNMPAPI_TL_RESOURCE_ERROR
                                       : SNMPAPI_TL_OTHER;
}

wsn_err wsn_udp_send_error(int error)
{
    return MEANING_OF(send_meanings, error, SNMPAPI_TL_OTHER);
}

bool wsn_udp_may_be_anothers(int error)
{
    switch (error) {
    case ECONNREFUSED:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EMSGSIZE:
    case EPROTO:
    case EACCES:
    case ENOPROTOOPT:
#ifdef EHOSTDOWN
    case EHOSTDOWN:
#endif
        return true;
    default:
        return false;
    }
}
