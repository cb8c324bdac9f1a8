import ColdstartTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A headless Chromium, driven over its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/).
///
/// Messages go through two named pipes, as `--remote-debugging-pipe` has it: no port, nothing of the network.
final class Browser {
    /// Why something with the browser failed.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The program; `nil` where none of its names is on the path.
    static let program: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
        let places = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        return (places + ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"])
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// What tests say where there is none.
    static let missing: Comment = "no Chromium on the path: scripts/install-chromium installs Debian's"

    /// The messages that came of their own accord since the page was opened.
    private(set) var events: [(method: String, parameters: [String: Any])] = []
    private let folder: TemporaryFolder
    private let process = Process()
    private let toBrowser: FileHandle
    private let fromBrowser: FileHandle
    private var received = Data()
    private var lastNumber = 0
    private var session: String?

    /// Starts a browser with one empty page.
    init() throws {
        guard let program = Self.program else { throw Failure(description: "there is no browser") }
        let folder = try TemporaryFolder()
        self.folder = folder
        let pipes = ["in", "out"].map { folder.path + "/" + $0 }
        for pipe in pipes where mkfifo(pipe, 0o600) != 0 { throw Failure(description: "no pipe: errno \(errno)") }
        // Opened for both directions, so that no side waits for the other to open.
        guard let input = FileHandle(forUpdatingAtPath: pipes[0]), let output = FileHandle(forUpdatingAtPath: pipes[1])
        else { throw Failure(description: "the pipes cannot be opened") }
        (toBrowser, fromBrowser) = (input, output)
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let flags =
            "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --remote-debugging-pipe"
        process.arguments = [
            "-c", "exec \"$0\" \(flags) --user-data-dir=\"$1/profile\" about:blank 3<\"$1/in\" 4>\"$1/out\"", program,
            folder.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] as? String
        let attached = try call("Target.attachToTarget", ["targetId": target ?? "", "flatten": true])
        session = attached["sessionId"] as? String
        for domain in ["Page", "Runtime", "Log", "Network", "Accessibility"] { try call(domain + ".enable") }
        // Processor time, which other work on the machine does not add to.
        try call("Performance.enable", ["timeDomain": "threadTicks"])
    }

    // The browser goes on under another process than the one that was started, so that only it can be told to end.
    deinit {
        session = nil
        _ = try? call("Browser.close")
        for _ in 0..<500 where process.isRunning { usleep(10_000) }
    }

    /// Calls a method and returns what it answers; events that come meanwhile are kept.
    ///
    /// - Throws: ``Failure`` where it is refused, or no answer comes within half a minute.
    @discardableResult
    func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        lastNumber += 1
        var message: [String: Any] = ["id": lastNumber, "method": method, "params": parameters]
        message["sessionId"] = session
        try toBrowser.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
        while true {
            let answer = try next(waitingFor: method)
            guard answer["id"] as? Int == lastNumber else { continue }
            if let error = answer["error"] as? [String: Any] {
                throw Failure(description: "\(method): \(error["message"] ?? error)")
            }
            return answer["result"] as? [String: Any] ?? [:]
        }
    }

    /// Waits for an event.
    func wait(for method: String) throws {
        while !events.contains(where: { $0.method == method }) { _ = try next(waitingFor: method) }
    }

    /// Forgets the events so far.
    func forgetEvents() { events = [] }

    /// The next message.
    private func next(waitingFor method: String) throws -> [String: Any] {
        while true {
            if let end = received.firstIndex(of: 0) {
                let bytes = received[received.startIndex..<end]
                received = Data(received[(end + 1)...])
                let message = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
                if let event = message["method"] as? String {
                    events.append((event, message["params"] as? [String: Any] ?? [:]))
                }
                return message
            }
            var input = pollfd(fd: fromBrowser.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&input, 1, 30_000) > 0 else {
                throw Failure(description: "\(method): no answer within 30 s")
            }
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(fromBrowser.fileDescriptor, &bytes, bytes.count)
            guard count > 0 else { throw Failure(description: "\(method): the browser is gone") }
            received += bytes[..<count]
        }
    }
}
