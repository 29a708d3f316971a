/*
 * check_config_broken.c - what winsnmp.conf has that is not understood.
 */
#include "support/conf.h"

#define VALUE "not a value of this key"
#define KEY "no such key in this section"
#define SECTION "no such section"
#define HEADER "no name, or too long a one, in the section's header"
#define FORM "not 'key = value'"

static const struct {
    const char *text;
    const char *complaint;
} bad_lines[] = {{"[library]\nretries = x", VALUE},
                 {"[library]\nretries = -1", VALUE},
                 {"[library]\nretries = 4294967296", VALUE},
                 {"[library]\nretries = 99999999999999999999999", VALUE},
                 {"[library]\nretries = 0x10", VALUE},
                 {"[library]\nretries = 1 2", VALUE},
                 {"[library]\nretries =", VALUE},
                 {"[library]\ntimeout = 0", VALUE},
                 {"[library]\ntrap_port = 65536", VALUE},
                 {"[library]\ntrap_queue_max = 0", VALUE},
                 {"[library]\ntranslate_mode = 1", VALUE},
                 {"[library]\ndns = maybe", VALUE},
                 {"[library]\ndns = ON", VALUE},
                 {"[library]\nlog = loud", VALUE},
                 {"[library]\nlog_to = paper", VALUE},
                 {"[library]\nno_such_key = 1", KEY},
                 {"[library]\nretries", FORM},
                 {"[no such section]\nretries = 7", SECTION},
                 {"# no section\nretries = 7", SECTION},
                 {"[entity a]\nport = 0", VALUE},
                 {"[entity a]\nport = 65536", VALUE},
                 {"[entity a]\nversion = 3", VALUE},
                 {"[entity a]\naddress =", VALUE},
                 {"[entity a]\nno_such_key = 1", KEY},
                 {"[entity]\naddress = 192.0.2.1", HEADER},
                 {"[entity  ]\naddress = 192.0.2.1", HEADER},
                 {"[context a]\ncommunity =", VALUE},
                 {"[context a]\nretries = 7", KEY}};

START_TEST(a_bad_line_is_reported_with_its_number)
{
    char line[PATH_BYTES + 128];

    load_text(bad_lines[_i].text);
    snprintf(line, sizeof line, "libwinsnmp: warning: %s:2: %s, line ignored\n",
             conf, bad_lines[_i].complaint);
    ck_assert_str_eq(said, line);
    assert_only(WSN_DB_SETTINGS, 0);
}
END_TEST

static void say_nothing(int level, const char *line, void *data)
{
    (void)level;
    (void)line;
    (void)data;
}

/* The log does not repeat lines at once; it forgets them over others. */
static void have_the_log_forget(void)
{
    wsn_log_set_sink(say_nothing, NULL);
    for (int i = 0; i < 1000; i++)
        wsn_log(WSN_LOG_WARNING, "line %d", i);
    wsn_log_set_sink(NULL, NULL);
}

/* However often a program starts up; a changed file is another one. */
START_TEST(a_bad_line_is_reported_once)
{
    load_text("[library]\nretries = x\n");
    ck_assert_str_ne(said, "");
    have_the_log_forget();
    load();
    assert_silent();
    load_text("[library]\nretries = seven\n");
    ck_assert_str_ne(said, "");
}
END_TEST

START_TEST(the_rest_of_the_file_is_used)
{
    load_text("[library]\n"
              "rubbish\n"
              "retries = 7\n"
              "retries = seven\n"
              "timeout = 70\n");
    ck_assert_uint_eq(wsn_db_get(WSN_DB_RETRIES), 7);
    ck_assert_uint_eq(wsn_db_get(WSN_DB_TIMEOUT_CS), 70);
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:2: "));
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:4: "));
}
END_TEST

/* Nor anything else of a line: the file may be none of ours. */
START_TEST(no_community_is_ever_logged)
{
    load_text("[context a]\n"
              "community s3cret\n"
              "comunity = s3cret\n"
              "[contexts]\n"
              "community = s3cret\n"
              "[context s3cret\n"
              "community = s3cret\n");
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:2: "));
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:3: "));
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:5: "));
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:6: "));
    ck_assert_ptr_null(strstr(said, "s3cret"));
}
END_TEST

START_TEST(a_broken_header_ends_the_section_before)
{
    struct wsn_db_entity entity;

    load_text("[entity a]\n"
              "address = 192.0.2.1\n"
              "[entity b\n"
              "address = 192.0.2.2\n");
    ck_assert(wsn_db_find_entity("a", &entity));
    ck_assert_str_eq(entity.address, "192.0.2.1");
    ck_assert(!wsn_db_find_entity("b", &entity));
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:3: "));
}
END_TEST

START_TEST(long_lines_and_names_are_refused_not_cut)
{
    char text[4096] = "[context a]\ncommunity = ";
    size_t len = strlen(text);
    struct wsn_db_context context;

    memset(text + len, 'x', 3000);
    strcpy(text + len + 3000,
           "\ncommunity = short\n"
           "[context aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]\n"
           "community = lost\n");
    load_text(text);
    ck_assert(wsn_db_find_context("a", 1, &context));
    ck_assert_str_eq(context.community, "short");
    ck_assert(!wsn_db_find_community("lost", 4, &context));
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:2: "));
    ck_assert_ptr_null(strstr(said, "winsnmp.conf:3: "));
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:4: "));
}
END_TEST

START_TEST(bytes_of_any_kind_do_no_harm)
{
    FILE *file = fopen(conf, "w");
    unsigned random = 1;

    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < 20000; i++) {
        random = random * 1664525u + 1013904223u;
        fputc((int)(random >> 24), file);
    }
    fclose(file);
    setenv("WINSNMP_LOG", "none", 1);
    load();
    unsetenv("WINSNMP_LOG");
    assert_only(WSN_DB_SETTINGS, 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *reports = add_case(suite, "reports");
    TCase *harm = add_case(suite, "harm");

    tcase_add_loop_test(reports, a_bad_line_is_reported_with_its_number, 0,
                        N(bad_lines));
    tcase_add_test(reports, a_bad_line_is_reported_once);
    tcase_add_test(reports, no_community_is_ever_logged);
    tcase_add_test(harm, the_rest_of_the_file_is_used);
    tcase_add_test(harm, a_broken_header_ends_the_section_before);
    tcase_add_test(harm, long_lines_and_names_are_refused_not_cut);
    tcase_add_test(harm, bytes_of_any_kind_do_no_harm);
}

SUITE_MAIN("core/conf, broken", fill)
