/*
 * check_dns.c - host names in translated mode, with a resolver of the test's
 * own: nothing is asked of the network.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>

#include "support/modes.h"
#include "support/suite.h"
#include "support/waiting.h"
#include "winsnmp.h"

/* ---- the resolver ------------------------------------------------------- */

static struct sockaddr_in found = {.sin_family = AF_INET};
static struct sockaddr_in6 found6 = {.sin6_family = AF_INET6,
                                     .sin6_addr.s6_addr = {[15] = 5}};

static atomic_uint asked;
static struct addrinfo four;
static struct addrinfo six;
static struct addrinfo strange;

static const struct {
    const char *node;
    int error;
    struct addrinfo *first;
    struct addrinfo *second;
} answers[] = {{"agent.example", 0, &six, &four},
               {"six.example", 0, &strange, &six},
               {"none.example", 0, &strange, NULL},
               {"memory.example", EAI_MEMORY, NULL, NULL}};

static void fill_answer(struct addrinfo *answer, int family, void *address,
                        socklen_t len)
{
    answer->ai_family = family;
    answer->ai_addr = address;
    answer->ai_addrlen = len;
}

/* 127.0.0.5, ::5, and an address of a kind that we do not know. */
static void fill_answers(void)
{
    found.sin_addr.s_addr = htonl(0x7f000005);
    fill_answer(&four, AF_INET, &found, sizeof found);
    fill_answer(&six, AF_INET6, &found6, sizeof found6);
    fill_answer(&strange, AF_UNIX, &found, sizeof found);
    six.ai_next = strange.ai_next = NULL;
}

int getaddrinfo(const char *node, const char *service,
                const struct addrinfo *hints, struct addrinfo **result)
{
    (void)service;
    if ((hints->ai_flags & AI_NUMERICHOST) != 0)
        return EAI_NONAME; /* a question about the text, not to the network */
    atomic_fetch_add(&asked, 1);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (strcmp(node, answers[i].node) != 0)
            continue;
        fill_answers();
        *result = answers[i].first;
        if (answers[i].second != NULL)
            answers[i].first->ai_next = answers[i].second;
        return answers[i].error;
    }
    return EAI_NONAME;
}

void freeaddrinfo(struct addrinfo *list)
{
    ck_assert(list == &six || list == &strange);
}

/* ---- a session whose callback looks a name up ------------------------------
 */

static struct {
    struct waiting waiting;
    size_t calls;
    HSNMP_ENTITY entity;
    SNMPAPI_STATUS code;
    unsigned asked;
} seen;

static SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION session, HWND window,
                                        UINT message, WPARAM w, LPARAM l,
                                        LPVOID data)
{
    unsigned before = atomic_load(&asked);

    (void)window;
    (void)message;
    (void)w;
    (void)l;
    waiting_lock(&seen.waiting);
    seen.entity = SnmpStrToEntity(session, data);
    seen.code = SnmpGetLastError(NULL);
    seen.asked = atomic_load(&asked) - before;
    seen.calls++;
    waiting_tell(&seen.waiting);
    waiting_unlock(&seen.waiting);
    return SNMPAPI_SUCCESS;
}

static HSNMP_SESSION session;
static char name[] = "agent.example";
static char literal[] = "127.0.0.7";

static void begin(int mode, char *looked_up)
{
    memset(&seen, 0, sizeof seen);
    waiting_init(&seen.waiting);
    modes_begin(mode);
    ck_assert(SnmpSetTranslateMode(SNMPAPI_TRANSLATED));
    session = SnmpCreateSession(NULL, 0, on_event, looked_up);
    ck_assert_ptr_nonnull(session);
    modes_run();
}

static void end(void)
{
    modes_end();
    waiting_fini(&seen.waiting);
}

/* A request to the discard port of this host, which times out at once. */
static void have_callback_called(void)
{
    smiBYTE octet = 'c';
    smiOCTETS community = {1, &octet};
    HSNMP_ENTITY agent = SnmpStrToEntity(session, "127.0.0.1");
    HSNMP_CONTEXT context = SnmpStrToContext(session, &community);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, NULL);

    ck_assert(SnmpSetPort(agent, 9) && SnmpSetTimeout(agent, 1) &&
              SnmpSetRetry(agent, 0));
    ck_assert(SnmpSendMsg(session, NULL, agent, context, pdu));
    waiting_lock(&seen.waiting);
    ck_assert(waiting_until(&seen.waiting, &seen.calls, 1));
    waiting_unlock(&seen.waiting);
}

START_TEST(a_thread_of_the_program_gets_the_address)
{
    char text[64];
    HSNMP_ENTITY entity;

    begin(_i, name);
    entity = SnmpStrToEntity(session, name);
    ck_assert_ptr_nonnull(entity);
    ck_assert_uint_gt(atomic_load(&asked), 0);
    ck_assert_uint_gt(SnmpEntityToStr(entity, sizeof text, text), 0);
    ck_assert_str_eq(text, "127.0.0.5");
    end();
}
END_TEST

static const struct {
    const char *name;
    const char *address; /* NULL: it fails with the code */
    SNMPAPI_STATUS code;
} names[] = {{"agent.example", "127.0.0.5", SNMPAPI_SUCCESS},
             {"six.example", "::5", SNMPAPI_SUCCESS},
             {"none.example", NULL, SNMPAPI_ENTITY_UNKNOWN},
             {"nobody.example", NULL, SNMPAPI_ENTITY_UNKNOWN},
             {"memory.example", NULL, SNMPAPI_ALLOC_ERROR}};

START_TEST(a_name_is_what_the_resolver_says)
{
    char text[64];
    HSNMP_ENTITY entity;

    begin(MODE_OWN_THREAD, name);
    entity = SnmpStrToEntity(session, names[_i].name);
    if (names[_i].address == NULL) {
        ck_assert_ptr_null(entity);
        ck_assert_uint_eq(SnmpGetLastError(NULL), names[_i].code);
    } else {
        ck_assert_uint_gt(SnmpEntityToStr(entity, sizeof text, text), 0);
        ck_assert_str_eq(text, names[_i].address);
    }
    end();
}
END_TEST

START_TEST(a_callback_is_refused_without_asking)
{
    begin(_i, name);
    have_callback_called();
    ck_assert_ptr_null(seen.entity);
    ck_assert_uint_eq(seen.code, SNMPAPI_ENTITY_UNKNOWN);
    ck_assert_uint_eq(seen.asked, 0);
    end();
}
END_TEST

START_TEST(a_callback_still_knows_addresses)
{
    begin(_i, literal);
    have_callback_called();
    ck_assert_ptr_nonnull(seen.entity);
    ck_assert_uint_eq(seen.asked, 0);
    end();
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("host names");

    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, a_thread_of_the_program_gets_the_address, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, a_name_is_what_the_resolver_says, 0,
                        (int)(sizeof names / sizeof names[0]));
    tcase_add_loop_test(tcase, a_callback_is_refused_without_asking, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, a_callback_still_knows_addresses, 0, N_MODES);
}

SUITE_MAIN("core/dns", fill)
