#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stddef.h>
#include <stdint.h>

/* The terminal of this process, through ncurses: one at a time, used by one thread.
   Only terminal_wake() may be called from any thread. */

enum { TERMINAL_BOLD = 1, TERMINAL_DIM = 2, TERMINAL_UNDERLINE = 4, TERMINAL_REVERSE = 8 };

/* One cell as it is shown. The second cell of a wide character has scalar 0. */
typedef struct {
  uint32_t scalar;
  int16_t foreground; /* palette index, -1 for the terminal's own */
  int16_t background;
  uint32_t attributes;
} TerminalCell;

typedef struct {
  int32_t width;
  int32_t height;
  int32_t colors;   /* 0, 8, 16 or 256 */
  int32_t unicode;  /* 1 if the user's character set is UTF-8 */
  int32_t windowed; /* 1 if the terminal understands titles and the private modes of xterm */
} TerminalTraits;

enum {
  TERMINAL_OPENED = 0,
  TERMINAL_NO_INPUT,     /* standard input is not a terminal */
  TERMINAL_NO_OUTPUT,    /* standard output is not a terminal */
  TERMINAL_UNKNOWN_TYPE, /* TERM names nothing that terminfo knows */
  TERMINAL_UNSUITABLE,   /* TERM names a terminal that cannot address its cursor */
  TERMINAL_FAILED        /* the system refused a resource */
};

/* Takes the terminal over: raw mode, alternate screen, signal handlers. `color` 0 asks for none. */
int32_t terminal_open(int32_t color, TerminalTraits *traits);

/* Gives the terminal back as it was found. Without effect when it is not open. */
void terminal_close(void);

/* Shows width x height cells, which must be the terminal's size, then sends `after`: what differs, in one write.
   The cursor is hidden where `cursor_x` is negative. Returns 0, or -1 if the terminal is gone. */
int32_t terminal_present(
  const TerminalCell *cells, int32_t width, int32_t height, int32_t cursor_x, int32_t cursor_y, int32_t mouse,
  const uint8_t *after, size_t after_count);

/* Sends bytes as they are. Returns 0, or -1 if the terminal is gone. */
int32_t terminal_write(const uint8_t *bytes, size_t count);

/* Asks the terminal for its size; 1 if it differs from the last. */
int32_t terminal_resize(int32_t *width, int32_t *height);

/* Stops the process group as Ctrl-Z does, the terminal restored meanwhile. */
void terminal_suspend(void);

/* Sets the modes anew and redraws all at the next frame: after a stop that was not announced. */
void terminal_resume(void);

enum { TERMINAL_INPUT = 1, TERMINAL_HUNG_UP = 2 };

/* Sleeps until input, a signal, terminal_wake() or the time is over (negative: no end). */
int32_t terminal_wait(int64_t nanoseconds);

/* Writes to the descriptor of terminal_waker(). */
void terminal_wake(int32_t descriptor);
int32_t terminal_waker(void);

enum {
  TERMINAL_RESIZED = 1,
  TERMINAL_CONTINUED = 2,
  TERMINAL_STOP = 4,
  TERMINAL_INTERRUPT = 8,
  TERMINAL_END = 16,
  TERMINAL_LOST = 32
};

/* The signals that came since the last call. */
uint32_t terminal_signals(void);

/* Keys are numbered TERMINAL_KEYS + 8 * key + modifiers. */
enum { TERMINAL_KEYS = 0x1000, TERMINAL_SHIFT = 1, TERMINAL_ALT = 2, TERMINAL_CONTROL = 4 };
enum {
  TERMINAL_UP,
  TERMINAL_DOWN,
  TERMINAL_RIGHT,
  TERMINAL_LEFT,
  TERMINAL_END_KEY,
  TERMINAL_HOME,
  TERMINAL_INSERT,
  TERMINAL_DELETE,
  TERMINAL_PAGE_UP,
  TERMINAL_PAGE_DOWN,
  TERMINAL_BACK_TAB,
  TERMINAL_BACKSPACE,
  TERMINAL_ENTER,
  TERMINAL_FOCUS_IN,
  TERMINAL_FOCUS_OUT,
  TERMINAL_PASTE_START,
  TERMINAL_PASTE_END,
  TERMINAL_MOUSE_SGR, /* then `button;column;row` and M or m */
  TERMINAL_MOUSE_X10, /* then three bytes */
  TERMINAL_OTHER,
  TERMINAL_FUNCTION   /* F0, and on */
};

/* The next byte (0 to 255) or key that is waiting; -1 if none. A lone Escape takes 25 ms to tell. */
int32_t terminal_read(void);

/* Monotonic time in nanoseconds. */
uint64_t terminal_now(void);

#endif
