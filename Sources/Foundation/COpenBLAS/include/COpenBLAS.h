#pragma once

#if __has_include(<openblas-pthread/cblas.h>)
#include <openblas-pthread/cblas.h>
#elif __has_include(<cblas.h>)
#include <cblas.h>
#elif __has_include("/opt/homebrew/opt/openblas/include/cblas.h")
#include "/opt/homebrew/opt/openblas/include/cblas.h"
#elif __has_include("/usr/local/opt/openblas/include/cblas.h")
#include "/usr/local/opt/openblas/include/cblas.h"
#else
#error "cblas.h is missing: install libopenblas-dev (Debian) or openblas (Homebrew), or run scripts/bootstrap"
#endif
