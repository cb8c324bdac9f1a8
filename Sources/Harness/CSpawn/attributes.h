#pragma once

#include <spawn.h>

/* Has a process begin in a session of its own, with no signal blocked and none ignored (POSIX.1-2024, posix_spawn).
   Returns 0 or the number of an error. */
int coldstart_prepare_attributes(posix_spawnattr_t *attributes);
