// UDP relay that drops and swaps datagrams by their number, and counts them.
//
//   relay PORT SERVER_PORT BYTES DROP SWAP
//
// Forwards datagrams between the last client of 127.0.0.1:PORT and the server 127.0.0.1:SERVER_PORT.
// Of those of BYTES bytes, it drops every DROP-th from the client, and swaps every SWAP-th to the
// client with the next. Prints "ready", and when standard input ends, the counts as a line of JSON.
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { DATAGRAM_BYTES = 2048 };

// A datagram without a successor is sent after this time, in order.
enum { HOLD_MILLIS = 50 };

static int near;
static int far;
static struct sockaddr_in client;
static char held[DATAGRAM_BYTES];
static ssize_t held_bytes;
static long up;
static long down;
static long dropped;
static long swapped;

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static struct sockaddr_in local(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void to_client(const char *bytes, ssize_t length) {
  sendto(near, bytes, length, 0, (struct sockaddr *)&client, sizeof client);
}

static void release(void) {
  if (held_bytes > 0) {
    to_client(held, held_bytes);
    held_bytes = 0;
  }
}

static void forward_up(int counted_bytes, int drop) {
  char bytes[DATAGRAM_BYTES];
  socklen_t length = sizeof client;
  ssize_t n = recvfrom(near, bytes, sizeof bytes, 0, (struct sockaddr *)&client, &length);
  if (n == counted_bytes && ++up % drop == 0) {
    dropped++;
  } else if (n > 0) {
    send(far, bytes, n, 0);
  }
}

static void forward_down(int counted_bytes, int swap) {
  char bytes[DATAGRAM_BYTES];
  ssize_t n = recv(far, bytes, sizeof bytes, 0);
  if (n == counted_bytes && ++down % swap == 0) {
    memcpy(held, bytes, n);
    held_bytes = n;
  } else if (n > 0) {
    swapped += held_bytes > 0;
    to_client(bytes, n);
    release();
  }
}

int main(int count, char **words) {
  if (count != 6) {
    fputs("usage: relay PORT SERVER_PORT BYTES DROP SWAP\n", stderr);
    return 2;
  }
  struct sockaddr_in here = local(atoi(words[1]));
  struct sockaddr_in there = local(atoi(words[2]));
  near = socket(AF_INET, SOCK_DGRAM, 0);
  far = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(near, (struct sockaddr *)&here, sizeof here) < 0) {
    fail("bind");
  }
  if (connect(far, (struct sockaddr *)&there, sizeof there) < 0) {
    fail("connect");
  }
  puts("ready");
  fflush(stdout);
  struct pollfd ready[] = {{STDIN_FILENO, POLLIN, 0}, {near, POLLIN, 0}, {far, POLLIN, 0}};
  while (!ready[0].revents) {
    if (poll(ready, 3, held_bytes > 0 ? HOLD_MILLIS : -1) == 0) {
      release();
    }
    if (ready[1].revents) {
      forward_up(atoi(words[3]), atoi(words[4]));
    }
    if (ready[2].revents) {
      forward_down(atoi(words[3]), atoi(words[5]));
    }
  }
  printf("{\"datagrams\":%ld,\"dropped\":%ld,\"swapped\":%ld}\n", up, dropped, swapped);
}
