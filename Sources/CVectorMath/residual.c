#include "CVectorMath.h"
#include "processor.h"

#include <math.h>
#include <string.h>

/* Eight sums and eight maxima, entry i in those of i mod 8, which are then joined in one order: no fused multiply-add,
   so that vectors of every width give the same bits. A comparison with NaN keeps the maximum that there was. */

static double sum(const double *x) { return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7])); }

static double greater(double a, double b) { return a > b ? a : b; }

static double greatest(const double *x) {
  double result = x[0];
  for (int i = 1; i < 8; i++) result = greater(x[i], result);
  return result;
}

static void residual_1(const double *z, const double *f, size_t count, VectorResidual *result) {
#pragma clang fp contract(off)
  double differences[8] = {0}, images[8] = {0}, maxima[8] = {0}, scales[8] = {0};
  for (size_t i = 0; i < count; i++) {
    double difference = f[i] - z[i];
    differences[i % 8] += difference * difference;
    images[i % 8] += f[i] * f[i];
    maxima[i % 8] = greater(fabs(difference), maxima[i % 8]);
    scales[i % 8] = greater(greater(fabs(z[i]), fabs(f[i])), scales[i % 8]);
  }
  *result = (VectorResidual){sum(differences), sum(images), greatest(maxima), greatest(scales)};
}

#if defined(__x86_64__)
typedef struct {
  __m256d differences, images, maxima, scales;
} Half;

#define AVX2 __attribute__((target("avx2"))) static inline

AVX2 double sum_of(__m256d x) {
  __m128d pair = _mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
  return _mm_cvtsd_f64(pair) + _mm_cvtsd_f64(_mm_unpackhi_pd(pair, pair));
}

AVX2 double greatest_of(__m256d x) {
  __m128d pair = _mm_max_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
  return greater(_mm_cvtsd_f64(pair), _mm_cvtsd_f64(_mm_unpackhi_pd(pair, pair)));
}

/* Lanes 0 to 3 and 4 to 7. */
AVX2 VectorResidual joined(Half a, Half b) {
  return (VectorResidual){
      sum_of(_mm256_add_pd(a.differences, b.differences)), sum_of(_mm256_add_pd(a.images, b.images)),
      greatest_of(_mm256_max_pd(a.maxima, b.maxima)), greatest_of(_mm256_max_pd(a.scales, b.scales))};
}

AVX2 void add(Half *half, __m256d z, __m256d f) {
  __m256d sign = _mm256_set1_pd(-0.0), difference = _mm256_sub_pd(f, z);
  half->differences = _mm256_add_pd(half->differences, _mm256_mul_pd(difference, difference));
  half->images = _mm256_add_pd(half->images, _mm256_mul_pd(f, f));
  half->maxima = _mm256_max_pd(_mm256_andnot_pd(sign, difference), half->maxima);
  half->scales =
      _mm256_max_pd(_mm256_max_pd(_mm256_andnot_pd(sign, z), _mm256_andnot_pd(sign, f)), half->scales);
}

AVX2 void residual_4(const double *z, const double *f, size_t count, VectorResidual *result) {
  Half low = {_mm256_setzero_pd(), _mm256_setzero_pd(), _mm256_setzero_pd(), _mm256_setzero_pd()}, high = low;
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    add(&low, _mm256_loadu_pd(z + i), _mm256_loadu_pd(f + i));
    add(&high, _mm256_loadu_pd(z + i + 4), _mm256_loadu_pd(f + i + 4));
  }
  if (i < count) {
    double tail[2][8] = {{0}};
    memcpy(tail[0], z + i, (count - i) * sizeof(double));
    memcpy(tail[1], f + i, (count - i) * sizeof(double));
    add(&low, _mm256_loadu_pd(tail[0]), _mm256_loadu_pd(tail[1]));
    add(&high, _mm256_loadu_pd(tail[0] + 4), _mm256_loadu_pd(tail[1] + 4));
  }
  *result = joined(low, high);
}

#define HALF(x, part) (part ? _mm512_extractf64x4_pd(x, 1) : _mm512_castpd512_pd256(x))

__attribute__((target("avx512f,avx512dq"))) static void residual_8(
    const double *z, const double *f, size_t count, VectorResidual *result) {
  __m512d differences = _mm512_setzero_pd(), images = differences, maxima = differences, scales = differences;
  for (size_t i = 0; i < count; i += 8) {
    __mmask8 mask = count - i >= 8 ? 0xff : (1 << (count - i)) - 1;
    __m512d a = _mm512_maskz_loadu_pd(mask, z + i), b = _mm512_maskz_loadu_pd(mask, f + i), d = _mm512_sub_pd(b, a);
    differences = _mm512_add_pd(differences, _mm512_mul_pd(d, d));
    images = _mm512_add_pd(images, _mm512_mul_pd(b, b));
    maxima = _mm512_max_pd(_mm512_abs_pd(d), maxima);
    scales = _mm512_max_pd(_mm512_max_pd(_mm512_abs_pd(a), _mm512_abs_pd(b)), scales);
  }
  *result = joined(
      (Half){HALF(differences, 0), HALF(images, 0), HALF(maxima, 0), HALF(scales, 0)},
      (Half){HALF(differences, 1), HALF(images, 1), HALF(maxima, 1), HALF(scales, 1)});
}
#endif

void vm_residuals(const double *z, const double *f, size_t rows, size_t count, VectorResidual *results) {
#if defined(__x86_64__)
  if (has_avx512()) {
    for (size_t row = 0; row < rows; row++) residual_8(z + row * count, f + row * count, count, results + row);
    return;
  }
  if (has_avx2()) {
    for (size_t row = 0; row < rows; row++) residual_4(z + row * count, f + row * count, count, results + row);
    return;
  }
#endif
  for (size_t row = 0; row < rows; row++) residual_1(z + row * count, f + row * count, count, results + row);
}
