/*
 * What the native programs have in common: the part of the service that a lab's load uses. Webhooks come by HTTP/1.1 on
 * one port, subscribers on another, as in the server `tcp`: each says {"after":N}, gets a hello and then every event
 * from now on, each message ended by a NUL byte. No history, no signatures, and a webhook's body is taken for the JSON
 * that it says it is: what a connection takes of memory and time does not depend on these.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include <stddef.h>

enum {
  request_bytes = 8192, /* head and body of a webhook together */
  event_bytes = request_bytes + 160,
  answer_bytes = 192,
  greeting_bytes = 1024,
};

struct webhook {
  int status; /* 202, or why not */
  const char *topic;
  int topic_length;
  const char *body;
  int body_length;
};

/* Listens on a free port of 127.0.0.1 and gives the port; ends the program where that fails. */
int listen_on_loopback(int *port);

/*
 * Allows this process as many open files as the system lets it, and leaves its end to whoever started it: Ctrl-C, which
 * reaches the whole group of processes, does not end it, and the end of its parent does.
 */
void begin_process(void);

/* Says on standard output that the service is up, and where. */
void say_ready(int http_port, int tcp_port);

/* Ends the program with what failed. */
void die(const char *what);

/* How many bytes the first request in `bytes` takes; 0: not all of it is here, -1: it never will be. Fills `webhook`. */
int parse_webhook(const char *bytes, int length, struct webhook *webhook);

/* The event with its NUL; gives its length. `out` holds event_bytes. */
int encode_event(char *out, unsigned long id, const struct webhook *webhook);

/* The answer to a webhook; gives its length. `out` holds answer_bytes. */
int encode_answer(char *out, int status, unsigned long id);

/* The greeting of a new subscriber with its NUL; gives its length. `out` holds answer_bytes. */
int encode_hello(char *out, unsigned long cursor);

#endif
