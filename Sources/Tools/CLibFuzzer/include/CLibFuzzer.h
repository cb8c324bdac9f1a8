// libFuzzer as a library: https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Fuzzes until an option says otherwise, and ends the process where the callback crashes.
///
/// The archive libclang_rt.fuzzer_no_main of the toolchain defines it.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*callback)(const uint8_t *data, size_t size));
