import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// The context of a request: Hummingbird's, and the connection that it came by.
struct ServiceRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Tells a client that holds the body back (`Expect: 100-continue`; RFC 9110, section 10.1.1) to send it.
    ///
    /// - Throws: The connection's error where it has ended.
    func askForBody(of request: Request) async throws {
        guard request.headers[.expect]?.lowercased() == "100-continue" else { return }
        try await channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)))
    }
}
