/// How a process ended.
package enum ProcessExit: Hashable, Sendable, Codable {
    /// By an exit code.
    case code(Int32)
    /// By a signal.
    case signal(Int32)
}
