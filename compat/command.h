/*
 * command.h - command lines.
 */
#ifndef WC_COMMAND_H
#define WC_COMMAND_H

#include <stddef.h>

/*
 * The arguments that Microsoft's C library would pass to main for line, with
 * NULL behind the last.  One block for wsn_free(); NULL: no memory. [any]
 */
char **wc_command_split(const char *line);

/* The same for a program that has no arguments. [any] */
char **wc_command_alone(const char *program);

/*
 * A line that is taken apart into arguments, which end with NULL.  For
 * wsn_free(); NULL: no memory. [any]
 */
char *wc_command_join(char *const *arguments);

/* How long the program's name is, with the blanks behind it. [any] */
size_t wc_command_program_length(const char *line);

#endif
