#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A folder in memory where there is one, for readers that take paths.
enum InputFolder {
    /// Writes a file, gives its path to a body and removes folder and file.
    static func withFile(_ name: String, of bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array((parent + "/coldstart-fuzz-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no folder for the input: errno \(errno)") }
        let folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        let path = folder + "/" + name
        defer {
            unlink(path)
            rmdir(folder)
        }
        guard let file = fopen(path, "w") else { fatalError("no file for the input: errno \(errno)") }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else { fatalError("input not written: errno \(errno)") }
        try body(path)
    }
}
