import Testing

@testable import ContainerPlatform

@Suite struct ProbeValidationTests {
    private func rules(_ probe: ProbeConfiguration, _ context: ProbeContext = ProbeContext()) -> [String] {
        probe.violations(in: context).map(\.rule.rawValue)
    }

    @Test("the default probe is TCP 240/240/1 and valid; the field defaults are 0/1/10/3")
    func defaults() {
        let probe = ProbeConfiguration.cloudRunDefault
        #expect(probe.handler == .tcp(port: nil))
        #expect((probe.initialDelay, probe.timeout) == (.zero, .seconds(240)))
        #expect((probe.period, probe.failureThreshold) == (.seconds(240), 1))
        #expect(probe.isPlatformDefault)
        #expect(rules(probe).isEmpty)
        let fields = ProbeConfiguration.fieldDefaults(for: .http(path: "/", port: nil))
        #expect((fields.initialDelay, fields.timeout) == (.zero, .seconds(1)))
        #expect((fields.period, fields.failureThreshold) == (.seconds(10), 3))
        #expect(!fields.isPlatformDefault)
    }

    @Test("timeout 240 with period 10 is refused with the platform's text")
    func timeoutAbovePeriod() throws {
        let probe = Given.http(timeout: 240, period: 10, threshold: 3)
        #expect(probe.isRefused)
        let violation = try #require(probe.violations().first)
        #expect(violation.rule == .timeoutAbovePeriod)
        #expect(violation.rule.rawValue == "E1")
        #expect(
            violation.deployError
                == "spec.template.spec.containers[0].startup_probe.timeout_seconds: must be less than period_seconds"
        )
        #expect(violation.reason.contains("240") && violation.reason.contains("10"))
    }

    @Test("a timeout equal to the period is accepted")
    func timeoutEqualsPeriod() {
        #expect(!Given.tcp(timeout: 3, period: 3).isRefused)
    }

    @Test("the product is refused above 600, and above 1800 with a GPU")
    func productCap() {
        #expect(rules(Given.tcp(period: 10, threshold: 61)) == ["E3"])
        #expect(rules(Given.tcp(period: 10, threshold: 60)) == ["W1"])
        #expect(rules(Given.tcp(period: 10, threshold: 61), ProbeContext(hasGPU: true)) == ["W1"])
        #expect(rules(Given.tcp(period: 10, threshold: 181), ProbeContext(hasGPU: true)) == ["E3"])
        #expect(rules(Given.tcp(period: 10, threshold: 24)).isEmpty)
    }

    @Test("values above the older limit carry both numbers and claim neither is enforced")
    func olderLimit() throws {
        let violation = try #require(Given.tcp(delay: 241).violations().first)
        #expect(violation.severity == .warning)
        #expect(violation.reason.contains("600") && violation.reason.contains("240"))
        #expect(violation.reason.contains("unverified"))
        #expect(rules(Given.tcp(delay: 240)).isEmpty)
    }

    @Test("the initial delay is not part of the product")
    func delayOutsideProduct() {
        #expect(rules(Given.tcp(delay: 180, period: 10, threshold: 24)).isEmpty)
    }

    @Test("each field has its range")
    func ranges() {
        #expect(rules(Given.tcp(delay: -1)) == ["E6"])
        #expect(rules(Given.tcp(delay: 601)) == ["E6"])
        #expect(rules(Given.tcp(timeout: 0)) == ["E6"])
        #expect(rules(Given.tcp(threshold: 0)) == ["E6"])
        #expect(rules(Given.tcp(timeout: 1, period: 0)).contains("E6"))
        var fraction = Given.tcp()
        fraction.timeout = .milliseconds(1500)
        #expect(rules(fraction) == ["E9"])
    }

    @Test("absurd numbers are refused without overflow")
    func absurd() {
        let probe = ProbeConfiguration(
            handler: .tcp(port: Int.max),
            initialDelay: .seconds(Int64.max),
            timeout: .seconds(Int64.min),
            period: .seconds(Int64.max),
            failureThreshold: Int.max
        )
        #expect(Set(rules(probe)).isSuperset(of: ["E3", "E6", "E8"]))
        #expect(probe.lastAttempt > .zero)
    }

    @Test("paths begin with a slash, ports lie within 1 to 65535 and are the container's")
    func pathsAndPorts() {
        func probe(_ path: String, _ port: Int?) -> ProbeConfiguration {
            ProbeConfiguration(handler: .http(path: path, port: port), period: .seconds(5))
        }
        #expect(rules(probe("", nil)) == ["E7"])
        #expect(rules(probe("health", nil)) == ["E7"])
        #expect(rules(probe("/", 0)) == ["E8"])
        #expect(rules(probe("/", 65_536)) == ["E8"])
        #expect(rules(probe("/", 9900)) == ["W10"])
        #expect(rules(probe("/", 8080)).isEmpty)
        #expect(rules(probe("/healthz", nil)) == ["W9"])
    }

    @Test("one HTTP try before the server listens is a warning")
    func singleTry() {
        let probe = Given.http(timeout: 240, period: 240, threshold: 1)
        #expect(rules(probe) == ["W2"])
        #expect(rules(probe, ProbeContext(timeToListen: .seconds(2))) == ["W2"])
        #expect(rules(Given.http(delay: 3, period: 5, threshold: 1), ProbeContext(timeToListen: .seconds(2))).isEmpty)
    }

    @Test("ready after the last attempt, passing before ready, starving and coarse periods are warnings")
    func knownTimes() {
        let late = ProbeContext(timeToReady: .seconds(21))
        #expect(rules(Given.http(period: 5, threshold: 5), late) == ["W3"])
        #expect(rules(Given.http(period: 5, threshold: 6), late).isEmpty)
        let background = ProbeContext(
            cpu: CPUAllocation(),
            timeToListen: .seconds(1),
            timeToReady: .seconds(1),
            timeToFull: .seconds(40)
        )
        #expect(rules(Given.tcp(), background) == ["W4", "W5"])
        #expect(rules(Given.http(period: 5), background) == ["W5"])
        #expect(rules(Given.http(period: 10)) == ["W6"])
    }

    @Test("the boost follows the platform's table", arguments: [(0.5, 2), (1, 2), (2, 4), (4, 8), (6, 8), (8, 8)])
    func boost(limit: Double, boosted: Double) {
        #expect(CPUAllocation(limit: limit).duringStartup == boosted)
        #expect(CPUAllocation(limit: limit, startupBoost: false).duringStartup == limit)
    }
}
