import CLibFuzzer
import FuzzedReaders

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Gives the bytes that libFuzzer makes to the reader that `COLDSTART_FUZZ_READER` names.
///
/// The arguments are libFuzzer's (<https://llvm.org/docs/LibFuzzer.html>), which starts this program again with some of
/// them; for that reason the reader is no argument. `--list` prints the readers.
@main
enum Main {
    /// The reader under test.
    private static let reader = FuzzedReader.all.first { $0.name == getenv(variable).map { String(cString: $0) } }
    private static let variable = "COLDSTART_FUZZ_READER"

    static func main() {
        if CommandLine.arguments.dropFirst().first == "--list" {
            for reader in FuzzedReader.all { print(reader.name) }
            return
        }
        guard reader != nil else {
            let message = "coldstart-fuzz: \(variable) must name a reader of `coldstart-fuzz --list`\n"
            _ = message.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            exit(2)
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, size in
                Main.reader?.read(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
        )
    }
}
