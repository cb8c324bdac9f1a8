import Domain
import Testing

@testable import ModelChecks

struct DeltaDebuggingTests {
    @Test func `every set of wanted elements is found, however they lie, in the list's order`() {
        for count in 1...8 {
            for bits in 1..<(1 << count) {
                let wanted = Set((0..<count).filter { bits >> $0 & 1 == 1 })
                let minimum = DeltaDebugging.minimised(Array(0..<count)) { wanted.isSubset(of: $0) }
                #expect(minimum.elements == wanted.sorted())
            }
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `whatever shows, no single element of the result can be left out`(seed: UInt64) {
        // A part shows where its hash says so, or where it is the whole: nothing about it is monotonic.
        func shows(_ part: [Int]) -> Bool {
            if part.count == 12 { return true }
            var generator = SplitMix64(seed: part.reduce(seed) { $0 &* 31 &+ UInt64($1 + 1) })
            return generator.next() % 4 == 0
        }
        let minimum = DeltaDebugging.minimised(Array(0..<12), shows)
        #expect(shows(minimum.elements))
        #expect(minimum.elements == minimum.elements.sorted())
        guard minimum.elements.count > 1 else { return }
        for place in minimum.elements.indices {
            var less = minimum.elements
            less.remove(at: place)
            #expect(!shows(less), "seed \(seed): \(minimum.elements) without the element at \(place)")
        }
    }

    @Test func `one element of a thousand takes few trials, and no part is empty`() {
        let minimum = DeltaDebugging.minimised(Array(0..<1_000)) { part in
            #expect(!part.isEmpty)
            return part.contains(617)
        }
        #expect(minimum.elements == [617])
        #expect(minimum.trials <= 20)
    }

    @Test func `a single element and none are what they are, without a trial`() {
        #expect(DeltaDebugging.minimised([7]) { _ in false }.trials == 0)
        #expect(DeltaDebugging.minimised([7]) { _ in true }.elements == [7])
        #expect(DeltaDebugging.minimised([Int]()) { _ in true }.elements.isEmpty)
    }

    @Test func `what takes time to show is searched the same way`() async throws {
        let found = await DeltaDebugging.minimised(Array(0..<50)) { part in
            await Task.yield()
            return part.contains(3) && part.contains(40)
        }
        let expected = DeltaDebugging.minimised(Array(0..<50)) { $0.contains(3) && $0.contains(40) }
        #expect(found.elements == [3, 40] && found.trials == expected.trials)
    }
}
