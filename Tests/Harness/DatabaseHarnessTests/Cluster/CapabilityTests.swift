import Testing

@testable import DatabaseHarness

struct CapabilityTests {
    @Test(arguments: [
        ("CapPrm:\t0000000000000000\nCapEff:\t000001ffffffffff\n", []),
        ("CapEff:\t0000000000000000\n", [Capability.chown, .setGroup, .setUser]),
        ("CapEff:\t00000000000000c0\n", [.chown]), ("", []), ("CapEff:\tnonsense\n", []),
    ])
    func `the rights that root lacks are read from its capabilities`(status: String, missing: [Capability]) {
        #expect(Capability.missing(in: status) == missing)
    }
}
