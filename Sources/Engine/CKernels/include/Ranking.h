#pragma once

#include "Variants.h"

#include <stddef.h>
#include <stdint.h>

/* The loops that rank all movies for one visitor after the other. A movie's score is the inner product of its row of V
   and the visitor's weights. Scores in 32 bits choose who is ranked, and their last bits differ between variants; those
   in 64 bits count, and are the same bits in every variant. */

/* Movies of one panel, whose rows of V are stored as depth × 16, and visitors of one tile, whose weights are stored as
   depth × 6. */
enum { COLDSTART_PANEL_MOVIES = 16, COLDSTART_TILE_VISITORS = 6 };

/* Room that `order` needs behind the scores. */
enum { COLDSTART_SPARE_SCORES = 32 };

typedef struct {
    const char *name;

    /* scores = offsets + weights * movies^T, (6 * tiles) × (16 * panels). `offsets` has one value a movie, or is NULL
       for zeros. */
    void (*score)(
        const float *weights, ptrdiff_t tiles, const float *movies, ptrdiff_t panels, ptrdiff_t depth,
        const float *offsets, float *scores, ptrdiff_t ldscores);

    /* maxima[g] = the largest of the scores [g * size, (g + 1) * size); `size` is a multiple of 16. */
    void (*group_maxima)(const float *scores, ptrdiff_t groups, ptrdiff_t size, float *maxima);

    /* A value that at least `wanted` values reach, and hardly more do; negative infinity where there are too few values.
       All values are finite. */
    float (*reached)(const float *values, ptrdiff_t count, ptrdiff_t wanted);

    /* Writes the places of all of `count` scores that reach `cut`, in ascending order, and returns how many there are.
       Looks into those groups alone whose maximum reaches it; `hits` has room for all groups. */
    ptrdiff_t (*collect)(
        const float *scores, ptrdiff_t count, float cut, const float *maxima, ptrdiff_t groups, ptrdiff_t size,
        int32_t *hits, int32_t *places);

    /* products[i] = the inner product of row rows[i] of the matrix and the weights, in 64 bits. */
    void (*exact_products)(
        const float *matrix, ptrdiff_t ld, const int32_t *rows, ptrdiff_t count, const double *weights, ptrdiff_t width,
        double *products);

    /* best[place] = the index of the score of that place, largest first, earlier first where equal, for the first
       `limit` places, at most `count`. `scores` has room for COLDSTART_SPARE_SCORES more values than `count`, which are
       overwritten; `equals` has `limit` elements of scratch. O(count^2). */
    void (*order)(float *scores, ptrdiff_t count, ptrdiff_t limit, int32_t *equals, int32_t *best);

    /* wide[i] = row rows[i] of the matrix in 64 bits, count × width. */
    void (*widen_rows)(
        const float *matrix, ptrdiff_t ld, const int32_t *rows, ptrdiff_t count, ptrdiff_t width, double *wide);

    /* The lower triangle of gram = wide * wide^T, count × count. */
    void (*gram)(const double *wide, ptrdiff_t count, ptrdiff_t width, double *gram);

    /* weights = wide^T * factors. */
    void (*combine_rows)(
        const double *wide, ptrdiff_t count, ptrdiff_t width, const double *factors, double *weights);
} coldstart_ranking_kernels;

/* The kernels of a variant, NULL where this processor does not run it; AVX-512 has those of AVX2. */
const coldstart_ranking_kernels *coldstart_ranking_kernels_of(coldstart_variant variant);

/* The kernels of the variant in use. */
const coldstart_ranking_kernels *coldstart_ranking_kernels_in_use(void);
