/*
 * Threads of the operating system with nothing to do: starts as many as it is told, says how many nanoseconds that took
 * until the last of them ran, and keeps them asleep until it is ended.
 */
#include "service.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* As in threads.c. */
enum { stack_bytes = 64 * 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int running;

static void *rest(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  running++;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&lock);
  for (;;) pause();
  return NULL;
}

static long long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Each line on standard input is a number of threads to start; each line of the answer a number of nanoseconds. */
int main(void) {
  int wanted = 0;
  char line[32];
  pthread_attr_t attributes;
  begin_process();
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  while (fgets(line, sizeof line, stdin) != NULL) {
    const int more = atoi(line);
    const long long start = now_ns();
    wanted += more;
    for (int started = 0; started < more; started++) {
      pthread_t thread;
      if (pthread_create(&thread, &attributes, rest, NULL) != 0) die("pthread_create");
    }
    pthread_mutex_lock(&lock);
    while (running < wanted) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    printf("%lld\n", now_ns() - start);
    fflush(stdout);
  }
}
