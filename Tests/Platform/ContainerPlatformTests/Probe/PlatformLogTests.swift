import Testing

@testable import ContainerPlatform

@Suite struct PlatformLogTests {
    private let byDefault = PlatformLog(probe: .cloudRunDefault)
    private let http = PlatformLog(probe: Given.http())

    @Test("success lines count attempts and name the default probe")
    func success() {
        #expect(
            byDefault.probeSucceeded(attempts: 1).text
                == "Default STARTUP TCP probe succeeded after 1 attempt for container \"app-1\" on port 8080."
        )
        #expect(
            http.probeSucceeded(attempts: 4).text
                == "STARTUP HTTP probe succeeded after 4 attempts for container \"app-1\" on port 8080 path \"/health\"."
        )
        #expect(byDefault.probeSucceeded(attempts: 1).isVerified)
        #expect(!PlatformLog(probe: Given.tcp()).probeSucceeded(attempts: 1).isVerified)
    }

    @Test("failure lines end as they were seen, and what was not seen is marked")
    func failure() {
        #expect(
            byDefault.probeFailed(failures: 1, saw: .deadlineExceeded).text
                == "Default STARTUP TCP probe failed 1 time consecutively for container \"app-1\" on port 8080. "
                + "The instance was not started. Connection failed with status DEADLINE_EXCEEDED."
        )
        #expect(byDefault.probeFailed(failures: 1, saw: .cancelled).isVerified)
        #expect(http.probeFailed(failures: 3, saw: .refused).isVerified)
        let unseen = http.probeFailed(failures: 15, saw: .status(503))
        #expect(unseen.text.hasSuffix("path \"/health\". The instance was not started."))
        #expect(!unseen.isVerified)
        #expect(!http.probeFailed(failures: 1, saw: .deadlineExceeded).isVerified)
    }

    @Test("exits, stops and starts")
    func others() {
        #expect(http.exited(.code(0)).text == "Container called exit(0).")
        #expect(http.exited(.signal(9)).text == "Container terminated on signal 9.")
        #expect(http.userDisabled.text == "Shutting down user disabled instance")
        #expect(
            http.startingInstance(.autoscaling).text.hasPrefix("Starting new instance. Reason: AUTOSCALING - Instance")
        )
    }
}
