// Options of the sanitizers, linked into every program of such a build: a program that a test starts with an
// environment of its own has them too. FOLDER is the folder of reports, SUPPRESSIONS the file of what is not reported.
#define SHARED "log_path=" FOLDER "/report"

// A program with a race goes on and ends as it would: that there was one is told by the files.
const char *__tsan_default_options(void) { return SHARED ":exitcode=0:suppressions=" SUPPRESSIONS; }
const char *__asan_default_options(void) { return SHARED; }
const char *__lsan_default_options(void) { return SHARED ":suppressions=" SUPPRESSIONS; }
