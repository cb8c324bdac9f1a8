#pragma once

#include <stdatomic.h>

/* Shared libraries that are loaded when the first of their functions is called, not when the program starts: OpenBLAS
   starts its threads as it is loaded, and libpq brings 20 libraries with it, which a program that only prints its help
   would wait for. */

typedef struct coldstart_late_library {
    /* File names that are tried in turn, then NULL. */
    const char *const *names;
    /* What is to be installed where none of them can be loaded. */
    const char *package;
} coldstart_late_library;

/* The address of a library's function. Where the library cannot be loaded, or has no such function, the process says
   so on standard error and exits with 3, Coldstart's code for an environment that lacks something. May be called from
   several threads at once: dlopen counts and locks (POSIX.1-2024, dlopen). */
void *coldstart_late_function(const coldstart_late_library *library, const char *function);

/* Defines a function that hands its arguments on to the one of the same name in a library. The address is looked up once;
   two threads that look it up at the same time find the same one. It is hidden: it is this program's own and must not
   stand in for the library's where other libraries call that. */
#define COLDSTART_LATE_FUNCTION(library, result, name, parameters, arguments)                                          \
    __attribute__((visibility("hidden"))) result name parameters {                                                     \
        static _Atomic(__typeof__(&name)) known;                                                                       \
        __typeof__(&name) function = atomic_load_explicit(&known, memory_order_acquire);                               \
        if (!function) {                                                                                               \
            function = (__typeof__(&name))coldstart_late_function(library, #name);                                     \
            atomic_store_explicit(&known, function, memory_order_release);                                             \
        }                                                                                                              \
        return function arguments;                                                                                     \
    }
