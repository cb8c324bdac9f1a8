/// The operators on durations, in line: the standard library's are calls into it, and a simulated start has some hundred.
///
/// They stand before the standard library's in this module, and mean the same.
extension Duration {
    static var zero: Duration {
        @inline(__always) get { Duration(attoseconds: 0) }
    }

    @inline(__always)
    static func < (first: Duration, second: Duration) -> Bool { first.attoseconds < second.attoseconds }

    @inline(__always)
    static func <= (first: Duration, second: Duration) -> Bool { first.attoseconds <= second.attoseconds }

    @inline(__always)
    static func > (first: Duration, second: Duration) -> Bool { first.attoseconds > second.attoseconds }

    @inline(__always)
    static func >= (first: Duration, second: Duration) -> Bool { first.attoseconds >= second.attoseconds }

    @inline(__always)
    static func == (first: Duration, second: Duration) -> Bool { first.attoseconds == second.attoseconds }

    @inline(__always)
    static func + (first: Duration, second: Duration) -> Duration {
        Duration(attoseconds: first.attoseconds + second.attoseconds)
    }

    @inline(__always)
    static func - (first: Duration, second: Duration) -> Duration {
        Duration(attoseconds: first.attoseconds - second.attoseconds)
    }

    @inline(__always)
    static func += (first: inout Duration, second: Duration) { first = first + second }
}

/// Conversions that take less time than the general ones, and mean the same.
extension Duration {
    /// So many nanoseconds.
    @inline(__always)
    static func nanoseconds(_ count: Int64) -> Duration { Duration(attoseconds: Int128(count) * 1_000_000_000) }

    /// The duration rounded to whole nanoseconds, half away from zero, saturating beyond 292 years.
    ///
    /// Up to 2.6 hours the quotient by 10⁹ is that of 64-bit numbers: 10⁹ is 2⁹ · 1,953,125.
    @inline(__always)
    var wholeNanoseconds: Int64 {
        let rounded = attoseconds &+ 500_000_000
        if attoseconds >= 0, rounded < Int128(1) << 73 {
            return Int64(bitPattern: UInt64(truncatingIfNeeded: rounded >> 9) / 1_953_125)
        }
        return slowWholeNanoseconds
    }

    @inline(never)
    private var slowWholeNanoseconds: Int64 {
        let half: Int128 = attoseconds < 0 ? -500_000_000 : 500_000_000
        return Int64(clamping: (attoseconds + half) / 1_000_000_000)
    }
}
