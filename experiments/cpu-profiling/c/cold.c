#include "cold.h"

#include "out-of-line.h"

static OUT_OF_LINE uint64_t count_bits(uint64_t seed) {
    KEEP_FRAME();
    uint64_t bits = 0;
    for (int i = 0; i < 2000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        bits += (seed >> 63) & 1;
    }
    return bits;
}

static OUT_OF_LINE uint64_t greatest_common_divisors(uint64_t seed) {
    KEEP_FRAME();
    uint64_t sum = 0;
    for (uint64_t i = 1; i < 60; i++) {
        uint64_t a = seed + i;
        uint64_t b = i * 7919;
        while (b != 0) {
            uint64_t rest = a % b;
            a = b;
            b = rest;
        }
        sum += a;
    }
    return sum;
}

static OUT_OF_LINE uint64_t reverse_digits(uint64_t seed) {
    KEEP_FRAME();
    uint64_t reversed = 0;
    for (int times = 0; times < 20; times++) {
        for (uint64_t rest = seed + (uint64_t)times; rest > 0; rest /= 10) reversed = reversed * 10 + rest % 10;
    }
    return reversed;
}

OUT_OF_LINE uint64_t cold_rest(void) {
    uint64_t sum = 0;
    for (uint64_t i = 0; i < 64; i++) sum += count_bits(i) + greatest_common_divisors(i) + reverse_digits(1000003 * i);
    return sum;
}
