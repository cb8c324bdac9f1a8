import SourcePlaces
import Testing

struct NearestNameTests {
    @Test(
        "The distance counts insertions, deletions, substitutions and swaps",
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "abc", 3), ("seed", "sed", 1), ("stauts", "status", 1),
            ("kitten", "sitting", 3), ("ca", "abc", 3), ("café", "cafe", 1),
        ]
    )
    func distance(left: String, right: String, distance: Int) {
        #expect(NearestName.distance(left, right) == distance)
        #expect(NearestName.distance(right, left) == distance)
    }

    @Test("A name that resembles none gets the list of known names")
    func hints() {
        #expect(NearestName.hint(for: "perod", among: ["path", "period"]) == "did you mean `period`?")
        #expect(NearestName.hint(for: "xyz", among: ["path", "period"]) == "known: `path`, `period`")
        #expect(NearestName.hint(for: "xyz", among: []) == "none is known")
        #expect(NearestName.of("ab", among: ["cd"]) == nil)
    }

    @Test("Very long names are compared by their beginnings")
    func long() {
        let long = String(repeating: "a", count: 1_000_000)
        #expect(NearestName.distance(long, "b") == 64)
    }
}
