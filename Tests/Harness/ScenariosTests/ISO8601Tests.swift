import Domain
import Foundation
import Testing

@testable import Scenarios

struct ISO8601Tests {
    @Test(
        "Moments are read exactly to the microsecond",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1969-12-31T23:59:59.999999Z", -1),
            ("2016-01-02T03:04:05Z", 1_451_703_845_000_000), ("2016-01-02t03:04:05z", 1_451_703_845_000_000),
            ("2016-01-02 03:04:05", 1_451_703_845_000_000), ("2016-01-02T03:04:05.678901Z", 1_451_703_845_678_901),
            ("2016-01-02T03:04:05.6789019Z", 1_451_703_845_678_901), ("2016-01-02T03:04:05,5Z", 1_451_703_845_500_000),
            ("2016-01-02T05:04:05+02:00", 1_451_703_845_000_000), ("2016-01-02 05:04:05+02", 1_451_703_845_000_000),
            ("2016-01-01T21:34:05-0530", 1_451_703_845_000_000), ("2016-02-29T00:00:00Z", 1_456_704_000_000_000),
            ("2000-02-29T12:00:00Z", 951_825_600_000_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
        ]
    )
    func reads(text: String, microseconds: Int) {
        #expect(ISO8601.timestamp(text)?.microseconds == Int64(microseconds))
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "2016", "2016-01-02", "2016-01-02T", "2016-01-02T03", "2016-01-02T03:04", "2016-1-2T03:04:05Z",
            "2016-13-02T03:04:05Z", "2016-00-02T03:04:05Z", "2016-01-32T03:04:05Z", "2016-01-00T03:04:05Z",
            "2015-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2016-04-31T00:00:00Z", "2016-01-02T24:00:00Z",
            "2016-01-02T03:60:05Z", "2016-01-02T03:04:61Z", "2016-01-02T03:04:05.Z", "2016-01-02T03:04:05.1234567890Z",
            "2016-01-02T03:04:05+", "2016-01-02T03:04:05+2", "2016-01-02T03:04:05+24:00", "2016-01-02T03:04:05+02:",
            "2016-01-02T03:04:05+02:60", "2016-01-02T03:04:05Zx", "2016-01-02T03:04:05 Z", "0000-01-01T00:00:00Z",
            "+2016-01-02T03:04:05Z", "２016-01-02T03:04:05Z", String(repeating: "2", count: 100_000),
        ]
    )
    func refuses(text: String) {
        #expect(ISO8601.timestamp(text) == nil)
    }

    @Test("Days agree with Foundation's calendar through four centuries")
    func calendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for day in stride(from: 0, to: 146_097, by: 97) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let padded = [parts.month, parts.day].map { String((($0 ?? 0) + 100)).dropFirst() }
            let text = "\(parts.year ?? 0)-\(padded[0])-\(padded[1])T00:00:00Z"
            #expect(ISO8601.timestamp(text)?.microseconds == Int64(day) * 86_400_000_000)
        }
    }
}
