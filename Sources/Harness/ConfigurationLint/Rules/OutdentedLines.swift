/// The correction of a field that stands one level too deep: its line moves left.
enum OutdentedLines {
    /// Returns the correction where it is certain: in block style, for the last lines of a handler.
    ///
    /// - Parameters:
    ///   - entry: The field.
    ///   - handler: The handler in which it stands.
    ///   - probe: The probe, to which it belongs.
    ///   - file: The file.
    /// - Returns: The edit of the blanks before the line; `nil` where lines would have to change places.
    static func fix(
        _ entry: ConfigurationEntry,
        in handler: ConfigurationEntry,
        of probe: Probe,
        _ file: SourceFile
    ) -> LintFix? {
        let entries = Probe.content(of: handler).entries
        guard let place = entries.firstIndex(where: { $0.keyRange == entry.keyRange }), !entry.isMerged,
            probe.node.entry(entry.name) == nil, case .scalar = entry.value.kind,
            entries[place...].allSatisfy({ Probe.Field(rawValue: $0.name) != nil }),
            !entries.isEmpty, Probe.Field(rawValue: entries[0].name) == nil
        else { return nil }
        // Between braces a margin says nothing.
        guard file.bytes[handler.value.range.lowerBound] != UInt8(ascii: "{"),
            file.bytes[entry.keyRange.lowerBound] != UInt8(ascii: "\"")
        else { return nil }
        let line = file.line(of: entry.keyRange.lowerBound)
        let start = file.rangeOfLine(line).lowerBound
        let handlerLine = file.line(of: handler.keyRange.lowerBound)
        guard line > handlerLine, file.block(at: handler.keyRange.lowerBound).contains(line),
            file.indentation(ofLine: line) == entry.keyRange.lowerBound - start,
            file.indentation(ofLine: handlerLine)
                == handler.keyRange.lowerBound - file.rangeOfLine(handlerLine).lowerBound
        else { return nil }
        let margin = handler.keyRange.lowerBound - file.rangeOfLine(handlerLine).lowerBound
        let excess = start + margin..<entry.keyRange.lowerBound
        guard excess.lowerBound < excess.upperBound else { return nil }
        let text =
            String(repeating: " ", count: margin) + file.text(entry.keyRange.lowerBound..<entry.value.range.upperBound)
        return LintFix(snippet: text, edits: [LintFix.Edit(range: excess, replacement: "")])
    }
}
