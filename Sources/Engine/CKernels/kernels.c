#include "CKernels.h"
#include "vectors.h"

#include <math.h>
#include <string.h>

enum { TILE_ROWS = 6 };

/* Rows whose inner products are summed at once where two of them share a vector. */
enum { HALVES_ROWS = 8 };

/* Blocks of a matrix product: a packed panel of 16 outputs, DEPTH_BLOCK deep, stays in the first-level cache; packed
   rows, ROW_BLOCK of them, in the second. Sums run over one block of depth after the other, so DEPTH_BLOCK decides the
   last bits of results. */
enum { DEPTH_BLOCK = 256, ROW_BLOCK = 192 };

/* The depth that a product of few rows sums over at a time. */
enum { LINEAR_DEPTH = 512 };

#define WIDE_VEC VARIANT(wide_vec)
#define TILE_COLUMNS (2 * WIDE_LANES)

#define VARIANT(name) COLDSTART_JOIN(name, _portable)
#define VARIANT_NAME "portable"
#define WIDE_LANES 8
#include "kernels.inc"
#undef VARIANT
#undef VARIANT_NAME
#undef WIDE_LANES

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define VARIANT(name) COLDSTART_JOIN(name, _avx2)
#define VARIANT_NAME "avx2+fma"
#define WIDE_LANES 8
#include "kernels.inc"
#undef VARIANT
#undef VARIANT_NAME
#undef WIDE_LANES
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define VARIANT(name) COLDSTART_JOIN(name, _avx512)
#define VARIANT_NAME "avx512"
#define WIDE_LANES 16
#include "kernels.inc"
#undef VARIANT
#undef VARIANT_NAME
#undef WIDE_LANES
#pragma clang attribute pop
#endif

const coldstart_kernels *coldstart_kernels_of(coldstart_variant variant) {
    if (!coldstart_has_variant(variant)) return NULL;
#if defined(__x86_64__)
    if (variant >= coldstart_avx512) return &kernels_avx512;
    if (variant >= coldstart_avx2) return &kernels_avx2;
#endif
    return &kernels_portable;
}

const coldstart_kernels *coldstart_kernels_in_use(void) { return coldstart_kernels_of(coldstart_variant_in_use()); }

ptrdiff_t coldstart_self_attention_scratch(ptrdiff_t length, ptrdiff_t head_width) {
    const ptrdiff_t keys = rounded_up(length, PANEL);
    const ptrdiff_t columns = rounded_up(head_width, PANEL);
    /* Packed keys, packed values, the scores and the results of one tile of queries. */
    return keys * head_width + length * columns + TILE_ROWS * keys + TILE_ROWS * columns;
}

ptrdiff_t coldstart_matrix_product_scratch(ptrdiff_t outputs) {
    /* Packed weights, packed rows, and what packing may write beyond them. */
    return (rounded_up(outputs, PANEL) + ROW_BLOCK) * DEPTH_BLOCK + LANES;
}
