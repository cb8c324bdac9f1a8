import CLateLoading
import Testing

/// What happens where a library that is loaded late is not there.
struct LateLoadingTests {
    @Test("a library that is missing ends the process with 3 and says what to install")
    func missing() async throws {
        let result = try await #require(
            processExitsWith: .exitCode(3),
            observing: [\.standardErrorContent]
        ) {
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: 2) { names in
                "libnowhere.so.7"
                    .withCString { name in
                        names.initializeElement(at: 0, to: name)
                        names.initializeElement(at: 1, to: nil)
                        "libnowhere-dev"
                            .withCString { package in
                                var library = coldstart_late_library(names: names.baseAddress, package: package)
                                _ = coldstart_late_function(&library, "nowhere_sum")
                            }
                    }
            }
        }
        let message = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(message.contains("error: nowhere_sum is needed and cannot be used: libnowhere.so.7"))
        #expect(message.contains("install libnowhere-dev, or run scripts/bootstrap"))
    }
}
