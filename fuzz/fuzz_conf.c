/*
 * fuzz_conf.c - winsnmp.conf may hold anything: settings stay within their
 * limits, and nothing of the file is ever logged, for it may hold communities.
 *
 * An input is the file.
 */
#include "fuzz.h"

#include <unistd.h>

#include "core/conf.h"
#include "core/db.h"
#include "winsnmp_types.h"

/* In memory, where there is such a folder: a file on a disk that is emptied and
 * written again takes longer than all the rest. */
#define FOLDER_IN_MEMORY "/dev/shm"
#define FOLDER "/tmp"

static char conf_path[32];
static int conf_fd = -1;
static int log_fd = -1;

static void remove_file(void)
{
    (void)unlink(conf_path);
}

static int make_file(char *ret_path, size_t room)
{
    const char *folder =
        access(FOLDER_IN_MEMORY, W_OK) == 0 ? FOLDER_IN_MEMORY : FOLDER;
    int fd;

    (void)snprintf(ret_path, room, "%s/fuzz-conf-XXXXXX", folder);
    fd = mkstemp(ret_path);
    FUZZ_CHECK(fd >= 0);
    return fd;
}

static void prepare(void)
{
    char log_path[sizeof conf_path];

    if (conf_fd >= 0)
        return;
    conf_fd = make_file(conf_path, sizeof conf_path);
    log_fd = make_file(log_path, sizeof log_path);
    (void)unlink(log_path);
    (void)atexit(remove_file);
    FUZZ_CHECK(setenv("WINSNMP_CONF", conf_path, 1) == 0);
}

static void empty_file(int fd)
{
    FUZZ_CHECK(ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0);
}

/* Has the configuration read with standard error going to the log. */
static void load(void)
{
    int saved = dup(STDERR_FILENO);

    FUZZ_CHECK(saved >= 0 && dup2(log_fd, STDERR_FILENO) >= 0);
    wsn_config_load();
    FUZZ_CHECK(dup2(saved, STDERR_FILENO) >= 0);
    (void)close(saved);
}

/* Nothing of the file is in it. */
static bool is_complaint(const char *text)
{
    static const char *const complaints[] = {
        "no such section",
        "no such key in this section",
        "no name, or too long a one, in the section's header",
        "not a value of this key",
        "not 'key = value'",
        "too long",
        "not '[section]', or too long a one"};
    char whole[128];

    for (size_t i = 0; i < sizeof complaints / sizeof complaints[0]; i++) {
        (void)snprintf(whole, sizeof whole, ": %s, line ignored",
                       complaints[i]);
        if (strcmp(text, whole) == 0)
            return true;
    }
    return false;
}

/* Every line is of a kind there is. */
static void check_log(void)
{
    static char text[1 << 16];
    char begin[128];
    ssize_t len = pread(log_fd, text, sizeof text - 1, 0);

    FUZZ_CHECK(len >= 0);
    text[len] = '\0';
    (void)snprintf(begin, sizeof begin, "libwinsnmp: warning: %s:", conf_path);
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL;
         line = end + 1) {
        char *at = line + strlen(begin);

        FUZZ_CHECK(strncmp(line, begin, strlen(begin)) == 0);
        at += strspn(at, "0123456789");
        *end = '\0';
        FUZZ_CHECK(is_complaint(at));
    }
}

static void check_settings(void)
{
    uint32_t mode = wsn_db_get(WSN_DB_TRANSLATE_MODE);

    FUZZ_CHECK(mode == SNMPAPI_TRANSLATED || mode == SNMPAPI_UNTRANSLATED_V1 ||
               mode == SNMPAPI_UNTRANSLATED_V2);
    FUZZ_CHECK(wsn_db_get(WSN_DB_RETRANSMIT_MODE) <= 1);
    FUZZ_CHECK(wsn_db_get(WSN_DB_TIMEOUT_CS) >= 1);
    FUZZ_CHECK(wsn_db_get(WSN_DB_TRAP_PORT) <= 65535);
    FUZZ_CHECK(wsn_db_get(WSN_DB_TRAP_QUEUE_MAX) >= 1);
    for (int i = WSN_DB_RELAXED_SOURCE; i <= WSN_DB_DNS; i++)
        FUZZ_CHECK(wsn_db_get((enum wsn_db_setting)i) <= 1);
}

/* What is found is whole. */
static void check_names(void)
{
    static const char *const names[] = {"a", "router", "public", "x y"};
    struct wsn_db_entity entity;
    struct wsn_db_context context;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t len = strlen(names[i]);

        if (wsn_db_find_entity(names[i], &entity)) {
            FUZZ_CHECK(strcmp(entity.name, names[i]) == 0);
            FUZZ_CHECK(memchr(entity.address, '\0', sizeof entity.address) !=
                       NULL);
        }
        if (wsn_db_find_context(names[i], len, &context))
            FUZZ_CHECK(context.community[0] != '\0');
        (void)wsn_db_find_community(names[i], len, &context);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len)
{
    struct wsn_db_entity entity;

    prepare();
    empty_file(conf_fd);
    empty_file(log_fd);
    FUZZ_CHECK(write(conf_fd, input, len) == (ssize_t)len);
    load();
    check_log();
    check_settings();
    check_names();
    wsn_db_reset();
    FUZZ_CHECK(!wsn_db_find_entity("a", &entity));
    return 0;
}
