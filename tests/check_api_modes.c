/*
 * check_api_modes.c - process-wide modes and vendor information.
 */
#include <ctype.h>
#include <string.h>

#include "support/api.h"

START_TEST(the_defaults_are_version_1_and_retransmission)
{
    smiUINT32 mode = 42;

    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_UNTRANSLATED_V1);
    ck_assert_uint_eq(SnmpGetRetransmitMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_ON);
}
END_TEST

START_TEST(translate_modes_are_set_and_read_back)
{
    smiUINT32 mode = 42;

    ck_assert_uint_eq(SnmpSetTranslateMode((smiUINT32)_i), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, (smiUINT32)_i);
}
END_TEST

START_TEST(retransmit_modes_are_set_and_read_back)
{
    smiUINT32 mode = 42;

    ck_assert_uint_eq(SnmpSetRetransmitMode((smiUINT32)_i), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpGetRetransmitMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, (smiUINT32)_i);
}
END_TEST

START_TEST(other_modes_are_refused)
{
    smiUINT32 mode = 42;

    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    ASSERT_FAILS(SnmpSetTranslateMode(3), SNMPAPI_MODE_INVALID);
    ASSERT_FAILS(SnmpSetTranslateMode(0xffffffff), SNMPAPI_MODE_INVALID);
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_UNTRANSLATED_V2);
    SnmpSetRetransmitMode(SNMPAPI_OFF);
    ASSERT_FAILS(SnmpSetRetransmitMode(2), SNMPAPI_MODE_INVALID);
    ASSERT_FAILS(SnmpSetRetransmitMode(0xffffffff), SNMPAPI_MODE_INVALID);
    ck_assert_uint_eq(SnmpGetRetransmitMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_OFF);
}
END_TEST

/* A table walker sets what start-up told it. */
START_TEST(what_start_up_reports_can_be_set)
{
    smiUINT32 translate = 42;
    smiUINT32 retransmit = 42;

    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    ck_assert_uint_eq(
        SnmpStartup(NULL, NULL, NULL, &translate, &retransmit),
        SNMPAPI_SUCCESS);
    ck_assert_uint_eq(translate, SNMPAPI_UNTRANSLATED_V2);
    ck_assert_uint_eq(SnmpSetTranslateMode(translate), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetransmitMode(retransmit), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(no_output_is_noop)
{
    ASSERT_FAILS(SnmpGetTranslateMode(NULL), SNMPAPI_NOOP);
    ASSERT_FAILS(SnmpGetRetransmitMode(NULL), SNMPAPI_NOOP);
    ASSERT_FAILS(SnmpGetVendorInfo(NULL), SNMPAPI_NOOP);
}
END_TEST

static void assert_displayable(const char *text, size_t size)
{
    ck_assert_ptr_nonnull(memchr(text, '\0', size));
    ck_assert_uint_gt(strlen(text), 0);
    for (; *text != '\0'; text++)
        ck_assert_int_ne(isprint((unsigned char)*text), 0);
}

START_TEST(the_vendor_is_this_library)
{
    smiVENDORINFO info;

    memset(&info, 0xff, sizeof info);
    ck_assert_uint_eq(SnmpGetVendorInfo(&info), SNMPAPI_SUCCESS);
    assert_displayable(info.vendorName, sizeof info.vendorName);
    assert_displayable(info.vendorContact, sizeof info.vendorContact);
    assert_displayable(info.vendorVersionId, sizeof info.vendorVersionId);
    assert_displayable(info.vendorVersionDate, sizeof info.vendorVersionDate);
    ck_assert_str_eq(info.vendorName, "libwinsnmp");
    ck_assert_int_eq(strncmp(info.vendorVersionId, "2.0 (libwinsnmp ", 16), 0);
    ck_assert_uint_eq(strlen(info.vendorVersionDate), strlen("2000-01-01"));
    ck_assert_uint_eq(info.vendorEnterprise, 0);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    smiVENDORINFO info;
    smiUINT32 mode = 42;

    memset(&info, 0x55, sizeof info);
    ASSERT_FAILS(SnmpGetTranslateMode(&mode), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpSetTranslateMode(9), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpGetRetransmitMode(&mode), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpSetRetransmitMode(9), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpGetVendorInfo(&info), SNMPAPI_NOT_INITIALIZED);
    ck_assert_uint_eq(mode, 42);
    ck_assert_uint_eq(info.vendorEnterprise, 0x55555555);
}
END_TEST

START_TEST(the_clean_up_resets_the_modes)
{
    smiUINT32 mode = 42;

    start();
    SnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    SnmpSetRetransmitMode(SNMPAPI_OFF);
    stop();
    start();
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_UNTRANSLATED_V1);
    ck_assert_uint_eq(SnmpGetRetransmitMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_ON);
    stop();
}
END_TEST

static void fill(Suite *suite)
{
    TCase *modes = started_case(suite, "modes");
    TCase *stopped = stopped_case(suite);

    tcase_add_test(modes, the_defaults_are_version_1_and_retransmission);
    tcase_add_loop_test(modes, translate_modes_are_set_and_read_back, 0, 3);
    tcase_add_loop_test(modes, retransmit_modes_are_set_and_read_back, 0, 2);
    tcase_add_test(modes, other_modes_are_refused);
    tcase_add_test(modes, what_start_up_reports_can_be_set);
    tcase_add_test(modes, no_output_is_noop);
    tcase_add_test(modes, the_vendor_is_this_library);
    tcase_add_test(stopped, nothing_works_without_start_up);
    tcase_add_test(stopped, the_clean_up_resets_the_modes);
}

SUITE_MAIN("api/modes", fill)
