import ContainerPlatform
import Domain
import ModelFiles
import PostgresClient
import RecommendationEngine
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// How the service of a scenario is started: the command and its environment.
package struct ServiceCommand: Hashable, Sendable {
    /// The program and its first arguments: of `coldstart serve`, or whatever stands in its place.
    package enum Program: Hashable, Sendable {
        /// The program `coldstart` at a path, started as `serve` with the scenario's settings as options.
        case coldstart(path: String)
        /// A command of the user's own, started as it is; the environment alone tells it what to do.
        case words([String])
    }

    /// The program.
    package var program: Program
    /// The variables of the harness, of which the service gets all but those that are the scenario's matter.
    package var inherited: [String: String]

    /// Creates a command.
    package init(program: Program, inherited: [String: String]) {
        self.program = program
        self.inherited = inherited
    }

    /// What stands for a required variable that the scenario says is set.
    private static let dummy = "set-by-coldstart"
    /// The variable of the shared secret.
    static let secretVariable = "WEBHOOK_SECRET"

    /// Returns what to start.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - paths: The bundle's files.
    ///   - database: The address that the service is given: resolved, for the service gets no variable of libpq's.
    ///   - speed: How many seconds of the scenario pass in one real second.
    /// - Returns: The words and the environment, in which the port and the rehearsal are still to be set.
    func launch(_ plan: Plan, paths: BundlePaths, database: PostgresAddress, speed: Double) -> CommandLaunch {
        let settings = plan.service
        var environment = environment(plan, paths: paths, database: database)
        // At a higher speed the work is no faster, so that fewer cores would make it slower than the scenario says.
        let cores = speed == 1 ? max(1, plan.platform.cpu.startupMillicores / 1000) : nil
        let words: [String]
        switch settings.command.map(Program.words) ?? program {
        case .words(let given):
            words = given
        case .coldstart(let path):
            words = [path] + options(plan, speed: speed)
        }
        // The words of a scenario's own command are looked up from its file, as every other path in it.
        let folder = settings.command.map { _ in
            let folder = InputFile.folder(of: plan.file)
            return Self.absolute(folder.isEmpty ? "." : folder)
        }
        if let folder { environment["PWD"] = folder }
        return CommandLaunch(words: words, environment: environment, folder: folder, cores: cores)
    }

    /// Whether the service that is started is known to act out rehearsals and to heed the harness's headers.
    func knowsRehearsals(_ plan: Plan) -> Bool {
        guard plan.service.command == nil, case .coldstart = program else { return false }
        return true
    }

    /// A path that holds for a process in whatever folder.
    private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).absoluteURL.path }

    private func options(_ plan: Plan, speed: Double) -> [String] {
        let settings = plan.service
        var words = ["serve", "--bundle", Self.absolute(settings.bundle.value)]
        words += ["--strategy", settings.strategy.rawValue]
        if settings.strategy == .lazy { words += ["--lazy-first-request", settings.lazyFirstRequest.rawValue] }
        words += settings.engineWords
        if settings.cache > 0 { words += ["--cache", String(settings.cache)] }
        if let interval = settings.precompute {
            let milliseconds = max(1, Int((interval / speed / .milliseconds(1)).rounded()))
            words += ["--precompute", "\(milliseconds)ms"]
        }
        if settings.requiredEnvironment.isEmpty {
            words.append("--require-nothing")
        } else {
            words += ["--require"] + settings.requiredEnvironment
        }
        // The platform's timeout is the harness's to keep; the service's own must not come before it.
        let timeout = (plan.platform.profile.requestTimeout / speed).seconds + 60
        return words + ["--log-format", "json", "--request-timeout", "\(Int(timeout.rounded(.up)))s"]
    }

    private func environment(_ plan: Plan, paths: BundlePaths, database: PostgresAddress) -> [String: String] {
        let settings = plan.service
        let foreign: Set = ["DATABASE_URL", "PORT", Self.secretVariable]
        var environment = inherited.filter { name, _ in
            !name.hasPrefix("COLDSTART_") && !name.hasPrefix("PG") && !name.hasPrefix("P5_") && !foreign.contains(name)
        }
        for name in settings.requiredEnvironment { environment[name] = Self.dummy }
        environment["SVD_DIR"] = Self.absolute(paths.svdDirectory)
        environment["P5_CKPT"] = Self.absolute(paths.checkpoint)
        if !paths.checkpointPrefix.isEmpty { environment["P5_CKPT_PREFIX"] = paths.checkpointPrefix }
        environment["P5_BACKBONE"] = Self.absolute(paths.backbone)
        environment["DATAMAPS_PATH"] = Self.absolute(paths.dataMaps)
        environment["P5_BATCH"] = String(settings.p5.batch)
        environment["P5_GEN_MAX_LEN"] = String(settings.p5.generationLimit)
        environment["DATABASE_URL"] = database.withSecrets
        environment[KernelVariant.variable] = inherited[KernelVariant.variable]
        environment["K_SERVICE"] = "coldstart"
        environment["K_REVISION"] = "coldstart-00001"
        environment["K_CONFIGURATION"] = "coldstart"
        for name in settings.missingEnvironment { environment[name] = nil }
        return environment
    }
}

extension CommandLaunch {
    /// Gives the service a shared secret of the run's own in place of the user's.
    ///
    /// - Parameter seed: What the secret follows from.
    /// - Returns: The secret; `nil` where the service is started without one.
    mutating func takeSecret(seed: UInt64) -> String? {
        guard environment[ServiceCommand.secretVariable] != nil else { return nil }
        var generator = SplitMix64(seed: seed)
        let secret = "secret-" + String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
        environment[ServiceCommand.secretVariable] = secret
        return secret
    }
}
