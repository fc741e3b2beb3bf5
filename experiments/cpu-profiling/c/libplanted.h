#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A checksum of `length` bytes, `rounds` times over. In libplanted.so. */
uint64_t planted_checksum(const uint8_t *bytes, size_t length, int rounds);

#ifdef __cplusplus
}
#endif
