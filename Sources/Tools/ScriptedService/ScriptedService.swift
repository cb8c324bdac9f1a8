import Dispatch
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A service for tests of the process target that does what its environment says and nothing else.
///
/// It writes a line to standard output when it starts to listen, and when it takes and has answered a request. All
/// times are real seconds, those of health and of the exit since the start.
/// - `PORT`: the port it listens on, at all addresses.
/// - `SCRIPT_LISTENS_AFTER`: when it begins to listen, `never` for not at all; at once where it is missing.
/// - `SCRIPT_HEALTH`: what `/health` says from when on, `0:booting,0.5:ready_full`; `ready_full` where it is missing, and
///   `silent` for no answer at all.
/// - `SCRIPT_ANSWERS`: what the requests to `/recommend` get, in the order of their numbers, the last for all others:
///   a status or `cut` with how long it takes, `200:0.05,503:0,cut:0.1`; `200:0` where it is missing.
/// - `SCRIPT_GRPC`: what health checks of gRPC are answered from when on, `0:NOT_SERVING,0.5:SERVING`, a number for a status
///   of gRPC, `silent` for none; where it is missing the server speaks HTTP/1 alone.
/// - `SCRIPT_SIGTERM`: `ignored`, or the code it exits with at SIGTERM; it ends by the signal where it is missing.
/// - `SCRIPT_EXITS`: when it exits by itself and with which code, `0.5:3`.
/// - `SCRIPT_EXITS_UNLESS`: a file; where it is there the process does not exit by itself, and else it makes it.
@main
enum ScriptedService {
    /// Does what the environment says; returns only where it cannot listen.
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        let started = ContinuousClock.now
        takeTermination()
        for exit in isSpared() ? [] : Timed.list("SCRIPT_EXITS") {
            DispatchQueue.global().asyncAfter(deadline: .now() + exit.seconds) { _exit(Int32(exit.text) ?? 1) }
        }
        switch text("SCRIPT_LISTENS_AFTER") {
        case "never": while true { sleep(60) }
        case let after: pause(after.flatMap(Double.init) ?? 0)
        }
        let listener = listen(on: text("PORT").flatMap(Int.init) ?? 0)
        guard listener >= 0 else { return say("cannot listen: \(String(cString: strerror(errno)))") }
        say("listens")
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { continue }
            Thread.detachNewThread {
                converse(client, since: started)
                close(client)
            }
        }
    }

    /// The code that it exits with at SIGTERM; written before the handler is there, and never again.
    private nonisolated(unsafe) static var terminationCode: Int32 = 0

    /// Whether an earlier process has left the file that spares this one.
    private static func isSpared() -> Bool {
        guard let file = text("SCRIPT_EXITS_UNLESS") else { return false }
        if access(file, F_OK) == 0 { return true }
        close(creat(file, 0o600))
        return false
    }

    private static func takeTermination() {
        guard let behaviour = text("SCRIPT_SIGTERM") else { return }
        guard let code = Int32(behaviour) else {
            signal(SIGTERM, SIG_IGN)
            return
        }
        terminationCode = code
        signal(SIGTERM) { _ in _exit(ScriptedService.terminationCode) }
    }

    private static func listen(on port: Int) -> Int32 {
        #if os(Linux)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        let isListening = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 && startListening(listener)
            }
        }
        return isListening ? listener : -1
    }

    private static func converse(_ client: Int32, since started: ContinuousClock.Instant) {
        let checks = Timed.list("SCRIPT_GRPC")
        if !checks.isEmpty, speaksHTTP2(client) {
            let elapsed = (ContinuousClock.now - started) / .seconds(1)
            return check(client, saying: checks.last { $0.seconds <= elapsed }?.text ?? "NOT_SERVING")
        }
        let head = head(from: client)
        guard let line = head.first else { return }
        if line.hasPrefix("POST /recommend ") {
            recommend(client, number: head.number("Coldstart-Request"))
        } else {
            let elapsed = (ContinuousClock.now - started) / .seconds(1)
            let status = Timed.list("SCRIPT_HEALTH").last { $0.seconds <= elapsed }?.text ?? "ready_full"
            if status == "silent" { pause(3600) }
            let body = "{\"ok\": \(status != "booting"), \"status\": \"\(status)\", \"n_items\": 10}"
            answer(client, status: 200, body: body)
        }
    }

    private static func recommend(_ client: Int32, number: Int) {
        let answers = Timed.list("SCRIPT_ANSWERS")
        let planned = answers.isEmpty ? Timed(text: "200", seconds: 0) : answers[min(number, answers.count) - 1]
        say("takes \(number)")
        pause(planned.seconds)
        guard let status = Int(planned.text) else { return say("cuts \(number)") }
        let body =
            status == 200
            ? "{\"svd_top_saved\": 10, \"p5_top_saved\": 10, \"svd_top100_size\": 10, \"display_sequence\": []}"
            : "{\"detail\": \"as the script says\"}"
        answer(client, status: status, body: body)
        say("answers \(number)")
    }
}
