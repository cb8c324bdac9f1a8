#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Returns the natural logarithm.
func logarithm(_ value: Double) -> Double { log(value) }

/// Returns *e* to a power.
func exponential(_ value: Double) -> Double { exp(value) }

/// Returns the natural logarithm in single precision.
func singleLogarithm(_ value: Float) -> Float { logf(value) }
