#include "state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *output, *input;
/* Where ncurses writes while a frame is made. Its own buffer is as large as the first screen was, and would leave in pieces. */
static int collector = -1;
static bool windowed, modes_set, mouse_set, cursor_shown;

static int width, height;
static TerminalCell *shown; /* what the terminal shows, if known */
static bool shown_valid;
static cchar_t *line; /* one row for ncurses */
static char *outgoing;
static size_t outgoing_capacity;

static bool reserve_cells(void) {
  shown_valid = false;
  shown = realloc(shown, (size_t)width * (size_t)height * sizeof *shown);
  line = realloc(line, (size_t)width * sizeof *line);
  return shown && line;
}

static int32_t check_type(void) {
  int found = 0;
  if (setupterm(NULL, terminal_descriptor, &found) == ERR) return found == 1 ? TERMINAL_UNSUITABLE : TERMINAL_UNKNOWN_TYPE;
  bool suitable = cursor_address && clear_screen;
  del_curterm(cur_term);
  return suitable ? TERMINAL_OPENED : TERMINAL_UNSUITABLE;
}

static bool open_streams(void) {
  int out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), in = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  collector = memfd_create("frame", MFD_CLOEXEC);
  output = out < 0 ? NULL : fdopen(out, "w");
  input = in < 0 ? NULL : fdopen(in, "r");
  return output && input && collector >= 0;
}

static void close_streams(void) {
  if (output) fclose(output);
  if (input) fclose(input);
  if (collector >= 0) close(collector);
  output = input = NULL;
  collector = -1;
}

static void set_modes(void) {
  raw();
  noecho();
  nonl();
  typeahead(-1); /* else waiting input cuts a frame in two */
  set_escdelay(25);
}

static bool open_screen(void) {
  use_env(FALSE);
  use_tioctl(TRUE);
  screen = newterm(NULL, output, input);
  if (!screen) return false;
  windowed = key_mouse && strncmp(termname(), "linux", 5) != 0;
  arm_restore(windowed);
  hold_messages();
  width = COLS;
  height = LINES;
  modes_set = mouse_set = false;
  cursor_shown = true;
  set_modes();
  return open_keys(key_mouse != NULL) && reserve_cells();
}

int32_t terminal_open(int32_t color, TerminalTraits *traits) {
  if (!isatty(STDIN_FILENO)) return TERMINAL_NO_INPUT;
  if (!isatty(STDOUT_FILENO)) return TERMINAL_NO_OUTPUT;
  bool unicode = choose_locale();
  terminal_descriptor = STDOUT_FILENO;
  int32_t type = check_type();
  if (type != TERMINAL_OPENED) return type;
  if (!save_terminal() || !open_streams() || !open_signals() || !open_screen()) {
    terminal_close();
    return TERMINAL_FAILED;
  }
  *traits = (TerminalTraits){width, height, start_colors(color), unicode, windowed};
  return TERMINAL_OPENED;
}

static void say(const char *text) { write_all(text, strlen(text)); }

static void leave(void) {
  if (mouse_set) say(mouse_off);
  if (modes_set) say(modes_off);
  modes_set = mouse_set = false;
  shown_valid = false;
  endwin();
}

void terminal_close(void) {
  if (screen) {
    leave();
    release_messages();
    close_keys();
    delscreen(screen);
    screen = NULL;
  }
  close_signals();
  disarm_restore();
  close_streams();
  free(shown);
  free(line);
  free(outgoing);
  shown = NULL;
  line = NULL;
  outgoing = NULL;
  outgoing_capacity = 0;
}

static void come_back(void) {
  reset_prog_mode();
  wake_keypad();
  clearok(curscr, TRUE);
  cursor_shown = true;
}

void terminal_resume(void) {
  leave();
  come_back();
}

void terminal_suspend(void) {
  leave();
  release_messages();
  stop_group();
  hold_messages();
  come_back();
}

int32_t terminal_resize(int32_t *across, int32_t *down) {
  struct winsize size;
  if (ioctl(terminal_descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return 0;
  if (size.ws_col == width && size.ws_row == height) return 0;
  if (resize_term(size.ws_row, size.ws_col) == ERR) return 0;
  width = *across = size.ws_col;
  height = *down = size.ws_row;
  if (!reserve_cells()) abort();
  clearok(curscr, TRUE); /* terminals differ in what they keep */
  return 1;
}

static attr_t attributes(uint32_t flags) {
  attr_t result = A_NORMAL;
  if (flags & TERMINAL_BOLD) result |= A_BOLD;
  if (flags & TERMINAL_DIM) result |= A_DIM;
  if (flags & TERMINAL_UNDERLINE) result |= A_UNDERLINE;
  if (flags & TERMINAL_REVERSE) result |= A_REVERSE;
  return result;
}

/* A character that would not take the cells it was given, or is none, is shown as a question mark. */
static wchar_t printable(const TerminalCell *cell, bool wide) {
  if (cell->scalar >= 0x20 && cell->scalar < 0x7f && !wide) return (wchar_t)cell->scalar;
  if (cell->scalar == 0) return L' ';
  return wcwidth((wchar_t)cell->scalar) == (wide ? 2 : 1) ? (wchar_t)cell->scalar : L'?';
}

static int set_cell(cchar_t *out, wchar_t character, const TerminalCell *cell, bool last_resort) {
  int pair = color_pair(cell->foreground, cell->background);
  if (pair < 0 && !last_resort) return ERR;
  if (pair < 0) pair = 0;
  const wchar_t text[] = {character, 0};
  return setcchar(out, text, attributes(cell->attributes), (short)0, &pair);
}

/* False if the colour pairs ran out. */
static bool draw_run(const TerminalCell *row, int y, int from, int to, bool last_resort) {
  if (from > 0 && row[from].scalar == 0) from--;
  int count = 0;
  for (int x = from; x < to; x++) {
    bool wide = row[x].scalar != 0 && x + 1 < width && row[x + 1].scalar == 0;
    wchar_t character = printable(&row[x], wide);
    if (set_cell(&line[count++], character, &row[x], last_resort) == ERR) return false;
    if (wide && character != L'?') x++;
  }
  mvadd_wchnstr(y, from, line, count);
  return true;
}

static bool draw_row(const TerminalCell *row, const TerminalCell *before, int y, bool last_resort) {
  int from = 0, to = width;
  if (before) {
    if (memcmp(row, before, (size_t)width * sizeof *row) == 0) return true;
    while (memcmp(&row[from], &before[from], sizeof *row) == 0) from++;
    while (memcmp(&row[to - 1], &before[to - 1], sizeof *row) == 0) to--;
  }
  return draw_run(row, y, from, to, last_resort);
}

static bool draw(const TerminalCell *cells, bool all, bool last_resort) {
  for (int y = 0; y < height; y++) {
    size_t start = (size_t)y * (size_t)width;
    if (!draw_row(cells + start, all ? NULL : shown + start, y, last_resort)) return false;
  }
  memcpy(shown, cells, (size_t)width * (size_t)height * sizeof *shown);
  return shown_valid = true;
}

/* When the pairs run out, all are given anew, in the order in which this frame needs them. */
static void draw_all_or_changed(const TerminalCell *cells) {
  if (draw(cells, !shown_valid, false)) return;
  forget_pairs();
  draw(cells, true, true);
}

static void place_cursor(int x, int y) {
  bool visible = x >= 0 && x < width && y >= 0 && y < height;
  if (visible != cursor_shown) curs_set(visible);
  cursor_shown = visible;
  leaveok(stdscr, !visible);
  if (visible) move(y, x);
}

static bool reserve_outgoing(size_t size) {
  if (outgoing_capacity >= size) return true;
  outgoing_capacity = 2 * size;
  outgoing = realloc(outgoing, outgoing_capacity);
  return outgoing != NULL;
}

/* What repeats: the character before `ESC [ count b`, and a scroll by one line for `ESC [ count S` and `T`, which ncurses
   sends at the margin where one line scrolls. */
static size_t repeated(const uint8_t *end, const uint8_t *before, char *text) {
  text[0] = *end == 'b' ? (char)*before : 27;
  text[1] = *end == 'S' ? 'D' : 'M';
  return *end == 'b' ? 1 : 2;
}

/* The count of a sequence that repeats something, and its length; 0 if there is none. */
static size_t repetition(const uint8_t *bytes, size_t count, size_t *length) {
  size_t times = 0, at = 2;
  if (count < 4 || bytes[0] != 27 || bytes[1] != '[') return 0;
  while (at < count && bytes[at] >= '0' && bytes[at] <= '9' && times < 100000) times = 10 * times + bytes[at++] - '0';
  *length = at + 1;
  return at > 2 && at < count && strchr("bST", bytes[at]) && bytes[at] ? times : 0;
}

/* Copies `count` bytes to `at` in `outgoing`, repetitions written out: many terminals that call themselves xterm do not
   know how to repeat, or to scroll by several lines. Gives the length of the copy, or -1; leaves room for `more`. */
static ssize_t expand(const uint8_t *bytes, size_t count, size_t at, size_t more) {
  size_t to = at, length = 0;
  for (size_t from = 0; from < count;) {
    size_t times = from > 0 ? repetition(bytes + from, count - from, &length) : 0;
    if (!reserve_outgoing(to + 2 * times + 1 + more)) return -1;
    if (times == 0) {
      outgoing[to++] = (char)bytes[from++];
      continue;
    }
    char text[2];
    size_t size = repeated(bytes + from + length - 1, bytes + from - 1, text);
    for (; times > 0; times--, to += size) memcpy(outgoing + to, text, size);
    from += length;
  }
  return reserve_outgoing(to + more) ? (ssize_t)(to - at) : -1;
}

/* What ncurses has to send for this frame, at `at` in `outgoing`; its length, or -1. */
static ssize_t collect(const TerminalCell *cells, int cursor_x, int cursor_y, size_t at, size_t more) {
  int stream = fileno(output);
  lseek(collector, 0, SEEK_SET);
  if (dup3(collector, stream, O_CLOEXEC) < 0) return -1;
  draw_all_or_changed(cells);
  place_cursor(cursor_x, cursor_y);
  refresh();
  off_t length = lseek(collector, 0, SEEK_CUR);
  if (dup3(terminal_descriptor, stream, O_CLOEXEC) < 0 || length < 0) return -1;
  if (length == 0) return reserve_outgoing(at + more) ? 0 : -1;
  uint8_t *drawn = mmap(NULL, (size_t)length, PROT_READ, MAP_PRIVATE, collector, 0);
  if (drawn == MAP_FAILED) return -1;
  ssize_t copied = expand(drawn, (size_t)length, at, more);
  munmap(drawn, (size_t)length);
  return copied;
}

static size_t put(size_t at, const void *bytes, size_t count) {
  if (count > 0) memcpy(outgoing + at, bytes, count);
  return at + count;
}

static size_t put_text(size_t at, const char *text) { return put(at, text, strlen(text)); }

static size_t put_modes(size_t at, bool mouse) {
  if (!windowed) return at;
  if (!modes_set) at = put_text(at, modes_on);
  if (mouse != mouse_set) at = put_text(at, mouse ? mouse_on : mouse_off);
  modes_set = true;
  mouse_set = mouse;
  return at;
}

int32_t terminal_present(
  const TerminalCell *cells, int32_t across, int32_t down, int32_t cursor_x, int32_t cursor_y, int32_t mouse,
  const uint8_t *after, size_t after_count) {
  static const char begin[] = "\033[?2026h", end[] = "\033[?2026l";
  if (across != width || down != height) return 0;
  size_t at = windowed ? sizeof begin - 1 : 0;
  ssize_t drawn = collect(cells, cursor_x, cursor_y, at, after_count + 128);
  if (drawn < 0) return -1;
  bool framed = windowed && drawn > 0;
  if (framed) put_text(0, begin);
  size_t from = framed ? 0 : at, to = at + (size_t)drawn;
  to = put_modes(to, mouse != 0);
  to = put(to, after, after_count);
  if (framed) to = put_text(to, end);
  return write_all(outgoing + from, to - from) ? 0 : -1;
}

int32_t terminal_write(const uint8_t *bytes, size_t count) { return write_all(bytes, count) ? 0 : -1; }
