#define _GNU_SOURCE
#include "CSpawn.h"
#include "attributes.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

static int prepare_files(posix_spawn_file_actions_t *actions, const char *log_file) {
    int error = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    if (error == 0) {
        error = posix_spawn_file_actions_addopen(actions, 1, log_file, O_WRONLY | O_CREAT | O_APPEND, 0600);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(actions, 1, 2);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_addchdir_np(actions, "/");
    }
#ifdef __linux__
    if (error == 0) {
        error = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    }
#endif
    return error;
}

int coldstart_prepare_attributes(posix_spawnattr_t *attributes) {
    short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#ifdef __APPLE__
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0) {
        error = posix_spawnattr_setsigdefault(attributes, &all);
    }
    if (error == 0) {
        error = posix_spawnattr_setflags(attributes, flags);
    }
    return error;
}

int coldstart_spawn(
    pid_t *process_id, const char *executable, char *const arguments[], char *const environment[], const char *log_file) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        return error;
    }
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    error = prepare_files(&actions, log_file);
    if (error == 0) {
        error = coldstart_prepare_attributes(&attributes);
    }
    if (error == 0) {
        error = posix_spawn(process_id, executable, &actions, &attributes, arguments, environment);
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}
