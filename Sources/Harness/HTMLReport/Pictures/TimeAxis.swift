/// An axis of time from 0 to the end of what happened.
struct TimeAxis {
    /// The last moment, in seconds.
    let end: Double
    /// The seconds between two marks.
    let step: Double

    /// Creates an axis that has at most ten marks at 1, 2 or 5 times a power of ten seconds.
    init(end: Double) {
        self.end = end > 0 ? end : 1
        var step = 0.001
        var factors = [2.0, 2.5, 2].makeIterator()
        while self.end / step > 10 {
            if let factor = factors.next() {
                step *= factor
            } else {
                factors = [2.0, 2.5, 2].makeIterator()
            }
        }
        self.step = step
    }

    /// The place of a moment as a share of the axis, within it.
    func place(_ seconds: Double) -> Double { min(max(seconds / end, 0), 1) }

    /// The moments of the marks.
    var marks: [Double] { (0...Int(end / step + 1e-9)).map { Double($0) * step } }

    /// A mark's text, such as `20` or `0.5`.
    func text(_ mark: Double) -> String { ShownNumber.short(mark) }
}
