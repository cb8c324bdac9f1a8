#include "CLateLoading.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

/* No handler of exit runs: it could be one of a library that waits for this very call. */
static void *stop(const coldstart_late_library *library, const char *function, const char *reason) {
    fprintf(stderr, "error: %s is needed and cannot be used: %s\n  install %s, or run scripts/bootstrap\n", function,
            reason ? reason : "no reason given", library->package);
    fflush(stderr);
    _exit(3);
}

void *coldstart_late_function(const coldstart_late_library *library, const char *function) {
    const char *reason = NULL;
    for (const char *const *name = library->names; *name; name++) {
        void *handle = dlopen(*name, RTLD_LAZY | RTLD_LOCAL);
        void *address = handle ? dlsym(handle, function) : NULL;
        if (address) return address;
        /* The first name is the one that the platform's own packages give. */
        const char *error = dlerror();
        if (!reason) reason = error;
    }
    return stop(library, function, reason);
}
