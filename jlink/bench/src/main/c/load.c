// Load generator with one thread; prints its results as a line of JSON.
//
//   load exchange PORT CLIENTS SECONDS ADDRESSES   CLIENTS concurrent exchanges: connect, read the
//                                                  greeting, send, half-close, read to end of file
//   load echo PORT CONNECTIONS SECONDS ADDRESSES   round trips of 64 bytes on each connection
//   load hold PORT CONNECTIONS 0 ADDRESSES         idle connections, until standard input ends
//   load send PORT 0 SECONDS 1                     datagrams of 64 bytes, as many as possible
//   load reflect PORT FLIGHT SECONDS 1             round trips of datagrams, FLIGHT at a time
//
// A sixth argument of exchange and echo, INTERVALS, reports the curve from the first connection on,
// without a warm-up: INTERVALS times SECONDS, a line each, then a line for the first two of them and
// one for those from the sixth on. For a server started with other options of the JVM:
//
//   NETPAIR_JAVA_OPTIONS=... taskset -c 0 jlink/target/netpair/bin/tcp-server 0.0.0.0:7000 &
//   gcc -O2 -o load load.c && taskset -c 1 ./load exchange 7000 64 1 16 12
//
// Connects to ADDRESSES addresses from 127.0.0.1 on, round-robin: with a single one, the kernel's
// search for a free local port, which gets slower as ports run out, would distort the results.
// Results exclude a warm-up, which takes a further quarter of the time.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 512, PAYLOAD_BYTES = 64, BATCH = 32 };
enum { WAIT_MILLIS = 100 };
enum { MAX_INTERVALS = 60, START_INTERVALS = 2, STEADY_INTERVAL = 5 };

static const char MESSAGE[] = "hello sever!";
static const int64_t SECOND = 1000000000;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(2);
}

// --- Histograms of times, one per interval; a bucket is at most 1/64 of its value wide. ---
enum { SUB_BITS = 6, SUBS = 1 << SUB_BITS, BUCKETS = 64 * SUBS };
static struct interval {
  int64_t buckets[BUCKETS];
  int64_t measured;
  int64_t failed;
} intervals[MAX_INTERVALS];

static int interval_count = 1;
static int64_t interval_nanos;

static int current;
static int64_t current_end;

// Returns the interval of a time, which is not before that of the previous call.
static struct interval *interval_at(int64_t t) {
  while (t >= current_end && current < interval_count - 1) {
    current++;
    current_end += interval_nanos;
  }
  return &intervals[current];
}

static void record(int64_t t, int64_t nanos) {
  struct interval *at = interval_at(t);
  int shift = nanos < 2 * SUBS ? 0 : 63 - __builtin_clzll(nanos) - SUB_BITS;
  at->buckets[shift * SUBS + (nanos >> shift)]++;
  at->measured++;
}

static int64_t percentile(const struct interval *of, double p) {
  int64_t rank = (int64_t)(p / 100 * of->measured);
  for (int i = 0; i < BUCKETS; i++) {
    if ((rank -= of->buckets[i]) < 0) {
      int shift = i < 2 * SUBS ? 0 : i / SUBS - 1;
      return (int64_t)(i - shift * SUBS) << shift;
    }
  }
  return 0;
}

// --- State of one client. ---
struct client {
  int64_t start;
  int fd;
  int received;
  int sent;
};

static struct client *clients;
static int client_count;
static int port;
static int addresses;
static int next_address;
static int poll_fd;
static int64_t warm_until;
static int64_t until;

static struct sockaddr_in target(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK + next_address);
  next_address = (next_address + 1) % addresses;
  return to;
}

static void connect_client(struct client *c) {
  struct sockaddr_in to = target();
  c->start = now();
  c->received = 0;
  c->sent = 0;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) {
    fail("socket");
  }
  if (connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
    fail("connect");
  }
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event);
}

static void finish(struct client *c, int ok) {
  int64_t t = now();
  close(c->fd);
  if (!ok) {
    interval_at(t)->failed += t >= warm_until;
  } else if (t >= warm_until) {
    record(t, t - c->start);
  }
  if (t < until) {
    connect_client(c);
  } else {
    c->fd = -1;
  }
}

static void exchange(struct client *c) {
  char bytes[256];
  ssize_t n = recv(c->fd, bytes, sizeof bytes, 0);
  if (n > 0) {
    c->received += n;
    if (!c->sent) {
      c->sent = 1;
      if (send(c->fd, MESSAGE, sizeof MESSAGE - 1, MSG_NOSIGNAL) < 0 ||
          shutdown(c->fd, SHUT_WR) < 0) {
        finish(c, 0);
      }
    }
  } else if (n == 0 || errno != EAGAIN) {
    finish(c, n == 0 && c->received > 0);
  }
}

static char payload[PAYLOAD_BYTES];
static int64_t numbered;

// Each payload differs: a UDP server may take identical ones for a loop between two servers.
static void send_request(struct client *c) {
  numbered++;
  memcpy(payload, &numbered, sizeof numbered);
  c->start = now();
  c->received = 0;
  if (send(c->fd, payload, sizeof payload, MSG_NOSIGNAL) != sizeof payload) {
    fail("send");
  }
}

static void echo(struct client *c) {
  char bytes[PAYLOAD_BYTES];
  ssize_t n = recv(c->fd, bytes, sizeof bytes, 0);
  if (n <= 0) {
    if (n < 0 && errno == EAGAIN) {
      return;
    }
    fail("recv");
  }
  c->received += n;
  if (c->received >= PAYLOAD_BYTES) {
    int64_t t = now();
    if (t >= warm_until) {
      record(t, t - c->start);
    }
    send_request(c);
  }
}

static void poll_once(void (*act)(struct client *)) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(poll_fd, events, EVENTS, WAIT_MILLIS);
  for (int i = 0; i < count; i++) {
    act(events[i].data.ptr);
  }
}

static void connect_all(int type) {
  for (int i = 0; i < client_count; i++) {
    struct sockaddr_in to = target();
    int on = 1;
    struct client *c = &clients[i];
    c->fd = socket(AF_INET, type, 0);
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0) {
      fail("connect");
    }
    if (type == SOCK_STREAM) {
      setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event);
  }
}

// Schedules the warm-up, a quarter of the time, before the measurement; a curve has none.
static void schedule(double seconds) {
  interval_nanos = (int64_t)(seconds * SECOND);
  warm_until = now() + (interval_count > 1 ? 0 : interval_nanos / 4);
  current_end = warm_until + interval_nanos;
  until = warm_until + interval_count * interval_nanos;
}

// Reports the intervals from one to another, exclusive, as one.
static void report_between(int from, int to, double seconds) {
  struct interval *sum = calloc(1, sizeof *sum);
  for (int i = from; i < to; i++) {
    sum->measured += intervals[i].measured;
    sum->failed += intervals[i].failed;
    for (int k = 0; k < BUCKETS; k++) {
      sum->buckets[k] += intervals[i].buckets[k];
    }
  }
  putchar('{');
  if (interval_count > 1) {
    printf("\"from\":%d,\"to\":%d,", from, to);
  }
  printf("\"count\":%lld,\"failed\":%lld,\"seconds\":%.6f,\"per_second\":%.1f,"
         "\"p50_ns\":%lld,\"p99_ns\":%lld,\"p999_ns\":%lld}\n",
         (long long)sum->measured, (long long)sum->failed, seconds, sum->measured / seconds,
         (long long)percentile(sum, 50), (long long)percentile(sum, 99),
         (long long)percentile(sum, 99.9));
  free(sum);
}

static void report(void) {
  int64_t end = now();
  if (interval_count == 1) {
    report_between(0, 1, (double)(end - warm_until) / SECOND);
    return;
  }
  double seconds = (double)interval_nanos / SECOND;
  for (int i = 0; i < interval_count; i++) {
    report_between(i, i + 1, seconds);
  }
  report_between(0, START_INTERVALS, START_INTERVALS * seconds);
  if (interval_count > STEADY_INTERVAL) {
    report_between(STEADY_INTERVAL, interval_count, (interval_count - STEADY_INTERVAL) * seconds);
  }
}

static void exchanges(double seconds) {
  schedule(seconds);
  for (int i = 0; i < client_count; i++) {
    connect_client(&clients[i]);
  }
  while (now() < until) {
    poll_once(exchange);
  }
  report();
}

static void echoes(int type, double seconds) {
  connect_all(type);
  schedule(seconds);
  for (int i = 0; i < client_count; i++) {
    send_request(&clients[i]);
  }
  while (now() < until) {
    int64_t before = numbered;
    poll_once(echo);
    // A datagram may be lost: send the next after a timeout.
    for (int i = 0; type == SOCK_DGRAM && numbered == before && i < client_count; i++) {
      if (now() - clients[i].start > SECOND / 10) {
        interval_at(now())->failed++;
        send_request(&clients[i]);
      }
    }
  }
  report();
}

static void hold(void) {
  connect_all(SOCK_STREAM);
  puts("{\"held\":true}");
  fflush(stdout);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
}

static void send_all(double seconds) {
  int s = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in to = target();
  struct mmsghdr messages[BATCH] = {0};
  struct iovec part = {payload, sizeof payload};
  if (connect(s, (struct sockaddr *)&to, sizeof to) < 0) {
    fail("connect");
  }
  for (int i = 0; i < BATCH; i++) {
    messages[i].msg_hdr.msg_iov = &part;
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  int64_t start = now();
  int64_t end = start + (int64_t)(seconds * SECOND);
  int64_t sent = 0;
  while (now() < end) {
    int n = sendmmsg(s, messages, BATCH, 0);
    sent += n > 0 ? n : 0;
  }
  double took = (double)(now() - start) / SECOND;
  printf("{\"count\":%lld,\"seconds\":%.6f,\"per_second\":%.1f}\n", (long long)sent, took,
         sent / took);
}

int main(int count, char **words) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (count != 6 && count != 7) {
    fputs("usage: load exchange|echo|hold|send|reflect PORT COUNT SECONDS ADDRESSES [INTERVALS]\n",
          stderr);
    return 2;
  }
  port = atoi(words[2]);
  client_count = atoi(words[3]);
  double seconds = atof(words[4]);
  addresses = atoi(words[5]);
  interval_count = count == 7 ? atoi(words[6]) : 1;
  if (interval_count < 1 || interval_count > MAX_INTERVALS) {
    fputs("load: INTERVALS must be from 1 to 60\n", stderr);
    return 2;
  }
  memset(payload, 'x', sizeof payload);
  clients = calloc(client_count + 1, sizeof *clients);
  poll_fd = epoll_create1(0);
  if (strcmp(words[1], "exchange") == 0) {
    exchanges(seconds);
  } else if (strcmp(words[1], "hold") == 0) {
    hold();
  } else if (strcmp(words[1], "send") == 0) {
    send_all(seconds);
  } else {
    echoes(strcmp(words[1], "echo") == 0 ? SOCK_STREAM : SOCK_DGRAM, seconds);
  }
}
