// Measures the time from the start of a program; prints a line of JSON on standard error.
//
//   spawn exit COMMAND...           until it exits, which must be with status 0; discards its output
//   spawn answer PORT COMMAND...    until it greets a client at 127.0.0.1, which connects without
//                                   pause; then kills its process group; discards its output
//   spawn use COMMAND...            until it exits, with any status; keeps its output
//
// The line also has the status, the processor time and the minor page faults of the program and of
// the children that it has waited for.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * (int64_t)1000000000 + t.tv_nsec;
}

static int64_t nanos(struct timeval t) {
  return t.tv_sec * (int64_t)1000000000 + t.tv_usec * (int64_t)1000;
}

static pid_t start(char **command, int discards) {
  pid_t pid = vfork();
  if (pid == 0) {
    if (discards) {
      int null = open("/dev/null", O_WRONLY);
      dup2(null, STDOUT_FILENO);
      dup2(null, STDERR_FILENO);
    }
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
  struct rusage use;
  int answers = count > 3 && strcmp(words[1], "answer") == 0;
  int uses = count > 2 && strcmp(words[1], "use") == 0;
  if (count < 3) {
    fputs("usage: spawn exit|use COMMAND... | spawn answer PORT COMMAND...\n", stderr);
    return 2;
  }
  int64_t start_time = now();
  pid_t pid = start(words + (answers ? 3 : 2), !uses);
  if (answers) {
    while (!is_greeted(atoi(words[2]))) {
      if (waitpid(pid, &status, WNOHANG) == pid) {
        return 1;
      }
    }
  } else {
    wait4(pid, &status, 0, &use);
  }
  int64_t end_time = now();
  if (answers) {
    kill(-pid, SIGKILL);
    wait4(pid, &status, 0, &use);
  } else if (!WIFEXITED(status) || (!uses && WEXITSTATUS(status) != 0)) {
    return 1;
  }
  fprintf(stderr,
          "{\"time_ns\":%lld,\"status\":%d,\"cpu_ns\":%lld,\"minor_faults\":%ld}\n",
          (long long)(end_time - start_time), WEXITSTATUS(status),
          (long long)(nanos(use.ru_utime) + nanos(use.ru_stime)), use.ru_minflt);
}
