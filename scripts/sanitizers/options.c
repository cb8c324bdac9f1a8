// Options of the sanitizers, linked into every program of such a build: a program that a test starts with an environment
// of its own has them too. FOLDER is the folder of reports, SUPPRESSIONS the file of what is not reported. How a program
// ends stays as it is (exitcode=0): whether there was a report is told by the files.
#define SHARED "exitcode=0:log_path=" FOLDER "/report"

const char *__tsan_default_options(void) { return SHARED ":suppressions=" SUPPRESSIONS; }
const char *__asan_default_options(void) { return SHARED; }
const char *__lsan_default_options(void) { return SHARED ":suppressions=" SUPPRESSIONS; }
