#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The path of the running program, which is the service under test where none is named.
///
/// - Throws: The end with code 3 where the system does not say.
func ownProgram() throws -> String {
    #if os(Linux)
    guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
        throw CommandEnd.environment("the program does not know its own path; name the service with --command")
    }
    return path
    #else
    return CommandLine.arguments[0]
    #endif
}
