/*
 * matrix.h - the table of failures: what a row is, and the ways to provoke
 * one.  check_matrix.c holds the rows, the files matrix_*.c the ways.
 *
 * A way is given its row and makes the row's function fail with the row's
 * code, in every manner that comes to mind.  It starts the library itself.
 */
#ifndef WSN_TESTS_MATRIX_H
#define WSN_TESTS_MATRIX_H

#include <stdbool.h>
#include <stdint.h>

#include "winsnmp.h"

struct row {
    const char *function;
    const char *code_name;
    SNMPAPI_STATUS code;
    bool is_extra; /* not among the codes on the function's page */
    void (*way)(const struct row *row);
    const char *why_not; /* there is no way */
};

/* ---- outputs ------------------------------------------------------------- */

/* Where functions write to. */
struct outputs {
    smiUINT32 numbers[5];
    smiINT integers[4];
    HANDLE handles[4];
    smiOID oid;
    smiOCTETS octets;
    smiVALUE value;
    smiVENDORINFO vendor;
    char text[32];
};

extern struct outputs out;

/* Before and after a call that is to fail; of: the session that is to know of
 * it, or NULL. */
void matrix_prepare(HSNMP_SESSION of);
void matrix_check(const struct row *row, HSNMP_SESSION of, uintptr_t result,
                  const char *call);

/* call returns 0, writes nothing, and leaves the row's code. */
#define FAILS(row, of, call)                                 \
    do {                                                     \
        matrix_prepare((of));                                \
        matrix_check((row), (of), (uintptr_t)(call), #call); \
    } while (0)

/* ---- functions, called alike -----------------------------------------------
 */

/* What a function is called with; arguments of other types are good ones. */
struct args {
    HSNMP_SESSION session;
    HWND window;
    HSNMP_ENTITY src;
    HSNMP_ENTITY dst;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    HSNMP_VBL vbl;
};

/* How a call that fails finds the session to tell the code. */
enum told {
    TOLD_NONE,      /* it has none */
    TOLD_BY_OBJECT, /* the owner of the object that it is given */
    TOLD_BY_NAME    /* it is among the parameters */
};

struct call {
    const char *function;
    uintptr_t (*with)(const struct args *args);
    enum told told;
};

/* The row's function. */
const struct call *matrix_call_of(const struct row *row);

/*
 * Good arguments, once the library is started: an entity that nobody answers
 * at, a PDU of type GET and with the id 1 that is outstanding, a list of one.
 */
void matrix_good_args(HSNMP_SESSION session, struct args *ret_args);

/* A socket on a free port of host, by number; silent until it is closed. */
int matrix_bind(uint32_t host, UINT *ret_port);

/* A free port of 127.0.0.1. */
UINT matrix_free_port(void);

/* A window of this thread. */
HWND matrix_window(void);

/* ---- ways for any function (matrix_any.c) -----------------------------------
 */

void not_started(const struct row *row);
void no_memory(const struct row *row); /* ALLOC_ERROR, then success */
void no_memory_in(const struct row *row, const struct args *args);
void needs_no_memory(const struct row *row); /* success without any */
void bad_sessions(const struct row *row);
void bad_entities(const struct row *row);
void bad_sources(const struct row *row); /* NULL is none */
void bad_contexts(const struct row *row);
void bad_pdus(const struct row *row);
void bad_vbls(const struct row *row);

/* ---- the others (matrix_process.c, matrix_object.c, ...)
 * --------------------- */

#define WAY(name) void name(const struct row *row)

/* process */
WAY(startup_without_thread);
WAY(startup_without_memory);
WAY(startup_ex_without_memory);
WAY(startup_ex_without_descriptors);
WAY(startup_ex_without_thread);
WAY(cleanup_too_often);
WAY(cleanup_ex_too_often);
WAY(open_bad_window);
WAY(open_bad_message);
WAY(create_bad_window);
WAY(create_bad_message);
WAY(create_without_notification);
WAY(get_mode_nowhere);
WAY(set_translate_mode_unknown);
WAY(set_retransmit_mode_unknown);

/* entities and contexts */
WAY(get_policy_nowhere);
WAY(get_vendor_info_nowhere);
WAY(str_to_entity_unknown);
WAY(entity_to_str_short);
WAY(entity_to_str_nowhere);
WAY(set_port_while_listening);
WAY(set_port_out_of_range);
WAY(str_to_context_malformed);
WAY(str_to_context_unknown);
WAY(context_to_str_nowhere);
WAY(register_bad_entities);
WAY(register_bad_contexts);
WAY(send_bad_entities);
WAY(send_bad_contexts);

/* PDUs and lists */
WAY(create_pdu_bad_type);
WAY(create_pdu_bad_vbl);
WAY(get_pdu_data_nowhere);
WAY(set_pdu_data_bad_pdu);
WAY(set_pdu_data_bad_vbl);
WAY(set_pdu_data_nothing);
WAY(create_vbl_without_memory);
WAY(create_vbl_bad_oid);
WAY(create_vbl_bad_syntax);
WAY(count_vbl_empty);
WAY(get_vb_bad_index);
WAY(get_vb_nowhere);
WAY(set_vb_without_memory);
WAY(set_vb_bad_index);
WAY(set_vb_bad_oid);
WAY(set_vb_bad_syntax);
WAY(delete_vb_without_memory);
WAY(delete_vb_bad_index);

/* utilities */
WAY(encode_bad_pdu);
WAY(encode_nowhere);
WAY(decode_without_context);
WAY(decode_without_pdu);
WAY(decode_truncated);
WAY(decode_malformed);
WAY(free_descriptor_bad_syntax);
WAY(free_descriptor_foreign);
WAY(str_to_oid_bad);
WAY(str_to_oid_nowhere);
WAY(oid_to_str_no_room);
WAY(oid_to_str_bad);
WAY(oid_to_str_short);
WAY(oid_to_str_nowhere);
WAY(oid_copy_bad);
WAY(oid_copy_nowhere);
WAY(oid_compare_bad);
WAY(oid_compare_too_many);
WAY(oid_compare_nowhere);
WAY(last_error_never_fails);

/* communication */
WAY(listen_bad_mode);
WAY(listen_twice);
WAY(listen_no_socket);
WAY(listen_no_port);
WAY(send_bad_pdu);
WAY(send_untranslatable);
WAY(send_not_supported);
WAY(send_refused);
WAY(send_no_resources);
WAY(send_too_big);
WAY(receive_without_memory);
WAY(receive_nothing);
WAY(receive_undeliverable);
WAY(receive_timeout);
WAY(receive_refused);
WAY(register_bad_oid);
WAY(register_refused);
WAY(register_in_use);
WAY(cancel_unknown);

#endif
