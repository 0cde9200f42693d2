/*
 * A WebSocket client that checks every echo:
 * `load <port> <key> <connections> <bytes> <text|binary> <closed|paced|idle> <seconds> <messages/s>`.
 * One message is on its way on each connection. closed: the next goes as soon as the echo is there. paced: so many messages
 * a second in all, latency counted from the moment a message was due. idle: opens the connections, waits, and sends one
 * message through each. Says {"event":"open"} when all are open; the last line holds the figures. Any fault ends it with 1.
 */
#include "client.h"

#include <sys/prctl.h>

/* More than two seconds behind: it will not catch up, and there is nothing to measure. */
#define HOPELESS_NS 2000000000LL
/* Before figures count, where they are counted. */
#define WARM_UP_NS 500000000LL
/* How long an idle connection may take for its message. */
#define PATIENCE_NS 10000000000LL

static int64_t duration_ns, interval_ns, counted_from_ns;
static float *latencies_us;
static size_t answered, capacity;

static void count(int64_t due_ns, int64_t now) {
  if (due_ns < counted_from_ns) return;
  if (answered == capacity) {
    capacity = capacity == 0 ? 1 << 20 : capacity * 2;
    latencies_us = realloc(latencies_us, capacity * sizeof *latencies_us);
  }
  latencies_us[answered] = (float)(now - due_ns) / 1000;
  answered += 1;
}

/* Waits for echoes until then at the latest. Returns how many connections have something to read. */
static int wait_until(int poller, struct epoll_event *ready, int most, int64_t until_ns) {
  int64_t left = until_ns - now_ns();
  if (left < 0) left = 0;
  struct timespec timeout = {.tv_sec = left / 1000000000LL, .tv_nsec = left % 1000000000LL};
  int found = epoll_pwait2(poller, ready, most, &timeout, NULL);
  if (found < 0) fail("load: cannot wait");
  return found;
}

/* As fast as it goes. Returns how long it took. */
static int64_t run_closed(int poller) {
  struct epoll_event ready[256];
  int64_t now = now_ns();
  counted_from_ns = now + WARM_UP_NS;
  int64_t until_ns = counted_from_ns + duration_ns;
  for (int at = 0; at < connections; at += 1) send_message(&all[at], now);
  while (now < until_ns) {
    int found = wait_until(poller, ready, 256, until_ns);
    now = now_ns();
    for (int at = 0; at < found; at += 1) {
      struct connection *connection = ready[at].data.ptr;
      if (!receive(connection)) continue;
      count(connection->due_ns, now);
      now = now_ns();
      send_message(connection, now);
    }
  }
  return now - counted_from_ns;
}

/* At a fixed rate, whether echoes come or not. */
static int64_t run_paced(int poller) {
  struct epoll_event ready[256];
  struct connection **free_ones = calloc((size_t)connections, sizeof *free_ones);
  int free_count = 0;
  for (int at = 0; at < connections; at += 1) free_ones[free_count++] = &all[at];
  int64_t next_ns = now_ns() + interval_ns;
  counted_from_ns = next_ns + WARM_UP_NS;
  int64_t until_ns = counted_from_ns + duration_ns;
  while (next_ns < until_ns || free_count < connections) {
    int64_t now = now_ns();
    if (now - next_ns > HOPELESS_NS) fail("load: the rate cannot be kept");
    while (free_count > 0 && next_ns <= now && next_ns < until_ns) {
      send_message(free_ones[--free_count], next_ns);
      next_ns += interval_ns;
    }
    int found = wait_until(poller, ready, 256, next_ns < until_ns && free_count > 0 ? next_ns : now + 1000000000LL);
    now = now_ns();
    for (int at = 0; at < found; at += 1) {
      struct connection *connection = ready[at].data.ptr;
      if (!receive(connection)) continue;
      count(connection->due_ns, now);
      free_ones[free_count++] = connection;
    }
  }
  return duration_ns;
}

/* Waits, then sends one message through each. What does not come back within the patience is lost. */
static int64_t run_idle(int poller) {
  struct epoll_event ready[256];
  struct timespec rest = {.tv_sec = duration_ns / 1000000000LL};
  nanosleep(&rest, NULL);
  int64_t from_ns = now_ns();
  int sent = 0, under_way = 0;
  while (answered < (size_t)connections && now_ns() < from_ns + PATIENCE_NS) {
    for (; sent < connections && under_way < 64; sent += 1, under_way += 1) send_message(&all[sent], now_ns());
    int found = wait_until(poller, ready, 256, from_ns + PATIENCE_NS);
    int64_t now = now_ns();
    for (int at = 0; at < found; at += 1) {
      struct connection *connection = ready[at].data.ptr;
      if (!receive(connection)) continue;
      count(connection->due_ns, now);
      under_way -= 1;
    }
  }
  return now_ns() - from_ns;
}

static int ascending(const void *one, const void *other) {
  float difference = *(const float *)one - *(const float *)other;
  return (difference > 0) - (difference < 0);
}

static double percentile_ms(int percent) {
  return answered == 0 ? 0 : latencies_us[(answered - 1) * (size_t)percent / 100] / 1000;
}

static void report(int64_t took_ns, size_t lost) {
  qsort(latencies_us, answered, sizeof *latencies_us, ascending);
  printf("{\"messages\":%zu,\"seconds\":%.6f,\"p50Ms\":%.4f,\"p99Ms\":%.4f,\"lost\":%zu}\n", answered,
    (double)took_ns / 1e9, percentile_ms(50), percentile_ms(99), lost);
  fflush(stdout);
}

int main(int argument_count, char **arguments) {
  if (argument_count != 9) fail("usage: load <port> <key> <connections> <bytes> <text|binary> <mode> <seconds> <rate>");
  const char *mode = arguments[6];
  connections = atoi(arguments[3]);
  payload_length = atoi(arguments[4]);
  if (connections < 1 || payload_length < 64 || payload_length > LARGEST_PAYLOAD) fail("load: out of range");
  duration_ns = (int64_t)(atof(arguments[7]) * 1e9);
  interval_ns = strcmp(mode, "paced") == 0 ? (int64_t)(1e9 / atof(arguments[8])) : 0;
  prctl(PR_SET_TIMERSLACK, 1);
  raise_file_limit();
  make_template(strcmp(arguments[5], "text") == 0 ? 0x81 : 0x82);
  all = calloc((size_t)connections, sizeof *all);
  partials = malloc((size_t)connections * echo_length);
  int poller = open_all(atoi(arguments[1]), arguments[2]);
  if (strcmp(mode, "closed") == 0) report(run_closed(poller), 0);
  else if (strcmp(mode, "paced") == 0) report(run_paced(poller), 0);
  else {
    int64_t took_ns = run_idle(poller);
    report(took_ns, (size_t)connections - answered);
  }
  return 0;
}
