/*
 * wire.h - as much of SNMPv2c as the sending and answering programs need, and
 * those that show what the machine allows without any library.
 *
 * Messages are made once and patched; reading is complete: every length is
 * checked, every name expanded and every number read.
 */
#ifndef WSN_BENCH_WIRE_H
#define WSN_BENCH_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_MAX 2048
#define WIRE_VARBINDS_MAX 64
#define WIRE_IDS_MAX 32

enum { WIRE_GET = 0xa0, WIRE_RESPONSE = 0xa2, WIRE_GETBULK = 0xa5 };

struct wire_varbind {
    uint32_t ids[WIRE_IDS_MAX];
    unsigned n_ids;
    unsigned tag;
    uint64_t number;         /* of the kinds that are numbers */
    const unsigned char *at; /* the contents, borrowed of the datagram */
    size_t len;
};

struct wire_message {
    unsigned type;
    int32_t request_id, first, second; /* error status and index, or bulk's */
    unsigned n_varbinds;
    struct wire_varbind varbinds[WIRE_VARBINDS_MAX];
};

/* A GET of sysUpTime.0; returns its length. */
size_t wire_get(unsigned char *bytes, uint32_t request_id);

/* A trap of six variables, the last one numbered; returns its length. */
size_t wire_trap(unsigned char *bytes, uint32_t number);

/* Numbers a trap anew. */
void wire_trap_number(unsigned char *bytes, size_t len, uint32_t number);

/*
 * Makes the answer to a GET where it stands: a null at its end becomes a
 * Counter32, others become empty strings.  Returns the new length, which may
 * be WIRE_GROWTH more, or 0.
 */
#define WIRE_GROWTH 4
size_t wire_answer(unsigned char *bytes, size_t len, uint32_t number);

bool wire_read(const unsigned char *bytes, size_t len,
               struct wire_message *ret_message);

/* The n rows behind row of a table of n_rows as an answer; behind the last one
 * another column begins. */
size_t wire_rows(unsigned char *bytes, int32_t request_id, uint32_t row,
                 unsigned n, uint32_t n_rows);

/* The row that a name belongs to, 0 if it is before the first. */
uint32_t wire_row(const struct wire_varbind *varbind);

#endif
