import Testing

@testable import ContainerPlatform

/// The kubelet's back-off, by the rules of its source.
@Suite struct RestartBackOffTests {
    /// The starts of containers that last so long each, the first at 0 s.
    private func starts(lasting: Int, wasKilled: Bool, count: Int) -> [Int] {
        var backOff = RestartBackOff(first: .seconds(10), longest: .seconds(300))
        var starts = [Duration.zero]
        while starts.count < count, let last = starts.last {
            starts.append(backOff.restart(after: last + .seconds(lasting), wasKilled: wasKilled))
        }
        return starts.map { Int($0.components.seconds) }
    }

    @Test("a container that crashes at once is started again at once, then after 10, 20, 40, 80, 160, 300, 300 s")
    func crashes() {
        let found = starts(lasting: 0, wasKilled: false, count: 9)
        #expect(found == [0, 0, 10, 30, 70, 150, 310, 610, 910])
    }

    @Test("a container that lasts longer counts its delay from its own end")
    func lastsLonger() {
        #expect(starts(lasting: 5, wasKilled: false, count: 5) == [0, 5, 20, 45, 90])
    }

    @Test("a container that the kubelet kills after 30 s is restarted at once four times, then in back-off")
    func killed() {
        // The delay counts from the end of the container before: 10 and 20 s are over by then, 40 s are not.
        #expect(starts(lasting: 30, wasKilled: true, count: 7) == [0, 30, 60, 90, 120, 190, 300])
    }

    @Test("after ten minutes without an end the delay begins anew")
    func expires() {
        var backOff = RestartBackOff(first: .seconds(10), longest: .seconds(300))
        _ = backOff.restart(after: .seconds(1), wasKilled: false)
        _ = backOff.restart(after: .seconds(2), wasKilled: false)
        #expect(backOff.delay == .seconds(20))
        let restarted = backOff.restart(after: .seconds(613), wasKilled: false)
        #expect(restarted == .seconds(613))
        #expect(backOff.delay == .seconds(10))
    }
}
