import ModelFiles

/// What the files beside a `spiece.model` say of a T5 tokenizer; each of them may be missing.
///
/// `added_tokens.json` (version 4 of Transformers), `tokenizer_config.json` and `tokenizer.json` name tokens beyond the
/// pieces; the second and `special_tokens_map.json` name settings. What would make other ids than are made here is refused
/// by name; see https://huggingface.co/docs/transformers/model_doc/t5#transformers.T5Tokenizer.
struct TokenizerFiles {
    /// A token beyond the pieces.
    struct Token: Hashable {
        let id: Int
        let text: String
        /// Whether it is left out of decoded texts, `nil` where the file does not say.
        let isSpecial: Bool?
        /// The file that names it.
        let path: String
    }

    /// The number of `<extra_id_*>` that follow the pieces.
    private(set) var extraCount = 100
    /// The tokens that the files name, in no order, some of them by several files.
    private(set) var tokens: [Token] = []
    /// The `tokenizer.json`, if any.
    private(set) var fast: FastTokenizer?

    /// The texts that the files call special without an id, each with its file.
    private(set) var specialTexts: [(text: String, path: String)] = []
    /// The file that asks for the behaviour behind added tokens that is not the legacy one.
    private(set) var modernPath: String?

    /// Reads the files in a folder.
    ///
    /// - Throws: `ModelFileError` where one of them is damaged, ``P5Error`` where a value asks for other ids.
    init(directory: String) throws {
        for name in BundlePaths.tokenizerFiles {
            let path = join(directory, name)
            guard fileExists(path) else { continue }
            if name == "tokenizer.json" {
                let fast = try FastTokenizer(path: path)
                tokens += fast.tokens
                self.fast = fast
                continue
            }
            let values = try JSONFile.read(path, as: [String: ConfigurationValue].self, expected: "an object")
            let reader = ConfigurationReader(values: values, path: path)
            if name == "added_tokens.json" {
                for text in values.keys.sorted() {
                    let id = try reader.whole(text, in: 0...4_000_000)
                    tokens.append(Token(id: id, text: text, isSpecial: nil, path: path))
                }
            } else {
                try readSettings(reader)
            }
        }
    }

    private mutating func readSettings(_ reader: ConfigurationReader) throws(P5Error) {
        extraCount = try reader.whole("extra_ids", in: 0...100_000, default: extraCount)
        let kind = try reader.word("tokenizer_class", default: "T5Tokenizer")
        guard kind == "T5Tokenizer" || kind == "T5TokenizerFast" else {
            throw reader.failure("tokenizer_class", found: "\"\(kind)\"", expected: "\"T5Tokenizer\"")
        }
        let side = try reader.word("truncation_side", default: "right")
        guard side == "right" else {
            throw reader.failure("truncation_side", found: "\"\(side)\"", expected: "\"right\", where prompts are cut")
        }
        for (key, text) in [("eos_token", "</s>"), ("unk_token", "<unk>"), ("pad_token", "<pad>")] {
            guard let value = try reader.value(key), value.tokenText != text else { continue }
            throw reader.failure(key, found: value.described, expected: "\"\(text)\"")
        }
        if let value = try reader.value("sp_model_kwargs"), value != .object([:]) {
            throw reader.failure("sp_model_kwargs", found: value.described, expected: "nothing")
        }
        if try !reader.flag("legacy", default: true) { modernPath = reader.path }
        for key in ["additional_special_tokens", "extra_special_tokens"] {
            guard case .list(let list)? = try reader.value(key) else { continue }
            specialTexts += list.compactMap(\.tokenText).map { ($0, reader.path) }
        }
        if case .object(let entries)? = try reader.value("added_tokens_decoder") {
            for (id, value) in entries.sorted(by: { $0.key < $1.key }) {
                guard let id = Int(id), let text = value.tokenText, case .object(let fields) = value else {
                    throw reader.failure(
                        "added_tokens_decoder",
                        found: "\"\(id)\": \(value.described)",
                        expected: "an id with its \"content\""
                    )
                }
                guard fields["single_word"] != .flag(true) else {
                    throw reader.failure("added_tokens_decoder", found: "single_word", expected: "tokens within words")
                }
                let isSpecial = fields["special"].map { $0 == .flag(true) }
                tokens.append(Token(id: id, text: text, isSpecial: isSpecial, path: reader.path))
            }
        }
    }
}

extension ConfigurationValue {
    /// The text of a token, which stands alone or as the `content` of an object.
    var tokenText: String? {
        switch self {
        case .text(let text): text
        case .object(let fields): fields["content"]?.tokenText
        case .number, .flag, .list, .null: nil
        }
    }
}
