#ifndef CTERMINAL_STATE_H
#define CTERMINAL_STATE_H

#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1

#include <curses.h>
#include <stdbool.h>
#include <term.h>

#include "CTerminal.h"

/* locale.c: true if characters are UTF-8. */
bool choose_locale(void);

/* colors.c */
int32_t start_colors(bool wanted);
void forget_pairs(void);
/* A pair for these colours, or -1 if all pairs are taken. */
int color_pair(int foreground, int background);

/* keys.c */
bool open_keys(bool windowed);
void close_keys(void);
void wake_keypad(void);

/* signals.c */
bool open_signals(void);
void close_signals(void);
void stop_group(void);

/* messages.c: what is written to standard error while the terminal shows frames comes out when it no longer does. */
void hold_messages(void);
void release_messages(void);

/* restore.c: what a crash must undo. */
bool save_terminal(void);
void arm_restore(bool windowed);
void disarm_restore(void);
void restore_terminal(void);
/* False if the terminal is gone. */
bool write_all(const void *bytes, size_t count);
extern int terminal_descriptor;

extern const char modes_on[], modes_off[], mouse_on[], mouse_off[];

#endif
