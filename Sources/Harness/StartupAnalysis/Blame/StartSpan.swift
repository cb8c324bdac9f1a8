/// A part of a start that has a name: a stage of the load, or a wait.
///
/// Times are seconds of the scenario from the start of the instance.
package struct StartSpan: Hashable, Sendable, Codable {
    /// What a part is.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// A stage that finished.
        case stage
        /// A stage that failed or did not end before the start did.
        case unfinished
        /// The load waits until a request asks for the rest of it.
        case waitsForRequest
    }

    /// Its name.
    package let name: String
    /// What it is.
    package let kind: Kind
    /// When it began.
    package let from: Double
    /// When it ended.
    package let to: Double
    /// The CPU time that it used, absent where that was not measured.
    package let cpu: Double?
    /// How long the instance had no CPU meanwhile.
    package let withoutCPU: Double

    /// Creates a part.
    package init(_ name: String, _ kind: Kind, from: Double, to: Double, cpu: Double?, withoutCPU: Double = 0) {
        self.name = name
        self.kind = kind
        self.from = from
        self.to = to
        self.cpu = cpu
        self.withoutCPU = withoutCPU
    }

    /// How long it took.
    package var elapsed: Double { to - from }

    /// How long it waited, absent where its CPU time is not known.
    ///
    /// For files, the network, a lock, or for CPU. Of a stage that computes on several threads this is the least that it can have been.
    package var waited: Double? { cpu.map { max(0, elapsed - $0) } }
}
