/// A program to start: its words, its whole environment, and what it may use.
///
/// There is no shell in between: a word is an argument whatever it contains.
package struct CommandLaunch: Hashable, Sendable {
    /// The program, found from the folder as `execvp` finds it, and its arguments.
    package var words: [String]
    /// The folder that it is started in, `nil` for the harness's own.
    package var folder: String?
    /// Its whole environment.
    package var environment: [String: String]
    /// The whole processor cores that it may run on, `nil` for all.
    package var cores: Int?

    /// Creates a launch.
    ///
    /// - Precondition: There is a first word, and it is not empty.
    package init(words: [String], environment: [String: String], folder: String? = nil, cores: Int? = nil) {
        precondition(words.first?.isEmpty == false, "a command without a program")
        self.words = words
        self.folder = folder
        self.environment = environment
        self.cores = cores
    }
}
