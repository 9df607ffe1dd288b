#include "CVectorMath.h"
#include "processor.h"

#include <string.h>

/* Products of many vectors with one matrix in panels. An entry of a result is one chain of fused multiply-adds, from
   the first input to the last, wherever its vector lies and however many there are: whole and partial tiles, 4 and 8
   lanes give the same bits. */

/* Inputs that are worked on at a time: this part of a panel stays in the innermost cache. */
enum { DEPTH = 256 };

/* What a tile needs: `x` with `stride`, the panel's part of `depth` inputs, and where the sums go. */
typedef struct {
  const double *x;
  size_t stride;
  const double *panel;
  size_t depth;
  double *result;
  size_t outputs;
} Tile;

typedef void (*TileKernel)(const Tile *, int);

#if defined(__x86_64__)
#define UNROLLED _Pragma("clang loop unroll(full)")

/* `count` rows by 2 * lanes columns, held in registers; with `goes_on`, added to what the result holds. */
#define TILE(isa, lanes, vector, load, store, spread, fused) \
  __attribute__((target(isa), always_inline)) static inline void tile_##lanes(const Tile *t, int goes_on, int count) { \
    vector sums[8][2]; \
    UNROLLED for (int r = 0; r < count; r++) { \
      sums[r][0] = goes_on ? load(t->result + r * t->outputs) : spread(0); \
      sums[r][1] = goes_on ? load(t->result + r * t->outputs + lanes) : spread(0); \
    } \
    for (size_t k = 0; k < t->depth; k++) { \
      vector left = load(t->panel + k * VM_PANEL), right = load(t->panel + k * VM_PANEL + lanes); \
      UNROLLED for (int r = 0; r < count; r++) { \
        vector x = spread(t->x[r * t->stride + k]); \
        sums[r][0] = fused(x, left, sums[r][0]); \
        sums[r][1] = fused(x, right, sums[r][1]); \
      } \
    } \
    UNROLLED for (int r = 0; r < count; r++) { \
      store(t->result + r * t->outputs, sums[r][0]); \
      store(t->result + r * t->outputs + lanes, sums[r][1]); \
    } \
  } \
  __attribute__((target(isa))) static void tiles_##lanes##_1(const Tile *t, int goes_on) { tile_##lanes(t, goes_on, 1); } \
  __attribute__((target(isa))) static void tiles_##lanes##_4(const Tile *t, int goes_on) { tile_##lanes(t, goes_on, 4); }

TILE("avx2,fma", 4, __m256d, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_set1_pd, _mm256_fmadd_pd)
TILE("avx512f", 8, __m512d, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_set1_pd, _mm512_fmadd_pd)

__attribute__((target("avx512f"))) static void tiles_8_8(const Tile *t, int goes_on) { tile_8(t, goes_on, 8); }
#endif

static void tiles_1_1(const Tile *t, int goes_on) {
  double sums[VM_PANEL] = {0};
  if (goes_on) memcpy(sums, t->result, sizeof sums);
  for (size_t k = 0; k < t->depth; k++)
    for (int j = 0; j < VM_PANEL; j++) sums[j] += t->x[k] * t->panel[k * VM_PANEL + j];
  memcpy(t->result, sums, sizeof sums);
}

/* Kernels for tiles of `width` columns: of `rows` rows, of 4, and of 1. */
typedef struct {
  size_t width, rows;
  TileKernel whole, four, one;
} Kernels;

static Kernels kernels(void) {
#if defined(__x86_64__)
  if (has_avx512()) return (Kernels){16, 8, tiles_8_8, tiles_8_4, tiles_8_1};
  if (has_avx2()) return (Kernels){8, 4, tiles_4_4, tiles_4_4, tiles_4_1};
#endif
  return (Kernels){VM_PANEL, 1, tiles_1_1, tiles_1_1, tiles_1_1};
}

/* `rows` rows by the columns of a tile, of which `columns` exist: the others go to a copy. */
static void tile(TileKernel kernel, size_t rows, size_t columns, size_t width, const Tile *t, int goes_on) {
  if (columns == width) return kernel(t, goes_on);
  double copy[8 * VM_PANEL];
  Tile whole = *t;
  whole.result = copy;
  whole.outputs = VM_PANEL;
  if (goes_on)
    for (size_t r = 0; r < rows; r++) memcpy(copy + r * VM_PANEL, t->result + r * t->outputs, columns * sizeof(double));
  kernel(&whole, goes_on);
  for (size_t r = 0; r < rows; r++) memcpy(t->result + r * t->outputs, copy + r * VM_PANEL, columns * sizeof(double));
}

void vm_rows(const double *x, size_t count, size_t inputs, const double *panels, double *result, size_t outputs) {
  Kernels k = kernels();
  for (size_t from = 0; from < inputs; from += DEPTH)
    for (size_t column = 0; column < outputs; column += k.width) {
      size_t columns = outputs - column < k.width ? outputs - column : k.width;
      const double *panel = panels + column / VM_PANEL * VM_PANEL * inputs + from * VM_PANEL + column % VM_PANEL;
      for (size_t row = 0; row < count;) {
        size_t left = count - row, rows = left >= k.rows ? k.rows : left >= 4 && k.rows >= 4 ? 4 : 1;
        Tile t = {x + row * inputs + from, inputs, panel, inputs - from < DEPTH ? inputs - from : DEPTH,
                  result + row * outputs + column, outputs};
        tile(rows == k.rows ? k.whole : rows == 4 ? k.four : k.one, rows, columns, k.width, &t, from > 0);
        row += rows;
      }
    }
}
