#include "CVectorMath.h"
#include "processor.h"

#include <string.h>

/* Products of many vectors with one matrix. An entry of a result is one chain of fused multiply-adds, from
   the first input to the last, wherever its vector lies and however many there are: whole and partial tiles, 4 and 8
   lanes give the same bits. */

/* Inputs that are worked on at a time: this part of a panel stays in the innermost cache. */
enum { DEPTH = 256 };

/* What a tile needs: `x` with `stride`, the matrix's part of `depth` inputs at distances of `step`, and where the sums
   go. */
typedef struct {
  const double *x;
  size_t stride;
  const double *panel;
  size_t step, depth;
  double *result;
  size_t outputs;
} Tile;

typedef void (*TileKernel)(const Tile *, int);

#if defined(__x86_64__)
#define UNROLLED _Pragma("clang loop unroll(full)")

#define ROW const double *x, size_t inputs, const double *panels, double *result

/* `count` rows by 2 * lanes columns, held in registers; with `goes_on`, added to what the result holds. */
#define TILE(isa, lanes, vector, load, store, spread, fused) \
  __attribute__((target(isa), always_inline)) static inline void tile_##lanes(const Tile *t, int goes_on, int count) { \
    vector sums[8][2]; \
    UNROLLED for (int r = 0; r < count; r++) { \
      sums[r][0] = goes_on ? load(t->result + r * t->outputs) : spread(0); \
      sums[r][1] = goes_on ? load(t->result + r * t->outputs + lanes) : spread(0); \
    } \
    for (size_t k = 0; k < t->depth; k++) { \
      vector left = load(t->panel + k * t->step), right = load(t->panel + k * t->step + lanes); \
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
  __attribute__((target(isa))) static void tiles_##lanes##_4(const Tile *t, int goes_on) { tile_##lanes(t, goes_on, 4); } \
  /* One row by `count` vectors of columns, from as many neighbouring panels as that takes. */ \
  __attribute__((target(isa), always_inline)) static inline void row_##lanes( \
      const double *x, size_t inputs, const double *panels, double *result, int count) { \
    vector sums[8]; \
    UNROLLED for (int v = 0; v < count; v++) sums[v] = spread(0); \
    for (size_t k = 0; k < inputs; k++) { \
      vector value = spread(x[k]); \
      UNROLLED for (int v = 0; v < count; v++) { \
        const double *panel = panels + v * lanes / VM_PANEL * VM_PANEL * inputs + v * lanes % VM_PANEL; \
        sums[v] = fused(value, load(panel + k * VM_PANEL), sums[v]); \
      } \
    } \
    UNROLLED for (int v = 0; v < count; v++) store(result + v * lanes, sums[v]); \
  } \
  __attribute__((target(isa))) static void rows_##lanes##_4(ROW) { row_##lanes(x, inputs, panels, result, 4); } \
  __attribute__((target(isa))) static void rows_##lanes##_8(ROW) { row_##lanes(x, inputs, panels, result, 8); }

TILE("avx2,fma", 4, __m256d, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_set1_pd, _mm256_fmadd_pd)
TILE("avx512f", 8, __m512d, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_set1_pd, _mm512_fmadd_pd)

__attribute__((target("avx512f"))) static void tiles_8_8(const Tile *t, int goes_on) { tile_8(t, goes_on, 8); }
__attribute__((target("avx512f"))) static void rows_8_2(ROW) { row_8(x, inputs, panels, result, 2); }
#endif

static void tiles_1_1(const Tile *t, int goes_on) {
  double sums[VM_PANEL] = {0};
  if (goes_on) memcpy(sums, t->result, sizeof sums);
  for (size_t k = 0; k < t->depth; k++)
    for (int j = 0; j < VM_PANEL; j++) sums[j] += t->x[k] * t->panel[k * t->step + j];
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

/* A tile of which `columns` exist: the others go to a copy of the result, and are read from one of the matrix where that
   is not filled up. */
static void partial_tile(TileKernel kernel, size_t rows, size_t columns, const Tile *t, int goes_on) {
  double panel[DEPTH * VM_PANEL], result[8 * VM_PANEL];
  Tile whole = {t->x, t->stride, t->panel, VM_PANEL, t->depth, result, VM_PANEL};
  if (t->step != VM_PANEL) {
    whole.panel = panel;
    for (size_t k = 0; k < t->depth; k++)
      for (size_t j = 0; j < VM_PANEL; j++) panel[k * VM_PANEL + j] = j < columns ? t->panel[k * t->step + j] : 0;
  }
  if (goes_on)
    for (size_t r = 0; r < rows; r++) memcpy(result + r * VM_PANEL, t->result + r * t->outputs, columns * sizeof(double));
  kernel(&whole, goes_on);
  for (size_t r = 0; r < rows; r++) memcpy(t->result + r * t->outputs, result + r * VM_PANEL, columns * sizeof(double));
}

/* The rows of the matrix lie at distances of `step`, those of its parts of VM_PANEL columns at distances of `part`. */
static void product(const double *x, size_t count, size_t inputs, const double *matrix, size_t step, size_t part,
                    double *results, size_t outputs, int goes_on) {
  Kernels k = kernels();
  for (size_t from = 0; from < inputs; from += DEPTH)
    for (size_t column = 0; column < outputs; column += k.width) {
      size_t columns = outputs - column < k.width ? outputs - column : k.width;
      const double *panel = matrix + column / VM_PANEL * part + column % VM_PANEL + from * step;
      for (size_t row = 0; row < count;) {
        size_t left = count - row, rows = left >= k.rows ? k.rows : left >= 4 && k.rows >= 4 ? 4 : 1;
        TileKernel kernel = rows == k.rows ? k.whole : rows == 4 ? k.four : k.one;
        Tile t = {x + row * inputs + from, inputs, panel, step, inputs - from < DEPTH ? inputs - from : DEPTH,
                  results + row * outputs + column, outputs};
        if (columns == k.width) kernel(&t, goes_on || from > 0);
        else partial_tile(kernel, rows, columns, &t, goes_on || from > 0);
        row += rows;
      }
    }
}

/* One row by `count` panels: 1, 2 or 4. */
static void panels_of_row(const double *x, size_t inputs, const double *panels, double *result, size_t count) {
#if defined(__x86_64__)
  if (has_avx512()) {
    if (count == 4) return rows_8_8(x, inputs, panels, result);
    return count == 2 ? rows_8_4(x, inputs, panels, result) : rows_8_2(x, inputs, panels, result);
  }
  if (has_avx2()) {
    if (count == 1) return rows_4_4(x, inputs, panels, result);
    for (size_t p = 0; p < count; p += 2)
      rows_4_8(x, inputs, panels + p * VM_PANEL * inputs, result + p * VM_PANEL);
    return;
  }
#endif
  for (size_t p = 0; p < count; p++)
    tiles_1_1(&(Tile){x, 0, panels + p * VM_PANEL * inputs, VM_PANEL, inputs, result + p * VM_PANEL, 0}, 0);
}

static void single_row(const double *x, size_t inputs, const double *panels, double *result, size_t outputs) {
  size_t all = (outputs + VM_PANEL - 1) / VM_PANEL;
  for (size_t p = 0; p < all;) {
    size_t count = all - p >= 4 ? 4 : all - p >= 2 ? 2 : 1, column = p * VM_PANEL;
    double copy[4 * VM_PANEL];
    double *target = column + count * VM_PANEL <= outputs ? result + column : copy;
    panels_of_row(x, inputs, panels + column * inputs, target, count);
    if (target == copy) memcpy(result + column, copy, (outputs - column) * sizeof(double));
    p += count;
  }
}

void vm_rows(const double *x, size_t count, size_t inputs, const double *panels, double *results, size_t outputs) {
  if (count == 1) return single_row(x, inputs, panels, results, outputs);
  product(x, count, inputs, panels, VM_PANEL, VM_PANEL * inputs, results, outputs, 0);
}

void vm_rows_strided(const double *x, size_t count, size_t inputs, const double *matrix, size_t stride,
                     double *results, size_t outputs, int keep) {
  product(x, count, inputs, matrix, stride, VM_PANEL, results, outputs, keep);
}
