/// What a file is instead of what was expected, told by its first bytes.
///
/// A reader asks once its own format is not there, so that the error says what happened to the file.
package enum ForeignContent: Hashable, Sendable {
    /// The pointer of Git LFS, https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
    case gitLFSPointer
    /// A page of HTML or an error in XML, which a server sent in place of the file.
    case webPage
    case gzip, bzip2, xz, zstandard, sevenZip, tar, zip
    case numpyArray, safetensors, pickle
    case utf16, utf32

    /// How many bytes from the beginning decide.
    private static let prefixLength = 512

    /// Tells the content; `nil` where it is none of these.
    ///
    /// - Parameter bytes: The file, or its beginning; the first 512 bytes are looked at.
    package init?(_ bytes: some Sequence<UInt8>) {
        let prefix = Array(bytes.prefix(Self.prefixLength))
        func begins(_ magic: [UInt8], at offset: Int = 0) -> Bool { prefix.dropFirst(offset).starts(with: magic) }
        func begins(_ text: String, at offset: Int = 0) -> Bool { begins(Array(text.utf8), at: offset) }

        // First, because the length of a header with which such a file begins may look like another's magic number.
        if prefix.count > 8, prefix[8] == UInt8(ascii: "{"), prefix[4..<8].allSatisfy({ $0 == 0 }) {
            self = .safetensors
        } else if begins("version https://git-lfs.github.com/spec/")
            || begins("version https://hawser.github.com/spec/")
        {
            self = .gitLFSPointer
        } else if begins([0x1f, 0x8b]) {
            self = .gzip
        } else if begins("BZh") {
            self = .bzip2
        } else if begins([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) {
            self = .xz
        } else if begins([0x28, 0xb5, 0x2f, 0xfd]) {
            self = .zstandard
        } else if begins([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) {
            self = .sevenZip
        } else if begins([0x50, 0x4b, 0x03, 0x04]) || begins([0x50, 0x4b, 0x05, 0x06]) {
            self = .zip
        } else if begins([0x93] + Array("NUMPY".utf8)) {
            self = .numpyArray
        } else if begins("ustar", at: 257) {
            self = .tar
        } else if prefix.count > 2, prefix[0] == 0x80, (2...5).contains(prefix[1]) {
            self = .pickle
        } else if let wide = Self.wideText(prefix) {
            self = wide
        } else if Self.isWebPage(prefix) {
            self = .webPage
        } else {
            return nil
        }
    }

    /// Whether no file of a model begins like this, whatever its format.
    package var isNeverOfAModel: Bool {
        switch self {
        case .gitLFSPointer, .webPage, .gzip, .bzip2, .xz, .zstandard, .sevenZip: true
        case .tar, .zip, .numpyArray, .safetensors, .pickle, .utf16, .utf32: false
        }
    }

    /// What the file is, for the message of an error.
    package var found: String {
        switch self {
        case .gitLFSPointer: "a Git LFS pointer, which only stands for the file"
        case .webPage: "a web page or an error of a server (HTML or XML)"
        case .gzip: "a file compressed with gzip"
        case .bzip2: "a file compressed with bzip2"
        case .xz: "a file compressed with xz"
        case .zstandard: "a file compressed with zstd"
        case .sevenZip: "a 7z archive"
        case .tar: "a tar archive"
        case .zip: "a zip archive"
        case .numpyArray: "a NumPy array"
        case .safetensors: "a safetensors file"
        case .pickle: "a Python pickle"
        case .utf16: "text in UTF-16"
        case .utf32: "text in UTF-32"
        }
    }

    /// What to do about it.
    package var fix: String {
        switch self {
        case .gitLFSPointer: "run `git lfs pull` in the repository that it comes from"
        case .webPage: "download the file again; the server sent something else, such as a page to sign in"
        case .gzip, .bzip2, .xz, .zstandard, .sevenZip, .tar: "unpack it, and name the file inside"
        case .zip: "unpack it, and name the file inside, unless the whole archive belongs elsewhere"
        case .numpyArray, .safetensors, .pickle: "name the right file; this one belongs elsewhere"
        case .utf16: "convert it to UTF-8, for example with `iconv -f UTF-16 -t UTF-8`"
        case .utf32: "convert it to UTF-8, for example with `iconv -f UTF-32 -t UTF-8`"
        }
    }

    /// Text of which every second or fourth byte is 0, with or without its byte order mark.
    private static func wideText(_ prefix: [UInt8]) -> ForeignContent? {
        guard prefix.count >= 2 else { return nil }
        if prefix.starts(with: [0xff, 0xfe, 0, 0]) || prefix.starts(with: [0, 0, 0xfe, 0xff]) { return .utf32 }
        if prefix.starts(with: [0xff, 0xfe]) || prefix.starts(with: [0xfe, 0xff]) { return .utf16 }
        let zeros = prefix.prefix(4).map { $0 == 0 }
        switch zeros {
        case [false, true, true, true], [true, true, true, false]: return .utf32
        case [false, true, false, true], [true, false, true, false]: return .utf16
        default: return nil
        }
    }

    private static func isWebPage(_ prefix: [UInt8]) -> Bool {
        let text = prefix.starts(with: byteOrderMark) ? prefix.dropFirst(byteOrderMark.count) : prefix[...]
        let start = text.drop { [0x20, 0x09, 0x0a, 0x0d].contains($0) }.prefix(16)
        let word = String(decoding: start, as: UTF8.self).lowercased()
        return ["<!doctype", "<html", "<head", "<body", "<?xml", "<error", "<!--"].contains(where: word.hasPrefix)
    }
}
