/*
 * manager.h - what the suites about agents share: managers, which are plain
 * sockets, what they send and expect, and agents that answer them.  Nothing of
 * the library makes their messages.
 */
#ifndef WSN_TESTS_SUPPORT_MANAGER_H
#define WSN_TESTS_SUPPORT_MANAGER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <unistd.h>

#include "support/free_port.h"
#include "support/scene.h"
#include "support/wire.h"

#define ID 0x12345678
#define V1 0
#define V2C 1

/* ---- sockets ------------------------------------------------------------ */

struct place {
    struct sockaddr_storage address;
    socklen_t len;
};

static inline struct place place_at(const char *text, UINT port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons((uint16_t)port)};
    struct place place = {.len = 0};

    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        memcpy(&place.address, &v4, sizeof v4);
        place.len = sizeof v4;
    } else {
        ck_assert_int_eq(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
        memcpy(&place.address, &v6, sizeof v6);
        place.len = sizeof v6;
    }
    return place;
}

/* "address port" */
static inline const char *text_of(const struct place *place)
{
    static char text[INET6_ADDRSTRLEN + 8];
    char host[INET6_ADDRSTRLEN];
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (place->address.ss_family == AF_INET) {
        memcpy(&v4, &place->address, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, host, sizeof host);
        snprintf(text, sizeof text, "%s %u", host, ntohs(v4.sin_port));
    } else {
        memcpy(&v6, &place->address, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, host, sizeof host);
        snprintf(text, sizeof text, "%s %u", host, ntohs(v6.sin6_port));
    }
    return text;
}

/* A socket there, or -1 where that is not possible. */
static inline int try_bind(const char *address, UINT port)
{
    struct place place = place_at(address, port);
    int fd = socket(place.address.ss_family, SOCK_DGRAM, 0);

    if (fd >= 0 &&
        bind(fd, (const struct sockaddr *)&place.address, place.len) != 0) {
        (void)close(fd);
        fd = -1;
    }
    return fd;
}

static inline UINT port_of(int fd)
{
    struct place place = {.len = sizeof place.address};

    ck_assert_int_eq(
        getsockname(fd, (struct sockaddr *)&place.address, &place.len), 0);
    return (UINT)atoi(strrchr(text_of(&place), ' '));
}

static inline bool is_free(const char *address, UINT port)
{
    int fd = try_bind(address, port);

    if (fd >= 0)
        (void)close(fd);
    return fd >= 0;
}

/* A manager at an address of the host. */
static inline int manager_at(const char *address)
{
    int fd = try_bind(address, 0);

    ck_assert_int_ge(fd, 0);
    return fd;
}

static inline void send_to(int fd, const char *address, UINT port,
                           const struct wire *wire)
{
    struct place to = place_at(address, port);

    ck_assert_int_eq(sendto(fd, wire->at, wire->len, 0,
                            (const struct sockaddr *)&to.address, to.len),
                     (ssize_t)wire->len);
}

static inline struct wire next_at(int fd, struct place *ret_from)
{
    struct pollfd readable = {fd, POLLIN, 0};
    struct wire wire;
    ssize_t len;

    ret_from->len = sizeof ret_from->address;
    ck_assert_int_eq(poll(&readable, 1, PATIENCE_MS), 1);
    len = recvfrom(fd, wire.at, sizeof wire.at, 0,
                   (struct sockaddr *)&ret_from->address, &ret_from->len);
    ck_assert_int_gt(len, 0);
    wire.len = (size_t)len;
    return wire;
}

/* The manager's next answer is that one, from there. */
static inline void expect_answer(int fd, const char *address, UINT port,
                                 const struct wire *expected)
{
    char where[INET6_ADDRSTRLEN + 8];
    struct place from;
    struct wire answer = next_at(fd, &from);

    snprintf(where, sizeof where, "%s %u", address, port);
    ck_assert_str_eq(text_of(&from), where);
    ck_assert_uint_eq(answer.len, expected->len);
    ck_assert_mem_eq(answer.at, expected->at, answer.len);
}

static inline bool has_ipv6(void)
{
    return is_free("::1", 0);
}

/* ---- messages ----------------------------------------------------------- */

/* sysDescr.0 with a value of that syntax, its contents one octet or none. */
static inline void put_variable(struct wire *wire, unsigned syntax)
{
    static const uint32_t name[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
    size_t since = wire->len;

    wire_oid(wire, name, 9);
    if (syntax == SNMP_SYNTAX_INT || syntax == SNMP_SYNTAX_CNTR64)
        wire_int(wire, syntax, 5);
    else
        wire_octets(wire, syntax, "", 0);
    wire_wrap(wire, since, 0x30);
}

/* A message with one variable; in a GETBULK the numbers are its own. */
static inline struct wire message(int version, smiINT type, int32_t id,
                                  int32_t status, int32_t index,
                                  unsigned syntax)
{
    struct wire wire = {.len = 0};
    size_t since;

    wire_int(&wire, 0x02, id);
    wire_int(&wire, 0x02, status);
    wire_int(&wire, 0x02, index);
    since = wire.len;
    put_variable(&wire, syntax);
    wire_wrap(&wire, since, 0x30);
    wire_wrap(&wire, 0, (unsigned)type);
    wire_finish(&wire, version);
    return wire;
}

static inline struct wire get_message(int version, int32_t id)
{
    return message(version, SNMP_PDU_GET, id, 0, 0, SNMP_SYNTAX_NULL);
}

/* A coldStart, with one more variable. */
static inline struct wire v1_trap(void)
{
    static const uint32_t enterprise[] = {1, 3, 6, 1, 4, 1, 1};
    struct wire wire = {.len = 0};
    size_t since;

    wire_oid(&wire, enterprise, 7);
    wire_octets(&wire, 0x40, "\x7f\0\0\1", 4);
    wire_int(&wire, 0x02, 0);
    wire_int(&wire, 0x02, 0);
    wire_unsigned(&wire, 0x43, 100);
    since = wire.len;
    put_variable(&wire, SNMP_SYNTAX_INT);
    wire_wrap(&wire, since, 0x30);
    wire_wrap(&wire, 0, SNMP_PDU_V1TRAP);
    wire_finish(&wire, V1);
    return wire;
}

/* ---- agents ------------------------------------------------------------- */

/* An entity of the session on a free port. */
static HSNMP_ENTITY agent_of(HSNMP_SESSION of, const char *address,
                             UINT *ret_port)
{
    HSNMP_ENTITY entity = SnmpStrToEntity(of, address);

    *ret_port = free_port(address);
    ck_assert_ptr_nonnull(entity);
    ck_assert_uint_eq(SnmpSetPort(entity, *ret_port), SNMPAPI_SUCCESS);
    return entity;
}

static inline HSNMP_ENTITY listening_at(const char *address, UINT *ret_port)
{
    HSNMP_ENTITY entity = agent_of(session, address, ret_port);

    ck_assert_uint_eq(SnmpListen(entity, SNMPAPI_ON), SNMPAPI_SUCCESS);
    return entity;
}

static inline struct received receive_nth(size_t n)
{
    struct event event = events_wait(&events, n);
    struct received got;

    ck_assert_uint_eq(event.wparam, 0);
    got = receive_from(event.session);
    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_int_eq((smiINT32)event.lparam, id_of(got.pdu));
    return got;
}

static SNMPAPI_STATUS answer_as(const struct received *got, HSNMP_ENTITY src,
                                smiINT status, smiINT index, smiUINT32 syntax)
{
    smiINT32 id = id_of(got->pdu);
    smiVALUE value;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;
    SNMPAPI_STATUS result;

    memset(&value, 0, sizeof value);
    value.syntax = syntax;
    if (syntax == SNMP_SYNTAX_INT)
        value.value.sNumber = 5;
    if (syntax == SNMP_SYNTAX_CNTR64)
        value.value.hNumber.lopart = 5;
    vbl = SnmpCreateVbl(session, &sysdescr, &value);
    pdu = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, 1, status, index, vbl);
    ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, &id, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    result = SnmpSendMsg(session, src, got->src, got->context, pdu);
    SnmpFreePdu(pdu);
    SnmpFreeVbl(vbl);
    return result;
}

static inline void answer(const struct received *got)
{
    ck_assert_uint_eq(answer_as(got, got->dst, 0, 0, SNMP_SYNTAX_NULL),
                      SNMPAPI_SUCCESS);
}

static inline void ask_and_answer(HSNMP_ENTITY own, const char *address,
                                  UINT port, size_t n)
{
    int version = n % 2 == 0 ? V1 : V2C;
    struct wire question = get_message(version, (int32_t)n);
    struct wire expected =
        message(version, SNMP_PDU_RESPONSE, (int32_t)n, 0, 0, SNMP_SYNTAX_NULL);
    bool is_v6 = strchr(address, ':') != NULL;
    int fd = manager_at(is_v6 ? "::1" : "127.0.0.1");
    struct received got;

    send_to(fd, address, port, &question);
    got = receive_nth(n);
    ck_assert_ptr_eq(got.dst, own);
    answer(&got);
    expect_answer(fd, address, port, &expected);
    received_free(&got);
    (void)close(fd);
}

#endif
