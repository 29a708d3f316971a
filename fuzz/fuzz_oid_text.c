/*
 * fuzz_oid_text.c - object identifiers and addresses as text: what is read
 * prints, what is printed reads the same, and no buffer is too short.
 *
 * An input is a text and, once more, an object identifier in BER.
 */
#include "fuzz.h"

#include "codec/oid.h"
#include "net/addr.h"

/* Printing into any room: as much as fits, and a NUL. */
static void check_room(const smiUINT32 *ids, size_t n, const char *whole,
                       size_t room)
{
    char *text = malloc(room > 0 ? room : 1);
    size_t len = strlen(whole);

    FUZZ_CHECK(text != NULL);
    FUZZ_CHECK(wsn_oid_to_text(ids, n, text, room) == len + 1);
    if (room > 0) {
        size_t shown = room - 1 < len ? room - 1 : len;

        FUZZ_CHECK(memcmp(text, whole, shown) == 0 && text[shown] == '\0');
    }
    free(text);
}

static void check_text(const smiUINT32 *ids, size_t n)
{
    char text[MAXOBJIDSTRSIZE];
    smiUINT32 again[MAXOBJIDSIZE];
    smiUINT32 n_again = 0;
    size_t size = wsn_oid_to_text(ids, n, text, sizeof text);

    FUZZ_CHECK(size == strlen(text) + 1 && size <= sizeof text);
    FUZZ_CHECK(wsn_oid_from_text(text, again, &n_again) == WSN_OK);
    FUZZ_CHECK(wsn_oid_is_equal(ids, n, again, n_again));
    FUZZ_CHECK(wsn_oid_compare(ids, n, again, n_again) == 0);
    check_room(ids, n, text, 0);
    check_room(ids, n, text, size / 2);
    check_room(ids, n, text, size - 1);
    check_room(ids, n, text, size);
}

static void check_ber(const smiUINT32 *ids, size_t n)
{
    unsigned char buffer[MAXOBJIDSIZE * 5 + 4];
    smiUINT32 again[MAXOBJIDSIZE];
    struct wsn_ber_writer writer;
    struct wsn_ber_reader reader = {NULL, NULL};
    struct wsn_ber element;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    wsn_oid_ber_write(&writer, ids, n);
    FUZZ_CHECK(!writer.is_full);
    reader.next = writer.next;
    reader.end = buffer + sizeof buffer;
    FUZZ_CHECK(wsn_ber_next(&reader, &element));
    FUZZ_CHECK(wsn_oid_ber_count(element.body, element.len) == n);
    FUZZ_CHECK(wsn_oid_ber_read(element.body, element.len, again) == n);
    FUZZ_CHECK(wsn_oid_compare(ids, n, again, n) == 0);
}

static void read_text(const char *text)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    smiUINT32 n = 0;

    if (wsn_oid_from_text(text, ids, &n) != WSN_OK)
        return;
    check_text(ids, n);
    check_ber(ids, n);
}

static void read_ber(const uint8_t *input, size_t len)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    size_t n = wsn_oid_ber_count(input, len);

    if (n == 0)
        return;
    FUZZ_CHECK(n <= MAXOBJIDSIZE);
    FUZZ_CHECK(wsn_oid_ber_read(input, len, ids) == n);
    check_text(ids, n);
    check_ber(ids, n);
}

static void read_address(const char *text)
{
    char printed[128];
    struct wsn_addr addr;
    struct wsn_addr again;

    if (!wsn_addr_parse(text, &addr))
        return;
    FUZZ_CHECK(wsn_addr_print(&addr, printed, sizeof printed) <=
               sizeof printed);
    FUZZ_CHECK(wsn_addr_parse(printed, &again));
    FUZZ_CHECK(wsn_addr_equal_host(&addr, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len)
{
    struct fuzz_input whole = {input, len};
    char *text = fuzz_text(&whole, len);

    read_text(text);
    read_address(text);
    read_ber(input, len);
    free(text);
    return 0;
}
