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
