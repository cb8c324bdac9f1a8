#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns e to the power of a number.
func exponential(_ value: Double) -> Double { exp(value) }
