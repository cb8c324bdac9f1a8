import Testing

@testable import Replay

/// Scenarios that a machine was too busy for.
struct RepeatingTests {
    @Test(
        "they are tried three times, each time slower, down to the real speed",
        arguments: [
            ([], nil), ([16], 4), ([16, 4], 1), ([16, 4, 1], nil), ([2], 1), ([1], 1), ([0.5], 0.5),
        ] as [([Double], Double?)]
    )
    func slowsDown(speeds: [Double], next: Double?) {
        #expect(ScenarioRun.speed(after: speeds) == next)
    }
}
