/*
 * check_config.c - winsnmp.conf and the environment.
 */
#include "support/conf.h"

START_TEST(an_empty_file_leaves_the_built_in_settings)
{
    load();
    assert_silent();
    assert_only(WSN_DB_SETTINGS, 0);
}
END_TEST

struct setting {
    const char *key;
    const char *text;
    enum wsn_db_setting setting;
    uint32_t value;
};

static const struct setting settings[] = {
    {"translate_mode", "translated", WSN_DB_TRANSLATE_MODE, 0},
    {"translate_mode", "v1", WSN_DB_TRANSLATE_MODE, 1},
    {"translate_mode", "v2c", WSN_DB_TRANSLATE_MODE, 2},
    {"retransmit", "off", WSN_DB_RETRANSMIT_MODE, 0},
    {"retransmit", "on", WSN_DB_RETRANSMIT_MODE, 1},
    {"timeout", "1", WSN_DB_TIMEOUT_CS, 1},
    {"timeout", "4294967295", WSN_DB_TIMEOUT_CS, 0xffffffff},
    {"retries", "0", WSN_DB_RETRIES, 0},
    {"retries", "12", WSN_DB_RETRIES, 12},
    {"trap_port", "0", WSN_DB_TRAP_PORT, 0},
    {"trap_port", "65535", WSN_DB_TRAP_PORT, 65535},
    {"trap_queue_max", "1", WSN_DB_TRAP_QUEUE_MAX, 1},
    {"relaxed_source", "yes", WSN_DB_RELAXED_SOURCE, 1},
    {"trap_profile", "3584", WSN_DB_TRAP_PROFILE_3584, 1},
    {"trap_profile", "1908", WSN_DB_TRAP_PROFILE_3584, 0},
    {"session_without_notification", "on",
     WSN_DB_SESSION_WITHOUT_NOTIFICATION, 1},
    {"callback_result", "ignore", WSN_DB_CALLBACK_RESULT_IGNORE, 1},
    {"callback_result", "close", WSN_DB_CALLBACK_RESULT_IGNORE, 0},
    {"strict_context", "true", WSN_DB_STRICT_CONTEXT, 1},
    {"dns", "off", WSN_DB_DNS, 0},
    {"dns", "no", WSN_DB_DNS, 0},
    {"dns", "false", WSN_DB_DNS, 0},
    {"dns", "0", WSN_DB_DNS, 0},
    {"log_secrets", "yes", WSN_DB_LOG_SECRETS, 1}};

START_TEST(each_key_changes_its_setting)
{
    char text[128];

    snprintf(text, sizeof text, "[library]\n%s = %s\n", settings[_i].key,
             settings[_i].text);
    load_text(text);
    assert_silent();
    assert_only(settings[_i].setting, settings[_i].value);
}
END_TEST

/* WINSNMP_KEY=text */
static void set_variable(const char *key, const char *text)
{
    char name[64] = "WINSNMP_";

    for (size_t i = 0; i <= strlen(key); i++)
        name[8 + i] = (char)(key[i] >= 'a' && key[i] <= 'z'
                                 ? key[i] - 'a' + 'A'
                                 : key[i]);
    if (text != NULL)
        setenv(name, text, 1);
    else
        unsetenv(name);
}

START_TEST(each_key_is_a_variable_too)
{
    set_variable(settings[_i].key, settings[_i].text);
    load();
    set_variable(settings[_i].key, NULL);
    assert_silent();
    assert_only(settings[_i].setting, settings[_i].value);
}
END_TEST

START_TEST(variables_win_over_the_file)
{
    write_file(conf, "[library]\ntrap_port = 1162\nretries = 7\n");
    setenv("WINSNMP_TRAP_PORT", "2162", 1);
    load();
    unsetenv("WINSNMP_TRAP_PORT");
    assert_silent();
    ck_assert_uint_eq(wsn_db_get(WSN_DB_TRAP_PORT), 2162);
    ck_assert_uint_eq(wsn_db_get(WSN_DB_RETRIES), 7);
}
END_TEST

/* The log's level too, before there is something to be said. */
START_TEST(variables_are_in_force_while_the_file_is_read)
{
    write_file(conf, "[library]\nlog = none\nretries = x\n");
    setenv("WINSNMP_LOG", "warning", 1);
    load();
    ck_assert_ptr_nonnull(strstr(said, "winsnmp.conf:3: "));
    write_file(conf, "[library]\nlog = warning\nretries = many\n");
    setenv("WINSNMP_LOG", "none", 1);
    load();
    unsetenv("WINSNMP_LOG");
    assert_silent();
}
END_TEST

START_TEST(a_bad_variable_is_reported_by_name_only)
{
    setenv("WINSNMP_RETRIES", "hunter2", 1);
    load();
    unsetenv("WINSNMP_RETRIES");
    ck_assert_ptr_nonnull(strstr(said, "WINSNMP_RETRIES"));
    ck_assert_ptr_null(strstr(said, "hunter2"));
    assert_only(WSN_DB_SETTINGS, 0);
}
END_TEST

START_TEST(loading_again_forgets_what_was)
{
    struct wsn_db_entity entity;

    load_text("[library]\nretries = 7\n[entity a]\naddress = 192.0.2.1\n");
    ck_assert(wsn_db_find_entity("a", &entity));
    load_text("");
    assert_only(WSN_DB_SETTINGS, 0);
    ck_assert(!wsn_db_find_entity("a", &entity));
}
END_TEST

START_TEST(the_log_level_is_a_key)
{
    load_text("[library]\nlog = none\nretries = many\n");
    assert_silent();
}
END_TEST

/* ---- names -------------------------------------------------------------- */

START_TEST(entities_have_what_their_section_says)
{
    struct wsn_db_entity entity;

    load_text("[entity printer]\n"
              "  address = 192.0.2.9 ; where it stands\n"
              "  port = 1161\n"
              "  version = 2c\n"
              "  timeout = 30\n"
              "  retries = 0\n"
              "[entity with blanks]\n"
              "address: router.example\n");
    assert_silent();
    ck_assert(wsn_db_find_entity("printer", &entity));
    ck_assert_str_eq(entity.address, "192.0.2.9");
    ck_assert_uint_eq(entity.port, 1161);
    ck_assert_int_eq(entity.version, WSN_V2C);
    ck_assert(entity.has_timeout && entity.has_retries);
    ck_assert_uint_eq(entity.timeout_cs, 30);
    ck_assert_uint_eq(entity.retries, 0);
    ck_assert(wsn_db_find_entity("with blanks", &entity));
    ck_assert_str_eq(entity.address, "router.example");
    ck_assert_uint_eq(entity.port, 0);
    ck_assert_int_eq(entity.version, WSN_V1);
    ck_assert(!entity.has_timeout && !entity.has_retries);
}
END_TEST

START_TEST(contexts_have_communities)
{
    struct wsn_db_context context;

    load_text("[context reader]\ncommunity = s3cret word\n");
    assert_silent();
    ck_assert(wsn_db_find_context("reader", 6, &context));
    ck_assert_str_eq(context.community, "s3cret word");
    ck_assert(wsn_db_find_community("s3cret word", 11, &context));
    ck_assert_str_eq(context.name, "reader");
    ck_assert(!wsn_db_find_context("reade", 5, &context));
    ck_assert(!wsn_db_find_community("s3cret", 6, &context));
}
END_TEST

/* As written by an editor of another system. */
START_TEST(line_ends_and_marks_do_not_matter)
{
    load_text("\xef\xbb\xbf# made on Windows\r\n"
              "\r\n"
              "\t[library]\r\n"
              "\tretries=7\r\n"
              "    timeout =\t70   \r\n"
              "; the end");
    assert_silent();
    ck_assert_uint_eq(wsn_db_get(WSN_DB_RETRIES), 7);
    ck_assert_uint_eq(wsn_db_get(WSN_DB_TIMEOUT_CS), 70);
}
END_TEST

/* ---- which file --------------------------------------------------------- */

START_TEST(the_variable_names_the_file)
{
    char other[PATH_BYTES + 32];

    snprintf(other, sizeof other, "%s/other", folder);
    write_file(other, "[library]\nretries = 1\n");
    write_file(conf, "[library]\nretries = 2\ntimeout = 2\n");
    setenv("WINSNMP_CONF", other, 1);
    load();
    unlink(other);
    assert_silent();
    assert_only(WSN_DB_RETRIES, 1);
    /* A file that was asked for is missed. */
    load();
    ck_assert_ptr_nonnull(strstr(said, other));
    assert_only(WSN_DB_SETTINGS, 0);
    setenv("WINSNMP_CONF", folder, 1); /* no file at all */
    load();
    assert_only(WSN_DB_SETTINGS, 0);
    unsetenv("WINSNMP_CONF");
}
END_TEST

START_TEST(the_home_folder_is_looked_into)
{
    char below[PATH_BYTES + 32];
    char path[PATH_BYTES + 64];

    snprintf(below, sizeof below, "%s/.config", folder);
    snprintf(path, sizeof path, "%s/winsnmp.conf", below);
    ck_assert_int_eq(mkdir(below, 0700), 0);
    write_file(path, "[library]\nretries = 1\n");
    setenv("HOME", folder, 1);
    unsetenv("XDG_CONFIG_HOME");
    load();
    unlink(path);
    rmdir(below);
    assert_silent();
    assert_only(WSN_DB_RETRIES, 1);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *library = add_case(suite, "settings");
    TCase *names = add_case(suite, "names");
    TCase *place = add_case(suite, "place");

    tcase_add_test(library, an_empty_file_leaves_the_built_in_settings);
    tcase_add_loop_test(library, each_key_changes_its_setting, 0, N(settings));
    tcase_add_loop_test(library, each_key_is_a_variable_too, 0, N(settings));
    tcase_add_test(library, variables_win_over_the_file);
    tcase_add_test(library, variables_are_in_force_while_the_file_is_read);
    tcase_add_test(library, a_bad_variable_is_reported_by_name_only);
    tcase_add_test(library, loading_again_forgets_what_was);
    tcase_add_test(library, the_log_level_is_a_key);
    tcase_add_test(names, entities_have_what_their_section_says);
    tcase_add_test(names, contexts_have_communities);
    tcase_add_test(names, line_ends_and_marks_do_not_matter);
    tcase_add_test(place, the_variable_names_the_file);
    tcase_add_test(place, the_home_folder_is_looked_into);
}

SUITE_MAIN("core/conf", fill)
