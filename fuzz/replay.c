/*
 * replay.c - runs a fuzz target over files instead of inputs made up:
 *
 *     fuzz_message FILE...
 *
 * Each file is handed over in a block of exactly its size.
 */
#include "fuzz.h"

/* Longer ones are never found by fuzzing, and are none. */
#define FILE_BYTES (1u << 20)

static uint8_t *read_file(const char *path, size_t *ret_len)
{
    static uint8_t bytes[FILE_BYTES];
    FILE *file = fopen(path, "rb");
    struct fuzz_input input = {bytes, 0};

    if (file == NULL) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    input.left = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    return fuzz_block(&input, sizeof bytes, ret_len);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        size_t len;
        uint8_t *bytes = read_file(argv[i], &len);

        (void)LLVMFuzzerTestOneInput(bytes, len);
        free(bytes);
    }
    return EXIT_SUCCESS;
}
