import ContainerPlatform
import Domain
import Scenarios

/// Sends requests to a service and keeps what each of them got.
struct RequestSender {
    /// A request that the service has.
    private struct Sent {
        let index: Int
        let exchange: Exchange
    }

    private let plan: Plan
    private let port: Int
    private let headers: [(name: String, value: String)]
    /// The requests that the service has, in the order in which they were sent; no more than the concurrency.
    private var sent: [Sent] = []
    /// The requests by their place in the plan.
    private(set) var requests: [ReplayedRequest]

    /// Creates a sender that has sent nothing.
    init(_ setup: ProcessDriver.Setup, port: Int) {
        plan = setup.plan
        headers = setup.headers
        self.port = port
        requests = Array(repeating: ReplayedRequest(), count: setup.plan.requests.count)
    }

    /// The connections of the requests that the service has.
    var exchanges: [Exchange] { sent.map(\.exchange) }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - index: Its place in the plan.
    ///   - state: What the service could rank with by its own word.
    mutating func send(_ index: Int, state: ServingState?) {
        requests[index].stateWhenSent = state
        let exchange = Exchange(to: .instance(port: port), request: bytes(of: index), bodyLimit: 1 << 20)
        sent.append(Sent(index: index, exchange: exchange))
    }

    /// Goes on with the requests that the service has; returns those that have ended.
    ///
    /// - Complexity: O(*n*) in the number of requests that the service has.
    mutating func advance() -> [(index: Int, end: Exchange.End)] {
        var ended: [(index: Int, end: Exchange.End)] = []
        for request in sent {
            request.exchange.advance()
            if let end = request.exchange.end { ended.append((request.index, end)) }
        }
        guard !ended.isEmpty else { return [] }
        sent.removeAll { $0.exchange.end != nil }
        for (index, end) in ended {
            switch end {
            case .answered(let answer): requests[index].answer = answer
            case .broken(let reason), .malformed(let reason): requests[index].notes.append(reason)
            case .checked, .refused, .connected: break
            }
        }
        return ended
    }

    /// Listens to a request no longer.
    mutating func drop(_ index: Int) {
        guard let place = sent.firstIndex(where: { $0.index == index }) else { return }
        sent.remove(at: place).exchange.abandon()
    }

    /// Keeps the session's rows as they were before a request was sent.
    mutating func keep(rowsBefore rows: [StoredRecommendation], of index: Int) { requests[index].rowsBefore = rows }

    /// Keeps the session's rows after a request's outcome.
    mutating func keep(rowsAfter rows: [StoredRecommendation], of index: Int) { requests[index].rowsAfter = rows }

    private func bytes(of index: Int) -> [UInt8] {
        let planned = plan.requests[index]
        let body =
            "{\"session_id\":\"\(planned.session.id)\",\"topk_per_model\":\(planned.topK),\"phase\":\(planned.phase)}"
        let start = plan.displayStart(ofRequest: planned.number)
        var head = "POST /recommend HTTP/1.1\r\nHost: 127.0.0.2:\(port)\r\nUser-Agent: coldstart\r\n"
        head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n"
        head += "Coldstart-Request: \(planned.number)\r\nColdstart-Display-Start: \(start.rawValue)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return Array((head + "\r\n" + body).utf8)
    }
}
