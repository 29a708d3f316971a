/*
 * conf_key.c - see conf_key.h.
 */
#include "core/conf_key.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "core/db.h"
#include "winsnmp_types.h"

#define PORT_MAX 65535u
#define VARIABLE_START "WINSNMP_"
#define VARIABLE_BYTES 64

/* ---- the keys ----------------------------------------------------------- */

static const struct wsn_word translate_modes[] = {
    {"translated", SNMPAPI_TRANSLATED},
    {"v1", SNMPAPI_UNTRANSLATED_V1},
    {"v2c", SNMPAPI_UNTRANSLATED_V2},
    {NULL, 0}};

static const struct wsn_word switches[] = {
    {"on", 1},  {"off", 0},  {"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0},
    {"1", 1},   {"0", 0},    {NULL, 0}};

static const struct wsn_word trap_profiles[] = {
    {"1908", 0}, {"3584", 1}, {NULL, 0}};

static const struct wsn_word callback_results[] = {
    {"close", 0}, {"ignore", 1}, {NULL, 0}};

static const struct wsn_word log_levels[] = {
    {"none", WSN_LOG_NONE},       {"error", WSN_LOG_ERROR},
    {"warning", WSN_LOG_WARNING}, {"info", WSN_LOG_INFO},
    {"debug", WSN_LOG_DEBUG},     {"packets", WSN_LOG_PACKETS},
    {NULL, 0}};

static const struct wsn_word log_places[] = {
    {"stderr", WSN_LOG_TO_STDERR}, {"syslog", WSN_LOG_TO_SYSLOG}, {NULL, 0}};

/* A key of [library]: one of words, or a number from min to max. */
struct key {
    const char *name;
    enum wsn_db_setting setting;
    const struct wsn_word *words;
    uint32_t min;
    uint32_t max;
    void (*apply)(uint32_t value); /* where WSN_DB_SETTINGS: not one of them */
};

static void set_log_level(uint32_t level)
{
    wsn_log_set_level((enum wsn_log_level)level);
}

static void set_log_place(uint32_t place)
{
    wsn_log_set_place((enum wsn_log_place)place);
}

static const struct key library_keys[] = {
    {"translate_mode", WSN_DB_TRANSLATE_MODE, translate_modes, 0, 0, NULL},
    {"retransmit", WSN_DB_RETRANSMIT_MODE, switches, 0, 0, NULL},
    {"timeout", WSN_DB_TIMEOUT_CS, NULL, 1, UINT32_MAX, NULL},
    {"retries", WSN_DB_RETRIES, NULL, 0, UINT32_MAX, NULL},
    {"trap_port", WSN_DB_TRAP_PORT, NULL, 0, PORT_MAX, NULL},
    {"trap_queue_max", WSN_DB_TRAP_QUEUE_MAX, NULL, 1, UINT32_MAX, NULL},
    {"relaxed_source", WSN_DB_RELAXED_SOURCE, switches, 0, 0, NULL},
    {"trap_profile", WSN_DB_TRAP_PROFILE_3584, trap_profiles, 0, 0, NULL},
    {"session_without_notification", WSN_DB_SESSION_WITHOUT_NOTIFICATION,
     switches, 0, 0, NULL},
    {"callback_result", WSN_DB_CALLBACK_RESULT_IGNORE, callback_results, 0, 0,
     NULL},
    {"strict_context", WSN_DB_STRICT_CONTEXT, switches, 0, 0, NULL},
    {"dns", WSN_DB_DNS, switches, 0, 0, NULL},
    {"log", WSN_DB_SETTINGS, log_levels, 0, 0, set_log_level},
    {"log_to", WSN_DB_SETTINGS, log_places, 0, 0, set_log_place},
    {"log_secrets", WSN_DB_LOG_SECRETS, switches, 0, 0, NULL}};

#define LIBRARY_KEYS (sizeof library_keys / sizeof library_keys[0])

bool wsn_word_read(const struct wsn_word *words, const char *text,
                   uint32_t *ret_value)
{
    for (; words->text != NULL; words++) {
        if (strcmp(words->text, text) == 0) {
            *ret_value = words->value;
            return true;
        }
    }
    return false;
}

bool wsn_number_read(const char *text, uint32_t min, uint32_t max,
                     uint32_t *ret_value)
{
    uint64_t number = 0;

    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (!isdigit((unsigned char)*text))
            return false;
        number = number * 10 + (uint64_t)(*text - '0');
        if (number > max)
            return false;
    }
    if (number < min)
        return false;
    *ret_value = (uint32_t)number;
    return true;
}

/* ---- the environment ---------------------------------------------------- */

/* A set-user-id program must not let its caller choose files or settings. */
const char *wsn_environment(const char *name)
{
    if (getuid() != geteuid() || getgid() != getegid())
        return NULL;
    return getenv(name);
}

/* The text of key's variable, or NULL, and its name. */
static const char *variable_of(const struct key *key,
                               char ret_name[VARIABLE_BYTES])
{
    size_t len = strlen(VARIABLE_START);

    memcpy(ret_name, VARIABLE_START, len);
    for (const char *c = key->name; *c != '\0'; c++)
        ret_name[len++] = (char)toupper((unsigned char)*c);
    ret_name[len] = '\0';
    return wsn_environment(ret_name);
}

static bool read_value(const struct key *key, const char *text,
                       uint32_t *ret_value)
{
    return key->words != NULL
               ? wsn_word_read(key->words, text, ret_value)
               : wsn_number_read(text, key->min, key->max, ret_value);
}

static void apply(const struct key *key, uint32_t value)
{
    if (key->apply != NULL)
        key->apply(value);
    else
        wsn_db_set(key->setting, value);
}

/* Whether there is a variable for key, which wins over the file. */
static bool obey_variable(const struct key *key)
{
    char name[VARIABLE_BYTES];
    const char *text = variable_of(key, name);
    uint32_t value = 0;

    if (text == NULL || !read_value(key, text, &value))
        return false;
    apply(key, value);
    return true;
}

static void complain_of_variable(const struct key *key)
{
    char name[VARIABLE_BYTES];
    const char *text = variable_of(key, name);
    uint32_t value = 0;

    if (text != NULL && !read_value(key, text, &value))
        wsn_log(WSN_LOG_WARNING, "%s: not understood, ignored", name);
}

/* ---- all of them -------------------------------------------------------- */

static const char *set_key(const struct key *key, const char *text)
{
    uint32_t value = 0;

    if (!read_value(key, text, &value))
        return WSN_WRONG_VALUE;
    if (!obey_variable(key))
        apply(key, value);
    return NULL;
}

const char *wsn_library_key_set(const char *name, const char *text)
{
    for (size_t i = 0; i < LIBRARY_KEYS; i++) {
        if (strcmp(library_keys[i].name, name) == 0)
            return set_key(&library_keys[i], text);
    }
    return WSN_WRONG_KEY;
}

void wsn_library_keys_obey_environment(void)
{
    for (size_t i = 0; i < LIBRARY_KEYS; i++)
        (void)obey_variable(&library_keys[i]);
}

void wsn_library_keys_check_environment(void)
{
    for (size_t i = 0; i < LIBRARY_KEYS; i++)
        complain_of_variable(&library_keys[i]);
}
