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
