/// Text of somebody's in Markdown, as GitHub reads it (<https://github.github.com/gfm/>).
package enum MarkdownText {
    /// Returns a text in one line, without what Markdown and HTML take for marks, so that it can stand in a table's cell.
    ///
    /// - Complexity: O(*n*).
    package static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "|", "\\", "`", "*", "_", "[", "]", "#": result += "\\\(character)"
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            case _ where character.isNewline: result += " "
            default: result.append(character)
            }
        }
        return result
    }
}
