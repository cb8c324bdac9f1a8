import Domain
import Testing

@testable import P5

struct PrecisionCalibrationTests {
    private func step(_ errors: [Float], lead: Float = 0) -> PrecisionCalibration.Step {
        PrecisionCalibration.Step(errors: errors, leads: errors.map { _ in lead })
    }

    @Test(arguments: [(1, 100), (0.99, 99), (0.985, 99), (0.5, 50), (0.001, 1)] as [(Double, Float)])
    func `a quantile is the value of the nearest rank`(quantile: Double, value: Float) {
        #expect(PrecisionCalibration.value(at: quantile, of: (1...100).map { Float($0) }) == value)
    }

    @Test func `a bound is the quantile's magnitude times the factor, or half the lead that nearly all have`() {
        let errors = (1...200).map { $0.isMultiple(of: 2) ? Float($0) : -Float($0) }
        let leads = (0..<200).map { $0 < 3 ? Float($0) : 5_000 }
        let narrow = PrecisionCalibration.Step(errors: errors.shuffled(), leads: leads.shuffled())
        #expect(narrow.errors == (1...200).map { Float($0) } && narrow.lead == 2)
        let wide = step(errors, lead: 4_000)
        let calibration = PrecisionCalibration(prompts: 200, steps: [narrow, wide])
        #expect(calibration.bounds == [198 * Float(PrecisionCalibration.safetyFactor), 2_000])
        #expect(calibration.report.bounds == calibration.bounds.map(Double.init))
        #expect(calibration.report.largestErrors == [200, 200] && calibration.report.prompts == 200)
    }

    @Test func `a step that few prompts reach has the largest error of the others`() {
        let few = PrecisionCalibration.fewestErrors - 1
        let steps = [
            step(.init(repeating: 1, count: few + 1)), step(.init(repeating: 2, count: few + 1)),
            step(.init(repeating: 9, count: few), lead: 100),
        ]
        #expect(PrecisionCalibration(prompts: 40, steps: steps).bounds == [3, 6, 6])
    }

    @Test func `where nothing was seen, little, or errors that are no numbers, nothing is decided`() {
        let broken = step(.init(repeating: .nan, count: 40))
        for steps in [[], [step([0.1])], [broken]] {
            let check = MarginCheck(bounds: PrecisionCalibration(prompts: 40, steps: steps).bounds)
            #expect(!check.decides([1e30]), "\(steps)")
        }
    }

    @Test func `the sample is the same in every run, and each visitor another`() {
        let movies = (0..<40).map { MovieID("\($0)") }
        let sample = CalibrationSample(movies: movies).visitors
        #expect(sample == CalibrationSample(movies: movies.shuffled()).visitors)
        #expect(sample.count == CalibrationSample.size && Set(sample.map(\.session)).count == sample.count)
        #expect(Set(sample.map(\.history.count)) == Set(0...30))
        #expect(CalibrationSample(movies: []).visitors.isEmpty)
    }
}
