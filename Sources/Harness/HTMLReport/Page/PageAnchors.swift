/// Anchors of a page: stable, and each there once.
struct PageAnchors {
    private var taken: Set<String> = []

    /// Returns an anchor made of a name: its letters, digits and hyphens, numbered where another name gives the same.
    mutating func anchor(_ prefix: String, _ name: String) -> String {
        let plain = name.unicodeScalars.prefix(80)
            .map { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    ? Character(scalar) : "-"
            }
        let first = "\(prefix)-\(String(plain))"
        var anchor = first
        var number = 2
        while !taken.insert(anchor).inserted {
            anchor = "\(first)-\(number)"
            number += 1
        }
        return anchor
    }
}
