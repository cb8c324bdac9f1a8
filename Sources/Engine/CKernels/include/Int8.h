#pragma once

#include "Variants.h"

#include <stddef.h>
#include <stdint.h>

/* Products of 8-bit integers, summed in 32 bits. A row of activations is quantised as u = round(x / scale) + zero with
   0 <= u <= 255, a row of weights as w = round(weight / scale) with -127 <= w <= 127. A product's element is
   (sum of u w - zero * sum of w) * scale of x * scale of w. The integers are the same in every variant. */

/* Outputs of a packed panel, which holds depth / 4 groups of 32 × 4 weights; places without a weight are 0. */
enum { COLDSTART_INT8_PANEL = 32, COLDSTART_INT8_GROUP = 4 };

/* The most depth whose sums fit 32 bits: 255 * 127 * depth < 2^31. */
enum { COLDSTART_INT8_MOST_DEPTH = 66311 };

typedef struct {
    ptrdiff_t rows, depth, outputs;
    /* Quantised activations, rows × depth, each row 0 from `depth` to a multiple of 4. */
    const uint8_t *x;
    ptrdiff_t ldx;
    /* One value a row. */
    const float *x_scales;
    const int32_t *x_zeros;
    /* Packed weights, and one value an output, for whole panels. */
    const int8_t *w;
    const float *w_scales;
    const int32_t *w_sums;
    /* rows × outputs. */
    float *y;
    ptrdiff_t ldy;
    /* Whether the product is added to y. */
    int accumulate;
    /* Where the sums of u w go, rows × outputs `ldy` apart, in place of y; NULL for the product. */
    int32_t *sums;
    /* coldstart_int8_scratch(depth) bytes, aligned to 64. */
    void *scratch;
} coldstart_int8_product;

/* One implementation. */
typedef struct {
    const char *name;

    /* Quantises rows of activations by their smallest and largest value, 0 among them; bytes from `width` to a multiple
       of 4 become 0. A row with a NaN or an infinity has the scale NaN. */
    void (*quantise_rows)(
        const float *x, ptrdiff_t ldx, ptrdiff_t rows, ptrdiff_t width, uint8_t *q, ptrdiff_t ldq, float *scales,
        int32_t *zeros);

    /* y = x * w^T, or y += x * w^T. */
    void (*product)(const coldstart_int8_product *call);
} coldstart_int8_kernels;

/* The kernels of a variant, NULL where this processor does not run it. */
const coldstart_int8_kernels *coldstart_int8_kernels_of(coldstart_variant variant);

/* The kernels of the variant in use. */
const coldstart_int8_kernels *coldstart_int8_kernels_in_use(void);

/* Quantises and packs rows of weights, outputs × depth, as panels; `sums` are those of a row's integers. A row with a
   NaN or an infinity has the scale NaN. `packed` has coldstart_int8_packed_size(outputs, depth) bytes. */
void coldstart_int8_pack(
    const float *w, ptrdiff_t ldw, ptrdiff_t outputs, ptrdiff_t depth, int8_t *packed, float *scales, int32_t *sums);

/* Bytes of packed weights. */
ptrdiff_t coldstart_int8_packed_size(ptrdiff_t outputs, ptrdiff_t depth);

/* Bytes of scratch that a product needs. */
ptrdiff_t coldstart_int8_scratch(ptrdiff_t depth);
