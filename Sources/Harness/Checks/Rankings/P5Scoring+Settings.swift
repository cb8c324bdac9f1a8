import Goldens
import Scenarios

extension P5Settings.Scoring {
    /// The same in the words of goldens.
    var golden: P5Scoring {
        switch self {
        case .text: .text
        case .expected: .expected
        }
    }
}
