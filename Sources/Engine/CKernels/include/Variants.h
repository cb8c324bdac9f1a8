#pragma once

/* The instruction sets that the kernels are compiled for. */
typedef enum {
    /* What every processor runs. */
    coldstart_portable = 0,
    /* AVX2 with FMA. */
    coldstart_avx2 = 1,
    /* AVX2 with FMA, and AVX-VNNI for 8-bit products. */
    coldstart_avxvnni = 2,
    /* AVX-512 F, VL, DQ and BW, for tiles of products; the same bits as AVX2. */
    coldstart_avx512 = 3,
    /* The same, and AVX-512 VNNI for 8-bit products. */
    coldstart_avx512vnni = 4,
    /* What every 64-bit ARM runs, and its dot products for 8-bit products. */
    coldstart_dotprod = 5,
} coldstart_variant;

/* Whether this processor runs a variant. */
int coldstart_has_variant(coldstart_variant variant);

/* The variant that was asked for, else the widest that this processor runs. */
coldstart_variant coldstart_variant_in_use(void);

/* Asks for a variant from now on; returns 0, and changes nothing, where this processor does not run it. */
int coldstart_use_variant(coldstart_variant variant);
