import Testing

@testable import HTTPService

/// Time that passes only while the process has the CPU.
struct CPUPaceTests {
    @Test("real work is part of the time")
    func countsWork() {
        var pace = CPUPace(.milliseconds(10))
        pace.worked(.milliseconds(9))
        #expect(pace.nextSlice == .milliseconds(1))
        pace.worked(.milliseconds(9))
        #expect(pace.nextSlice == nil)
    }

    @Test("a slice that ends late counts as a busy machine explains, and a time without CPU not at all")
    func ignoresTimeWithoutCPU() {
        var pace = CPUPace(.seconds(1))
        pace.slept(.milliseconds(3), asked: .milliseconds(2))
        #expect(pace.remaining == .milliseconds(997))
        pace.slept(.seconds(60), asked: .milliseconds(2))
        #expect(pace.remaining == .milliseconds(995))
    }

    @Test("it is taken whole")
    func takes() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        try await CPUPace(.milliseconds(20)).take()
        CPUPace(.milliseconds(20)).takeBlocking()
        #expect(start.duration(to: clock.now) >= .milliseconds(40))
    }
}
