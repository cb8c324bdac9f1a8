import Domain

/// A failure of the P5 stage that a file, a setting or a request caused.
///
/// Errors of the files' containers are the reader's own; this one is about what the model makes of their content.
package struct P5Error: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    package struct Code: Hashable, Sendable {
        private enum Kind: Hashable {
            case tokenizer
            case configuration
            case weights
            case input
            case numbers
        }

        private let kind: Kind

        /// The SentencePiece model cannot be used.
        package static let tokenizer = Code(kind: .tokenizer)
        /// A value of `config.json` or of a setting is missing, absurd or not supported.
        package static let configuration = Code(kind: .configuration)
        /// A tensor is missing or has another shape than the configuration says.
        package static let weights = Code(kind: .weights)
        /// A prompt cannot be run through the model.
        package static let input = Code(kind: .input)
        /// The model computed something that is not a number.
        package static let numbers = Code(kind: .numbers)
    }

    /// The kind of failure.
    package let code: Code
    /// The file or setting, the place, what was found, what was expected and what to do, in one line.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

extension P5Error {
    /// Runs a check of settings.
    ///
    /// - Throws: ``P5Error`` that names the setting.
    static func checking(_ check: () throws(SettingError) -> Void) throws(P5Error) {
        do throws(SettingError) {
            try check()
        } catch {
            throw P5Error(.configuration, error.description)
        }
    }
}
