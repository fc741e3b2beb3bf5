#include "libplanted.h"

#include "out-of-line.h"

static OUT_OF_LINE uint64_t fold_block(const uint8_t *bytes, size_t length, uint64_t state) {
    KEEP_FRAME();
    for (size_t i = 0; i < length; i++) state = (state ^ bytes[i]) * 0x100000001b3;
    return state;
}

uint64_t planted_checksum(const uint8_t *bytes, size_t length, int rounds) {
    uint64_t state = 0xcbf29ce484222325;
    for (int round = 0; round < rounds; round++) state = fold_block(bytes, length, state);
    return state;
}
