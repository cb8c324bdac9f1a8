#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The three descriptors that a process is started with.
enum StandardStreams {
    /// Makes a closed one of them fail when it is used.
    ///
    /// Otherwise the next file to be opened would take its number, and what is meant for standard output would be written
    /// into that file or connection. Standard input gets a file that cannot be read, the others one that cannot be written.
    static func occupy() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            // The lowest free number is the one that was just found free.
            _ = open("/dev/null", mode)
        }
    }

    /// Makes writing to a pipe without a reader fail in place of ending the process, so that it can clean up first.
    ///
    /// - Returns: Whether the process was started with that signal ignored.
    static func ignoreBrokenPipes() -> Bool {
        // SIG_IGN is no function but a number in the place of one.
        unsafeBitCast(signal(SIGPIPE, SIG_IGN), to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Ends the process as a program that does not care about the signal is ended by it.
    static func endByBrokenPipe() -> Never {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
        exit(128 + SIGPIPE)
    }
}
