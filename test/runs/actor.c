// A program that behaves as its arguments say, one after the other; for recordings of programs that behave badly.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Seconds of the processor's time that this process has used: on a busy machine it works as much as on another.
static double used(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

__attribute__((noinline)) static void spin(double seconds) {
  volatile long turns = 0;
  for (double end = used() + seconds; used() < end;)
    for (int i = 0; i < 10000; i++) turns++;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    const char *what = argv[i];
    double amount = i + 1 < argc ? atof(argv[i + 1]) : 0;
    if (!strcmp(what, "spin")) spin(amount), i++;
    else if (!strcmp(what, "sleep")) usleep(amount * 1e6), i++;
    else if (!strcmp(what, "exit")) exit((int)amount);
    else if (!strcmp(what, "crash")) raise(SIGSEGV);
    else if (!strcmp(what, "stubborn")) signal(SIGTERM, SIG_IGN), signal(SIGINT, SIG_IGN), signal(SIGHUP, SIG_IGN);
    else if (!strcmp(what, "fork")) fork();                    // both go on
    else if (!strcmp(what, "leave") && fork()) exit(0);        // the child goes on
    else if (!strcmp(what, "session")) setsid();
    else if (!strcmp(what, "loud")) {                          // bytes to stdout and to stderr each
      char line[101];
      memset(line, 'x', 99), line[99] = '\n', line[100] = 0;
      for (long n = 0; n < amount; n += 100) fputs(line, stdout), fputs(line, stderr);
      i++;
    } else if (!strcmp(what, "echo")) {                        // stdin to stdout
      for (int c; (c = getchar()) != EOF;) putchar(c);
    } else if (!strcmp(what, "say")) puts(argv[++i]);
  }
  return 0;
}
