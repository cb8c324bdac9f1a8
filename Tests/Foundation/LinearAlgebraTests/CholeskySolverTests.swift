import Domain
import LinearAlgebra
import Testing

struct CholeskySolverTests {
    @Test func `solves a small system`() throws {
        // x = [1, 2]: 4 + 4, 2 + 6.
        let solution = try #require(CholeskySolver.solve([4, 0, 2, 3], [8, 8]))
        #expect(abs(solution[0] - 1) < 1e-12 && abs(solution[1] - 2) < 1e-12)
    }

    @Test func `reads only the lower triangle`() {
        #expect(CholeskySolver.solve([4, .nan, 2, 3], [8, 8]) == CholeskySolver.solve([4, 2, 2, 3], [8, 8]))
    }

    @Test(arguments: [
        [0.0], [-1], [.nan], [.infinity],
    ])
    func `refuses what is not positive definite`(matrix: [Double]) {
        #expect(CholeskySolver.solve(matrix, [1]) == nil)
    }

    @Test func `refuses a singular matrix`() {
        #expect(CholeskySolver.solve([1, 1, 1, 1], [1, 1]) == nil)
    }

    @Test func `no unknowns have an empty solution`() {
        #expect(CholeskySolver.solve([], [])?.isEmpty == true)
    }

    @Test(arguments: [1, 2, 15, 64, 100]) func `the solution satisfies the system`(size: Int) throws {
        var random = SplitMix64(seed: UInt64(size))
        let factor = (0..<size * size).map { _ in Double.random(in: -1...1, using: &random) }
        var matrix = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                let product = (0..<size).reduce(0.0) { $0 + factor[row * size + $1] * factor[column * size + $1] }
                matrix[row * size + column] = product + (row == column ? 0.5 : 0)
            }
        }
        let rightSide = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
        let solution = try #require(CholeskySolver.solve(matrix, rightSide))
        for row in 0..<size {
            let product = (0..<size).reduce(0.0) { $0 + matrix[row * size + $1] * solution[$1] }
            #expect(abs(product - rightSide[row]) < 1e-10)
        }
    }
}
