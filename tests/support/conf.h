/*
 * conf.h - what the suites about winsnmp.conf share: a folder of their own with
 * that file, and what is said on standard error while it is read.
 */
#ifndef WSN_TESTS_SUPPORT_CONF_H
#define WSN_TESTS_SUPPORT_CONF_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "codec/pdu.h"
#include "core/conf.h"
#include "core/db.h"
#include "support/suite.h"
#include "winsnmp_types.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))
#define PATH_BYTES 256

/* ---- a folder of its own, and what is said on standard error ------------ */

static char folder[PATH_BYTES];
static char conf[PATH_BYTES + 32];
static char said[8192];

static inline void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void set_up(void)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(folder, sizeof folder, "%s/winsnmp.XXXXXX",
             tmp != NULL ? tmp : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(conf, sizeof conf, "%s/winsnmp.conf", folder);
    setenv("XDG_CONFIG_HOME", folder, 1);
    unsetenv("WINSNMP_CONF");
    /* So that no file of the machine is looked for. */
    write_file(conf, "");
}

static inline void tear_down(void)
{
    wsn_db_reset();
    wsn_log_set_level(WSN_LOG_WARNING);
    unlink(conf);
    ck_assert_int_eq(rmdir(folder), 0);
}

/* Loads the configuration and leaves in said what was written meanwhile. */
static inline void load(void)
{
    FILE *log = tmpfile();
    int screen = dup(STDERR_FILENO);
    size_t len;

    ck_assert_ptr_nonnull(log);
    ck_assert_int_ge(dup2(fileno(log), STDERR_FILENO), 0);
    wsn_config_load();
    fflush(stderr);
    ck_assert_int_ge(dup2(screen, STDERR_FILENO), 0);
    close(screen);
    rewind(log);
    len = fread(said, 1, sizeof said - 1, log);
    said[len] = '\0';
    fclose(log);
}

static inline void load_text(const char *text)
{
    write_file(conf, text);
    load();
}

static inline void assert_silent(void)
{
    ck_assert_str_eq(said, "");
}

/* ---- settings ----------------------------------------------------------- */

static const uint32_t built_in[WSN_DB_SETTINGS] = {
    [WSN_DB_TRANSLATE_MODE] = SNMPAPI_UNTRANSLATED_V1,
    [WSN_DB_RETRANSMIT_MODE] = SNMPAPI_ON,
    [WSN_DB_TIMEOUT_CS] = 500,
    [WSN_DB_RETRIES] = 3,
    [WSN_DB_TRAP_PORT] = 162,
    [WSN_DB_TRAP_QUEUE_MAX] = 10000,
    [WSN_DB_DNS] = 1};

/* All settings are the built-in ones, but for one that is value. */
static inline void assert_only(enum wsn_db_setting setting, uint32_t value)
{
    for (int i = 0; i < WSN_DB_SETTINGS; i++)
        ck_assert_uint_eq(wsn_db_get((enum wsn_db_setting)i),
                          i == (int)setting ? value : built_in[i]);
}

/* A case with that folder for each test. */
static inline TCase *add_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    suite_add_tcase(suite, tcase);
    return tcase;
}

#endif
