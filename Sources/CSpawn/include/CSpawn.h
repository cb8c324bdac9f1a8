#pragma once
#include <sys/types.h>

/// Starts a program in a session of its own, in the folder "/", with no open file but /dev/null as its input and a log
/// file, to which it appends, as its output and error; no signal is blocked or ignored.
///
/// In C because glibc declares the calls only to programs that define _GNU_SOURCE, which Swift's import does not.
/// Returns 0 and sets *process_id, or returns an errno value.
int coldstart_spawn(
    pid_t *process_id, const char *executable, char *const arguments[], char *const environment[], const char *log_file);
