#include "Int8.h"
#include "vectors.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* Rows whose factors, and a panel's weights, stay in the second-level cache. */
enum { ROW_BLOCK = 48 };

/* Each instruction set states how many sums a vector has (SUM_LANES), the rows of a tile (TILE_ROWS), how many products
   an instruction adds to a sum (STEP: four of bytes, or two of 16 bits), and what it takes from factors before they are
   multiplied (LOSS). */
#define SUM_VECTORS (COLDSTART_INT8_PANEL / SUM_LANES)
#define SUMS COLDSTART_JOIN(sums_of_, SUM_LANES)
#define VALUES COLDSTART_JOIN(values_of_, SUM_LANES)
#define UNSIGNED COLDSTART_JOIN(unsigned_of_, SUM_LANES)
#define BYTES COLDSTART_JOIN(bytes_of_, SUM_LANES)
#define FACTOR COLDSTART_JOIN(factor_of_, STEP)
#define WEIGHT COLDSTART_JOIN(weight_of_, STEP)

typedef int32_t sums_of_4 __attribute__((vector_size(16)));
typedef int32_t sums_of_8 __attribute__((vector_size(32)));
typedef int32_t sums_of_16 __attribute__((vector_size(64)));
typedef float values_of_4 __attribute__((vector_size(16)));
typedef float values_of_8 __attribute__((vector_size(32)));
typedef float values_of_16 __attribute__((vector_size(64)));
typedef uint32_t unsigned_of_4 __attribute__((vector_size(16)));
typedef uint32_t unsigned_of_8 __attribute__((vector_size(32)));
typedef uint32_t unsigned_of_16 __attribute__((vector_size(64)));
typedef uint8_t bytes_of_4 __attribute__((vector_size(4)));
typedef uint8_t bytes_of_8 __attribute__((vector_size(8)));
typedef uint8_t bytes_of_16 __attribute__((vector_size(16)));
typedef int16_t pairs_of_4 __attribute__((vector_size(16)));

typedef uint8_t factor_of_4;
typedef int8_t weight_of_4;
typedef int16_t factor_of_2, weight_of_2;

#define VARIANT(name) COLDSTART_JOIN(name, _portable)
#define VARIANT_NAME "portable"
#define SUM_LANES 4
#define TILE_ROWS 1
#define STEP 2
#define LOSS 0
/* Written so that the compiler finds the one instruction that SSE2 has for it. */
INLINE sums_of_4 dot_portable(sums_of_4 sums, sums_of_4 x, sums_of_4 w) {
    const sums_of_8 factors = __builtin_convertvector((pairs_of_4)x, sums_of_8);
    const sums_of_8 products = factors * __builtin_convertvector((pairs_of_4)w, sums_of_8);
    const sums_of_4 first = __builtin_shufflevector(products, products, 0, 2, 4, 6);
    return sums + (first + __builtin_shufflevector(products, products, 1, 3, 5, 7));
}
#include "int8.inc"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define VARIANT(name) COLDSTART_JOIN(name, _avx2)
#define VARIANT_NAME "avx2"
#define SUM_LANES 8
#define TILE_ROWS 3
#define STEP 2
#define LOSS 0
INLINE sums_of_8 dot_avx2(sums_of_8 sums, sums_of_8 x, sums_of_8 w) {
    return sums + (sums_of_8)_mm256_madd_epi16((__m256i)x, (__m256i)w);
}
#include "int8.inc"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)
#define VARIANT(name) COLDSTART_JOIN(name, _avxvnni)
#define VARIANT_NAME "avxvnni"
#define SUM_LANES 8
#define TILE_ROWS 3
#define STEP 4
#define LOSS 0
INLINE sums_of_8 dot_avxvnni(sums_of_8 sums, sums_of_8 x, sums_of_8 w) {
    return (sums_of_8)_mm256_dpbusd_avx_epi32((__m256i)sums, (__m256i)x, (__m256i)w);
}
#include "int8.inc"
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define VARIANT(name) COLDSTART_JOIN(name, _avx512)
#define VARIANT_NAME "avx512"
#define SUM_LANES 16
#define TILE_ROWS 12
#define STEP 2
#define LOSS 0
INLINE sums_of_16 dot_avx512(sums_of_16 sums, sums_of_16 x, sums_of_16 w) {
    return sums + (sums_of_16)_mm512_madd_epi16((__m512i)x, (__m512i)w);
}
#include "int8.inc"
#pragma clang attribute pop

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx512vnni,avx2,fma"))), apply_to = function)
#define VARIANT(name) COLDSTART_JOIN(name, _avx512vnni)
#define VARIANT_NAME "avx512vnni"
#define SUM_LANES 16
#define TILE_ROWS 12
#define STEP 4
#define LOSS 0
INLINE sums_of_16 dot_avx512vnni(sums_of_16 sums, sums_of_16 x, sums_of_16 w) {
    return (sums_of_16)_mm512_dpbusd_epi32((__m512i)sums, (__m512i)x, (__m512i)w);
}
#include "int8.inc"
#pragma clang attribute pop
#elif defined(__aarch64__)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#define VARIANT(name) COLDSTART_JOIN(name, _dotprod)
#define VARIANT_NAME "dotprod"
#define SUM_LANES 4
#define TILE_ROWS 3
#define STEP 4
#define LOSS 128
INLINE sums_of_4 dot_dotprod(sums_of_4 sums, sums_of_4 x, sums_of_4 w) {
    /* x - 128 is x with its highest bit turned over. */
    return (sums_of_4)vdotq_s32((int32x4_t)sums, veorq_s8((int8x16_t)x, vdupq_n_s8(-128)), (int8x16_t)w);
}
#include "int8.inc"
#pragma clang attribute pop
#endif

const coldstart_int8_kernels *coldstart_int8_kernels_of(coldstart_variant variant) {
    if (!coldstart_has_variant(variant)) return NULL;
    switch (variant) {
#if defined(__x86_64__)
    case coldstart_avx2: return &int8_kernels_avx2;
    case coldstart_avxvnni: return &int8_kernels_avxvnni;
    case coldstart_avx512: return &int8_kernels_avx512;
    case coldstart_avx512vnni: return &int8_kernels_avx512vnni;
#elif defined(__aarch64__)
    case coldstart_dotprod: return &int8_kernels_dotprod;
#endif
    default: return &int8_kernels_portable;
    }
}

const coldstart_int8_kernels *coldstart_int8_kernels_in_use(void) {
    return coldstart_int8_kernels_of(coldstart_variant_in_use());
}

ptrdiff_t coldstart_int8_packed_size(ptrdiff_t outputs, ptrdiff_t depth) {
    return rounded_up(outputs, COLDSTART_INT8_PANEL) * rounded_up(depth, COLDSTART_INT8_GROUP);
}

ptrdiff_t coldstart_int8_scratch(ptrdiff_t depth) {
    return (ROW_BLOCK + COLDSTART_INT8_PANEL) * rounded_up(depth, COLDSTART_INT8_GROUP) * (ptrdiff_t)sizeof(int16_t);
}

void coldstart_int8_pack(
    const float *w, ptrdiff_t ldw, ptrdiff_t outputs, ptrdiff_t depth, int8_t *packed, float *scales, int32_t *sums) {
#pragma clang fp contract(off)
    enum { PART = 64 * COLDSTART_INT8_GROUP };
    const ptrdiff_t padded = rounded_up(depth, COLDSTART_INT8_GROUP);
    memset(packed, 0, (size_t)coldstart_int8_packed_size(outputs, depth));
    for (ptrdiff_t output = 0; output < outputs; output++) {
        const float *row = w + output * ldw;
        int8_t *panel = packed + output / COLDSTART_INT8_PANEL * COLDSTART_INT8_PANEL * padded
                        + output % COLDSTART_INT8_PANEL * COLDSTART_INT8_GROUP;
        const range_portable range = range_of_portable(row, depth);
        const float largest = -range.smallest > range.largest ? -range.smallest : range.largest;
        /* Rows so small that the inverse of their scale is not finite have the integers 0. */
        const int usable = largest > 1e-30f && largest < INFINITY;
        const float inverse = usable ? 127.0f / largest : 0.0f;
        int32_t sum = 0;
        for (ptrdiff_t k = 0; k < depth; k += PART) {
            const ptrdiff_t count = depth - k < PART ? depth - k : PART;
            int8_t part[PART] = {0};
            for (ptrdiff_t i = 0; i < count; i++) {
                const float shifted = row[k + i] * inverse + ROUNDER;
                int32_t bits;
                memcpy(&bits, &shifted, sizeof bits);
                part[i] = (int8_t)(bits - ROUNDED_ZERO);
            }
            for (ptrdiff_t i = 0; i < count; i++) sum += part[i];
            for (ptrdiff_t i = 0; i < count; i += COLDSTART_INT8_GROUP) {
                memcpy(panel + (k + i) * COLDSTART_INT8_PANEL, part + i, COLDSTART_INT8_GROUP);
            }
        }
        scales[output] = (usable ? largest / 127.0f : 0.0f) + range.damage;
        sums[output] = sum;
    }
}
