import CLibPQ
import DatabaseHarness
import Domain
import LinearAlgebra
import ModelFiles
import P5
import PostgresClient
import RecommendationEngine
import Replay
import Reports

/// Looks at everything that a run needs.
struct Diagnosis: Sendable {
    /// The folder of the model bundle.
    let bundle: String
    /// The address of a database, `nil` for a throw-away server.
    let database: String?
    /// The variables of the process.
    let environment: [String: String]

    /// Looks at everything.
    ///
    /// - Parameter tell: Told before each look how many are done, how many there are, and what comes next.
    /// - Returns: What was found, in the order of the report.
    func findings(_ tell: (Int, Int, String) -> Void) async -> [Finding] {
        var findings = [linearAlgebra, kernels, postgresClient]
        tell(findings.count, 6, "PostgreSQL")
        findings.append(await server)
        tell(findings.count, 6, "the bundle's files")
        return findings + models + [settings]
    }

    private var linearAlgebra: Finding {
        Finding(
            subject: "OpenBLAS",
            state: .present,
            words: [BLAS.configuration, "kernel \(BLAS.kernelName), \(Figures.count(BLAS.threads, "thread"))"]
        )
    }

    private var kernels: Finding {
        let others = KernelVariant.allCases.filter { $0.isAvailable && $0 != .inUse }.map(\.rawValue)
        let words = others.isEmpty ? "" : "; \(KernelVariant.variable) may name \(others.joined(separator: " or "))"
        return Finding(subject: "kernels", state: .present, words: ["\(KernelVariant.inUse.rawValue)\(words)"])
    }

    private var postgresClient: Finding {
        let version = Int(PQlibVersion())
        return Finding(subject: "libpq", state: .present, words: ["\(version / 10_000).\(version % 10_000)"])
    }

    private var server: Finding {
        get async {
            do {
                if let database {
                    let address = try PostgresAddress(database)
                    let summary = try await RowReader(address).summary()
                    let rows = summary.reduce(0) { $0 + $1.rows }
                    let found = "\(address), \(Figures.count(rows, "row")) in recommendations"
                    return Finding(subject: "PostgreSQL", state: .present, words: [found])
                }
                let clock = ContinuousClock()
                let start = clock.now
                return try await ThrowAwayCluster.with(ThrowAwayCluster.Options()) { cluster in
                    let elapsed = (clock.now - start) / .milliseconds(1)
                    let found = "\(cluster.version), a throw-away server answered after \(Int(elapsed)) ms"
                    return Finding(subject: "PostgreSQL", state: .present, words: [found])
                }
            } catch {
                return Finding(subject: "PostgreSQL", state: .lacking, words: ["\(error)"])
            }
        }
    }

    private var models: [Finding] {
        do {
            let open = try OpenBundle(paths: BundlePaths(directory: bundle, environment: environment))
            let stages = InitialisationStage.allCases.dropFirst()
                .compactMap { stage in
                    open.durations[stage]
                        .map { "\(stage.rawValue) \(Figures.fixed($0 / .milliseconds(1), decimals: 1)) ms" }
                }
            let files = try open.fingerprints().sorted { $0.key < $1.key }.map { "\($0.value.prefix(16))…  \($0.key)" }
            let found = Finding(
                subject: "bundle",
                state: .present,
                words: ["\(bundle), opened in: \(stages.joined(separator: ", "))"] + files
                    + (open.models.t5?.notes ?? [])
            )
            return [found] + [open.models.t5.map(weights(of:))].compactMap(\.self)
        } catch {
            return [Finding(subject: "bundle", state: .lacking, words: ["\(error)"])]
        }
    }

    /// Reads every tensor of P5 once: a single NaN or infinity makes all of its rankings fail.
    private func weights(of model: T5Model) -> Finding {
        let clock = ContinuousClock()
        let start = clock.now
        let found = model.firstTensorThatIsNotFinite()
        if let (tensor, element) = found {
            let place = "element \(element) of tensor \"\(tensor.name)\" \(tensor.shape)"
            let words =
                "\(tensor.path): \(place) is NaN or infinite, expected numbers; P5 cannot rank with it: "
                + "save the model again, before its training diverged, or in float32"
            return Finding(subject: "weights", state: .lacking, words: [words])
        }
        let values = model.tensors.reduce(0) { $0 + $1.elementCount }
        let took = Figures.fixed((clock.now - start) / .milliseconds(1), decimals: 0)
        let words = "\(Figures.count(model.tensors.count, "tensor")), \(values) values, all finite (\(took) ms)"
        return Finding(subject: "weights", state: .present, words: [words])
    }

    private var settings: Finding {
        let prefixes = ["COLDSTART_", "P5_", "SVD_DIR", "DATAMAPS_PATH", "OPENBLAS_", "NO_COLOR"]
        let names = environment.keys.filter { name in prefixes.contains { name.hasPrefix($0) } }.sorted()
        // An address may hold a password, so its value is not shown.
        let words = names.map { $0 == "COLDSTART_DB" ? "\($0) (set)" : "\($0)=\(environment[$0, default: ""])" }
        return Finding(subject: "variables", state: .present, words: words.isEmpty ? ["none that change a run"] : words)
    }
}
