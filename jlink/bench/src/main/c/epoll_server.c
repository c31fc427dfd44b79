// Reference server: one thread, one epoll instance, no limits, no counters, no escaping.
//
//   epoll_server greet PORT     greets, reads a message to the peer's FIN, prints it as a line, closes;
//                               prints once per iteration of the event loop
//   epoll_server echo PORT      returns every byte until the peer's FIN
//   epoll_server receive PORT   prints each datagram as a line: recvfrom, write
//   epoll_server reflect PORT   returns each datagram: recvfrom, sendto
//
// Listens on all IPv4 addresses. Prints "ready" on standard error once it listens.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 1024, ECHO_BYTES = 64 * 1024, EVENTS = 512, BACKLOG = 4096 };
enum { DESCRIPTORS = 65536, RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024 };

static const char GREETING[] = "hello client!";

// Messages received so far, by descriptor.
static struct peer {
  int length;
  char message[MESSAGE_BYTES];
} *peers[DESCRIPTORS];

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static int bound(int type, int port) {
  int s = socket(AF_INET, type, 0);
  int on = 1;
  int bytes = RECEIVE_BUFFER_BYTES;
  struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(port)};
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (type == SOCK_DGRAM) {
    setsockopt(s, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  }
  if (bind(s, (struct sockaddr *)&local, sizeof local) < 0) {
    fail("bind");
  }
  return s;
}

static void write_all(int to, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t n = write(to, bytes, length);
    if (n < 0) {
      fail("write");
    }
    bytes += n;
    length -= n;
  }
}

// Reads all available bytes; returns 1 at end of file or error.
static int greet(int fd, struct peer *peer) {
  for (;;) {
    ssize_t n = read(fd, peer->message + peer->length, MESSAGE_BYTES - peer->length);
    if (n < 0 && errno == EAGAIN) {
      return 0;
    }
    if (n <= 0 || (peer->length += n) == MESSAGE_BYTES) {
      return 1;
    }
  }
}

// Echoes available bytes; returns 1 at end of file or error.
static int echo(int fd) {
  static char bytes[ECHO_BYTES];
  ssize_t n = read(fd, bytes, sizeof bytes);
  if (n > 0) {
    return write(fd, bytes, n) != n;
  }
  return n == 0 || errno != EAGAIN;
}

static void serve(int port, int greets) {
  static char records[EVENTS * (MESSAGE_BYTES + 1)];
  int ended[EVENTS];
  struct epoll_event events[EVENTS];
  int listener = bound(SOCK_STREAM, port);
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  if (listen(listener, BACKLOG) < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) < 0) {
    fail("listen");
  }
  fputs("ready\n", stderr);
  for (;;) {
    int count = epoll_wait(poll, events, EVENTS, -1);
    size_t recorded = 0;
    int ends = 0;
    for (int i = 0; i < count; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        int on = 1;
        fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (fd < 0 || fd >= DESCRIPTORS) {
          continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        event.data.fd = fd;
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
        if (greets) {
          if (!peers[fd]) {
            peers[fd] = malloc(sizeof *peers[fd]);
          }
          peers[fd]->length = 0;
          write(fd, GREETING, sizeof GREETING - 1);
        }
      } else if (greets ? greet(fd, peers[fd]) : echo(fd)) {
        ended[ends++] = fd;
        if (greets && peers[fd]->length > 0) {
          memcpy(records + recorded, peers[fd]->message, peers[fd]->length);
          recorded += peers[fd]->length;
          records[recorded++] = '\n';
        }
      }
    }
    write_all(STDOUT_FILENO, records, recorded);
    for (int i = 0; i < ends; i++) {
      close(ended[i]);
    }
  }
}

static void receive(int port, int reflects) {
  int s = bound(SOCK_DGRAM, port);
  char bytes[MESSAGE_BYTES + 128];
  fputs("ready\n", stderr);
  for (;;) {
    struct sockaddr_in peer;
    socklen_t length = sizeof peer;
    ssize_t n = recvfrom(s, bytes, MESSAGE_BYTES, 0, (struct sockaddr *)&peer, &length);
    if (n < 0) {
      fail("recvfrom");
    }
    if (reflects) {
      sendto(s, bytes, n, 0, (struct sockaddr *)&peer, length);
    } else {
      char line[MESSAGE_BYTES + 128];
      char address[INET_ADDRSTRLEN];
      inet_ntop(AF_INET, &peer.sin_addr, address, sizeof address);
      int size = snprintf(line, sizeof line, "received: %.*s from %s:%d\n", (int)n, bytes, address,
                          ntohs(peer.sin_port));
      write_all(STDOUT_FILENO, line, size);
    }
  }
}

int main(int count, char **words) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (count != 3) {
    fputs("usage: epoll_server greet|echo|receive|reflect PORT\n", stderr);
    return 2;
  }
  int port = atoi(words[2]);
  if (words[1][0] == 'g' || words[1][0] == 'e') {
    serve(port, words[1][0] == 'g');
  } else {
    receive(port, strcmp(words[1], "reflect") == 0);
  }
}
