import Reports

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A terminal that gives single keys and is drawn on as a whole; restored when the work on it ends, however it ends.
///
/// Keys that would send signals come as characters; signals of others are to cancel the task, which `keys()` notices
/// within a tenth of a second.
struct RawTerminal {
    private let input: CInt
    private let output: CInt
    private let original: termios

    /// The lines and the columns of the terminal.
    struct Size: Hashable {
        /// The lines.
        var rows: Int
        /// The columns.
        var columns: Int
    }

    /// Runs work on the terminal behind standard input and output.
    ///
    /// The work's screen is another one than the shell's (xterm's private modes 1049 and 25), so that the shell's is as it
    /// was afterwards.
    ///
    /// - Throws: The end with code 2 where one of them is no terminal; what the work throws.
    static func use<Result>(
        _ work: (RawTerminal) throws -> Result
    ) throws -> Result {
        guard let terminal = RawTerminal(input: STDIN_FILENO, output: STDOUT_FILENO) else {
            throw CommandEnd.usage(
                "a review needs a terminal; for scripts there are golden pending --format json, accept and reject"
            )
        }
        try terminal.begin()
        defer { terminal.end() }
        return try work(terminal)
    }

    /// Looks at two descriptors; `nil` where one is no terminal.
    private init?(input: CInt, output: CInt) {
        var settings = termios()
        guard isatty(output) == 1, tcgetattr(input, &settings) == 0 else { return nil }
        self.input = input
        self.output = output
        original = settings
    }

    private func begin() throws {
        var raw = original
        cfmakeraw(&raw)
        guard tcsetattr(input, TCSAFLUSH, &raw) == 0 else {
            throw CommandEnd.environment("the terminal cannot be set: \(String(cString: strerror(errno)))")
        }
        put("\u{1b}[?1049h\u{1b}[?25l")
    }

    private func end() {
        put("\u{1b}[?25h\u{1b}[?1049l")
        var settings = original
        tcsetattr(input, TCSAFLUSH, &settings)
    }

    /// The terminal's size; 24 lines of 80 columns where it does not say.
    var size: Size {
        var size = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return Size(rows: 24, columns: 80)
        }
        return Size(rows: Int(size.ws_row), columns: Int(size.ws_col))
    }

    /// Draws lines over what is there; each is at most as wide as the terminal.
    func draw(_ lines: [String]) {
        put("\u{1b}[H" + lines.map { $0 + "\u{1b}[K" }.joined(separator: "\r\n") + "\u{1b}[J")
    }

    /// Waits for what is typed, or for another size of the terminal.
    ///
    /// - Returns: The bytes; none where only the size has changed, and Control-C where the input has ended.
    /// - Throws: `CancellationError` where a signal has cancelled the task.
    func keys() throws -> [UInt8] {
        let before = size
        while true {
            try Task.checkCancellation()
            var entry = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            if poll(&entry, 1, 100) > 0 {
                var buffer = [UInt8](repeating: 0, count: 64)
                let count = read(input, &buffer, buffer.count)
                if count > 0 { return Array(buffer[..<count]) }
                if count == 0 || errno != EINTR { return [3] }
            }
            if size != before { return [] }
        }
    }

    private func put(_ text: String) {
        // A terminal that has gone away is noticed when it is read.
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
