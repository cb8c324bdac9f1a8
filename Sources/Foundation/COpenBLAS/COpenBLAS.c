#include "COpenBLAS.h"

#include <CLateLoading.h>
#include <stddef.h>

/* The functions of OpenBLAS that Coldstart calls, loaded with the first call: OpenBLAS starts its threads as it is
   loaded. */

static const char *const names[] = {
#ifdef __APPLE__
    "libopenblas.0.dylib",
    "/opt/homebrew/opt/openblas/lib/libopenblas.0.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.0.dylib",
#else
    "libopenblas.so.0",
#endif
    NULL,
};

static const coldstart_late_library library = {names, "libopenblas-dev (Debian) or openblas (Homebrew)"};

#define LATE(result, name, parameters, arguments) COLDSTART_LATE_FUNCTION(&library, result, name, parameters, arguments)

LATE(float, cblas_sdot,
     (const blasint n, const float *x, const blasint incx, const float *y, const blasint incy),
     (n, x, incx, y, incy))
LATE(void, cblas_sgemv,
     (const enum CBLAS_ORDER order, const enum CBLAS_TRANSPOSE trans, const blasint m, const blasint n,
      const float alpha, const float *a, const blasint lda, const float *x, const blasint incx, const float beta,
      float *y, const blasint incy),
     (order, trans, m, n, alpha, a, lda, x, incx, beta, y, incy))
LATE(void, cblas_sgemm,
     (const enum CBLAS_ORDER order, const enum CBLAS_TRANSPOSE transa, const enum CBLAS_TRANSPOSE transb,
      const blasint m, const blasint n, const blasint k, const float alpha, const float *a, const blasint lda,
      const float *b, const blasint ldb, const float beta, float *c, const blasint ldc),
     (order, transa, transb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc))
LATE(void, openblas_set_num_threads, (int count), (count))
LATE(int, openblas_get_num_threads, (void), ())
LATE(char *, openblas_get_config, (void), ())
LATE(char *, openblas_get_corename, (void), ())
