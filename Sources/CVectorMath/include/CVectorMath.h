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

/* x + y for each of `rows` vectors x of `count` entries, one after the other; result may be x. */
void vm_add_rows(const double *x, const double *y, double *result, size_t rows, size_t count);

/* What the residual of an iterate z with the image f is made of. */
typedef struct {
  /* Sums of the squares of f - z and of f: not a number where an entry of f - z is not. */
  double squared_difference, squared_image;
  /* The greatest of |f - z|, and of |z| and |f|, over the entries that are numbers. */
  double largest_difference, scale;
} VectorResidual;

/* Of `rows` iterates of `count` entries, one after the other, and their images. */
void vm_residuals(const double *z, const double *f, size_t rows, size_t count, VectorResidual *results);

/* Columns of a panel. */
enum { VM_PANEL = 16 };

/* results <- X M for `count` vectors x of `inputs` entries, one after the other. M, inputs x outputs, is given in panels
   of VM_PANEL columns, the last filled up: of each panel all rows, one after the other. */
void vm_rows(const double *x, size_t count, size_t inputs, const double *panels, double *results, size_t outputs);

/* The same with the rows of M at distances of `stride`; if `keep`, added to what the results hold. */
void vm_rows_strided(const double *x, size_t count, size_t inputs, const double *matrix, size_t stride,
                     double *results, size_t outputs, int keep);

/* The instruction set in use: "avx512", "avx2" or "scalar". */
const char *vm_kernel_name(void);

#endif
