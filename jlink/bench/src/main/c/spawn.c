// Measures the time from the start of a program, in nanoseconds; prints it on standard error.
//
// Output of the program is discarded.
//
//   spawn exit COMMAND...           until it exits, which must be with status 0
//   spawn answer PORT COMMAND...    until it greets a client at 127.0.0.1, which connects without
//                                   pause; then kills its process group
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * (int64_t)1000000000 + t.tv_nsec;
}

static pid_t start(char **command) {
  pid_t pid = vfork();
  if (pid == 0) {
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    setpgid(0, 0);
    execvp(command[0], command);
    _exit(127);
  }
  return pid;
}

// Completes the exchange, since some servers exit if a peer sends nothing.
static int is_greeted(int port) {
  char byte;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  int ok = connect(s, (struct sockaddr *)&to, sizeof to) == 0 && recv(s, &byte, 1, 0) == 1;
  if (ok) {
    send(s, "hello sever!", 12, MSG_NOSIGNAL);
    shutdown(s, SHUT_WR);
  }
  close(s);
  return ok;
}

int main(int count, char **words) {
  int status;
  int answers = count > 3 && strcmp(words[1], "answer") == 0;
  if (count < 3) {
    fputs("usage: spawn exit COMMAND... | spawn answer PORT COMMAND...\n", stderr);
    return 2;
  }
  int64_t start_time = now();
  pid_t pid = start(words + (answers ? 3 : 2));
  if (answers) {
    while (!is_greeted(atoi(words[2]))) {
      if (waitpid(pid, &status, WNOHANG) == pid) {
        return 1;
      }
    }
  } else {
    waitpid(pid, &status, 0);
  }
  int64_t end_time = now();
  if (answers) {
    kill(-pid, SIGKILL);
    waitpid(pid, &status, 0);
  } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return 1;
  }
  fprintf(stderr, "%lld\n", (long long)(end_time - start_time));
}
