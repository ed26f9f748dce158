/*
 * The service with a thread of the operating system for each connection, which blocks whenever it has to wait: in read
 * for its client, in write for a client that is slow, on a condition variable for the next event.
 */
#include "service.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* More than any of the threads needs; the system's usual default reserves 8 MiB of addresses, as little of it used. */
enum { stack_bytes = 64 * 1024 };

/* A subscriber whose connection takes nothing for so long is cut off. */
enum { write_patience_s = 5 };

/*
 * Events are a list, oldest first. Each is held by the one before it, by `newest` and by every subscriber that has not
 * got beyond it; the last to let go frees it. All of it under `lock`, save the bytes, which nobody changes.
 */
struct event {
  struct event *next;
  long holders;
  int length;
  char bytes[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t published = PTHREAD_COND_INITIALIZER;
static struct event *newest;
static unsigned long last_id;

static void let_go(struct event *event) {
  while (event != NULL && --event->holders == 0) {
    struct event *next = event->next;
    free(event);
    event = next;
  }
}

static struct event *new_event(int bytes) {
  struct event *event = malloc(sizeof *event + bytes);
  if (event == NULL) die("malloc");
  *event = (struct event){.holders = 2};
  return event;
}

static unsigned long publish(const struct webhook *webhook) {
  struct event *event = new_event(event_bytes);
  pthread_mutex_lock(&lock);
  const unsigned long id = ++last_id;
  event->length = encode_event(event->bytes, id, webhook);
  struct event *before = newest;
  before->next = newest = event;
  let_go(before);
  pthread_mutex_unlock(&lock);
  pthread_cond_broadcast(&published);
  return id;
}

/* Writes all of it. False: the client has gone, or does not read. */
static int write_all(int fd, const char *bytes, int length) {
  while (length > 0) {
    const ssize_t written = send(fd, bytes, length, MSG_NOSIGNAL);
    if (written == -1 && errno == EINTR) continue;
    if (written <= 0) return 0;
    bytes += written;
    length -= (int)written;
  }
  return 1;
}

static int greet(int fd, unsigned long cursor) {
  char hello[answer_bytes];
  return write_all(fd, hello, encode_hello(hello, cursor));
}

/* Reads the subscriber's first message, up to its NUL. */
static int read_greeting(int fd) {
  char byte = 1;
  for (int length = 0; byte != 0 && length < greeting_bytes; length++)
    if (recv(fd, &byte, 1, 0) != 1) return 0;
  return byte == 0;
}

static void *serve_subscriber(void *connection) {
  const int fd = (int)(intptr_t)connection;
  if (read_greeting(fd)) {
    pthread_mutex_lock(&lock);
    struct event *seen = newest;
    const unsigned long cursor = last_id;
    seen->holders++;
    pthread_mutex_unlock(&lock);
    int here = greet(fd, cursor);
    while (here) {
      pthread_mutex_lock(&lock);
      while (seen->next == NULL) pthread_cond_wait(&published, &lock);
      struct event *next = seen->next;
      next->holders++;
      let_go(seen);
      seen = next;
      pthread_mutex_unlock(&lock);
      here = write_all(fd, seen->bytes, seen->length);
    }
    pthread_mutex_lock(&lock);
    let_go(seen);
    pthread_mutex_unlock(&lock);
  }
  close(fd);
  return NULL;
}

static void *serve_webhooks(void *connection) {
  const int fd = (int)(intptr_t)connection;
  char request[request_bytes + 1];
  int length = 0;
  for (;;) {
    struct webhook webhook;
    request[length] = 0;
    const int taken = parse_webhook(request, length, &webhook);
    if (taken < 0) break;
    if (taken == 0) {
      const ssize_t got = recv(fd, request + length, request_bytes - length, 0);
      if (got <= 0) break;
      length += (int)got;
      continue;
    }
    char answer[answer_bytes];
    const unsigned long id = webhook.status == 202 ? publish(&webhook) : 0;
    if (!write_all(fd, answer, encode_answer(answer, webhook.status, id))) break;
    memmove(request, request + taken, length - taken);
    length -= taken;
  }
  close(fd);
  return NULL;
}

struct door {
  int fd;
  void *(*serve)(void *connection);
};

/* Gives each connection that comes in a thread. One for which there is no thread, or no file, is lost. */
static void *accept_all(void *opened) {
  const struct door *door = opened;
  const struct timeval patience = {.tv_sec = write_patience_s};
  const int on = 1;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack_bytes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  for (;;) {
    pthread_t thread;
    const int fd = accept(door->fd, NULL, NULL);
    if (fd == -1) {
      if (errno == EMFILE || errno == ENFILE) usleep(10 * 1000); /* until a connection ends */
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (pthread_create(&thread, &attributes, door->serve, (void *)(intptr_t)fd) != 0) close(fd);
  }
  return NULL;
}

int main(void) {
  int http_port, tcp_port;
  struct door webhooks = {listen_on_loopback(&http_port), serve_webhooks};
  struct door subscribers = {listen_on_loopback(&tcp_port), serve_subscriber};
  pthread_t other;
  begin_process();
  newest = new_event(0);
  if (pthread_create(&other, NULL, accept_all, &webhooks) != 0) die("pthread_create");
  say_ready(http_port, tcp_port);
  accept_all(&subscribers);
}
