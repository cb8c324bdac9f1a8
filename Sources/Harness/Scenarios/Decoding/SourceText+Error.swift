import SourcePlaces

extension SourceText {
    /// Returns an error at a place of this text, with the excerpt.
    func error(_ code: ScenarioError.Code, at location: SourceLocation, _ message: String) -> ScenarioError {
        ScenarioError(code, at: location, message, excerpt: excerpt(line: location.line, column: location.column))
    }
}
