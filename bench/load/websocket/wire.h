/* What the two programs here share: sockets on loopback, and frames (RFC 6455) over them. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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

/* The example of RFC 6455 §1.3: every handshake uses it, so that nothing has to be hashed. */
#define CLIENT_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

/* The largest payload a head of four bytes can tell; longer messages are not used here. */
#define LARGEST_PAYLOAD 65535

static void fail(const char *reason) {
  fprintf(stderr, "%s\n", reason);
  exit(1);
}

static inline int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* As many sockets as the system lets this process have. */
static void raise_file_limit(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void make_fast(int fd) {
  int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/* Puts a mask on, or takes it off (§5.3); eight bytes at a time. */
static inline void apply_mask(uint8_t *payload, size_t length, const uint8_t mask[4]) {
  uint64_t wide;
  size_t at = 0;
  memcpy(&wide, mask, 4);
  memcpy((uint8_t *)&wide + 4, mask, 4);
  for (; at + 8 <= length; at += 8) {
    uint64_t word;
    memcpy(&word, payload + at, 8);
    word ^= wide;
    memcpy(payload + at, &word, 8);
  }
  for (; at < length; at += 1) payload[at] ^= mask[at & 3];
}

struct head {
  size_t head_length;
  size_t payload_length;
  uint8_t first;
  int masked;
};

/* Reads a frame's head (§5.2). Returns 0 while it is not all there. */
static inline int read_head(const uint8_t *bytes, size_t available, struct head *head) {
  if (available < 2) return 0;
  head->first = bytes[0];
  head->masked = bytes[1] >> 7;
  size_t length = bytes[1] & 0x7f;
  if (length == 127) fail("a frame is longer than any that was sent");
  size_t length_bytes = length == 126 ? 2 : 0;
  head->head_length = 2 + length_bytes + (head->masked ? 4 : 0);
  if (available < head->head_length) return 0;
  head->payload_length = length_bytes ? (size_t)(bytes[2] << 8 | bytes[3]) : length;
  return 1;
}

/* Writes a head without a mask that ends at `end`. Returns where it begins. */
static inline uint8_t *write_head_before(uint8_t *end, uint8_t first, size_t length, int masked) {
  uint8_t flag = masked ? 0x80 : 0;
  uint8_t *at = end;
  if (length < 126) {
    *--at = flag | (uint8_t)length;
  } else {
    *--at = length & 0xff;
    *--at = (uint8_t)(length >> 8);
    *--at = flag | 126;
  }
  *--at = first;
  return at;
}
