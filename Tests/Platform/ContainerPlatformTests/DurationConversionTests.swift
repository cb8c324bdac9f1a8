import Domain
import Testing

@testable import ContainerPlatform

struct DurationConversionTests {
    /// The plain formula in place of the quick one.
    private func plain(_ duration: Duration) -> Int64 {
        let half: Int128 = duration.attoseconds < 0 ? -500_000_000 : 500_000_000
        return Int64(clamping: (duration.attoseconds + half) / 1_000_000_000)
    }

    @Test func `whole nanoseconds are those of the plain formula at every size`() {
        var generator = SplitMix64(seed: 1)
        let edges = [-1_000_000_000, -500_000_000, -1, 0, 1, 499_999_999, 500_000_000, 1_000_000_000].map { Int128($0) }
        for shift in 0..<100 {
            for edge in edges + (0..<8).map({ _ in Int128(generator.next() >> 32) }) {
                for base in [Int128(1) << Int128(shift), -(Int128(1) << Int128(shift))] {
                    let duration = Duration(attoseconds: base + edge)
                    #expect(duration.wholeNanoseconds == plain(duration), "\(base + edge)")
                }
            }
        }
        #expect(Duration.never.wholeNanoseconds == .max)
    }

    @Test(arguments: [0, 1, -1, 999_999_999, Int64.max, Int64.min])
    func `so many nanoseconds are as many attoseconds times a billion`(count: Int64) {
        #expect(Duration.nanoseconds(count).attoseconds == Int128(count) * 1_000_000_000)
    }
}
