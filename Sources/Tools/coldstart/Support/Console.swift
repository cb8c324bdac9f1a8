import Reports

/// Where a command prints for people: standard output, in the style and the width that it has.
struct Console {
    /// Standard output.
    let output = OutputDescriptor.standardOutput()
    /// How lines are written.
    let style: TerminalStyle

    /// Creates a console.
    ///
    /// - Parameter forbidsColour: Whether `--no-color` was given.
    init(forbidsColour: Bool = false) {
        style = TerminalStyle(
            terminalColumns: output.terminalColumns,
            environment: processEnvironment,
            forbidsColour: forbidsColour
        )
    }

    /// Writes lines.
    ///
    /// - Throws: `ReportError` where they cannot be written.
    func write(_ lines: some Sequence<StyledLine>) throws(ReportError) {
        try output.write(style.render(lines))
    }
}
