import Formats
import Testing

struct ForeignContentTests {
    @Test(
        arguments: [
            (Array("version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n".utf8), .gitLFSPointer),
            (Array("\u{FEFF}\n<!DOCTYPE HTML>".utf8), .webPage), (Array("<html lang=en>".utf8), .webPage),
            (Array("<?xml version=\"1.0\"?><Error>".utf8), .webPage),
            ([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3], .gzip), (Array("BZh91AY".utf8), .bzip2),
            ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], .xz), ([0x28, 0xb5, 0x2f, 0xfd, 4], .zstandard),
            ([0x50, 0x4b, 3, 4], .zip), (Array(repeating: 97, count: 257) + Array("ustar".utf8), .tar),
            ([0x93] + Array("NUMPY".utf8), .numpyArray), ([0x80, 4, 0x95], .pickle),
            ([0xff, 0xfe, 0x7b, 0], .utf16), ([0x7b, 0, 0x22, 0], .utf16), ([0xff, 0xfe, 0, 0], .utf32),
            ([0x1f, 0x8b, 0, 0, 0, 0, 0, 0, 0x7b], .safetensors),
        ] as [([UInt8], ForeignContent)]
    )
    func `a file is told by its first bytes`(bytes: [UInt8], content: ForeignContent) {
        #expect(ForeignContent(bytes) == content)
    }

    @Test(arguments: ["", "{}", "[1]", "version https://example.org", "\n\u{e}\n\u{5}<pad>", "name: x"])
    func `other files are none of these`(text: String) {
        #expect(ForeignContent(text.utf8) == nil)
    }
}
