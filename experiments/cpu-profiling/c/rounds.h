#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { ROUND_WORKERS = 2 };

/*
 * What one round does on each thread. Every round does the same work, so each function's share of the processor's
 * time does not depend on how long the program runs or on how its threads are scheduled.
 */
struct round_work {
    uint64_t (*main_thread)(void);
    struct {
        const char *name; /* of the thread: at most 15 characters */
        uint64_t (*work)(void);
    } workers[ROUND_WORKERS];
};

/* Repeats the round until `argv[1]` seconds (3 where it isn't given) are over; prints rounds and checksum. The exit status. */
int run_rounds(int argc, char **argv, const struct round_work *work);

#ifdef __cplusplus
}
#endif
