/*
 * matrix_listen.c - failures of SnmpListen, SnmpListenEx and SnmpRegister.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "matrix.h"
#include "net/udp.h"
#include "support/api.h"
#include "support/free_port.h"
#include "winsnmp_posix.h"

/* ---- ports --------------------------------------------------------------- */

/* Read by the loop's thread, too. */
static atomic_int refused_call;
static atomic_int refusal;

static int refuse(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    return (int)call == atomic_load(&refused_call) ? atomic_load(&refusal) : 0;
}

static const struct wsn_udp_faults refusals = {refuse, NULL};

static void refuse_with(enum wsn_udp_call call, int error)
{
    atomic_store(&refused_call, (int)call);
    atomic_store(&refusal, error);
    wsn_udp_set_faults(&refusals);
}

int matrix_bind(uint32_t host, UINT *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    address.sin_addr.s_addr = htonl(host);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, len), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

UINT matrix_free_port(void)
{
    return free_port("127.0.0.1");
}

/* ---- SnmpListen ------------------------------------------------------------
 */

/* As the row's function has it. */
static SNMPAPI_STATUS listen_as(const struct row *row, HSNMP_ENTITY entity,
                                SNMPAPI_STATUS status)
{
    return strcmp(row->function, "SnmpListenEx") == 0
               ? SnmpListenEx(entity, status, SNMPLISTEN_ALL_ADDR)
               : SnmpListen(entity, status);
}

static HSNMP_ENTITY new_agent(UINT port)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");

    ck_assert_uint_eq(SnmpSetPort(entity, port), SNMPAPI_SUCCESS);
    return entity;
}

void listen_bad_mode(const struct row *row)
{
    HSNMP_ENTITY agent;

    start();
    agent = new_agent(matrix_free_port());
    FAILS(row, session, listen_as(row, agent, 2));
    FAILS(row, session, listen_as(row, agent, UINT32_MAX));
    if (row->is_extra)
        FAILS(row, session, SnmpListenEx(agent, SNMPAPI_ON, 2));
    stop();
}

void listen_twice(const struct row *row)
{
    HSNMP_ENTITY agent;

    start();
    agent = new_agent(matrix_free_port());
    FAILS(row, session, listen_as(row, agent, SNMPAPI_OFF));
    ck_assert_uint_eq(listen_as(row, agent, SNMPAPI_ON), SNMPAPI_SUCCESS);
    FAILS(row, session, listen_as(row, agent, SNMPAPI_ON));
    ck_assert_uint_eq(listen_as(row, agent, SNMPAPI_OFF), SNMPAPI_SUCCESS);
    FAILS(row, session, listen_as(row, agent, SNMPAPI_OFF));
    stop();
}

void listen_no_socket(const struct row *row)
{
    static const int errors[] = {EMFILE, ENFILE, ENOBUFS, ENOMEM};
    HSNMP_ENTITY agent;

    start();
    agent = new_agent(matrix_free_port());
    for (int i = 0; i < N(errors); i++) {
        refuse_with(WSN_UDP_CALL_SOCKET, errors[i]);
        FAILS(row, session, listen_as(row, agent, SNMPAPI_ON));
        wsn_udp_set_faults(NULL);
    }
    FAILS(row, session,
          listen_as(row, new_entity("00000001:00A0C9123456"), SNMPAPI_ON));
    ck_assert_uint_eq(listen_as(row, agent, SNMPAPI_ON), SNMPAPI_SUCCESS);
    stop();
}

/* The port is taken; the address is not one of this host's. */
void listen_no_port(const struct row *row)
{
    UINT port;
    int other =
        matrix_bind(row->is_extra ? INADDR_ANY : INADDR_LOOPBACK, &port);

    start();
    FAILS(row, session, listen_as(row, new_agent(port), SNMPAPI_ON));
    if (!row->is_extra)
        FAILS(row, session, SnmpListen(new_entity("192.0.2.1"), SNMPAPI_ON));
    stop();
    close(other);
}

/* ---- SnmpRegister
 * ------------------------------------------------------------------ */

static SNMPAPI_STATUS register_all(void)
{
    return SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
}

void register_bad_oid(const struct row *row)
{
    static smiUINT32 ids[129] = {1, 3, 6};
    static const smiOID bad[] = {{0, ids}, {3, NULL}, {129, ids}};

    start();
    for (int i = 0; i < N(bad); i++) {
        FAILS(row, session,
              SnmpRegister(session, NULL, NULL, NULL, &bad[i], SNMPAPI_ON));
        FAILS(row, session,
              SnmpRegister(session, NULL, NULL, NULL, &bad[i], SNMPAPI_OFF));
    }
    stop();
}

static const struct {
    SNMPAPI_STATUS code;
    enum wsn_udp_call call;
    int error;
} refused_ports[] = {
    {SNMPAPI_TL_NOT_INITIALIZED, WSN_UDP_CALL_BIND, EACCES},
    {SNMPAPI_TL_NOT_INITIALIZED, WSN_UDP_CALL_BIND, EPERM},
    {SNMPAPI_TL_IN_USE, WSN_UDP_CALL_BIND, EADDRINUSE},
    {SNMPAPI_TL_NOT_AVAILABLE, WSN_UDP_CALL_BIND, ENETDOWN},
    {SNMPAPI_TL_NOT_AVAILABLE, WSN_UDP_CALL_SOCKET, EAFNOSUPPORT}};

void register_refused(const struct row *row)
{
    start();
    for (int i = 0; i < N(refused_ports); i++) {
        if (refused_ports[i].code != row->code)
            continue;
        refuse_with(refused_ports[i].call, refused_ports[i].error);
        FAILS(row, session, register_all());
        wsn_udp_set_faults(NULL);
    }
    /* What failed is not registered: now it is, and opens the port. */
    ck_assert_uint_eq(register_all(), SNMPAPI_SUCCESS);
    stop();
}

void register_in_use(const struct row *row)
{
    UINT port;
    int other;

    register_refused(row);
    other = matrix_bind(INADDR_ANY, &port);
    start();
    ck_assert_uint_eq(SnmpPosixSetTrapPort(port), SNMPAPI_SUCCESS);
    FAILS(row, session, register_all());
    stop();
    close(other);
}
