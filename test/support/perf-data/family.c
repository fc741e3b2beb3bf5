/* What the recordings in test/fixtures/perf-data are of: threads that change their names, children that fork and that execute a program,
 * code made at run time, a callback through a library without frame pointers. About a third of a second each. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile unsigned long sink;

__attribute__((noinline)) static void spin(int rounds) {
  for (int i = 0; i < rounds * 100000; i++) sink += (unsigned long)i * i;
}

__attribute__((noinline)) static void work(int rounds) {
  spin(rounds);
  sink++;
}

static void *worker(void *name) {
  prctl(PR_SET_NAME, name);
  work(200);
  prctl(PR_SET_NAME, "renamed");
  work(200);
  return NULL;
}

static int compare(const void *a, const void *b) {
  sink++;
  return *(const int *)a - *(const int *)b;
}

static void second_program(void) {
  static int numbers[20000];
  work(300);
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < 20000; i++) numbers[i] = rand();
    qsort(numbers, 20000, sizeof numbers[0], compare);
  }
}

/* A loop of 200 million rounds with a frame of its own, described as just-in-time compilers describe their code to perf. */
static void made_at_run_time(void) {
  static const unsigned char code[] = {0x55, 0x48, 0x89, 0xe5, 0xb9, 0, 0xc2, 0xeb, 0x0b, 0xff, 0xc9, 0x75, 0xfc, 0x5d, 0xc3};
  void *place = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memcpy(place, code, sizeof code);
  char path[64];
  snprintf(path, sizeof path, "/tmp/perf-%d.map", getpid());
  FILE *map = fopen(path, "w");
  fprintf(map, "%lx %lx made_loop\n", (unsigned long)place, (unsigned long)sizeof code);
  fclose(map);
  ((void (*)(void))place)();
  if (getenv("KEEP_PERF_MAP") == NULL) unlink(path);
}

int main(int argc, char **argv) {
  if (argc > 1) {
    second_program();
    return 0;
  }
  static char *names[] = {"alpha", "beta", "gamma"};
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, worker, names[i]);
  work(100);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) {
      work(100);
      if (i > 0) execl(argv[0], argv[0], "second", NULL);
      _exit(0);
    }
  }
  while (wait(NULL) > 0) {
  }
  made_at_run_time();
  return 0;
}
