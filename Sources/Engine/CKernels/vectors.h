#pragma once

#include <stddef.h>
#include <stdint.h>

/* The vectors below are wider than the baseline's registers; every function that takes or returns one is inlined. */
#pragma clang diagnostic ignored "-Wpsabi"

#define COLDSTART_JOIN_(a, b) a##b
#define COLDSTART_JOIN(a, b) COLDSTART_JOIN_(a, b)
#define INLINE static inline __attribute__((always_inline))

/* The floats of a vector, and the columns of a packed panel: two vectors. */
enum { LANES = 8, PANEL = 16 };

/* The bits of x + ROUNDER are ROUNDED_ZERO plus the integer that is nearest to x, ties to even, where |x| < 2^22. */
#define ROUNDER 12582912.0f
enum { ROUNDED_ZERO = 0x4B400000 };

INLINE ptrdiff_t rounded_up(ptrdiff_t count, ptrdiff_t step) { return (count + step - 1) / step * step; }

/* Eight floats; the compiler splits them where the processor's registers are narrower. */
typedef float vec __attribute__((vector_size(32)));
typedef int32_t ivec __attribute__((vector_size(32)));
typedef float loose_vec __attribute__((vector_size(32), aligned(4), may_alias));

#define LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define LOW_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define HIGH_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define LOW_HALVES(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define HIGH_HALVES(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)
#define JOINED(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
#define LOW_HALF(a) __builtin_shufflevector(a, a, 0, 1, 2, 3, 4, 5, 6, 7)
#define HIGH_HALF(a) __builtin_shufflevector(a, a, 8, 9, 10, 11, 12, 13, 14, 15)
