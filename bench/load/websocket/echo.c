/*
 * A platform that sends every message back: `echo <channel key>`. Its first line says where it listens.
 * Handshakes with any other key are answered 401.
 */
#include "wire.h"

#define READ_BYTES (256 * 1024)

struct connection {
  int fd;
  int open;
  /* The beginning of something that is not all there. */
  uint8_t *partial;
  size_t partial_length;
};

static uint8_t buffer[READ_BYTES + LARGEST_PAYLOAD + 64];
static char authorization[512];

/* What is sent is less than any socket takes at once, as every client waits for its echo. */
static void send_all(int fd, const void *bytes, size_t length) {
  if (send(fd, bytes, length, MSG_NOSIGNAL) != (ssize_t)length && errno != EPIPE && errno != ECONNRESET)
    fail("echo: a client does not read");
}

static void close_connection(struct connection *connection) {
  close(connection->fd);
  free(connection->partial);
  free(connection);
}

/* Answers a handshake. Returns how many bytes it had; 0 while it is not all there, -1 where it is refused. */
static ssize_t shake_hands(struct connection *connection, uint8_t *bytes, size_t length) {
  uint8_t *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  *end = 0;
  const char *refused = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
  const char *taken = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
                      "sec-websocket-accept: " ACCEPT "\r\n\r\n";
  int good = strcasestr((char *)bytes, authorization) != NULL && strstr((char *)bytes, CLIENT_KEY) != NULL;
  const char *answer = good ? taken : refused;
  send_all(connection->fd, answer, strlen(answer));
  connection->open = good;
  return good ? end + 4 - bytes : -1;
}

/* Sends a frame back where it lies: without the mask its head is shorter, so it fits before the payload. */
static void send_back(int fd, uint8_t *frame, const struct head *head) {
  uint8_t *payload = frame + head->head_length;
  if (!head->masked) fail("echo: a client's frame is not masked");
  apply_mask(payload, head->payload_length, payload - 4);
  uint8_t *from = write_head_before(payload, head->first, head->payload_length, 0);
  send_all(fd, from, (size_t)(payload - from) + head->payload_length);
}

/* Takes what is whole in the buffer. Returns how much that was, -1 where the connection is over. */
static ssize_t take(struct connection *connection, uint8_t *bytes, size_t length) {
  size_t at = 0;
  if (!connection->open) {
    ssize_t used = shake_hands(connection, bytes, length);
    if (used <= 0) return used;
    at = (size_t)used;
  }
  struct head head;
  while (read_head(bytes + at, length - at, &head)) {
    size_t whole = head.head_length + head.payload_length;
    if (length - at < whole) break;
    if ((head.first & 0x0f) == 0x8) return -1;
    send_back(connection->fd, bytes + at, &head);
    at += whole;
  }
  return (ssize_t)at;
}

static void serve(struct connection *connection) {
  size_t kept = connection->partial_length;
  if (kept > 0) memcpy(buffer, connection->partial, kept);
  ssize_t got = recv(connection->fd, buffer + kept, READ_BYTES, 0);
  if (got < 0 && errno == EAGAIN) return;
  size_t length = kept + (got > 0 ? (size_t)got : 0);
  ssize_t used = got <= 0 ? -1 : take(connection, buffer, length);
  if (used < 0) {
    close_connection(connection);
    return;
  }
  size_t rest = length - (size_t)used;
  if (rest > 0) {
    connection->partial = realloc(connection->partial, rest);
    memcpy(connection->partial, buffer + used, rest);
  }
  connection->partial_length = rest;
}

static int listen_somewhere(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (bind(fd, (struct sockaddr *)&address, length) != 0 || listen(fd, 4096) != 0) fail("echo: cannot listen");
  getsockname(fd, (struct sockaddr *)&address, &length);
  printf("{\"event\":\"ready\",\"port\":%d}\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

static void accept_one(int listener, int poller) {
  struct connection *connection = calloc(1, sizeof *connection);
  connection->fd = accept(listener, NULL, NULL);
  if (connection->fd < 0) fail("echo: cannot accept");
  make_fast(connection->fd);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
  epoll_ctl(poller, EPOLL_CTL_ADD, connection->fd, &event);
}

int main(int count, char **arguments) {
  if (count != 2) fail("usage: echo <channel key>");
  snprintf(authorization, sizeof authorization, "\nauthorization: bearer %s\r", arguments[1]);
  raise_file_limit();
  int listener = listen_somewhere();
  int poller = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  struct epoll_event ready[256];
  for (;;) {
    int found = epoll_wait(poller, ready, 256, -1);
    for (int at = 0; at < found; at += 1) {
      if (ready[at].data.ptr == NULL) accept_one(listener, poller);
      else serve(ready[at].data.ptr);
    }
  }
}
