import Domain
import Testing

struct HealthStatusTests {
    @Test(arguments: [
        ("booting", HealthStatus.booting, false), ("ready_basic", .readyBasic, true), ("ready_full", .readyFull, true),
        ("init_error: no file", .failed(reason: "no file"), false), ("init_error", .failed(text: "init_error"), false),
        ("ok", .other("ok"), false), ("READY_FULL", .other("READY_FULL"), false), ("", .other(""), false),
    ])
    func `every text is read as what the contract calls it and written as it was`(
        text: String,
        status: HealthStatus,
        isReady: Bool
    ) {
        #expect(HealthStatus(text) == status)
        #expect(status.text == text)
        #expect(status.isReady == isReady)
        #expect(status.hasFailed == text.hasPrefix("init_error"))
    }
}
