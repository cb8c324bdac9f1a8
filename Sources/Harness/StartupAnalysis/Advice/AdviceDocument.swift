import ContainerPlatform
import Domain
import Reports

/// Advice as a JSON document; times are seconds.
///
/// | key | content |
/// |---|---|
/// | `schemaVersion` | 1 |
/// | `toolVersion` | the version of Coldstart |
/// | `scenario`, `strategy`, `cpuAlways` | what was recorded, and what is assumed |
/// | `source` | `runs`; `log` or `kubernetes`, whose starts count until their probe passed, or their pod was ready |
/// | `starts`, `ended`, `leftOut`, `simulated` | recorded starts; those that ended before they could pass; those without a beginning; those that were simulated |
/// | `quantile`, `confidence`, `bound`, `margin`, `limit`, `needed` | how the wait was found |
/// | `probe` | `initialDelaySeconds`, `timeoutSeconds`, `periodSeconds`, `failureThreshold`, `path` or `service`, `port` |
/// | `price` | `survived`, `meanLag`, `longestLag`, `medianAnswer`, `lastAnswer`, `patience` |
/// | `files` | the configuration in each form, by its name |
package struct AdviceDocument: Codable, Hashable, Sendable {
    /// The probe's fields.
    package struct Probe: Codable, Hashable, Sendable {
        package let path: String?
        package let service: String?
        package let port: Int?
        package let initialDelaySeconds: Int
        package let timeoutSeconds: Int
        package let periodSeconds: Int
        package let failureThreshold: Int
    }

    /// The version of the format.
    package let schemaVersion: Int
    package let toolVersion: String
    package let scenario: String
    package let strategy: String
    package let cpuAlways: Bool
    package let source: RecordedReadiness.Source
    package let starts: Int
    package let ended: Int
    package let leftOut: Int
    package let simulated: Int
    package let quantile: Double
    package let confidence: Double
    package let bound: Double
    package let margin: Double
    package let limit: Int?
    package let needed: Int
    package let probe: Probe
    package let price: ProbePrice
    package let files: [String: String]

    /// The document of advice.
    package init(_ advice: ProbeAdvice, files: AdviceFile, toolVersion: String) {
        schemaVersion = 1
        self.toolVersion = toolVersion
        scenario = advice.recorded.scenario
        strategy = advice.recorded.strategy
        cpuAlways = advice.needsCPUAlways
        source = advice.recorded.source
        starts = advice.recorded.count
        ended = advice.recorded.ended
        leftOut = advice.recorded.leftOut
        simulated = advice.recorded.simulated
        quantile = advice.request.bound.quantile
        confidence = advice.request.bound.confidence
        bound = advice.bounding
        margin = advice.request.margin
        limit = advice.request.limit.seconds
        needed = advice.needed
        probe = Probe(
            path: advice.probe.handler.path,
            service: advice.probe.handler.service,
            port: advice.probe.handler.port,
            initialDelaySeconds: Int(advice.probe.initialDelay.seconds),
            timeoutSeconds: Int(advice.probe.timeout.seconds),
            periodSeconds: Int(advice.probe.period.seconds),
            failureThreshold: advice.probe.failureThreshold
        )
        price = advice.price
        self.files = Dictionary(uniqueKeysWithValues: AdviceFile.Form.allCases.map { ($0.rawValue, files.text($0)) })
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }
}
