/*
 * conf_key.h - the keys of [library] in winsnmp.conf, what their values look
 * like, and the variables of the environment that win over them.
 *
 * For conf.c.  Called while the library starts, by one thread at a time.
 */
#ifndef WSN_CORE_CONF_KEY_H
#define WSN_CORE_CONF_KEY_H

#include <stdbool.h>
#include <stdint.h>

/* What can be wrong with a line; see conf.c for why it says no more. */
#define WSN_WRONG_KEY "no such key in this section"
#define WSN_WRONG_VALUE "not a value of this key"

/* A word and what it stands for; a list ends with NULL. */
struct wsn_word {
    const char *text;
    uint32_t value;
};

/* The value of text, one of words; false: it is none. [any] */
bool wsn_word_read(const struct wsn_word *words, const char *text,
                   uint32_t *ret_value);

/* A decimal number from min to max; false: text is none. [any] */
bool wsn_number_read(const char *text, uint32_t min, uint32_t max,
                     uint32_t *ret_value);

/* The variable of that name; NULL: there is none, or this is a set-user-id
 * program, whose caller must not choose files or settings. [any] */
const char *wsn_environment(const char *name);

/* Sets what a line says, unless the environment says something else.  Returns
 * what is wrong with the line, or NULL. [any] */
const char *wsn_library_key_set(const char *name, const char *text);

/* Sets what the environment says. [any] */
void wsn_library_keys_obey_environment(void);

/* Logs the variables that say nothing. [any] */
void wsn_library_keys_check_environment(void);

#endif
