#include "Ranking.h"
#include "vectors.h"

#include <math.h>
#include <string.h>

enum { TILE = COLDSTART_TILE_VISITORS, CACHE_LINE = 64 };

_Static_assert(COLDSTART_PANEL_MOVIES == PANEL, "a panel of movies is a packed panel");

/* Rows that are fetched ahead of the one that is summed. */
enum { ROWS_AHEAD = 16 };

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

const coldstart_ranking_kernels *coldstart_ranking_kernels_of(coldstart_variant variant) {
    if (!coldstart_has_variant(variant)) return NULL;
#if defined(__x86_64__)
    /* Ranking waits for memory: wider registers have nothing to do there. */
    if (variant != coldstart_portable) return &ranking_kernels_avx2;
#endif
    return &ranking_kernels_portable;
}

const coldstart_ranking_kernels *coldstart_ranking_kernels_in_use(void) {
    return coldstart_ranking_kernels_of(coldstart_variant_in_use());
}
