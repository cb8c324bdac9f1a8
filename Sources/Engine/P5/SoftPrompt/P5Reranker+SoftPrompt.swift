import Domain

extension P5Reranker {
    /// What became of the soft prompt that the settings ask for.
    enum SessionTraining {
        /// The settings ask for none.
        case unwanted
        /// It was trained.
        case trained(SoftPromptTraining)
        /// It could not be trained.
        case failed(reason: String)

        var result: SoftPromptTraining? {
            if case .trained(let training) = self { training } else { nil }
        }

        var fallback: String? {
            if case .failed(let reason) = self { "\(reason); scored without a soft prompt" } else { nil }
        }
    }

    /// Trains the session's soft prompt where the settings ask for one.
    ///
    /// - Complexity: Three times that of encoding the prompts of all steps' batches.
    func train(session: SessionID, history: [Rating]) -> SessionTraining {
        guard case .softPrompt(let soft) = settings.mode else { return .unwanted }
        do throws(P5Error) {
            let examples = try examples(session: session, history: history, settings: soft)
            guard !examples.isEmpty else {
                return .failed(reason: "soft prompt: no rating of a movie with an internal id")
            }
            let text = try tokenizer.encode(soft.initialText, maximumLength: soft.virtualTokens + 1)
            let start = try model.softPrompt(repeating: text, count: soft.virtualTokens)
            return .trained(try model.train(start, on: examples, settings: soft, threads: settings.threadCount))
        } catch {
            return .failed(reason: error.message)
        }
    }
}
