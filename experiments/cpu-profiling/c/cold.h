#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The rest of the program: small things that are never worth a look. */
uint64_t cold_rest(void);

#ifdef __cplusplus
}
#endif
