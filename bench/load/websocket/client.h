/* The client's connections: handshake, messages out, echoes in and checked. */
#include "wire.h"

/* The number of a message, at the end of its payload. */
#define STAMP_BYTES 12

struct connection {
  int fd;
  int under_way;
  uint32_t number;
  int64_t due_ns;
  size_t received;
};

static int connections, payload_length;
static struct connection *all;
/* A frame as it is sent, its payload without mask and number; and the echo that is expected. */
static uint8_t outgoing[LARGEST_PAYLOAD + 16], template[LARGEST_PAYLOAD];
static uint8_t incoming[LARGEST_PAYLOAD + 16];
static uint8_t *partials;
static size_t echo_head_length, echo_length;
static uint8_t echo_head[4];
static uint32_t random_state = 2463534242u;

static uint32_t next_random(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 17;
  random_state ^= random_state << 5;
  return random_state;
}

/* Base64 audio in an event for text, anything for binary. */
static void make_template(uint8_t first) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  static const char open[] = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"";
  for (int at = 0; at < payload_length; at += 1)
    template[at] = first == 0x81 ? (uint8_t)letters[next_random() & 63] : (uint8_t)next_random();
  if (first == 0x81) memcpy(template, open, sizeof open - 1);
  uint8_t head[4];
  uint8_t *from = write_head_before(head + 4, first, (size_t)payload_length, 0);
  echo_head_length = (size_t)(head + 4 - from);
  memcpy(echo_head, from, echo_head_length);
  echo_length = echo_head_length + (size_t)payload_length;
}

/* The number as text that is the end of the JSON, so that text stays text. */
static void stamp(uint8_t *end, uint32_t number) {
  static const char digits[] = "0123456789abcdef";
  *--end = '}';
  *--end = '"';
  for (int at = 0; at < 8; at += 1, number >>= 4) *--end = (uint8_t)digits[number & 15];
  *--end = '-';
  *--end = '-';
}

static void send_message(struct connection *connection, int64_t due_ns) {
  uint8_t *payload = outgoing + 8;
  uint32_t mask = next_random();
  memcpy(payload, template, (size_t)payload_length);
  connection->number += 1;
  stamp(payload + payload_length, connection->number);
  memcpy(payload - 4, &mask, 4);
  apply_mask(payload, (size_t)payload_length, payload - 4);
  uint8_t *from = write_head_before(payload - 4, echo_head[0], (size_t)payload_length, 1);
  size_t length = (size_t)(payload - from) + (size_t)payload_length;
  connection->due_ns = due_ns;
  connection->under_way = 1;
  connection->received = 0;
  if (send(connection->fd, from, length, MSG_NOSIGNAL) != (ssize_t)length) fail("load: a message could not be sent");
}

/* Byte for byte, head and number included. */
static void check_echo(const uint8_t *echo, uint32_t number) {
  uint8_t expected[STAMP_BYTES];
  const uint8_t *payload = echo + echo_head_length;
  size_t stamped = (size_t)payload_length - STAMP_BYTES;
  stamp(expected + STAMP_BYTES, number);
  if (memcmp(echo, echo_head, echo_head_length) != 0 || memcmp(payload, template, stamped) != 0 ||
      memcmp(payload + stamped, expected, STAMP_BYTES) != 0)
    fail("load: an echo is not what was sent");
}

/* Reads from a connection. Returns whether its echo is whole. */
static int receive(struct connection *connection) {
  uint8_t *partial = partials + (size_t)(connection - all) * echo_length;
  ssize_t got = recv(connection->fd, incoming, sizeof incoming, 0);
  if (got < 0 && errno == EAGAIN) return 0;
  if (got <= 0) fail("load: a connection was closed");
  if (!connection->under_way || connection->received + (size_t)got > echo_length) fail("load: more came than was sent");
  const uint8_t *echo = incoming;
  if (connection->received > 0 || (size_t)got < echo_length) {
    memcpy(partial + connection->received, incoming, (size_t)got);
    echo = partial;
  }
  connection->received += (size_t)got;
  if (connection->received < echo_length) return 0;
  check_echo(echo, connection->number);
  connection->under_way = 0;
  return 1;
}

static void shake_hands(int fd, int port, const char *key) {
  char text[2048];
  int length = snprintf(text, sizeof text,
    "GET /v1/realtime?model=bench-realtime HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nauthorization: Bearer %s\r\n"
    "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: " CLIENT_KEY "\r\n\r\n",
    port, key);
  if (send(fd, text, (size_t)length, MSG_NOSIGNAL) != length) fail("load: a handshake could not be sent");
  size_t got = 0;
  text[0] = 0;
  while (strstr(text, "\r\n\r\n") == NULL) {
    ssize_t more = recv(fd, text + got, sizeof text - 1 - got, 0);
    if (more <= 0) fail("load: a handshake was not answered");
    got += (size_t)more;
    text[got] = 0;
  }
  if (strncmp(text, "HTTP/1.1 101 ", 13) != 0) fail(text);
  if (strstr(text, ACCEPT) == NULL) fail("load: a handshake was answered with another accept value");
}

static int open_all(int port, const char *key) {
  int poller = epoll_create1(0);
  struct sockaddr_in address = loopback(port);
  for (int at = 0; at < connections; at += 1) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("load: cannot connect");
    shake_hands(fd, port, key);
    make_fast(fd);
    all[at].fd = fd;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[at]};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
  }
  printf("{\"event\":\"open\"}\n");
  fflush(stdout);
  return poller;
}
