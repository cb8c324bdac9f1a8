import ColdstartTestSupport
import Domain
import SafeText
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct RedactionTests {
    /// How programs write a text: the names say which, the right values were made with Python's `urllib.parse.quote`,
    /// `json.dumps`, `repr`, `xml.sax.saxutils.escape`.
    @Test(arguments: [
        "p@ss/wörd \"7\" & more\\", "p%40ss%2Fw%C3%B6rd%20%227%22%20%26%20more%5C",
        "p%40ss/w%c3%b6rd%20%227%22%20%26%20more%5c", "p%40ss%2Fw%C3%B6rd+%227%22+%26+more%5C",
        "p@ss/w\\u00f6rd \\\"7\\\" & more\\\\", "p@ss/wörd \"7\" &amp; more\\", "p@ss\\/wörd \\\"7\\\" & more\\\\",
        "p@ss/wörd \\\\\\\"7\\\\\\\" & more\\\\\\\\", "p@ss/wörd\t\"7\"  &   more\\",
    ])
    func `a secret is found however it is written`(written: String) {
        let redaction = Redaction(["p@ss/wörd \"7\" & more\\"])
        #expect(redaction.removed(from: "a \(written) b") == "a *** b")
    }

    @Test(arguments: [
        ("%25 off!", "%25 off!"), ("%25 off!", "%2525%20off%21"), ("100%", "100%"), ("100%", "100%25"),
        ("back\\slash", "back\\\\slash"), ("😀🐻🦊", "\\ud83d\\ude00\\uD83D\\uDC3B\\ud83e\\udd8a"),
    ])
    func `what looks like an escape may be the secret itself`(secret: String, written: String) {
        #expect(Redaction([secret]).removed(from: "<\(written)>") == "<***>")
    }

    @Test(arguments: [
        "Quokka9", "Zebra7", "Zebra7@Quokka9", "could not translate host name \"Quokka9@127.0.0.1\"",
        "tail Quokka9", "Zebra7%40Quokka9",
    ])
    func `the parts of a password that a URL divides are secrets too`(text: String) {
        let clean = Redaction(["Zebra7@Quokka9"]).removed(from: text)
        #expect(!clean.contains("Quokka9") && !clean.contains("Zebra7"))
    }

    @Test(arguments: ["a", "1", "5432", "20240101", "app", "movies", "postgres", "password"])
    func `what cannot be told from ordinary text is taken out of a password's place alone`(secret: String) {
        let redaction = Redaction([secret], besides: ["movies", "app"])
        let plain = "a database \"movies\" on 127.0.0.1:5432 refuses user \"app\" at 20240101; check the password"
        #expect(redaction.removed(from: plain) == plain)
        for (before, after) in [
            ("postgresql://app:", "@db/movies"), ("password=", " host=x"), ("PGPASSWORD='", "'"),
            ("{\"password\": \"", "\"}"), ("password \"", "\" is wrong"), ("password=", ""),
        ] {
            #expect(redaction.removed(from: before + secret + after) == before + "***" + after)
        }
        #expect(redaction.removed(from: "password=\(secret)z") == "password=\(secret)z")
    }

    @Test func `nothing is taken out where there is no secret`() {
        for redaction in [Redaction(), Redaction([""]), Redaction([" "])] {
            #expect(redaction.removed(from: "a b@c:d \" \\") == "a b@c:d \" \\")
        }
    }

    @Test func `JSON stays JSON, with its names and numbers`() throws {
        let redaction = Redaction(["rows", "nul\\l", "true"])
        let text = """
            {"rows" : 7, "true": true, "a": ["rows", "no rows\\nat all", "nul\\\\l", "\\\\rows"], "s":"x\\"rows\\""}
            """
        let right = """
            {"rows" : 7, "true": true, "a": ["***", "no ***\\nat all", "***", "\\\\***"], "s":"x\\"***\\""}
            """
        #expect(redaction.removed(fromJSON: text) == right)
    }

    /// Whatever a password holds, JSON with it stays JSON, no text shows it, and the rest of the text stays.
    @Test(arguments: 0..<400)
    func `random passwords are found in every dress`(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let secret = Passwords.random(&generator, length: 6...20)
        let redaction = Redaction([secret])
        let json = String(decoding: try JSONEncoder().encode(["begin", secret, "end"]), as: UTF8.self)
        let clean = redaction.removed(fromJSON: json)
        #expect(try JSONDecoder().decode([String].self, from: Data(clean.utf8)) == ["begin", "***", "end"], "\(json)")
        for written in [secret, Passwords.percentEncoded(secret), json] {
            let text = redaction.removed(from: "begin\u{1}\(written)\u{1}end")
            #expect(text.hasPrefix("begin") && text.hasSuffix("end") && text.contains("***"), "\(written)")
            #expect(!text.contains(secret) && !text.contains(Passwords.percentEncoded(secret)), "\(written)")
        }
    }

    @Test func `what a process was given is taken out`() {
        let redaction = Redaction(
            arguments: [
                "coldstart", "--db", "postgresql://app:Zebra7@Quokka9@db/movies", "--db=user=x password='it\\'s 1'",
            ],
            environment: [
                "PGPASSWORD": "hush-1", "WEBHOOK_SECRET": "hush-2", "HTTPS_PROXY": "http://me:hush-3@proxy:3128",
                "COLDSTART_DB": "host=x password=hush-4", "DATABASE_URL": "postgresql://h/d?password=hush%2D5&user=me",
            ]
        )
        let text = "Zebra7 Quokka9 it's 1 hush-1 hush-2 hush-3 hush-4 hush-5 db movies proxy"
        #expect(redaction.removed(from: text) == "*** *** *** *** *** *** *** *** db movies proxy")
    }
}
