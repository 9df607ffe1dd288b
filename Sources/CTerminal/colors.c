#include "state.h"

#include <string.h>

enum { NAMED = 257 }; /* the terminal's own and 256 of the palette */

static int pairs[NAMED * NAMED];
static int pairs_used;
static bool own_default;

void forget_pairs(void) {
  memset(pairs, 0, sizeof pairs);
  pairs_used = 0;
}

/* Above 256 a number is a direct colour, except for the first eight. */
static int32_t palette(void) {
  if (COLORS > 256) return 8;
  return COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
}

int32_t start_colors(bool wanted) {
  forget_pairs();
  if (!wanted || !has_colors() || start_color() == ERR) return 0;
  own_default = use_default_colors() == OK;
  return palette();
}

static int known(int color, int otherwise) {
  if (color >= COLORS) color = -1;
  return color >= 0 || own_default ? color : otherwise;
}

int color_pair(int foreground, int background) {
  if (foreground < 0 && background < 0) return 0;
  int *pair = &pairs[(foreground + 1) * NAMED + background + 1];
  if (*pair) return *pair;
  if (pairs_used + 1 >= COLOR_PAIRS) return -1;
  int next = pairs_used + 1;
  if (init_extended_pair(next, known(foreground, COLOR_WHITE), known(background, COLOR_BLACK)) == ERR) return -1;
  pairs_used = next;
  return *pair = next;
}
