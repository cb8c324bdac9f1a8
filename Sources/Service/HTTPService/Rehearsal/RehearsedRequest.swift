import Domain
import HTTPTypes
import RecommendationEngine
import Synchronization

/// The headers by which the harness tells a rehearsing service about a request, and the service answers about it.
///
/// Only a rehearsing service reads them, so that callers cannot control a deployed one.
package final class RehearsedRequest: Sendable {
    private static let numberHeader = HTTPField.Name("Coldstart-Request")!
    private static let startHeader = HTTPField.Name("Coldstart-Display-Start")!
    private static let stateHeader = HTTPField.Name("Coldstart-State")!
    private static let notesHeader = HTTPField.Name("Coldstart-Notes")!

    private let rehearsal: Rehearsal
    /// The number of the request in its scenario.
    let number: Int?
    /// The model that begins the display list, `nil` where the service draws it.
    let displayStart: Model?
    private let report = Mutex<(state: ServingState?, notes: [String])>((nil, []))

    /// Reads the headers of a request.
    init(_ rehearsal: Rehearsal, headers: HTTPFields) {
        self.rehearsal = rehearsal
        number = headers[Self.numberHeader].flatMap { Int($0) }
        displayStart = headers[Self.startHeader].flatMap(Model.init(rawValue:))
    }

    /// Takes what an answer in a state still has to take, after work that began at a moment.
    func pace(since start: ContinuousClock.Instant, in state: ServingState, cached: Bool = false) async throws {
        var pace = rehearsal.pace(of: rehearsal.servingTime(in: state, cached: cached))
        pace.worked(start.duration(to: .now))
        try await pace.take()
    }

    /// The models with the fault that the rehearsal has for this request.
    func recommender(_ real: Recommender) -> Recommender {
        guard real.p5 != nil, let message = rehearsal.scoringFailure(of: number) else { return real }
        return Recommender(
            svd: real.svd,
            p5: FailingReranker(message: message) { _ in },
            scoreFormula: real.scoreFormula
        )
    }

    /// Tells what the service could rank with when it took the request.
    func took(in state: ServingState) { report.withLock { $0.state = state } }

    /// Tells what the service said beside its answer.
    func noted(_ notes: [String]) { report.withLock { $0.notes = notes } }

    /// The headers of the answer.
    var headers: HTTPFields {
        var fields: HTTPFields = [:]
        let (state, notes) = report.withLock { $0 }
        fields[Self.stateHeader] = state?.rawValue
        if !notes.isEmpty {
            fields[Self.notesHeader] = JSONText.array(notes.map(JSONText.string)).text.percentEncoded
        }
        return fields
    }
}

extension String {
    /// The text with everything but unreserved characters as `%XX` (RFC 3986, section 2).
    fileprivate var percentEncoded: String {
        let digits = Array("0123456789ABCDEF")
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return encoded
    }
}
