#include "service.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

void die(const char *what) {
  perror(what);
  exit(1);
}

int listen_on_loopback(int *port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd == -1 || bind(fd, (struct sockaddr *)&address, size) == -1 || listen(fd, 4096) == -1) die("listen");
  if (getsockname(fd, (struct sockaddr *)&address, &size) == -1) die("getsockname");
  *port = ntohs(address.sin_port);
  return fd;
}

void begin_process(void) {
  struct rlimit limit;
  signal(SIGINT, SIG_IGN);
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1) die("prctl");
  if (getrlimit(RLIMIT_NOFILE, &limit) == -1) die("getrlimit");
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) == -1) die("setrlimit");
}

void say_ready(int http_port, int tcp_port) {
  printf("{\"http\":\"http://127.0.0.1:%d\",\"tcp\":\"tcp://127.0.0.1:%d\"}\n", http_port, tcp_port);
  fflush(stdout);
}

/* The value of Content-Length in the head, 0 where there is none, -1 where it is not a number of this size. */
static int content_length(const char *head, const char *end) {
  static const char name[] = "\r\nContent-Length:";
  for (const char *at = head; at + sizeof name <= end; at++) {
    if (strncasecmp(at, name, sizeof name - 1) != 0) continue;
    char *rest;
    long value = strtol(at + sizeof name - 1, &rest, 10);
    return *rest == '\r' && value >= 0 && value < request_bytes ? (int)value : -1;
  }
  return 0;
}

int parse_webhook(const char *bytes, int length, struct webhook *webhook) {
  static const char start[] = "POST /hooks/";
  const char *head_end = memmem(bytes, length, "\r\n\r\n", 4);
  if (head_end == NULL) return length == request_bytes ? -1 : 0;
  const int body_length = content_length(bytes, head_end + 4);
  const int total = (int)(head_end + 4 - bytes) + body_length;
  if (body_length < 0 || total > request_bytes) return -1;
  if (total > length) return 0;
  *webhook = (struct webhook){.status = 404, .body = head_end + 4, .body_length = body_length};
  if (strncmp(bytes, start, sizeof start - 1) == 0) {
    webhook->topic = bytes + sizeof start - 1;
    webhook->topic_length = (int)strspn(webhook->topic, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    const int whole = webhook->topic_length > 0 && webhook->topic_length <= 64;
    if (whole && webhook->topic[webhook->topic_length] == ' ') webhook->status = body_length > 0 ? 202 : 400;
  }
  return total;
}

int encode_event(char *out, unsigned long id, const struct webhook *webhook) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  const long long at = now.tv_sec * 1000LL + now.tv_nsec / 1000000;
  return 1 + snprintf(out, event_bytes, "{\"id\":%lu,\"type\":\"hook.%.*s\",\"at\":%lld,\"data\":%.*s}", id,
                      webhook->topic_length, webhook->topic, at, webhook->body_length, webhook->body);
}

int encode_answer(char *out, int status, unsigned long id) {
  char body[32];
  const int length = snprintf(body, sizeof body, "{\"id\":%lu}", id);
  const char *reason = status == 202 ? "Accepted" : status == 400 ? "Bad Request" : "Not Found";
  return snprintf(out, answer_bytes,
                  "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", status,
                  reason, length, body);
}

int encode_hello(char *out, unsigned long cursor) {
  return 1 + snprintf(out, answer_bytes, "{\"hello\":{\"cursor\":%lu}}", cursor);
}
