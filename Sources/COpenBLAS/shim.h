/* OpenBLAS's C interfaces to BLAS and LAPACK. LinearAlgebra is the only importer. */
#include <cblas.h>
#include <lapacke.h>

/* Exported by every threaded build of OpenBLAS, absent from the serial one. */
extern int blas_thread_shutdown_(void) __attribute__((weak));

/* Ends the threads that the library starts when it is loaded, one for each further processor. They would spin for some
   60 ms of processor time each before they sleep. A later openblas_set_num_threads starts them again. */
static inline void openblas_end_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
