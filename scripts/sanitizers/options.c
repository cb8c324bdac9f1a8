// Options of the sanitizers, linked into every program of such a build: a program that a test starts with an
// environment of its own has them too. FOLDER is the folder of reports, SUPPRESSIONS the file of what is not reported,
// SYMBOLIZER the program that finds functions and lines.
#define SHARED "log_path=" FOLDER "/report:external_symbolizer_path=" SYMBOLIZER

// A program with a race ends as it would, and as soon: tests measure that, and the files tell that there was a race.
const char *__tsan_default_options(void) { return SHARED ":exitcode=0:atexit_sleep_ms=0:suppressions=" SUPPRESSIONS; }
const char *__asan_default_options(void) { return SHARED; }
const char *__lsan_default_options(void) { return SHARED ":suppressions=" SUPPRESSIONS; }
