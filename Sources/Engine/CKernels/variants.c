#include "Variants.h"

#include <stdatomic.h>

#if defined(__x86_64__)
#include <cpuid.h>

/* Leaf 7.1; the compiler's list of names may lack it. */
static int has_avxvnni(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

/* The variant that was asked for, and -1 where none was. */
static _Atomic int wanted = -1;

int coldstart_has_variant(coldstart_variant variant) {
    switch (variant) {
    case coldstart_portable: return 1;
#if defined(__x86_64__)
    case coldstart_avx2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case coldstart_avxvnni: return coldstart_has_variant(coldstart_avx2) && has_avxvnni();
    case coldstart_avx512:
        return coldstart_has_variant(coldstart_avx2) && __builtin_cpu_supports("avx512f")
            && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
            && __builtin_cpu_supports("avx512bw");
    case coldstart_avx512vnni:
        return coldstart_has_variant(coldstart_avx512) && __builtin_cpu_supports("avx512vnni");
#elif defined(__aarch64__) && defined(__linux__)
    case coldstart_dotprod: return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#endif
    default: return 0;
    }
}

coldstart_variant coldstart_variant_in_use(void) {
    const int asked = atomic_load_explicit(&wanted, memory_order_relaxed);
    if (asked >= 0) return (coldstart_variant)asked;
    int variant = coldstart_dotprod;
    while (!coldstart_has_variant((coldstart_variant)variant)) variant -= 1;
    return (coldstart_variant)variant;
}

int coldstart_use_variant(coldstart_variant variant) {
    if (!coldstart_has_variant(variant)) return 0;
    atomic_store_explicit(&wanted, (int)variant, memory_order_relaxed);
    return 1;
}
