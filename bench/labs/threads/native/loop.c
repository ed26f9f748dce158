/*
 * The service on an event loop: one thread that waits for all connections at once with epoll, and blocks in nothing else.
 */
#include "service.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum kind { http_door, tcp_door, sender, stranger, subscriber };

/* Whatever the loop waits for. A connection's buffer is there only while half a message is in it. */
struct source {
  enum kind kind;
  int fd;
  int length;
  char *buffer;
  struct source *previous, *next; /* of the subscribers */
};

static int loop;
static unsigned long last_id;
static struct source *subscribers;
/* Sources that ended while what they were told was being dealt with; freed when that is done. */
static struct source *ended;

static struct source *watch(int fd, enum kind kind) {
  struct source *source = calloc(1, sizeof *source);
  if (source == NULL) die("calloc");
  *source = (struct source){.kind = kind, .fd = fd};
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};
  if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) == -1) die("epoll_ctl");
  return source;
}

static void end(struct source *source) {
  if (source->fd == -1) return;
  if (source->kind == subscriber) {
    if (source->previous) source->previous->next = source->next;
    else subscribers = source->next;
    if (source->next) source->next->previous = source->previous;
  }
  close(source->fd);
  source->fd = -1;
  source->next = ended;
  ended = source;
}

static void free_ended(void) {
  while (ended != NULL) {
    struct source *next = ended->next;
    free(ended->buffer);
    free(ended);
    ended = next;
  }
}

/* Messages are short, and a socket's buffer is not: one that does not take a message whole has long stopped reading. */
static void write_or_end(struct source *source, const char *bytes, int length) {
  if (send(source->fd, bytes, length, MSG_NOSIGNAL) != length) end(source);
}

static unsigned long publish(const struct webhook *webhook) {
  static char event[event_bytes];
  const int length = encode_event(event, ++last_id, webhook);
  for (struct source *next, *source = subscribers; source != NULL; source = next) {
    next = source->next;
    write_or_end(source, event, length);
  }
  return last_id;
}

static void accept_all(struct source *door) {
  const int on = 1;
  for (;;) {
    const int fd = accept4(door->fd, NULL, NULL, SOCK_NONBLOCK);
    if (fd == -1) {
      if (errno == EMFILE || errno == ENFILE) usleep(10 * 1000); /* until a connection ends */
      return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(fd, door->kind == http_door ? sender : stranger);
  }
}

/* The stranger has said all of its first message: it is a subscriber from here on. */
static void subscribe(struct source *source) {
  char hello[answer_bytes];
  source->kind = subscriber;
  source->next = subscribers;
  if (subscribers) subscribers->previous = source;
  subscribers = source;
  write_or_end(source, hello, encode_hello(hello, last_id));
}

/* Deals with what is whole of `bytes`; gives how much that was, or -1 where there is nothing to be done with it. */
static int take(struct source *source, const char *bytes, int length) {
  if (source->kind == subscriber) return length; /* whatever else it says is dropped */
  if (source->kind == stranger) {
    if (memchr(bytes, 0, length) == NULL) return length < greeting_bytes ? 0 : -1;
    subscribe(source);
    return length;
  }
  struct webhook webhook;
  char answer[answer_bytes];
  const int taken = parse_webhook(bytes, length, &webhook);
  if (taken <= 0) return taken;
  const unsigned long id = webhook.status == 202 ? publish(&webhook) : 0;
  write_or_end(source, answer, encode_answer(answer, webhook.status, id));
  return taken;
}

static void read_from(struct source *source) {
  static char bytes[request_bytes + 1];
  if (source->length > 0) memcpy(bytes, source->buffer, source->length);
  const ssize_t got = recv(source->fd, bytes + source->length, request_bytes - source->length, 0);
  if (got == -1 && errno == EAGAIN) return;
  if (got <= 0) return end(source);
  int start = 0, taken = 1;
  const int length = source->length + (int)got;
  bytes[length] = 0;
  while (taken > 0 && start < length) {
    taken = take(source, bytes + start, length - start);
    if (taken > 0) start += taken;
  }
  if (taken < 0) return end(source);
  free(source->buffer);
  source->buffer = NULL;
  source->length = length - start;
  if (source->length == 0) return;
  source->buffer = malloc(source->length);
  if (source->buffer == NULL) die("malloc");
  memcpy(source->buffer, bytes + start, source->length);
}

static void open_door(enum kind kind, int *port) {
  const int fd = listen_on_loopback(port);
  if (fcntl(fd, F_SETFL, O_NONBLOCK) == -1) die("fcntl");
  watch(fd, kind);
}

int main(void) {
  int http_port, tcp_port;
  struct epoll_event events[256];
  begin_process();
  loop = epoll_create1(0);
  if (loop == -1) die("epoll_create1");
  open_door(http_door, &http_port);
  open_door(tcp_door, &tcp_port);
  say_ready(http_port, tcp_port);
  for (;;) {
    const int count = epoll_wait(loop, events, sizeof events / sizeof *events, -1);
    for (int index = 0; index < count; index++) {
      struct source *source = events[index].data.ptr;
      if (source->fd == -1) continue;
      if (source->kind == http_door || source->kind == tcp_door) accept_all(source);
      else read_from(source);
    }
    free_ended();
  }
}
