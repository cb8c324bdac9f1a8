#include "Ranking.h"

#include <math.h>
#include <string.h>

/* The vectors below are wider than the baseline's registers; every function that takes or returns one is inlined. */
#pragma clang diagnostic ignored "-Wpsabi"

#define COLDSTART_JOIN_(a, b) a##b
#define COLDSTART_JOIN(a, b) COLDSTART_JOIN_(a, b)
#define INLINE static inline __attribute__((always_inline))

enum { LANES = 8, PANEL = COLDSTART_PANEL_FILMS, TILE = COLDSTART_TILE_VISITORS, CACHE_LINE = 64 };

/* Rows that are fetched ahead of the one that is summed. */
enum { ROWS_AHEAD = 16 };

typedef float vec __attribute__((vector_size(32)));
typedef int32_t ivec __attribute__((vector_size(32)));
typedef float loose_vec __attribute__((vector_size(32), aligned(4), may_alias));
typedef double wide_vec __attribute__((vector_size(64)));
typedef double loose_wide_vec __attribute__((vector_size(64), aligned(8), may_alias));

/* Bit i is set where lane i of the mask is. */
INLINE unsigned bits_portable(ivec mask) {
    unsigned bits = 0;
    for (int lane = 0; lane < LANES; lane++) bits |= (unsigned)(mask[lane] & 1) << lane;
    return bits;
}

#define VARIANT(name) COLDSTART_JOIN(name, _portable)
#define VARIANT_NAME "portable"
#include "ranking.inc"
#undef VARIANT
#undef VARIANT_NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
INLINE unsigned bits_avx2(ivec mask) { return (unsigned)__builtin_ia32_movmskps256((vec)mask); }
#define VARIANT(name) COLDSTART_JOIN(name, _avx2)
#define VARIANT_NAME "avx2+fma"
#include "ranking.inc"
#undef VARIANT
#undef VARIANT_NAME
#pragma clang attribute pop
#endif

const coldstart_ranking_kernels *coldstart_ranking_kernels_portable(void) { return &ranking_kernels_portable; }

const coldstart_ranking_kernels *coldstart_ranking_kernels_best(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &ranking_kernels_avx2;
#endif
    return &ranking_kernels_portable;
}
