import Testing

@testable import HTTPService

/// Time that passes only while the process has the CPU.
struct CPUPaceTests {
    @Test("real work is part of the time")
    func countsWork() {
        var pace = CPUPace(.milliseconds(10), keepsCPU: false)
        pace.worked(.milliseconds(9))
        #expect(pace.nextSlice == .milliseconds(1))
        pace.worked(.milliseconds(9))
        #expect(pace.nextSlice == nil)
    }

    @Test("a slice that ends late counts as a busy machine explains, and a time without CPU not at all")
    func ignoresTimeWithoutCPU() {
        var pace = CPUPace(.seconds(1), keepsCPU: false)
        pace.slept(.milliseconds(3), asked: .milliseconds(2))
        #expect(pace.remaining == .milliseconds(997))
        pace.slept(.seconds(60), asked: .milliseconds(2))
        #expect(pace.remaining == .milliseconds(995))
    }

    @Test("where nobody stops the process, a slice counts as long as it was")
    func countsDelaysOfTheMachine() {
        var pace = CPUPace(.seconds(1), keepsCPU: true)
        pace.slept(.milliseconds(300), asked: .milliseconds(2))
        #expect(pace.remaining == .milliseconds(700))
    }

    @Test("it is taken whole")
    func takes() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        try await CPUPace(.milliseconds(20), keepsCPU: true).take()
        CPUPace(.milliseconds(20), keepsCPU: true).takeBlocking()
        #expect(start.duration(to: clock.now) >= .milliseconds(40))
    }
}
