/// Why a file of a model could not be used, as one line: the file, the place, what is wrong and what to do.
package struct ModelFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of fault.
    package enum Code: String, Hashable, Sendable {
        /// The file could not be opened, sized or mapped.
        case unreadable
        /// The file ends before what it announces.
        case truncated
        /// The file breaks the rules of its format.
        case malformed
        /// The file is sound but uses a part of the format that is not read here.
        case unsupported
        /// The file asks for something that is not data, and is not obeyed.
        case refused
        /// The file does not fit the other files of the model.
        case mismatch
        /// A value is one that the model cannot use, such as a NaN.
        case badValue
    }

    /// The kind of fault.
    package let code: Code
    /// The file.
    package let path: String
    /// Where in the file: a header, a record, a tensor, a byte offset.
    package let place: String
    /// What is there.
    package let found: String
    /// What should be there.
    package let expected: String
    /// What to do about it; empty where nothing better than replacing the file comes to mind.
    package let fix: String

    /// Creates an error.
    package init(
        _ code: Code,
        path: String,
        place: String,
        found: String,
        expected: String,
        fix: String = ""
    ) {
        self.code = code
        self.path = path
        self.place = place
        self.found = found
        self.expected = expected
        self.fix = fix
    }

    package var description: String {
        let text = "\(path): \(place): found \(found), expected \(expected)" + (fix.isEmpty ? "" : "; \(fix)")
        return oneLine(text)
    }
}

/// Returns the text without control characters and line breaks, so that names from a file cannot forge output.
private func oneLine(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format, .privateUse, .surrogate, .unassigned:
            result += "\\u{\(String(scalar.value, radix: 16))}"
        default:
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Returns a name from a file in quotes, cut to a length that fits a message.
func quoted(_ name: some StringProtocol) -> String {
    let limit = 120
    return name.count <= limit ? "\"\(name)\"" : "\"\(name.prefix(limit))…\""
}

/// Returns a shape as `[32128, 512]`.
func shapeText(_ shape: [Int]) -> String {
    "[" + shape.map(String.init).joined(separator: ", ") + "]"
}
