#include "CVectorMath.h"
#include "processor.h"

#include <math.h>
#include <string.h>

/* glibc's libmvec has 4- and 8-lane variants of the elementary functions for x86-64, all of those used here since
   2.35. Elsewhere, and on processors without AVX2, the loop over libm does. */
#if defined(__x86_64__) && defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 35)
#define HAVE_LIBMVEC 1
#endif
#endif

#define SCALAR(number, name) \
  static void name##_scalar(const number *x, number *result, size_t count) { \
    for (size_t i = 0; i < count; i++) result[i] = name(x[i]); \
  }

#ifdef HAVE_LIBMVEC
/* A loop over whole vectors; the tail is padded to one (with 1, where every function is defined), so that every entry
   goes through the same code. */
#define LOOP(number, name, isa, vector, lanes, load, store, call) \
  __attribute__((target(isa))) vector call(vector); \
  __attribute__((target(isa))) static void name##_##lanes(const number *x, number *result, size_t count) { \
    size_t i = 0; \
    for (; i + lanes <= count; i += lanes) store(result + i, call(load(x + i))); \
    if (i < count) { \
      number tail[lanes]; \
      for (size_t k = 0; k < lanes; k++) tail[k] = 1; \
      memcpy(tail, x + i, (count - i) * sizeof(number)); \
      store(tail, call(load(tail))); \
      memcpy(result + i, tail, (count - i) * sizeof(number)); \
    } \
  }

#define FUNCTION(name) \
  SCALAR(double, name) \
  LOOP(double, name, "avx2,fma", __m256d, 4, _mm256_loadu_pd, _mm256_storeu_pd, _ZGVdN4v_##name) \
  LOOP(double, name, "avx512f", __m512d, 8, _mm512_loadu_pd, _mm512_storeu_pd, _ZGVeN8v_##name) \
  void vm_##name(const double *x, double *result, size_t count) { \
    if (has_avx512()) name##_8(x, result, count); \
    else if (has_avx2()) name##_4(x, result, count); \
    else name##_scalar(x, result, count); \
  }

#define SINGLE_FUNCTION(name, root) \
  SCALAR(float, root) \
  LOOP(float, root, "avx2,fma", __m256, 8, _mm256_loadu_ps, _mm256_storeu_ps, _ZGVdN8v_##root) \
  LOOP(float, root, "avx512f", __m512, 16, _mm512_loadu_ps, _mm512_storeu_ps, _ZGVeN16v_##root) \
  void vm_##name(const float *x, float *result, size_t count) { \
    if (has_avx512()) root##_16(x, result, count); \
    else if (has_avx2()) root##_8(x, result, count); \
    else root##_scalar(x, result, count); \
  }

/* Sums are exact to the last bit in any number of lanes, so that the tail needs none. */
#define SUMS(isa, vector, lanes, load, store, spread, add) \
  __attribute__((target(isa))) static void shift_##lanes(const double *x, double y, double *result, size_t count) { \
    size_t i = 0; \
    for (; i + lanes <= count; i += lanes) store(result + i, add(load(x + i), spread(y))); \
    for (; i < count; i++) result[i] = x[i] + y; \
  } \
  __attribute__((target(isa))) static void add_##lanes(const double *x, const double *y, double *result, \
                                                       size_t count) { \
    size_t i = 0; \
    for (; i + lanes <= count; i += lanes) store(result + i, add(load(x + i), load(y + i))); \
    for (; i < count; i++) result[i] = x[i] + y[i]; \
  } \
  __attribute__((target(isa))) static void add_rows_##lanes(const double *x, const double *y, double *result, \
                                                            size_t rows, size_t count) { \
    for (size_t row = 0; row < rows; row++) add_##lanes(x + row * count, y, result + row * count, count); \
  }

SUMS("avx2", __m256d, 4, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_set1_pd, _mm256_add_pd)
SUMS("avx512f", __m512d, 8, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_set1_pd, _mm512_add_pd)

void vm_shift(const double *x, double y, double *result, size_t count) {
  if (has_avx512()) shift_8(x, y, result, count);
  else if (has_avx2()) shift_4(x, y, result, count);
  else for (size_t i = 0; i < count; i++) result[i] = x[i] + y;
}

void vm_add(const double *x, const double *y, double *result, size_t count) {
  if (has_avx512()) add_8(x, y, result, count);
  else if (has_avx2()) add_4(x, y, result, count);
  else for (size_t i = 0; i < count; i++) result[i] = x[i] + y[i];
}

void vm_add_rows(const double *x, const double *y, double *result, size_t rows, size_t count) {
  if (has_avx512()) add_rows_8(x, y, result, rows, count);
  else if (has_avx2()) add_rows_4(x, y, result, rows, count);
  else for (size_t row = 0; row < rows; row++) vm_add(x + row * count, y, result + row * count, count);
}

const char *vm_kernel_name(void) { return has_avx512() ? "avx512" : has_avx2() ? "avx2" : "scalar"; }

#else

void vm_shift(const double *x, double y, double *result, size_t count) {
  for (size_t i = 0; i < count; i++) result[i] = x[i] + y;
}

void vm_add(const double *x, const double *y, double *result, size_t count) {
  for (size_t i = 0; i < count; i++) result[i] = x[i] + y[i];
}

void vm_add_rows(const double *x, const double *y, double *result, size_t rows, size_t count) {
  for (size_t row = 0; row < rows; row++) vm_add(x + row * count, y, result + row * count, count);
}

#define SINGLE_FUNCTION(name, root) \
  SCALAR(float, root) \
  void vm_##name(const float *x, float *result, size_t count) { root##_scalar(x, result, count); }

#define FUNCTION(name) \
  SCALAR(double, name) \
  void vm_##name(const double *x, double *result, size_t count) { name##_scalar(x, result, count); }

const char *vm_kernel_name(void) { return "scalar"; }

#endif

FUNCTION(tanh)
FUNCTION(exp)
FUNCTION(log)
FUNCTION(log1p)
FUNCTION(expm1)
FUNCTION(atan)
FUNCTION(erf)
FUNCTION(sin)
FUNCTION(cos)

SINGLE_FUNCTION(tanh_single, tanhf)
