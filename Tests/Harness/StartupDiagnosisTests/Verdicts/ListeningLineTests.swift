import Testing

@testable import StartupDiagnosis

struct ListeningLineTests {
    @Test(arguments: [
        ("listening on 0.0.0.0:8080", 8080), ("Listening on port 3000", 3000), ("listening on port=5000", 5000),
        ("listening on port: '9000'", 9000), ("Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C)", 8000),
        ("LOG:  listening on IPv4 address \"127.0.0.1\", port 5432", 5432), ("listening on [::]:80", 80),
        ("listening on 8080", nil), ("listening on port 123456", nil), ("listening :7", nil), ("listening", nil),
        ("listening on port 80a", nil), ("listening on :8080, then on port 9090 of 12 workers", 9090),
    ])
    func `the last port that a line names`(text: String, port: Int?) {
        var placed = PlacedText.empty
        let line = Array(text.utf8)
            .withUnsafeBytes { bytes in
                placed.bytes = bytes
                let source = KeptText(placed, around: 0, in: 0)
                return ListeningLine(Fact(.listening, source, at: nil, order: 1, mark: nil))
            }
        #expect(line.port == port)
    }
}
