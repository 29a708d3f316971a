/*
 * conf.c - see conf.h.
 *
 * libinih does the parsing, a line at a time through read_line() below, which
 * counts the lines (the handler is not told the number), lets lines be
 * indented (libinih would join them), and refuses over-long ones (libinih
 * would cut them in two).  Nothing of a line is ever printed: it may hold a
 * community, or be of a file that is no configuration at all.  What is wrong
 * with it is said in constant texts.
 */
#include "core/conf.h"

#include <ctype.h>
#include <ini.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "codec/pdu.h"
#include "core/conf_key.h"
#include "core/db.h"

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

#define PATH_BYTES 4096
#define PORT_MAX 65535u
#define SECTION_MAX 49 /* what libinih keeps of a section's name */

/* ---- values ------------------------------------------------------------- */

static const struct wsn_word versions[] = {
    {"1", WSN_V1}, {"2c", WSN_V2C}, {NULL, 0}};

/* Copies a text that is not empty and fits. */
static bool read_text(const char *from, char *text, size_t size)
{
    size_t len = strlen(from);

    if (len == 0 || len >= size)
        return false;
    memcpy(text, from, len + 1);
    return true;
}

/* ---- sections: each returns what is wrong, or NULL ---------------------- */

#define NO_SECTION "no such section"
#define BAD_NAME "no name, or too long a one, in the section's header"
#define NO_MEMORY "not enough memory"

static const char *set_entity_key(struct wsn_db_entity *entity,
                                  const char *name, const char *text)
{
    uint32_t number = 0;
    bool is_good;

    if (strcmp(name, "address") == 0) {
        is_good = read_text(text, entity->address, sizeof entity->address);
    } else if (strcmp(name, "port") == 0) {
        is_good = wsn_number_read(text, 1, PORT_MAX, &number);
        entity->port = (uint16_t)number;
    } else if (strcmp(name, "version") == 0) {
        is_good = wsn_word_read(versions, text, &number);
        entity->version = (int)number;
    } else if (strcmp(name, "timeout") == 0) {
        is_good = wsn_number_read(text, 0, UINT32_MAX, &entity->timeout_cs);
        entity->has_timeout = true;
    } else if (strcmp(name, "retries") == 0) {
        is_good = wsn_number_read(text, 0, UINT32_MAX, &entity->retries);
        entity->has_retries = true;
    } else {
        return WSN_WRONG_KEY;
    }
    return is_good ? NULL : WSN_WRONG_VALUE;
}

static const char *set_entity(const char *entity_name, const char *name,
                              const char *text)
{
    struct wsn_db_entity entity = {.version = WSN_V1};
    const char *wrong;

    /* The keys of a section come one by one. */
    if (!wsn_db_find_entity(entity_name, &entity) &&
        !read_text(entity_name, entity.name, sizeof entity.name))
        return BAD_NAME;
    wrong = set_entity_key(&entity, name, text);
    if (wrong != NULL)
        return wrong;
    return wsn_db_put_entity(&entity) ? NULL : NO_MEMORY;
}

static const char *set_context(const char *context_name, const char *name,
                               const char *text)
{
    struct wsn_db_context context;

    if (strcmp(name, "community") != 0)
        return WSN_WRONG_KEY;
    if (!read_text(context_name, context.name, sizeof context.name))
        return BAD_NAME;
    if (!read_text(text, context.community, sizeof context.community))
        return WSN_WRONG_VALUE;
    return wsn_db_put_context(&context) ? NULL : NO_MEMORY;
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

static const char *set_value(const char *section, const char *name,
                             const char *text)
{
    const char *entity_name = behind(section, "entity");
    const char *context_name = behind(section, "context");

    if (strcmp(section, "library") == 0)
        return wsn_library_key_set(name, text);
    if (entity_name != NULL)
        return set_entity(entity_name, name, text);
    if (context_name != NULL)
        return set_context(context_name, name, text);
    return strcmp(section, "entity") == 0 || strcmp(section, "context") == 0
               ? BAD_NAME
               : NO_SECTION;
}

/* ---- the file ----------------------------------------------------------- */

struct source {
    FILE *file;
    const char *path;
    unsigned line;
    bool expects_value; /* the handler is to be called for this line */
    bool is_known;      /* its lines have been complained about before */
};

static void complain(const struct source *source, const char *wrong)
{
    if (!source->is_known)
        wsn_log(WSN_LOG_WARNING, "%s:%u: %s, line ignored", source->path,
                source->line, wrong);
}

/* libinih tells a line that it cannot parse only by not calling. */
static void check_line_before(struct source *source)
{
    if (source->expects_value)
        complain(source, "not 'key = value'");
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
        complain(source, "too long");
        line[0] = '\0';
    }
    strip_indent(line);
    if (is_bad_header(line)) {
        complain(source, "not '[section]', or too long a one");
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
    const char *wrong = set_value(section, name, value);

    source->expects_value = false;
    if (wrong != NULL)
        complain(source, wrong);
    return 1;
}

/* A program may start up for each request that it makes; it hears of a broken
 * line once, until the file is another one. */
static bool was_read_before(FILE *file)
{
    static struct stat before;
    struct stat now;
    bool is_same;

    if (fstat(fileno(file), &now) != 0)
        return false;
    is_same = now.st_dev == before.st_dev && now.st_ino == before.st_ino &&
              now.st_size == before.st_size && now.st_mtime == before.st_mtime;
    before = now;
    return is_same;
}

static void read_file(FILE *file, const char *path)
{
    struct source source = {file, path, 0, false, was_read_before(file)};

    if (ini_parse_stream(read_line, &source, on_value, &source) == -2)
        wsn_log(WSN_LOG_ERROR, "%s: not enough memory to read it", path);
}

/* ---- where it is ----------------------------------------------------- */

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
    const char *chosen = wsn_environment("WINSNMP_CONF");
    const char *folder = wsn_environment("XDG_CONFIG_HOME");

    if (chosen != NULL) {
        if (!try_file(chosen))
            wsn_log(WSN_LOG_WARNING, "cannot read %s", chosen);
        return;
    }
    if (folder != NULL && folder[0] != '\0') {
        if (try_folder(folder, "winsnmp.conf"))
            return;
    } else if (try_folder(wsn_environment("HOME"), ".config/winsnmp.conf")) {
        return;
    }
    (void)try_folder(SYSCONFDIR, "winsnmp.conf");
}

void wsn_config_load(void)
{
    wsn_db_reset();
    wsn_log_set_level(WSN_LOG_WARNING);
    wsn_log_set_place(WSN_LOG_TO_STDERR);
    wsn_library_keys_obey_environment();
    load_files();
    wsn_library_keys_check_environment();
}
