/* OpenBLAS's C interfaces to BLAS and LAPACK. LinearAlgebra is the only importer. */
#include <cblas.h>
#include <lapacke.h>
