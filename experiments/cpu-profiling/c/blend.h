#pragma once

#include <stdint.h>

/* Inlined into a caller in another file: its lines cost time, and no symbol of the program has its name. */
static inline uint32_t blend(uint32_t a, uint32_t b) {
    uint32_t mixed = (a ^ (b >> 3)) * 2246822519u;
    return mixed ^ (mixed >> 13);
}

/* Inlined too, and inlines blend(): two levels. */
static inline uint32_t blend_twice(uint32_t a, uint32_t b) { return blend(blend(a, b), b); }
