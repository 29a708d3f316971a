/*
 * conf.c - see conf.h.
 *
 * libinih does the parsing, a line at a time through read_line() below, which
 * counts the lines (the handler is not told the number), lets lines be
 * indented (libinih would join them), and refuses over-long ones (libinih
 * would cut them in two).  Nothing of a line is ever printed: it may hold a
 * community, or be of a file that is no configuration at all.
 */
#include "core/conf.h"

#include <ctype.h>
#include <ini.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "codec/pdu.h"
#include "core/db.h"
#include "winsnmp_types.h"

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

#define PATH_BYTES 4096
#define PORT_MAX 65535u
#define SECTION_MAX 49 /* what libinih keeps of a section's name */

/* ---- values ------------------------------------------------------------- */

struct word {
    const char *text;
    uint32_t value;
};

static const struct word translate_modes[] = {
    {"translated", SNMPAPI_TRANSLATED},
    {"v1", SNMPAPI_UNTRANSLATED_V1},
    {"v2c", SNMPAPI_UNTRANSLATED_V2},
    {NULL, 0}};

static const struct word switches[] = {
    {"on", 1},  {"off", 0},  {"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0},
    {"1", 1},   {"0", 0},    {NULL, 0}};

static const struct word trap_profiles[] = {
    {"1908", 0}, {"3584", 1}, {NULL, 0}};

static const struct word callback_results[] = {
    {"close", 0}, {"ignore", 1}, {NULL, 0}};

static const struct word versions[] = {
    {"1", WSN_V1}, {"2c", WSN_V2C}, {NULL, 0}};

static const struct word log_levels[] = {
    {"none", WSN_LOG_NONE},       {"error", WSN_LOG_ERROR},
    {"warning", WSN_LOG_WARNING}, {"info", WSN_LOG_INFO},
    {"debug", WSN_LOG_DEBUG},     {"packets", WSN_LOG_PACKETS},
    {NULL, 0}};

static const struct word log_places[] = {
    {"stderr", WSN_LOG_TO_STDERR}, {"syslog", WSN_LOG_TO_SYSLOG}, {NULL, 0}};

/* A key of [library]: one of words, or a number from min to max. */
struct key {
    const char *name;
    enum wsn_db_setting setting;
    const struct word *words;
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

static bool read_word(const struct word *words, const char *text,
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

static bool read_number(const char *text, uint32_t min, uint32_t max,
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

/* Copies a text that is not empty and fits. */
static bool read_text(const char *from, char *text, size_t size)
{
    size_t len = strlen(from);

    if (len == 0 || len >= size)
        return false;
    memcpy(text, from, len + 1);
    return true;
}

/* ---- sections: each returns false for what it does not understand ------- */

static bool set_library_key(const struct key *key, const char *text)
{
    uint32_t value = 0;

    if (key->words != NULL ? !read_word(key->words, text, &value)
                           : !read_number(text, key->min, key->max, &value))
        return false;
    if (key->apply != NULL)
        key->apply(value);
    else
        wsn_db_set(key->setting, value);
    return true;
}

static bool set_library(const char *name, const char *text)
{
    for (size_t i = 0; i < LIBRARY_KEYS; i++) {
        if (strcmp(library_keys[i].name, name) == 0)
            return set_library_key(&library_keys[i], text);
    }
    return false;
}

static bool set_entity_key(struct wsn_db_entity *entity, const char *name,
                           const char *text)
{
    uint32_t number = 0;

    if (strcmp(name, "address") == 0)
        return read_text(text, entity->address, sizeof entity->address);
    if (strcmp(name, "port") == 0 && read_number(text, 1, PORT_MAX, &number)) {
        entity->port = (uint16_t)number;
        return true;
    }
    if (strcmp(name, "version") == 0 && read_word(versions, text, &number)) {
        entity->version = (int)number;
        return true;
    }
    if (strcmp(name, "timeout") == 0)
        return entity->has_timeout =
                   read_number(text, 0, UINT32_MAX, &entity->timeout_cs);
    if (strcmp(name, "retries") == 0)
        return entity->has_retries =
                   read_number(text, 0, UINT32_MAX, &entity->retries);
    return false;
}

static bool set_entity(const char *entity_name, const char *name,
                       const char *text)
{
    struct wsn_db_entity entity = {.version = WSN_V1};

    /* The keys of a section come one by one. */
    if (!wsn_db_find_entity(entity_name, &entity) &&
        !read_text(entity_name, entity.name, sizeof entity.name))
        return false;
    return set_entity_key(&entity, name, text) && wsn_db_put_entity(&entity);
}

static bool set_context(const char *context_name, const char *name,
                        const char *text)
{
    struct wsn_db_context context;

    return strcmp(name, "community") == 0 &&
           read_text(context_name, context.name, sizeof context.name) &&
           read_text(text, context.community, sizeof context.community) &&
           wsn_db_put_context(&context);
}

/* The rest of section behind a first word and blanks, or NULL. */
static const char *behind(const char *section, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(section, word, len) != 0 ||
        !isspace((unsigned char)section[len]))
        return NULL;
    section += len;
    return section + strspn(section, " \t");
}

static bool set_value(const char *section, const char *name, const char *text)
{
    const char *entity_name = behind(section, "entity");
    const char *context_name = behind(section, "context");

    if (strcmp(section, "library") == 0)
        return set_library(name, text);
    if (entity_name != NULL)
        return set_entity(entity_name, name, text);
    if (context_name != NULL)
        return set_context(context_name, name, text);
    return false;
}

/* ---- the file ----------------------------------------------------------- */

struct source {
    FILE *file;
    const char *path;
    unsigned line;
    bool expects_value; /* the handler is to be called for this line */
};

static void complain(const struct source *source)
{
    wsn_log(WSN_LOG_WARNING, "%s:%u: not understood, line ignored",
            source->path, source->line);
}

/* libinih tells a line that it cannot parse only by not calling. */
static void check_line_before(struct source *source)
{
    if (source->expects_value)
        complain(source);
    source->expects_value = false;
}

static bool skip_rest_of_line(FILE *file)
{
    bool found = false;
    int c;

    while ((c = getc(file)) != EOF && c != '\n')
        found = true;
    return found;
}

/* Also the mark that Windows editors put at the start of UTF-8 files. */
static void strip_indent(char *line)
{
    size_t blanks = strspn(line, " \t\xef\xbb\xbf");

    memmove(line, line + blanks, strlen(line + blanks) + 1);
}

/* A header that libinih would not see, or cut. */
static bool is_bad_header(const char *line)
{
    return line[0] == '[' && (strchr(line, ']') == NULL ||
                              strcspn(line + 1, "]") > SECTION_MAX);
}

static bool is_value_line(const char *line)
{
    return strchr("[;#\r\n", line[0]) == NULL;
}

/* As fgets(), for ini_parse_stream(). */
static char *read_line(char *line, int size, void *stream)
{
    struct source *source = stream;

    check_line_before(source);
    if (fgets(line, size, source->file) == NULL)
        return NULL;
    source->line++;
    if (strchr(line, '\n') == NULL && skip_rest_of_line(source->file)) {
        complain(source);
        line[0] = '\0';
    }
    strip_indent(line);
    if (is_bad_header(line)) {
        complain(source);
        /* What follows must not count for the section before. */
        memcpy(line, "[?]", sizeof "[?]");
    }
    source->expects_value = is_value_line(line);
    return line;
}

static int on_value(void *user, const char *section, const char *name,
                    const char *value)
{
    struct source *source = user;

    source->expects_value = false;
    if (!set_value(section, name, value))
        complain(source);
    return 1;
}

static void read_file(FILE *file, const char *path)
{
    struct source source = {file, path, 0, false};

    if (ini_parse_stream(read_line, &source, on_value, &source) == -2)
        wsn_log(WSN_LOG_ERROR, "%s: not enough memory to read it", path);
}

/* ---- where it is, and the environment ----------------------------------- */

/* A set-user-id program must not let its caller choose files or settings. */
static const char *environment(const char *name)
{
    if (getuid() != geteuid() || getgid() != getegid())
        return NULL;
    return getenv(name);
}

static bool try_file(const char *path)
{
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return false;
    read_file(file, path);
    (void)fclose(file);
    return true;
}

/* folder may be NULL. */
static bool try_folder(const char *folder, const char *file)
{
    char path[PATH_BYTES];
    int len;

    if (folder == NULL || folder[0] == '\0')
        return false;
    len = snprintf(path, sizeof path, "%s/%s", folder, file);
    return len > 0 && (size_t)len < sizeof path && try_file(path);
}

static void load_files(void)
{
    const char *chosen = environment("WINSNMP_CONF");
    const char *folder = environment("XDG_CONFIG_HOME");

    if (chosen != NULL) {
        if (!try_file(chosen))
            wsn_log(WSN_LOG_WARNING, "cannot read %s", chosen);
        return;
    }
    if (folder != NULL && folder[0] != '\0') {
        if (try_folder(folder, "winsnmp.conf"))
            return;
    } else if (try_folder(environment("HOME"), ".config/winsnmp.conf")) {
        return;
    }
    (void)try_folder(SYSCONFDIR, "winsnmp.conf");
}

static void load_variable(const struct key *key)
{
    char name[64] = "WINSNMP_";
    size_t len = strlen(name);
    const char *text;

    for (const char *c = key->name; *c != '\0'; c++)
        name[len++] = (char)toupper((unsigned char)*c);
    name[len] = '\0';
    text = environment(name);
    if (text != NULL && !set_library_key(key, text))
        wsn_log(WSN_LOG_WARNING, "%s: not understood, ignored", name);
}

void wsn_config_load(void)
{
    wsn_db_reset();
    wsn_log_set_level(WSN_LOG_WARNING);
    wsn_log_set_place(WSN_LOG_TO_STDERR);
    load_files();
    for (size_t i = 0; i < LIBRARY_KEYS; i++)
        load_variable(&library_keys[i]);
}
