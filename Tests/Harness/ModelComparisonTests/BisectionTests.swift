import ModelComparison
import Testing

struct BisectionTests {
    /// Searches versions of which those from a place on differ.
    private func search(_ count: Int, differentFrom first: Int) -> Bisection {
        var search = Bisection(count: count)
        while let place = search.next { search.record(differs: place >= first) }
        return search
    }

    @Test func `finds every place at which versions may begin to differ`() {
        for count in 2...40 {
            for first in 1..<count {
                let search = search(count, differentFrom: first)
                #expect(search.firstDifferent == first && search.lastSame == first - 1)
                // The last one, and then as many as it takes to halve what is left.
                #expect(search.looked.count <= 1 + (count - 1).bitWidth - (count - 1).leadingZeroBitCount)
            }
        }
    }

    @Test func `looks at no other where the last one does not differ`() {
        let search = search(9, differentFrom: 9)
        #expect(search.firstDifferent == nil && search.lastSame == 8)
        #expect(search.looked.map(\.place) == [8] && !search.looked[0].differs)
    }

    @Test func `says nothing of the first that differs before its end`() {
        var search = Bisection(count: 5)
        search.record(differs: true)
        #expect(search.next == 2 && search.firstDifferent == nil && search.lastSame == 0)
        search.record(differs: false)
        #expect(search.next == 3 && search.lastSame == 2)
    }
}
