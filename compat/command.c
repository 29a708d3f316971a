/*
 * command.c - see command.h.
 *
 * The rules are those of "Parsing C command-line arguments" in Microsoft's
 * documentation of its C library.
 */
#include "command.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/alloc.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* "The first argument is special": in it backslashes mean themselves. */
static const char *copy_program(const char *line, char **to)
{
    bool is_quoted = false;

    for (; *line != '\0' && (is_quoted || !is_blank(*line)); line++) {
        if (*line == '"')
            is_quoted = !is_quoted;
        else
            *(*to)++ = *line;
    }
    *(*to)++ = '\0';
    return line;
}

/*
 * Backslashes mean themselves unless a quotation mark follows: then each pair
 * is one, and an odd one makes the mark a letter, which is copied as well.
 */
static const char *copy_backslashes(const char *line, char **to)
{
    size_t n = strspn(line, "\\");
    size_t n_copied = line[n] == '"' ? n / 2 : n;

    memset(*to, '\\', n_copied);
    *to += n_copied;
    line += n;
    if (*line == '"' && n % 2 == 1)
        *(*to)++ = *line++;
    return line;
}

static const char *copy_argument(const char *line, char **to)
{
    bool is_quoted = false;

    while (*line != '\0' && (is_quoted || !is_blank(*line))) {
        if (*line == '\\') {
            line = copy_backslashes(line, to);
        } else if (*line != '"') {
            *(*to)++ = *line++;
        } else if (is_quoted && line[1] == '"') {
            /* "A pair of them in a quoted string is one that is escaped." */
            *(*to)++ = '"';
            line += 2;
        } else {
            is_quoted = !is_quoted;
            line++;
        }
    }
    *(*to)++ = '\0';
    return line;
}

char **wc_command_split(const char *line)
{
    /* A program that may be empty, one per two letters, one begun, NULL. */
    size_t n_max = strlen(line) / 2 + 3;
    char **arguments = wsn_alloc(n_max * sizeof *arguments + strlen(line) + 2);
    char *to;
    size_t n = 0;

    if (arguments == NULL)
        return NULL;
    to = (char *)(arguments + n_max);
    arguments[n++] = to;
    line = copy_program(line, &to);
    for (line += strspn(line, " \t"); *line != '\0';
         line += strspn(line, " \t")) {
        arguments[n++] = to;
        line = copy_argument(line, &to);
    }
    arguments[n] = NULL;
    return arguments;
}

char **wc_command_alone(const char *program)
{
    size_t size = strlen(program) + 1;
    char **arguments = wsn_alloc(2 * sizeof *arguments + size);

    if (arguments == NULL)
        return NULL;
    arguments[0] = (char *)(arguments + 2);
    arguments[1] = NULL;
    memcpy(arguments[0], program, size);
    return arguments;
}

/* ---- The other way round --------------------------------------------- */

/* What it takes at most, with a blank behind it. */
static size_t room_of(char *const *arguments)
{
    size_t room = 1;

    for (; *arguments != NULL; arguments++)
        room += 2 * strlen(*arguments) + sizeof "\"\" " - 1;
    return room;
}

static bool needs_quotes(const char *argument)
{
    return *argument == '\0' || strpbrk(argument, " \t") != NULL;
}

static char *put_program(char *to, const char *program)
{
    const char *quote = needs_quotes(program) ? "\"" : "";

    to = stpcpy(to, quote);
    to = stpcpy(to, program);
    return stpcpy(to, quote);
}

static char *put_backslashes(char *to, size_t n)
{
    memset(to, '\\', n);
    return to + n;
}

/* Backslashes are doubled where a quotation mark follows. */
static char *put_argument(char *to, const char *argument)
{
    const char *quote = needs_quotes(argument) ? "\"" : "";

    to = stpcpy(to, quote);
    while (*argument != '\0') {
        size_t n = strspn(argument, "\\");

        argument += n;
        to = put_backslashes(to, *argument == '"' ? 2 * n + 1 : n);
        if (*argument == '\0' && *quote != '\0')
            to = put_backslashes(to, n);
        if (*argument != '\0')
            *to++ = *argument++;
    }
    return stpcpy(to, quote);
}

char *wc_command_join(char *const *arguments)
{
    char *line = wsn_alloc(room_of(arguments));
    char *to = line;

    if (line == NULL)
        return NULL;
    *to = '\0';
    if (*arguments != NULL)
        to = put_program(to, *arguments++);
    for (; *arguments != NULL; arguments++) {
        *to++ = ' ';
        to = put_argument(to, *arguments);
    }
    return line;
}

size_t wc_command_program_length(const char *line)
{
    bool is_quoted = false;
    size_t n;

    for (n = 0; line[n] != '\0' && (is_quoted || !is_blank(line[n])); n++)
        is_quoted ^= line[n] == '"';
    return n + strspn(line + n, " \t");
}
