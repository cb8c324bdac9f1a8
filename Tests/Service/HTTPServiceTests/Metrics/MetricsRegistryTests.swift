import HTTPService
import Testing

struct MetricsRegistryTests {
    private static let count = MetricsRegistry.Family("requests_total", .counter, help: "Requests\nby path.")
    private static let level = MetricsRegistry.Family("level", .gauge, help: "A level.")
    private static let time = MetricsRegistry.Family("seconds", .histogram(bounds: [0.1, 1]), help: "Times.")

    @Test("families are rendered in the text format, series in order, buckets cumulative")
    func rendersText() {
        let registry = MetricsRegistry([Self.count, Self.level, Self.time])
        registry.add(to: Self.count, ["path": "/b"])
        registry.add(2, to: Self.count, ["path": "/a", "note": "quote \" back \\ line\n"])
        registry.set(Self.level, to: 0.25)
        for value in [0.05, 0.1, 0.5, 7] { registry.observe(value, in: Self.time, ["path": "/a"]) }
        #expect(
            registry.text == """
                # HELP requests_total Requests\\nby path.
                # TYPE requests_total counter
                requests_total{path="/a",note="quote \\" back \\\\ line\\n"} 2
                requests_total{path="/b"} 1
                # HELP level A level.
                # TYPE level gauge
                level 0.25
                # HELP seconds Times.
                # TYPE seconds histogram
                seconds_bucket{path="/a",le="0.1"} 2
                seconds_bucket{path="/a",le="1"} 3
                seconds_bucket{path="/a",le="+Inf"} 4
                seconds_sum{path="/a"} 7.65
                seconds_count{path="/a"} 4

                """
        )
    }

    @Test("numbers that are none are written as the format wants them")
    func rendersNonFinite() {
        let registry = MetricsRegistry([Self.level])
        registry.set(Self.level, to: .infinity)
        #expect(registry.text.hasSuffix("level +Inf\n"))
        registry.set(Self.level, to: .nan)
        #expect(registry.text.hasSuffix("level NaN\n"))
    }
}
