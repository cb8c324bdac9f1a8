import Testing

@testable import Scenarios

struct DurationTextTests {
    @Test(
        "Time spans are read exactly",
        arguments: [
            ("0s", Duration.zero), ("250ms", .milliseconds(250)), ("1.5s", .milliseconds(1500)), ("4m", .seconds(240)),
            ("0.1s", .milliseconds(100)), ("2h", .seconds(7200)), ("0.5m", .seconds(30)), ("1.25h", .seconds(4500)),
            ("0.000000001s", .nanoseconds(1)), ("0.5ms", .microseconds(500)), ("-2s", .seconds(-2)),
            ("007s", .seconds(7)),
            ("0.100000000s", .milliseconds(100)), ("1.000000ms", .milliseconds(1)),
        ]
    )
    func reads(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == .success(duration))
    }

    @Test(
        "Anything else is refused for its own reason",
        arguments: [
            ("5", DurationText.Problem.noUnit), ("1.5", .noUnit), ("s", .notADuration), ("", .notADuration),
            ("1,5s", .notADuration), (".5s", .notADuration), ("1.s", .notADuration), ("1 s", .notADuration),
            ("+1s", .notADuration), ("1S", .notADuration), ("1min", .notADuration), ("1m30s", .notADuration),
            ("1e3s", .notADuration), ("--1s", .notADuration), ("1_000s", .notADuration), ("１s", .notADuration),
            ("nans", .notADuration), ("infs", .notADuration), ("1.0000000001s", .tooPrecise),
            ("0.0000001ms", .tooPrecise),
        ]
    )
    func refuses(text: String, problem: DurationText.Problem) {
        #expect(DurationText.parse(text) == .failure(problem))
    }

    @Test("A span far beyond every limit stays far beyond it instead of overflowing")
    func huge() throws {
        for text in ["9223372036854775807h", String(repeating: "9", count: 400) + "s", "1000000000h"] {
            #expect(try DurationText.parse(text).get() > .seconds(86_400))
        }
    }

    @Test(
        "Time spans are written as scenarios spell them",
        arguments: [
            (Duration.zero, "0s"), (.milliseconds(250), "250ms"), (.milliseconds(1500), "1.5s"), (.seconds(240), "4m"),
            (.seconds(3600), "1h"), (.seconds(90), "90s"), (.milliseconds(20_231), "20.231s"), (.seconds(-3), "-3s"),
            (.milliseconds(-250), "-250ms"), (.microseconds(400), "0s"), (.microseconds(999_600), "1s"),
        ]
    )
    func writes(duration: Duration, text: String) {
        #expect(DurationText.text(of: duration) == text)
    }

    @Test("What is written to the millisecond is read back")
    func roundTrip() {
        for milliseconds in stride(from: 0, through: 8_000_000, by: 7919) {
            let duration = Duration.milliseconds(milliseconds)
            #expect(DurationText.parse(DurationText.text(of: duration)) == .success(duration))
        }
    }
}
