#include "state.h"

#include <stdio.h>

/* Keys are read from a pad: reading from a window would redraw it. */
static WINDOW *pad;

static int number(int key, int modifiers) { return TERMINAL_KEYS + 8 * key + modifiers; }

static void define(const char *sequence, int key, int modifiers) { define_key(sequence, number(key, modifiers)); }

/* ESC [ letter, ESC [ 1 ; modifiers letter. */
static void define_letters(void) {
  static const char letters[] = "ABCDFH";
  char sequence[16];
  for (int key = TERMINAL_UP; key <= TERMINAL_HOME; key++) {
    snprintf(sequence, sizeof sequence, "\033[%c", letters[key]);
    define(sequence, key, 0);
    for (int modifiers = 1; modifiers < 8; modifiers++) {
      snprintf(sequence, sizeof sequence, "\033[1;%d%c", modifiers + 1, letters[key]);
      define(sequence, key, modifiers);
    }
  }
}

/* ESC [ number ~, ESC [ number ; modifiers ~. */
static void define_numbers(void) {
  static const struct {
    int number, key;
  } numbered[] = {
    {1, TERMINAL_HOME},   {2, TERMINAL_INSERT},  {3, TERMINAL_DELETE},    {4, TERMINAL_END_KEY},
    {5, TERMINAL_PAGE_UP}, {6, TERMINAL_PAGE_DOWN}, {7, TERMINAL_HOME}, {8, TERMINAL_END_KEY},
  };
  char sequence[16];
  for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
    snprintf(sequence, sizeof sequence, "\033[%d~", numbered[i].number);
    define(sequence, numbered[i].key, 0);
    for (int modifiers = 1; modifiers < 8; modifiers++) {
      snprintf(sequence, sizeof sequence, "\033[%d;%d~", numbered[i].number, modifiers + 1);
      define(sequence, numbered[i].key, modifiers);
    }
  }
}

static void define_modes(void) {
  define("\033[Z", TERMINAL_BACK_TAB, 0);
  define("\033[I", TERMINAL_FOCUS_IN, 0);
  define("\033[O", TERMINAL_FOCUS_OUT, 0);
  define("\033[200~", TERMINAL_PASTE_START, 0);
  define("\033[201~", TERMINAL_PASTE_END, 0);
  define("\033[<", TERMINAL_MOUSE_SGR, 0);
  define("\033[M", TERMINAL_MOUSE_X10, 0);
}

bool open_keys(bool windowed) {
  pad = newpad(1, 1);
  if (!pad) return false;
  nodelay(pad, TRUE);
  keypad(pad, TRUE);
  if (windowed) {
    define_letters();
    define_numbers();
    define_modes();
  }
  return true;
}

void close_keys(void) {
  delwin(pad);
  pad = NULL;
}

void wake_keypad(void) { keypad(pad, TRUE); }

static int named(int code) {
  switch (code) {
    case KEY_UP: return TERMINAL_UP;
    case KEY_DOWN: return TERMINAL_DOWN;
    case KEY_RIGHT: return TERMINAL_RIGHT;
    case KEY_LEFT: return TERMINAL_LEFT;
    case KEY_END: return TERMINAL_END_KEY;
    case KEY_HOME: return TERMINAL_HOME;
    case KEY_IC: return TERMINAL_INSERT;
    case KEY_DC: return TERMINAL_DELETE;
    case KEY_PPAGE: return TERMINAL_PAGE_UP;
    case KEY_NPAGE: return TERMINAL_PAGE_DOWN;
    case KEY_BTAB: return TERMINAL_BACK_TAB;
    case KEY_BACKSPACE: return TERMINAL_BACKSPACE;
    case KEY_ENTER: return TERMINAL_ENTER;
    default: return code > KEY_F0 && code <= KEY_F0 + 63 ? TERMINAL_FUNCTION + code - KEY_F0 : TERMINAL_OTHER;
  }
}

int32_t terminal_read(void) {
  int code = wgetch(pad);
  if (code == ERR) return -1;
  return code < KEY_MIN || code >= TERMINAL_KEYS ? code : number(named(code), 0);
}
