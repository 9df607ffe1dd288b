#include "state.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

const char modes_on[] = "\033[?2004h\033[?1004h", modes_off[] = "\033[?2004l\033[?1004l";
const char mouse_on[] = "\033[?1000h\033[?1002h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1002l\033[?1000l";

int terminal_descriptor = -1;

static struct termios found;
static char resets[512];
static size_t resets_count;
static atomic_bool armed;

bool save_terminal(void) { return tcgetattr(terminal_descriptor, &found) == 0; }

/* Without the padding that terminfo writes as $<5>. */
static void append(const char *text) {
  for (; text && *text && resets_count < sizeof resets; text++) {
    const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
    if (end) text = end;
    else resets[resets_count++] = *text;
  }
}

/* Made beforehand: a signal handler may not ask terminfo. */
void arm_restore(bool windowed) {
  resets_count = 0;
  if (windowed) {
    append("\033[?2026l");
    append(mouse_off);
    append(modes_off);
  }
  append(exit_attribute_mode);
  append(orig_pair);
  append(keypad_local);
  append(cursor_normal);
  append(exit_ca_mode);
  if (!exit_ca_mode) append(tparm(cursor_address, 998L, 0L)); /* the last line: terminals stop there */
  append(exit_ca_mode ? "\r" : "\r\n");
  atomic_store(&armed, true);
  static bool registered;
  if (!registered) registered = atexit(restore_terminal) == 0;
}

void disarm_restore(void) {
  if (atomic_exchange(&armed, false)) tcsetattr(terminal_descriptor, TCSADRAIN, &found);
}

/* Safe in a signal handler; once only, and each step whether or not the one before worked. */
void restore_terminal(void) {
  if (!atomic_exchange(&armed, false)) return;
  int error = errno;
  write_all(resets, resets_count);
  tcsetattr(terminal_descriptor, TCSANOW, &found);
  release_messages();
  errno = error;
}

bool write_all(const void *bytes, size_t count) {
  const char *next = bytes;
  while (count > 0) {
    ssize_t written = write(terminal_descriptor, next, count);
    if (written >= 0) {
      next += written;
      count -= (size_t)written;
    } else if (errno == EAGAIN) {
      struct pollfd room = {.fd = terminal_descriptor, .events = POLLOUT};
      poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}
