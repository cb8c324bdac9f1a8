import Observations
import Testing

@testable import ServiceUnderTest

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

struct ListeningSocketsTests {
    // Lines of a kernel's own tables (proc(5)); a listening socket has the state 0A.
    private static let tcp = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 580 1 0000 100 0 0 10 0
           1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 581 1 0000 100 0 0 10 0
           2: 0100007F:1F90 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 582 1 0000 20 4 30 10 -1
        """
    private static let tcp6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when
           0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 590 1
           1: 00000000000000000000000000000000:1F91 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 591 1
           2: 0000000000000000FFFF00000100007F:1F92 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 592 1
           3: nonsense
        """

    @Test("listening sockets are read from the system's tables, others are not")
    func tables() {
        let sockets = [Self.tcp, Self.tcp6].flatMap(ListeningSockets.listening)
        #expect(sockets.map(\.inode) == [580, 581, 590, 591, 592])
        #expect(sockets.map(\.socket.address) == ["127.0.0.1", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1"])
        #expect(sockets.map(\.socket.port) == [8080, 80, 8080, 8081, 8082])
        #expect(sockets.map(\.socket.isLoopback) == [true, false, true, false, true])
        #expect(ListeningSockets.listening(in: "").isEmpty)
    }

    #if os(Linux)
    @Test("a socket of this process is found with its address and port")
    func own() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 1) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        try #require(isListening)
        let port = Int(UInt16(bigEndian: address.sin_port))
        let found = ListeningSockets.of(group: getpgrp())
        #expect(found.contains(MisplacedService.Socket(address: "127.0.0.1", port: port)))
    }
    #endif
}
