/* Vector elementary functions over the C library. LinearAlgebra is the only importer. */
#ifndef CVECTORMATH_H
#define CVECTORMATH_H

#include <stddef.h>

/* Each sets result[i] = f(x[i]) for i < count. result may be x itself, but may not overlap it otherwise.
   One entry's result depends on that entry alone: neither on its position nor on count. */
void vm_tanh(const double *x, double *result, size_t count);
void vm_exp(const double *x, double *result, size_t count);
void vm_log(const double *x, double *result, size_t count);
void vm_log1p(const double *x, double *result, size_t count);
void vm_expm1(const double *x, double *result, size_t count);
void vm_atan(const double *x, double *result, size_t count);
void vm_erf(const double *x, double *result, size_t count);
void vm_sin(const double *x, double *result, size_t count);
void vm_cos(const double *x, double *result, size_t count);

/* The same in single precision. */
void vm_tanh_single(const float *x, float *result, size_t count);

/* result[i] = x[i] + y and x[i] + y[i]; result may be x or y themselves. */
void vm_shift(const double *x, double y, double *result, size_t count);
void vm_add(const double *x, const double *y, double *result, size_t count);

/* The instruction set in use: "avx512", "avx2" or "scalar". */
const char *vm_kernel_name(void);

#endif
