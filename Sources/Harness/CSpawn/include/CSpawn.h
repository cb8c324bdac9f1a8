#pragma once
#include <poll.h>
#include <sys/types.h>

/// Starts a program in a session of its own, in the folder "/", with no open file but /dev/null as its input and a log
/// file, to which it appends, as its output and error; no signal is blocked or ignored.
///
/// In C because glibc declares the calls only to programs that define _GNU_SOURCE, which Swift's import does not.
/// Returns 0 and sets *process_id, or returns an errno value.
int coldstart_spawn(
    pid_t *process_id, const char *executable, char *const arguments[], char *const environment[], const char *log_file);

/// A program in a session and group of its own, and what holds on to it.
struct coldstart_process {
    /// The program; also the id of its group.
    pid_t process;
    /// The process that ends the group with SIGKILL once the harness is gone, however that went.
    pid_t guard;
    /// The end from which the program's standard output is read; never blocks.
    int output;
    /// The end from which the program's standard error is read; never blocks.
    int errors;
    /// The pipe whose closing tells the guard that the harness is gone.
    int lifeline;
};

/// Starts a program, found as execvp finds it, with /dev/null as its input and pipes as its output and error.
///
/// It is looked for and started in a folder; NULL stands for the caller's own.
///
/// The guard is a fork of the harness that only reads from a pipe: it outlives SIGKILL of the harness, which a parent
/// death signal does too, but reaches every process of the group and not the first alone.
/// Returns 0 and fills *started, or returns an errno value and leaves nothing behind.
int coldstart_launch(
    struct coldstart_process *started, char *const arguments[], char *const environment[], const char *folder);

/// Tells the guard to leave the group alone, closes its pipe and reaps it; the caller has ended the group.
void coldstart_dismiss_guard(struct coldstart_process *started);

/// Returns a file that polls readable once a process has ended, or -1 where the system has no such thing.
int coldstart_watch_process(pid_t process);

/// Lets a thread, 0 for the calling one, run on the first so many cores that this process may use.
///
/// Returns 0 or an errno value.
int coldstart_limit_to_cores(pid_t thread, int cores);

/// Waits until one of the files is ready or the time has passed, as poll does, to the nanosecond where that is known.
int coldstart_wait(struct pollfd files[], int count, long long nanoseconds);
