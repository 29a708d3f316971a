/*
 * check_matrix.c - every failure that the documentation lists, provoked.
 *
 * One row per function and code, in the order of the function's page; the
 * ways to provoke them are in matrix_*.c.  Rows marked EXTRA are not on the
 * function's own page: they follow from what is said of all functions, or
 * from the header.  Rows marked NEVER cannot be provoked, and say why.
 */
#include <stdio.h>

#include "matrix.h"
#include "support/account.h"
#include "support/suite.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* A line is a row. */
/* clang-format off */
#define ROW(function, code, way) \
    {#function, #code, SNMPAPI_##code, false, way, NULL}
#define EXTRA(function, code, way) \
    {#function, #code, SNMPAPI_##code, true, way, NULL}
#define NEVER(function, code, why) \
    {#function, #code, SNMPAPI_##code, false, NULL, why}
#define EXTRA_NEVER(function, code, why) \
    {#function, #code, SNMPAPI_##code, true, NULL, why}

#define RESERVED "reserved for what is wrong inside the library"
#define NO_BAD_PAIR "here every window can have every message"
#define BEGUN_WITH_START "the transport is there from the start-up on"
#define NULL_IS_FINE "the pointers to entities may be NULL"

static const struct row rows[] = {
    ROW(SnmpStartup, NOT_INITIALIZED, startup_without_thread),
    ROW(SnmpStartup, ALLOC_ERROR, startup_without_memory),
    NEVER(SnmpStartup, OTHER_ERROR, RESERVED),

    ROW(SnmpStartupEx, ALLOC_ERROR, startup_ex_without_memory),
    ROW(SnmpStartupEx, TL_RESOURCE_ERROR, startup_ex_without_descriptors),
    ROW(SnmpStartupEx, TL_NOT_INITIALIZED, startup_ex_without_thread),
    NEVER(SnmpStartupEx, OTHER_ERROR, RESERVED),

    ROW(SnmpCleanup, NOT_INITIALIZED, cleanup_too_often),
    ROW(SnmpCleanup, ALLOC_ERROR, needs_no_memory),
    NEVER(SnmpCleanup, OTHER_ERROR, RESERVED),

    ROW(SnmpCleanupEx, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpCleanupEx, OTHER_ERROR, cleanup_ex_too_often),

    ROW(SnmpOpen, NOT_INITIALIZED, not_started),
    ROW(SnmpOpen, ALLOC_ERROR, no_memory),
    ROW(SnmpOpen, HWND_INVALID, open_bad_window),
    ROW(SnmpOpen, OTHER_ERROR, open_bad_message),

    ROW(SnmpCreateSession, NOT_INITIALIZED, not_started),
    ROW(SnmpCreateSession, ALLOC_ERROR, no_memory),
    ROW(SnmpCreateSession, HWND_INVALID, create_bad_window),
    ROW(SnmpCreateSession, MESSAGE_INVALID, create_bad_message),
    NEVER(SnmpCreateSession, MODE_INVALID, NO_BAD_PAIR),
    ROW(SnmpCreateSession, OPERATION_INVALID, create_without_notification),
    NEVER(SnmpCreateSession, OTHER_ERROR, RESERVED),

    ROW(SnmpClose, NOT_INITIALIZED, not_started),
    ROW(SnmpClose, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpClose, SESSION_INVALID, bad_sessions),
    NEVER(SnmpClose, OTHER_ERROR, RESERVED),

    ROW(SnmpGetTranslateMode, NOT_INITIALIZED, not_started),
    ROW(SnmpGetTranslateMode, ALLOC_ERROR, needs_no_memory),
    EXTRA(SnmpGetTranslateMode, NOOP, get_mode_nowhere),
    NEVER(SnmpGetTranslateMode, OTHER_ERROR, RESERVED),

    ROW(SnmpSetTranslateMode, NOT_INITIALIZED, not_started),
    ROW(SnmpSetTranslateMode, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpSetTranslateMode, MODE_INVALID, set_translate_mode_unknown),
    NEVER(SnmpSetTranslateMode, OTHER_ERROR, RESERVED),

    ROW(SnmpGetRetransmitMode, NOT_INITIALIZED, not_started),
    ROW(SnmpGetRetransmitMode, ALLOC_ERROR, needs_no_memory),
    EXTRA(SnmpGetRetransmitMode, NOOP, get_mode_nowhere),
    NEVER(SnmpGetRetransmitMode, OTHER_ERROR, RESERVED),

    ROW(SnmpSetRetransmitMode, NOT_INITIALIZED, not_started),
    ROW(SnmpSetRetransmitMode, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpSetRetransmitMode, MODE_INVALID, set_retransmit_mode_unknown),
    NEVER(SnmpSetRetransmitMode, OTHER_ERROR, RESERVED),

    ROW(SnmpGetTimeout, NOT_INITIALIZED, not_started),
    ROW(SnmpGetTimeout, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpGetTimeout, ENTITY_INVALID, bad_entities),
    ROW(SnmpGetTimeout, NOOP, get_policy_nowhere),
    NEVER(SnmpGetTimeout, OTHER_ERROR, RESERVED),

    ROW(SnmpSetTimeout, NOT_INITIALIZED, not_started),
    ROW(SnmpSetTimeout, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpSetTimeout, ENTITY_INVALID, bad_entities),
    NEVER(SnmpSetTimeout, OTHER_ERROR, RESERVED),

    ROW(SnmpGetRetry, NOT_INITIALIZED, not_started),
    ROW(SnmpGetRetry, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpGetRetry, ENTITY_INVALID, bad_entities),
    ROW(SnmpGetRetry, NOOP, get_policy_nowhere),
    NEVER(SnmpGetRetry, OTHER_ERROR, RESERVED),

    ROW(SnmpSetRetry, NOT_INITIALIZED, not_started),
    ROW(SnmpSetRetry, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpSetRetry, ENTITY_INVALID, bad_entities),
    NEVER(SnmpSetRetry, OTHER_ERROR, RESERVED),

    ROW(SnmpGetVendorInfo, NOT_INITIALIZED, not_started),
    ROW(SnmpGetVendorInfo, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpGetVendorInfo, NOOP, get_vendor_info_nowhere),
    NEVER(SnmpGetVendorInfo, OTHER_ERROR, RESERVED),

    ROW(SnmpStrToEntity, NOT_INITIALIZED, not_started),
    ROW(SnmpStrToEntity, ALLOC_ERROR, no_memory),
    ROW(SnmpStrToEntity, SESSION_INVALID, bad_sessions),
    ROW(SnmpStrToEntity, ENTITY_UNKNOWN, str_to_entity_unknown),
    NEVER(SnmpStrToEntity, OTHER_ERROR, RESERVED),

    ROW(SnmpEntityToStr, NOT_INITIALIZED, not_started),
    ROW(SnmpEntityToStr, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpEntityToStr, ENTITY_INVALID, bad_entities),
    ROW(SnmpEntityToStr, OUTPUT_TRUNCATED, entity_to_str_short),
    EXTRA(SnmpEntityToStr, NOOP, entity_to_str_nowhere),
    NEVER(SnmpEntityToStr, OTHER_ERROR, RESERVED),

    ROW(SnmpFreeEntity, NOT_INITIALIZED, not_started),
    ROW(SnmpFreeEntity, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpFreeEntity, ENTITY_INVALID, bad_entities),
    NEVER(SnmpFreeEntity, OTHER_ERROR, RESERVED),

    ROW(SnmpSetPort, NOT_INITIALIZED, not_started),
    ROW(SnmpSetPort, OPERATION_INVALID, set_port_while_listening),
    ROW(SnmpSetPort, ENTITY_INVALID, bad_entities),
    ROW(SnmpSetPort, OTHER_ERROR, set_port_out_of_range),

    ROW(SnmpListen, NOT_INITIALIZED, not_started),
    ROW(SnmpListen, ALLOC_ERROR, no_memory),
    ROW(SnmpListen, ENTITY_INVALID, bad_entities),
    ROW(SnmpListen, MODE_INVALID, listen_bad_mode),
    ROW(SnmpListen, NOOP, listen_twice),
    ROW(SnmpListen, TL_RESOURCE_ERROR, listen_no_socket),
    ROW(SnmpListen, TL_OTHER, listen_no_port),
    NEVER(SnmpListen, OTHER_ERROR, RESERVED),

    EXTRA(SnmpListenEx, NOT_INITIALIZED, not_started),
    EXTRA(SnmpListenEx, ALLOC_ERROR, no_memory),
    EXTRA(SnmpListenEx, ENTITY_INVALID, bad_entities),
    EXTRA(SnmpListenEx, MODE_INVALID, listen_bad_mode),
    EXTRA(SnmpListenEx, NOOP, listen_twice),
    EXTRA(SnmpListenEx, TL_RESOURCE_ERROR, listen_no_socket),
    EXTRA(SnmpListenEx, TL_OTHER, listen_no_port),
    EXTRA_NEVER(SnmpListenEx, OTHER_ERROR, RESERVED),

    ROW(SnmpStrToContext, NOT_INITIALIZED, not_started),
    ROW(SnmpStrToContext, ALLOC_ERROR, no_memory),
    ROW(SnmpStrToContext, SESSION_INVALID, bad_sessions),
    ROW(SnmpStrToContext, CONTEXT_INVALID, str_to_context_malformed),
    ROW(SnmpStrToContext, CONTEXT_UNKNOWN, str_to_context_unknown),
    NEVER(SnmpStrToContext, OTHER_ERROR, RESERVED),

    ROW(SnmpContextToStr, NOT_INITIALIZED, not_started),
    ROW(SnmpContextToStr, ALLOC_ERROR, no_memory),
    ROW(SnmpContextToStr, CONTEXT_INVALID, bad_contexts),
    EXTRA(SnmpContextToStr, NOOP, context_to_str_nowhere),
    NEVER(SnmpContextToStr, OTHER_ERROR, RESERVED),

    ROW(SnmpFreeContext, NOT_INITIALIZED, not_started),
    ROW(SnmpFreeContext, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpFreeContext, CONTEXT_INVALID, bad_contexts),
    NEVER(SnmpFreeContext, OTHER_ERROR, RESERVED),

    ROW(SnmpCreatePdu, NOT_INITIALIZED, not_started),
    ROW(SnmpCreatePdu, ALLOC_ERROR, no_memory),
    ROW(SnmpCreatePdu, SESSION_INVALID, bad_sessions),
    ROW(SnmpCreatePdu, PDU_INVALID, create_pdu_bad_type),
    ROW(SnmpCreatePdu, VBL_INVALID, create_pdu_bad_vbl),
    NEVER(SnmpCreatePdu, OTHER_ERROR, RESERVED),

    ROW(SnmpGetPduData, NOT_INITIALIZED, not_started),
    ROW(SnmpGetPduData, ALLOC_ERROR, no_memory),
    ROW(SnmpGetPduData, NOOP, get_pdu_data_nowhere),
    ROW(SnmpGetPduData, PDU_INVALID, bad_pdus),
    NEVER(SnmpGetPduData, OTHER_ERROR, RESERVED),

    ROW(SnmpSetPduData, NOT_INITIALIZED, not_started),
    ROW(SnmpSetPduData, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpSetPduData, PDU_INVALID, set_pdu_data_bad_pdu),
    ROW(SnmpSetPduData, VBL_INVALID, set_pdu_data_bad_vbl),
    ROW(SnmpSetPduData, NOOP, set_pdu_data_nothing),
    NEVER(SnmpSetPduData, OTHER_ERROR, RESERVED),

    ROW(SnmpDuplicatePdu, NOT_INITIALIZED, not_started),
    ROW(SnmpDuplicatePdu, ALLOC_ERROR, no_memory),
    ROW(SnmpDuplicatePdu, SESSION_INVALID, bad_sessions),
    ROW(SnmpDuplicatePdu, PDU_INVALID, bad_pdus),
    NEVER(SnmpDuplicatePdu, OTHER_ERROR, RESERVED),

    ROW(SnmpFreePdu, NOT_INITIALIZED, not_started),
    ROW(SnmpFreePdu, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpFreePdu, PDU_INVALID, bad_pdus),
    NEVER(SnmpFreePdu, OTHER_ERROR, RESERVED),

    ROW(SnmpCreateVbl, NOT_INITIALIZED, not_started),
    ROW(SnmpCreateVbl, ALLOC_ERROR, create_vbl_without_memory),
    ROW(SnmpCreateVbl, SESSION_INVALID, bad_sessions),
    ROW(SnmpCreateVbl, OID_INVALID, create_vbl_bad_oid),
    ROW(SnmpCreateVbl, SYNTAX_INVALID, create_vbl_bad_syntax),
    NEVER(SnmpCreateVbl, OTHER_ERROR, RESERVED),

    ROW(SnmpDuplicateVbl, NOT_INITIALIZED, not_started),
    ROW(SnmpDuplicateVbl, ALLOC_ERROR, no_memory),
    ROW(SnmpDuplicateVbl, SESSION_INVALID, bad_sessions),
    ROW(SnmpDuplicateVbl, VBL_INVALID, bad_vbls),
    NEVER(SnmpDuplicateVbl, OTHER_ERROR, RESERVED),

    ROW(SnmpFreeVbl, NOT_INITIALIZED, not_started),
    ROW(SnmpFreeVbl, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpFreeVbl, VBL_INVALID, bad_vbls),
    NEVER(SnmpFreeVbl, OTHER_ERROR, RESERVED),

    ROW(SnmpCountVbl, NOT_INITIALIZED, not_started),
    ROW(SnmpCountVbl, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpCountVbl, NOOP, count_vbl_empty),
    ROW(SnmpCountVbl, VBL_INVALID, bad_vbls),
    NEVER(SnmpCountVbl, OTHER_ERROR, RESERVED),

    ROW(SnmpGetVb, NOT_INITIALIZED, not_started),
    ROW(SnmpGetVb, ALLOC_ERROR, no_memory),
    ROW(SnmpGetVb, INDEX_INVALID, get_vb_bad_index),
    ROW(SnmpGetVb, VBL_INVALID, bad_vbls),
    EXTRA(SnmpGetVb, NOOP, get_vb_nowhere),
    NEVER(SnmpGetVb, OTHER_ERROR, RESERVED),

    ROW(SnmpSetVb, NOT_INITIALIZED, not_started),
    ROW(SnmpSetVb, ALLOC_ERROR, set_vb_without_memory),
    ROW(SnmpSetVb, VBL_INVALID, bad_vbls),
    ROW(SnmpSetVb, INDEX_INVALID, set_vb_bad_index),
    ROW(SnmpSetVb, OID_INVALID, set_vb_bad_oid),
    ROW(SnmpSetVb, SYNTAX_INVALID, set_vb_bad_syntax),
    NEVER(SnmpSetVb, OTHER_ERROR, RESERVED),

    ROW(SnmpDeleteVb, NOT_INITIALIZED, not_started),
    ROW(SnmpDeleteVb, ALLOC_ERROR, delete_vb_without_memory),
    ROW(SnmpDeleteVb, INDEX_INVALID, delete_vb_bad_index),
    ROW(SnmpDeleteVb, VBL_INVALID, bad_vbls),
    NEVER(SnmpDeleteVb, OTHER_ERROR, RESERVED),

    ROW(SnmpSendMsg, NOT_INITIALIZED, not_started),
    ROW(SnmpSendMsg, ALLOC_ERROR, no_memory),
    ROW(SnmpSendMsg, SESSION_INVALID, bad_sessions),
    ROW(SnmpSendMsg, ENTITY_INVALID, send_bad_entities),
    ROW(SnmpSendMsg, CONTEXT_INVALID, bad_contexts),
    ROW(SnmpSendMsg, PDU_INVALID, send_bad_pdu),
    ROW(SnmpSendMsg, OPERATION_INVALID, send_untranslatable),
    NEVER(SnmpSendMsg, TL_NOT_INITIALIZED, BEGUN_WITH_START),
    ROW(SnmpSendMsg, TL_NOT_SUPPORTED, send_not_supported),
    ROW(SnmpSendMsg, TL_NOT_AVAILABLE, send_refused),
    ROW(SnmpSendMsg, TL_RESOURCE_ERROR, send_no_resources),
    ROW(SnmpSendMsg, TL_SRC_INVALID, send_refused),
    ROW(SnmpSendMsg, TL_INVALID_PARAM, send_refused),
    ROW(SnmpSendMsg, TL_PDU_TOO_BIG, send_too_big),
    ROW(SnmpSendMsg, TL_OTHER, send_refused),
    NEVER(SnmpSendMsg, OTHER_ERROR, RESERVED),

    ROW(SnmpRecvMsg, NOT_INITIALIZED, not_started),
    ROW(SnmpRecvMsg, ALLOC_ERROR, receive_without_memory),
    ROW(SnmpRecvMsg, SESSION_INVALID, bad_sessions),
    ROW(SnmpRecvMsg, NOOP, receive_nothing),
    ROW(SnmpRecvMsg, TL_UNDELIVERABLE, receive_undeliverable),
    EXTRA(SnmpRecvMsg, TL_TIMEOUT, receive_timeout),
    NEVER(SnmpRecvMsg, TL_NOT_INITIALIZED, BEGUN_WITH_START),
    ROW(SnmpRecvMsg, TL_NOT_SUPPORTED, receive_refused),
    ROW(SnmpRecvMsg, TL_NOT_AVAILABLE, receive_refused),
    ROW(SnmpRecvMsg, TL_RESOURCE_ERROR, receive_refused),
    ROW(SnmpRecvMsg, TL_SRC_INVALID, receive_refused),
    ROW(SnmpRecvMsg, TL_INVALID_PARAM, receive_refused),
    ROW(SnmpRecvMsg, TL_PDU_TOO_BIG, receive_refused),
    ROW(SnmpRecvMsg, TL_OTHER, receive_refused),
    NEVER(SnmpRecvMsg, OTHER_ERROR, RESERVED),

    ROW(SnmpRegister, NOT_INITIALIZED, not_started),
    ROW(SnmpRegister, ALLOC_ERROR, no_memory),
    ROW(SnmpRegister, SESSION_INVALID, bad_sessions),
    ROW(SnmpRegister, ENTITY_INVALID, register_bad_entities),
    ROW(SnmpRegister, CONTEXT_INVALID, register_bad_contexts),
    ROW(SnmpRegister, OID_INVALID, register_bad_oid),
    ROW(SnmpRegister, TL_NOT_INITIALIZED, register_refused),
    ROW(SnmpRegister, TL_IN_USE, register_in_use),
    ROW(SnmpRegister, TL_NOT_AVAILABLE, register_refused),
    NEVER(SnmpRegister, OTHER_ERROR, RESERVED),

    ROW(SnmpCancelMsg, NOT_INITIALIZED, not_started),
    ROW(SnmpCancelMsg, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpCancelMsg, SESSION_INVALID, bad_sessions),
    ROW(SnmpCancelMsg, PDU_INVALID, cancel_unknown),
    NEVER(SnmpCancelMsg, OTHER_ERROR, RESERVED),

    ROW(SnmpEncodeMsg, NOT_INITIALIZED, not_started),
    ROW(SnmpEncodeMsg, ALLOC_ERROR, no_memory),
    ROW(SnmpEncodeMsg, SESSION_INVALID, bad_sessions),
    ROW(SnmpEncodeMsg, ENTITY_INVALID, send_bad_entities),
    ROW(SnmpEncodeMsg, CONTEXT_INVALID, bad_contexts),
    ROW(SnmpEncodeMsg, PDU_INVALID, encode_bad_pdu),
    EXTRA(SnmpEncodeMsg, NOOP, encode_nowhere),
    NEVER(SnmpEncodeMsg, OTHER_ERROR, RESERVED),

    ROW(SnmpDecodeMsg, NOT_INITIALIZED, not_started),
    ROW(SnmpDecodeMsg, ALLOC_ERROR, no_memory),
    ROW(SnmpDecodeMsg, SESSION_INVALID, bad_sessions),
    NEVER(SnmpDecodeMsg, ENTITY_INVALID, NULL_IS_FINE),
    ROW(SnmpDecodeMsg, CONTEXT_INVALID, decode_without_context),
    ROW(SnmpDecodeMsg, PDU_INVALID, decode_without_pdu),
    ROW(SnmpDecodeMsg, OUTPUT_TRUNCATED, decode_truncated),
    ROW(SnmpDecodeMsg, MESSAGE_INVALID, decode_malformed),
    NEVER(SnmpDecodeMsg, OTHER_ERROR, RESERVED),

    ROW(SnmpFreeDescriptor, NOT_INITIALIZED, not_started),
    ROW(SnmpFreeDescriptor, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpFreeDescriptor, SYNTAX_INVALID, free_descriptor_bad_syntax),
    ROW(SnmpFreeDescriptor, OPERATION_INVALID, free_descriptor_foreign),
    NEVER(SnmpFreeDescriptor, OTHER_ERROR, RESERVED),

    ROW(SnmpStrToOid, NOT_INITIALIZED, not_started),
    ROW(SnmpStrToOid, ALLOC_ERROR, no_memory),
    ROW(SnmpStrToOid, OID_INVALID, str_to_oid_bad),
    EXTRA(SnmpStrToOid, NOOP, str_to_oid_nowhere),
    NEVER(SnmpStrToOid, OTHER_ERROR, RESERVED),

    ROW(SnmpOidToStr, NOT_INITIALIZED, not_started),
    ROW(SnmpOidToStr, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpOidToStr, SIZE_INVALID, oid_to_str_no_room),
    ROW(SnmpOidToStr, OID_INVALID, oid_to_str_bad),
    ROW(SnmpOidToStr, OUTPUT_TRUNCATED, oid_to_str_short),
    EXTRA(SnmpOidToStr, NOOP, oid_to_str_nowhere),
    NEVER(SnmpOidToStr, OTHER_ERROR, RESERVED),

    ROW(SnmpOidCopy, NOT_INITIALIZED, not_started),
    ROW(SnmpOidCopy, ALLOC_ERROR, no_memory),
    ROW(SnmpOidCopy, OID_INVALID, oid_copy_bad),
    EXTRA(SnmpOidCopy, NOOP, oid_copy_nowhere),
    NEVER(SnmpOidCopy, OTHER_ERROR, RESERVED),

    ROW(SnmpOidCompare, NOT_INITIALIZED, not_started),
    ROW(SnmpOidCompare, ALLOC_ERROR, needs_no_memory),
    ROW(SnmpOidCompare, OID_INVALID, oid_compare_bad),
    ROW(SnmpOidCompare, SIZE_INVALID, oid_compare_too_many),
    EXTRA(SnmpOidCompare, NOOP, oid_compare_nowhere),
    NEVER(SnmpOidCompare, OTHER_ERROR, RESERVED)};
/* clang-format on */

START_TEST(fails_as_documented)
{
    account_tried("documented failures provoked", 1);
    rows[_i].way(&rows[_i]);
    account_held("documented failures provoked", 1);
}
END_TEST

START_TEST(never_fails)
{
    last_error_never_fails(NULL);
}
END_TEST

static void print_counts(void)
{
    int covered[2] = {0, 0};
    int total[2] = {0, 0};
    int without_memory = 0;

    for (int i = 0; i < N(rows); i++) {
        total[rows[i].is_extra]++;
        covered[rows[i].is_extra] += rows[i].way != NULL;
        without_memory += rows[i].way == needs_no_memory;
    }
    printf("# %d documented rows: %d covered, %d not provokable\n", total[0],
           covered[0], total[0] - covered[0]);
    printf("# %d rows besides: %d covered, %d not provokable\n", total[1],
           covered[1], total[1] - covered[1]);
    printf("# %d of the covered: no failure, the function needs no memory\n",
           without_memory);
    for (int i = 0; i < N(rows); i++)
        if (rows[i].way == NULL)
            printf("# not provokable: %s %s, %s\n", rows[i].function,
                   rows[i].code_name, rows[i].why_not);
    fflush(stdout);
}

/* A case of its own for each row: its name is in the output. */
static void add_row(Suite *suite, int i)
{
    static char names[N(rows)][64];
    TCase *tcase;

    if (rows[i].way == NULL)
        return;
    snprintf(names[i], sizeof names[i], "%s %s", rows[i].function,
             rows[i].code_name);
    tcase = tcase_create(names[i]);
    tcase_add_loop_test(tcase, fails_as_documented, i, i + 1);
    suite_add_tcase(suite, tcase);
}

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("SnmpGetLastError");

    setenv("WINSNMP_TRAP_PORT", "0", 1);
    for (int i = 0; i < N(rows); i++)
        add_row(suite, i);
    tcase_add_test(tcase, never_fails);
    suite_add_tcase(suite, tcase);
    print_counts();
}

SUITE_MAIN("error matrix", fill)
