/*
 * check_mibs.c - names of the MIB modules of the host, beside those of MIB-II
 * that are built in.
 *
 * The library asks a program for them; here it is a script.  What it says is
 * what the real one says of tests/mibs: see mibs.sh.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mgmt/mibs.h"
#include "mgmtapi.h"
#include "support/asn.h"
#include "support/mib2_names.h"

/* ---- the program ------------------------------------------------------- */

static char program[] = "/tmp/check_mibs.XXXXXX";

static void use_program(const char *script)
{
    int fd = mkstemp(program);
    FILE *file = fdopen(fd, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_gt(fprintf(file, "#!/bin/sh\n%s\n", script), 0);
    ck_assert_int_eq(fchmod(fd, 0700), 0);
    ck_assert_int_eq(fclose(file), 0);
    wsn_mibs_program = program;
}

static void remove_program(void)
{
    (void)unlink(program);
    strcpy(program + sizeof program - 7, "XXXXXX");
}

static void use_test_mib(void)
{
    const char *source = getenv("top_srcdir");
    char script[4200];

    (void)snprintf(script, sizeof script, "cat '%s/tests/mibs/names.txt'",
                   source != NULL ? source : ".");
    use_program(script);
}

/* ---- there and back ---------------------------------------------------- */

static void expect_oid(const char *name, const char *numbers,
                       const char *written)
{
    char text[200];
    AsnObjectIdentifier oid;
    LPSTR again;

    strcpy(text, name);
    ck_assert_msg(SnmpMgrStrToOid(text, &oid), "%s", name);
    ck_assert_str_eq(SnmpUtilOidToA(&oid), numbers);
    ck_assert(SnmpMgrOidToStr(&oid, &again));
    ck_assert_str_eq(again, written != NULL ? written : name);
    SnmpUtilMemFree(again);
    SnmpUtilOidFree(&oid);
}

#define ENTERPRISES ".iso.org.dod.internet.private.enterprises"

static const struct {
    const char *text;
    const char *oid;
    const char *written; /* NULL: as text */
} names[] = {
    {ENTERPRISES ".example", "1.3.6.1.4.1.99999", NULL},
    {ENTERPRISES ".99999.2", "1.3.6.1.4.1.99999.2",
     ENTERPRISES ".example.exampleTable"},
    {ENTERPRISES ".example.exampleTable.exampleEntry.example-Column.7.0",
     "1.3.6.1.4.1.99999.2.1.4294967295.7.0", NULL},
    {ENTERPRISES ".example.2.exampleEntry", "1.3.6.1.4.1.99999.2.1",
     ENTERPRISES ".example.exampleTable.exampleEntry"},
    {ENTERPRISES ".example.3.1", "1.3.6.1.4.1.99999.3.1", NULL},
    {ENTERPRISES ".8072.1", "1.3.6.1.4.1.8072.1", NULL},
    {"laterMIB.5", "1.3.6.1.2.1.9999.5", NULL},
    {".1.3.6.1.2.1.9999", "1.3.6.1.2.1.9999", "laterMIB"},
};

START_TEST(a_name_there_and_back)
{
    use_test_mib();
    expect_oid(names[_i].text, names[_i].oid, names[_i].written);
}
END_TEST

/* The module has other names for some of them. */
START_TEST(names_of_mib2_stay_the_same)
{
    use_test_mib();
    expect_oid(mib2_names[_i].text, mib2_names[_i].oid, mib2_names[_i].written);
}
END_TEST

static const char *const not_names[] = {
    "example",
    ENTERPRISES ".exampleTable",
    ENTERPRISES ".Example",
    ENTERPRISES ".exampl",
    ENTERPRISES ".example.exampleTable.0x",
    "system.sysDescr.belowAnObject",
    "laterMIB.example",
};

START_TEST(not_every_text_is_a_name)
{
    char text[100];
    AsnObjectIdentifier oid = {77, NULL};

    use_test_mib();
    strcpy(text, not_names[_i]);
    ck_assert(!SnmpMgrStrToOid(text, &oid));
    ck_assert_uint_eq(GetLastError(), SNMP_BERAPI_INVALID_OBJELEM);
    ck_assert_uint_eq(oid.idLength, 77);
}
END_TEST

/* ---- programs that are no good ------------------------------------------ */

static const char *const bad_programs[] = {
    "exit 1",
    "kill -9 $$",
    "echo 'example 1.3.6.1.4.1.99999'; exit 3", /* its names are good */
    "printf 'example 1.3.6.1.4.1.99999'",       /* no end of the line */
    "echo; echo ' '; echo 1.3; echo a; echo 'a b'; echo 'a 1..3'",
    "echo '9a 1.3.6.1.4.1.5'; echo 'a/b 1.3.6.1.4.1.5'; echo 'a  1.3'",
    "echo 'a 1.3.6.1.4.1.4294967296'; echo 'a 1.3.6.1.4.1.5x'; echo 'a -1.3'",
    "i=0; while [ $i -lt 200 ]; do o=$o.1; i=$((i + 1)); done; echo \"a 1$o\"",
    "printf 'a\\0b 1.3.6.1.4.1.5\\n\\377 1.3.6.1.4.1.5\\n'",
};

START_TEST(a_program_may_say_nonsense)
{
    static const UINT ids[] = {1, 3, 6, 1, 4, 1, 99999};
    const char *name;

    use_program(bad_programs[_i]);
    name = wsn_mibs_name(ids, 7);
    if (_i == 2)
        ck_assert_str_eq(name, "example");
    else
        ck_assert_ptr_null(name);
    expect_oid(ENTERPRISES ".5.1", "1.3.6.1.4.1.5.1", NULL);
    expect_oid("system.sysUpTime.0", "1.3.6.1.2.1.1.3.0", NULL);
}
END_TEST

START_TEST(there_may_be_no_program)
{
    wsn_mibs_program = _i == 0 ? NULL : "/there/is/no/such";
    expect_oid(ENTERPRISES ".99999.2", "1.3.6.1.4.1.99999.2", NULL);
}
END_TEST

/* Of two names for one number the first is taken; both are understood. */
START_TEST(a_number_may_have_two_names)
{
    static const UINT ids[] = {1, 3, 6, 1, 4, 1};
    UINT id = 0;

    use_program("echo 'b 1.3.6.1.4.1.5'; echo 'a 1.3.6.1.4.1.5'");
    expect_oid(ENTERPRISES ".a", "1.3.6.1.4.1.5", ENTERPRISES ".b");
    ck_assert(wsn_mibs_child(ids, 6, "b", 1, &id));
    ck_assert_uint_eq(id, 5);
}
END_TEST

/* More than fits into a pipe or the first room. */
START_TEST(there_may_be_many_names)
{
    use_program("i=0; while [ $i -lt 20000 ]; do"
                " echo name$i 1.3.6.1.4.1.$i; i=$((i + 1)); done");
    expect_oid(ENTERPRISES ".name0", "1.3.6.1.4.1.0", NULL);
    expect_oid(ENTERPRISES ".name19999.1", "1.3.6.1.4.1.19999.1", NULL);
    expect_oid(ENTERPRISES ".20000", "1.3.6.1.4.1.20000", NULL);
}
END_TEST

START_TEST(no_memory)
{
    static const UINT ids[] = {1, 3, 6, 1, 4, 1, 99999};

    use_test_mib();
    allow(_i);
    (void)wsn_mibs_name(ids, 7);
    allow_all();
    expect_oid("system.sysDescr.0", SnmpUtilOidToA(&sysdescr), NULL);
}
END_TEST

/* ---- threads ------------------------------------------------------------ */

static void *ask(void *unused)
{
    (void)unused;
    expect_oid(ENTERPRISES ".example.exampleTable", "1.3.6.1.4.1.99999.2",
               NULL);
    return NULL;
}

START_TEST(several_may_ask_first)
{
    pthread_t threads[4];

    use_test_mib();
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, NULL), 0);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}
END_TEST

static void end(void)
{
    allow_all();
    remove_program();
}

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("mibs");

    tcase_add_checked_fixture(tcase, NULL, end);
    tcase_add_loop_test(tcase, a_name_there_and_back, 0, N(names));
    tcase_add_loop_test(tcase, names_of_mib2_stay_the_same, 0, N(mib2_names));
    tcase_add_loop_test(tcase, not_every_text_is_a_name, 0, N(not_names));
    tcase_add_loop_test(tcase, a_program_may_say_nonsense, 0, N(bad_programs));
    tcase_add_loop_test(tcase, there_may_be_no_program, 0, 2);
    tcase_add_test(tcase, a_number_may_have_two_names);
    tcase_add_test(tcase, there_may_be_many_names);
    tcase_add_loop_test(tcase, no_memory, 0, 12);
    tcase_add_test(tcase, several_may_ask_first);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("mgmt/mibs", fill)
