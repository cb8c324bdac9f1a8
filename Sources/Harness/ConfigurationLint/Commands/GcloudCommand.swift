/// A command line of `gcloud run` with its flags.
struct GcloudCommand {
    /// A flag with its value.
    struct Flag {
        /// The name with its dashes.
        let name: String
        /// The bytes of the name in the file.
        let range: Range<Int>
        /// The value, `nil` where there is none.
        let value: ShellWord?
    }

    /// The words before the flags: `deploy`, or `services update`.
    let verbs: [String]
    /// The flags in their order.
    let flags: [Flag]
    /// The words after the first flag that belong to none.
    let strays: [ShellWord]

    /// Finds a command of `gcloud run` among the words of a command line.
    init?(_ words: [ShellWord]) {
        let texts = words.map(\.text)
        guard let program = texts.firstIndex(where: Self.isGcloud) else { return nil }
        var place = program + 1
        // Flags for all commands may stand before the group.
        while place < texts.count, texts[place].hasPrefix("-") || ["alpha", "beta", "preview"].contains(texts[place]) {
            place += 1
        }
        guard place < texts.count, texts[place] == "run" else { return nil }
        self.init(after: Array(words[(place + 1)...]))
    }

    /// Reads the words after `run`.
    init(after words: [ShellWord]) {
        var verbs: [String] = []
        var flags: [Flag] = []
        var strays: [ShellWord] = []
        var place = 0
        while place < words.count {
            let word = words[place]
            place += 1
            guard word.bytes.starts(with: "--".utf8) else {
                if flags.isEmpty { verbs.append(word.text) } else { strays.append(word) }
                continue
            }
            if let equals = word.bytes.firstIndex(of: UInt8(ascii: "=")) {
                let name = word.part(0..<equals)
                flags.append(Flag(name: name.text, range: name.range, value: word.part(equals + 1..<word.bytes.count)))
            } else if place < words.count, !words[place].bytes.starts(with: "--".utf8) {
                flags.append(Flag(name: word.text, range: word.range, value: words[place]))
                place += 1
            } else {
                flags.append(Flag(name: word.text, range: word.range, value: nil))
            }
        }
        self.verbs = verbs
        self.flags = flags
        self.strays = strays
    }

    private static func isGcloud(_ word: String) -> Bool {
        let name = word.split(separator: "/").last.map(String.init) ?? word
        return name.drop { "@-+".contains($0) } == "gcloud"
    }

    /// Whether it changes something that has probes.
    var describesContainers: Bool {
        guard let first = verbs.first else { return false }
        if first == "deploy" { return true }
        let deep = verbs.dropFirst().first ?? ""
        return ["services", "jobs", "worker-pools"].contains(first) && ["deploy", "update", "create"].contains(deep)
    }

    /// Whether it changes what is there and leaves what it does not name.
    var isUpdate: Bool { verbs.dropFirst().first == "update" }

    /// What it changes.
    var kind: WorkloadKind {
        switch verbs.first {
        case "jobs": .job
        case "worker-pools": .workerPool
        default: .service
        }
    }
}
