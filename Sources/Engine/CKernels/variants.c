#include "Variants.h"

#include <stdatomic.h>

/* The variant that was asked for, and -1 where none was. */
static _Atomic int wanted = -1;

int coldstart_has_variant(coldstart_variant variant) {
    switch (variant) {
    case coldstart_portable: return 1;
#if defined(__x86_64__)
    case coldstart_avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case coldstart_avx512:
        return coldstart_has_variant(coldstart_avx2) && __builtin_cpu_supports("avx512f")
            && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
            && __builtin_cpu_supports("avx512bw");
#endif
    default: return 0;
    }
}

coldstart_variant coldstart_variant_in_use(void) {
    const int asked = atomic_load_explicit(&wanted, memory_order_relaxed);
    if (asked >= 0) return (coldstart_variant)asked;
    if (coldstart_has_variant(coldstart_avx512)) return coldstart_avx512;
    return coldstart_has_variant(coldstart_avx2) ? coldstart_avx2 : coldstart_portable;
}

int coldstart_use_variant(coldstart_variant variant) {
    if (!coldstart_has_variant(variant)) return 0;
    atomic_store_explicit(&wanted, (int)variant, memory_order_relaxed);
    return 1;
}
