/*
 * addr.h - addresses for the suites about them.
 */
#ifndef WSN_TESTS_SUPPORT_ADDR_H
#define WSN_TESTS_SUPPORT_ADDR_H

#include "net/addr.h"
#include "support/suite.h"

/* That of a literal. */
static inline struct wsn_addr address(const char *text, uint16_t port)
{
    struct wsn_addr addr;

    ck_assert_msg(wsn_addr_parse(text, &addr), "%s", text);
    addr.port = port;
    return addr;
}

#endif
