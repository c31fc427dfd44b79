// Flood of a server by many peers, with exchanges of another peer meanwhile; prints its results as
// a line of JSON.
//
//   flood SERVICE PORT CONNECTIONS SECONDS ADDRESSES
//
// Each of CONNECTIONS peers sends or reads as fast as it can:
//
//   receive   lines of 64 bytes
//   lines     empty lines, to a receive server
//   echo      sends, and reads the answer
//   discard   sends
//   chargen   reads
//   greet     exchanges: connects, reads the greeting, sends a message, half-closes, reads to end of file
//
// The peers are spread over ADDRESSES addresses from 127.0.0.1 on. Meanwhile a process with the source
// address 127.0.0.2 performs one exchange of the service after another, with a pause of 10 ms. An
// exchange that fails or takes more than 10 s counts as failed and as 10 s. The results exclude a
// warm-up of the same duration, in which the buffers fill; the flood continues until the last exchange has
// ended.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 512, SEND_BYTES = 16 * 1024, READ_BYTES = 64 * 1024, LINE_BYTES = 64 };
enum { WAIT_MILLIS = 100, PAUSE_MICROS = 10000, TIMEOUT_SECONDS = 10, MAX_EXCHANGES = 100000 };

static const int64_t SECOND = 1000000000;
static const char MESSAGE[] = "hello sever!";

enum service { RECEIVE, LINES, ECHO, DISCARD, CHARGEN, GREET, SERVICES };
static const char *NAMES[] = {"receive", "lines", "echo", "discard", "chargen", "greet"};

struct peer {
  int fd;
  int has_sent;
};

// Results of the exchanges, in memory shared with the process that performs them.
struct exchanges {
  int64_t count;
  int64_t failed;
  int64_t nanos[MAX_EXCHANGES];
};

static enum service service;
static struct sockaddr_in server;
static int addresses;
static int next_address;
static int poll_fd;
static int64_t bytes;
static int64_t lost;
static int64_t warm_until;
static int64_t until;
static struct exchanges *exchanges;
static char sent_bytes[SEND_BYTES];
static char read_bytes[READ_BYTES];

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(2);
}

// --- The flood. ---

static void connect_peer(struct peer *peer) {
  struct sockaddr_in to = server;
  int buffer_bytes = READ_BYTES;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK + next_address);
  next_address = (next_address + 1) % addresses;
  peer->has_sent = 0;
  peer->fd = socket(AF_INET, SOCK_STREAM | (service == GREET ? SOCK_NONBLOCK : 0), 0);
  if (peer->fd < 0) {
    fail("socket");
  }
  // Bounds the memory of the kernel for all peers.
  setsockopt(peer->fd, SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
  if (connect(peer->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
    fail("connect");
  }
  int is_reader = service == CHARGEN || service == GREET;
  struct epoll_event event = {.data.ptr = peer};
  event.events = is_reader ? EPOLLIN : service == ECHO ? EPOLLIN | EPOLLOUT : EPOLLOUT;
  if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, peer->fd, &event) < 0) {
    fail("epoll_ctl");
  }
}

static void end_peer(struct peer *peer, int is_lost) {
  lost += is_lost;
  close(peer->fd);
  if (service == GREET) {
    connect_peer(peer);
  }
}

static void read_once(struct peer *peer) {
  ssize_t n = recv(peer->fd, read_bytes, sizeof read_bytes, MSG_DONTWAIT);
  if (n > 0) {
    bytes += n;
    if (service == GREET && !peer->has_sent) {
      peer->has_sent = 1;
      send(peer->fd, MESSAGE, sizeof MESSAGE - 1, MSG_NOSIGNAL);
      shutdown(peer->fd, SHUT_WR);
    }
  } else if (n == 0 || errno != EAGAIN) {
    end_peer(peer, service != GREET || n < 0);
  }
}

static void send_once(struct peer *peer) {
  ssize_t n = send(peer->fd, sent_bytes, sizeof sent_bytes, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (n > 0) {
    bytes += service == ECHO ? 0 : n;
  } else if (errno != EAGAIN) {
    end_peer(peer, 1);
  }
}

static void flood_once(void) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(poll_fd, events, EVENTS, WAIT_MILLIS);
  for (int i = 0; i < count; i++) {
    struct peer *peer = events[i].data.ptr;
    if (events[i].events & EPOLLOUT) {
      send_once(peer);
    }
    if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
      read_once(peer);
    }
  }
}

// --- The exchanges of the other peer. ---

// Reads some bytes; returns their number, 0 at the end, or -1 after a failure or timeout.
static ssize_t receive_some(int fd) {
  char some[LINE_BYTES * 16];
  return recv(fd, some, sizeof some, 0);
}

static int exchange_over(int fd) {
  struct sockaddr_in from = {.sin_family = AF_INET};
  struct timeval timeout = {.tv_sec = TIMEOUT_SECONDS};
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  if (bind(fd, (struct sockaddr *)&from, sizeof from) < 0 ||
      connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
    return 0;
  }
  if ((service == GREET || service == CHARGEN) && receive_some(fd) <= 0) {
    return 0;
  }
  if (service == CHARGEN) {
    return 1;
  }
  if (send(fd, MESSAGE, sizeof MESSAGE - 1, MSG_NOSIGNAL) < 0 || shutdown(fd, SHUT_WR) < 0) {
    return 0;
  }
  ssize_t n;
  do {
    n = receive_some(fd);
  } while (n > 0);
  return n == 0;
}

static void exchange_all(void) {
  while (now() < until) {
    int64_t start = now();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int is_ok = exchange_over(fd);
    int64_t nanos = is_ok ? now() - start : TIMEOUT_SECONDS * SECOND;
    close(fd);
    if (now() >= warm_until && exchanges->count < MAX_EXCHANGES) {
      exchanges->nanos[exchanges->count++] = nanos;
      exchanges->failed += !is_ok;
    }
    usleep(PAUSE_MICROS);
  }
}

static int compare(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left;
  int64_t b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

static long long percentile(double p) {
  int64_t rank = (int64_t)(p / 100 * exchanges->count);
  return exchanges->count == 0 ? 0 : exchanges->nanos[rank < exchanges->count ? rank : rank - 1];
}

// --- Both. ---

static enum service service_named(const char *name) {
  for (int i = 0; i < SERVICES; i++) {
    if (strcmp(name, NAMES[i]) == 0) {
      return i;
    }
  }
  fprintf(stderr, "flood: unknown service: %s\n", name);
  exit(2);
}

static pid_t start_exchanges(void) {
  exchanges = mmap(NULL, sizeof *exchanges, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t child = exchanges == MAP_FAILED ? -1 : fork();
  if (child < 0) {
    fail("fork");
  }
  if (child == 0) {
    close(poll_fd);
    exchange_all();
    _exit(0);
  }
  return child;
}

// Floods until the exchanges have ended; returns the bytes per second, without the warm-up.
static double flood(pid_t child) {
  int64_t warm_bytes = 0;
  int64_t warm_nanos = 0;
  double per_second = 0;
  while (waitpid(child, NULL, WNOHANG) == 0) {
    flood_once();
    int64_t t = now();
    if (warm_nanos == 0 && t >= warm_until) {
      warm_nanos = t;
      warm_bytes = bytes;
    }
    if (per_second == 0 && t >= until) {
      per_second = (double)(bytes - warm_bytes) * SECOND / (t - warm_nanos);
    }
  }
  return per_second;
}

static void fill(void) {
  memset(sent_bytes, service == LINES ? '\n' : 'x', sizeof sent_bytes);
  for (int i = LINE_BYTES - 1; service == RECEIVE && i < SEND_BYTES; i += LINE_BYTES) {
    sent_bytes[i] = '\n';
  }
}

int main(int count, char **words) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (count != 6) {
    fputs("usage: flood receive|lines|echo|discard|chargen|greet PORT CONNECTIONS SECONDS ADDRESSES\n",
          stderr);
    return 2;
  }
  service = service_named(words[1]);
  server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(words[2]))};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int connections = atoi(words[3]);
  double seconds = atof(words[4]);
  addresses = atoi(words[5]);
  fill();
  struct peer *peers = calloc(connections + 1, sizeof *peers);
  poll_fd = epoll_create1(0);
  for (int i = 0; i < connections; i++) {
    connect_peer(&peers[i]);
  }
  warm_until = now() + (int64_t)(seconds * SECOND);
  until = warm_until + (int64_t)(seconds * SECOND);
  pid_t child = start_exchanges();
  double per_second = flood(child);
  qsort(exchanges->nanos, exchanges->count, sizeof *exchanges->nanos, compare);
  printf("{\"count\":%lld,\"failed\":%lld,\"p50_ns\":%lld,\"p99_ns\":%lld,\"max_ns\":%lld,"
         "\"lost\":%lld,\"bytes_per_second\":%.0f}\n",
         (long long)exchanges->count, (long long)exchanges->failed, percentile(50), percentile(99),
         percentile(100), (long long)lost, per_second);
}
