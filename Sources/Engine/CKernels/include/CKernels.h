#pragma once

#include "Int8.h"
#include "Ranking.h"
#include "Variants.h"

#include <stddef.h>
#include <stdint.h>

/* The small loops of a T5 model that are not large matrix products. Every matrix is row-major float32, given as a base
   pointer and the distance in elements between two rows. The order of every sum depends on the lengths summed over
   alone, never on how many rows a call handles, so results are the same bits however the rows are batched. */

typedef struct {
    /* Sequence length: rows of q, k, v and out. */
    ptrdiff_t length;
    ptrdiff_t heads;
    /* Columns of one head. */
    ptrdiff_t head_width;
    const float *q, *k, *v;
    ptrdiff_t ldq, ldk, ldv;
    /* Relative position bias: for head h, query i and key j the value at bias[h * bias_stride + j - i]. */
    const float *bias;
    ptrdiff_t bias_stride;
    float *out;
    ptrdiff_t ldout;
    /* coldstart_self_attention_scratch(length, head_width) elements. */
    float *scratch;
} coldstart_self_attention;

typedef struct {
    /* Rows of the states that are attended to. */
    ptrdiff_t length;
    ptrdiff_t heads;
    ptrdiff_t width;
    const float *states;
    ptrdiff_t ldstates;
    /* One row a head: its query times the key projection. */
    const float *queries;
    ptrdiff_t ldqueries;
    /* One row a head: the weighted sum of the states. */
    float *out;
    ptrdiff_t ldout;
    /* heads * length elements. */
    float *scratch;
} coldstart_cross_attention;

typedef struct {
    /* The left matrix: rows × depth, or depth × rows where x_by_depth is not 0. */
    ptrdiff_t rows, depth;
    const float *x;
    ptrdiff_t ldx;
    /* The weights: outputs × depth, or depth × outputs where w_by_depth is not 0. */
    ptrdiff_t outputs;
    const float *w;
    ptrdiff_t ldw;
    int x_by_depth, w_by_depth;
    /* rows × outputs. */
    float *y;
    ptrdiff_t ldy;
    /* Whether the product is added to y. */
    int accumulate;
    /* coldstart_matrix_product_scratch(outputs) elements, aligned to 32 bytes. */
    float *scratch;
} coldstart_matrix_product;

typedef struct {
    int32_t best;
    float best_value;
    /* Negative infinity where there is one value alone. */
    float second_value;
} coldstart_top_two;

/* One implementation of all kernels. */
typedef struct {
    const char *name;

    /* y[r] = x[r] / sqrt(mean(x[r]^2) + epsilon) * weight, `width` columns. y may be x. */
    void (*rms_norm)(
        const float *x, ptrdiff_t ldx, const float *weight, float *y, ptrdiff_t ldy, ptrdiff_t rows, ptrdiff_t width,
        float epsilon);

    /* x = max(x, 0). */
    void (*relu)(float *x, ptrdiff_t count);

    /* gate = gelu(gate) * linear, with the tanh form of GELU. */
    void (*gated_gelu)(float *gate, const float *linear, ptrdiff_t count);

    /* Bidirectional attention of one sequence, all heads, without scaling. */
    void (*self_attention)(const coldstart_self_attention *call);

    /* Attention of one query row a head over states that were not projected. */
    void (*cross_attention)(const coldstart_cross_attention *call);

    /* Attention of one new position over `length` cached ones, newest last. Key row t of head h starts at
       k + t * ld + h * head_width. The bias of head h for the key at distance d is bias[h * bias_stride - d].
       `scratch` has `length` elements. */
    void (*step_attention)(
        const float *q, const float *k, const float *v, ptrdiff_t ld, ptrdiff_t length, ptrdiff_t heads,
        ptrdiff_t head_width, const float *bias, ptrdiff_t bias_stride, float *out, float *scratch);

    /* y = x * w^T, or y += x * w^T where accumulate is not 0: x is rows × width, w is outputs × width. Meant for few
       rows, where packing the weights for a large matrix product would cost more than the product. */
    void (*linear_rows)(
        const float *x, ptrdiff_t ldx, ptrdiff_t rows, const float *w, ptrdiff_t ldw, ptrdiff_t outputs,
        ptrdiff_t width, float *y, ptrdiff_t ldy, int accumulate);

    /* y = x * w^T, or y += x * w^T, for many rows; either matrix may be stored transposed. */
    void (*matrix_product)(const coldstart_matrix_product *call);

    /* y = x * w: x is rows × depth, w is depth × columns. `scratch` has depth * 16 elements. */
    void (*product_rows)(
        const float *x, ptrdiff_t ldx, ptrdiff_t rows, const float *w, ptrdiff_t ldw, ptrdiff_t depth,
        ptrdiff_t columns, float *y, ptrdiff_t ldy, float *scratch);

    /* The largest value with its lowest index, and the next largest. */
    coldstart_top_two (*top_two)(const float *x, ptrdiff_t count);

    /* Turns each row of scores into weights that sum to 1; the places from `length` to `ld` become 0. The bias of
       row i and place j is bias[j - i], none where `bias` is NULL. Where causal is not 0, row i sees the first i + 1
       places alone. `ld` is a multiple of 8. */
    void (*softmax_rows)(
        float *scores, ptrdiff_t ld, ptrdiff_t rows, ptrdiff_t length, const float *bias, int causal);

    /* Returns the sum of e^(x - largest). */
    float (*exponential_sum)(const float *x, ptrdiff_t count, float largest);

    /* Turns the gradients of softmax_rows' weights into those of its scores, in place. */
    void (*softmax_backward)(const float *weights, float *gradient, ptrdiff_t ld, ptrdiff_t rows, ptrdiff_t length);

    /* dx += the gradient of rms_norm's input x, given that of its output. */
    void (*rms_norm_backward)(
        const float *x, const float *weight, const float *dy, float *dx, ptrdiff_t rows, ptrdiff_t width,
        float epsilon);

    /* Sets the gradient to 0 where relu's output is. */
    void (*relu_backward)(const float *output, float *gradient, ptrdiff_t count);

    /* The gradients of gated_gelu's gate and linear, given that of its output in `gradient`; that of the gate is
       written over it. */
    void (*gated_gelu_backward)(
        const float *gate, const float *linear, float *gradient, float *linear_gradient, ptrdiff_t count);

    /* Multiplies each value by 0 or 1 / (1 - rate), chosen by a hash of the key and the value's place; its own
       adjoint. `rate` is at least 0 and below 1. */
    void (*dropout)(float *x, ptrdiff_t count, uint64_t key, float rate);
} coldstart_kernels;

/* The kernels of a variant, NULL where this processor does not run it. */
const coldstart_kernels *coldstart_kernels_of(coldstart_variant variant);

/* The kernels of the variant in use. */
const coldstart_kernels *coldstart_kernels_in_use(void);

/* Elements of scratch that self_attention needs. */
ptrdiff_t coldstart_self_attention_scratch(ptrdiff_t length, ptrdiff_t head_width);

/* Elements of scratch that matrix_product needs. */
ptrdiff_t coldstart_matrix_product_scratch(ptrdiff_t outputs);
