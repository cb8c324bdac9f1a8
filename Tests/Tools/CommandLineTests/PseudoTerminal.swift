import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A terminal for a program under test: what the program draws is read here, and keys are pressed here.
///
/// See <https://man7.org/linux/man-pages/man4/ptmx.4.html>.
final class PseudoTerminal {
    private let master: CInt
    /// The program's side, as standard input and output.
    let slave: FileHandle
    private var drawn: [UInt8] = []

    /// Opens a terminal of 30 lines and 80 columns.
    init() throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0 else { throw POSIXError(.ENOTTY) }
        let descriptor = Self.openSlave(of: master)
        guard descriptor >= 0 else { throw POSIXError(.ENOTTY) }
        slave = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var size = winsize(ws_row: 30, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(master, UInt(TIOCSWINSZ), &size) == 0 else { throw POSIXError(.ENOTTY) }
    }

    deinit { close(master) }

    private static func openSlave(of master: CInt) -> CInt {
        let flags = O_RDWR | O_NOCTTY | O_CLOEXEC
        #if os(Linux)
        // TIOCSPTLCK and TIOCGPTN of asm-generic/ioctls.h, which Swift does not see: unlocks the slave, gives its number.
        var (lock, number): (CInt, CInt) = (0, 0)
        guard ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else { return -1 }
        return open("/dev/pts/\(number)", flags)
        #else
        guard grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else { return -1 }
        return open(name, flags)
        #endif
    }

    /// Whether the terminal gives whole lines and shows what is typed, as a shell has it.
    var isCooked: Bool {
        var settings = termios()
        guard tcgetattr(slave.fileDescriptor, &settings) == 0 else { return false }
        return settings.c_lflag & tcflag_t(ICANON) != 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Presses keys.
    func type(_ keys: String) {
        var bytes = Array(keys.utf8)
        _ = write(master, &bytes, bytes.count)
    }

    /// Waits until the program has drawn a text since the last wait.
    ///
    /// - Returns: What was drawn meanwhile; without the text where it did not come in time.
    func wait(for text: String, seconds: Int = 30) -> String {
        let end = ContinuousClock.now + .seconds(seconds)
        let wanted = Array(text.utf8)
        while !contains(wanted), ContinuousClock.now < end {
            var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 100) > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { break }
            drawn += buffer[..<count]
        }
        defer { drawn = [] }
        return String(decoding: drawn, as: UTF8.self)
    }

    private func contains(_ wanted: [UInt8]) -> Bool {
        drawn.count >= wanted.count
            && (0...(drawn.count - wanted.count)).contains { drawn[$0...].starts(with: wanted) }
    }
}
