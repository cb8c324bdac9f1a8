#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns the natural logarithm.
func logarithm(_ value: Double) -> Double { log(value) }

/// Returns the natural logarithm in single precision.
func singleLogarithm(_ value: Float) -> Float { logf(value) }
