#define _GNU_SOURCE
#include "rounds.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct worker {
    pthread_t thread;
    const char *name;
    uint64_t (*work)(void);
    uint64_t checksum;
};

static pthread_barrier_t round_starts;
static pthread_barrier_t round_ends;
static int finished;

static void *worker_main(void *argument) {
    struct worker *worker = argument;
    pthread_setname_np(pthread_self(), worker->name);
    for (;;) {
        pthread_barrier_wait(&round_starts);
        if (finished) return NULL;
        worker->checksum = worker->work();
        pthread_barrier_wait(&round_ends);
    }
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int run_rounds(int argc, char **argv, const struct round_work *work) {
    double seconds = argc > 1 ? atof(argv[1]) : 3;
    if (argc > 2 || !(seconds > 0 && seconds <= 3600)) {
        fprintf(stderr, "usage: %s [SECONDS], more than 0 and at most 3600\n", argv[0]);
        return 2;
    }
    struct worker workers[ROUND_WORKERS];
    pthread_barrier_init(&round_starts, NULL, ROUND_WORKERS + 1);
    pthread_barrier_init(&round_ends, NULL, ROUND_WORKERS + 1);
    for (int i = 0; i < ROUND_WORKERS; i++) {
        workers[i] = (struct worker){.name = work->workers[i].name, .work = work->workers[i].work};
        if (pthread_create(&workers[i].thread, NULL, worker_main, &workers[i]) != 0) {
            perror("pthread_create");
            return 1;
        }
    }
    double end = seconds_now() + seconds;
    uint64_t checksum = 0;
    long rounds = 0;
    do {
        pthread_barrier_wait(&round_starts);
        checksum = work->main_thread();
        pthread_barrier_wait(&round_ends);
        for (int i = 0; i < ROUND_WORKERS; i++) checksum = checksum * 31 + workers[i].checksum;
        rounds++;
    } while (seconds_now() < end);
    finished = 1;
    pthread_barrier_wait(&round_starts);
    for (int i = 0; i < ROUND_WORKERS; i++) pthread_join(workers[i].thread, NULL);
    printf("%ld rounds, checksum of each %016llx\n", rounds, (unsigned long long)checksum);
    return 0;
}
