#define _GNU_SOURCE
#include "CSpawn.h"
#include "attributes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/syscall.h>
#endif

static int open_pipe(int ends[2]) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
    if (pipe(ends) != 0) {
        return errno;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
#endif
}

static void close_pipe(int ends[2]) {
    for (int end = 0; end < 2; end++) {
        if (ends[end] >= 0) {
            close(ends[end]);
        }
    }
}

static void close_from(int lowest) {
#ifdef __linux__
    closefrom(lowest);
#else
    for (int file = lowest; file < getdtablesize(); file++) {
        close(file);
    }
#endif
}

/// Waits for the word that all is well, and ends the group where the harness has gone without it.
///
/// Only async-signal-safe calls: the program that was forked may have had any number of threads.
static void guard(int lifeline, pid_t group) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    setsid();
    dup2(lifeline, 0);
    close_from(1);
    char word = 0;
    ssize_t count;
    do {
        count = read(0, &word, 1);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) {
        kill(-group, SIGKILL);
        // A stopped group dies all the same, but one that forks meanwhile may be seen only in part.
        kill(-group, SIGKILL);
    }
    _exit(0);
}

static int spawn_group(
    struct coldstart_process *started, char *const arguments[], char *const environment[], const char *folder,
    int output, int errors) {
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
    error = coldstart_prepare_attributes(&attributes);
    if (error == 0 && folder != NULL) {
        error = posix_spawn_file_actions_addchdir_np(&actions, folder);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(&actions, output, 1);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(&actions, errors, 2);
    }
#ifdef __linux__
    if (error == 0) {
        error = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    }
#endif
    if (error == 0) {
        error = posix_spawnp(&started->process, arguments[0], &actions, &attributes, arguments, environment);
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int coldstart_launch(
    struct coldstart_process *started, char *const arguments[], char *const environment[], const char *folder) {
    int output[2] = {-1, -1}, errors[2] = {-1, -1}, lifeline[2] = {-1, -1};
    int error = open_pipe(output);
    if (error == 0) {
        error = open_pipe(errors);
    }
    if (error == 0) {
        error = open_pipe(lifeline);
    }
    if (error == 0) {
        error = spawn_group(started, arguments, environment, folder, output[1], errors[1]);
    }
    if (error == 0) {
        // The child gets its own block of signals before it runs a single instruction of ours.
        sigset_t all, before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        started->guard = fork();
        if (started->guard == 0) {
            guard(lifeline[0], started->process);
        }
        error = started->guard < 0 ? errno : 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        if (error != 0) {
            kill(-started->process, SIGKILL);
            while (waitpid(started->process, NULL, 0) < 0 && errno == EINTR) {
            }
        }
    }
    if (error != 0) {
        close_pipe(output);
        close_pipe(errors);
        close_pipe(lifeline);
        return error;
    }
    close(output[1]);
    close(errors[1]);
    close(lifeline[0]);
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    fcntl(errors[0], F_SETFL, O_NONBLOCK);
    started->output = output[0];
    started->errors = errors[0];
    started->lifeline = lifeline[1];
    return 0;
}

void coldstart_dismiss_guard(struct coldstart_process *started) {
    char word = 1;
    while (write(started->lifeline, &word, 1) < 0 && errno == EINTR) {
    }
    close(started->lifeline);
    while (waitpid(started->guard, NULL, 0) < 0 && errno == EINTR) {
    }
}

int coldstart_watch_process(pid_t process) {
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, process, 0);
#else
    (void)process;
    return -1;
#endif
}

int coldstart_limit_to_cores(pid_t thread, int cores) {
#ifdef __linux__
    cpu_set_t allowed, chosen;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return errno;
    }
    CPU_ZERO(&chosen);
    for (int core = 0; core < CPU_SETSIZE && CPU_COUNT(&chosen) < cores; core++) {
        if (CPU_ISSET(core, &allowed)) {
            CPU_SET(core, &chosen);
        }
    }
    return sched_setaffinity(thread, sizeof chosen, &chosen) == 0 ? 0 : errno;
#else
    (void)thread;
    (void)cores;
    return ENOTSUP;
#endif
}

int coldstart_wait(struct pollfd files[], int count, long long nanoseconds) {
#ifdef __linux__
    struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return ppoll(files, (nfds_t)count, &time, NULL);
#else
    return poll(files, (nfds_t)count, (int)((nanoseconds + 999999) / 1000000));
#endif
}
