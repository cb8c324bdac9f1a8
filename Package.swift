// swift-tools-version: 6.2
import PackageDescription

/// One target of the package with the tests that mirror it.
struct Module {
    var name: String
    var dependencies: [Target.Dependency] = []
    /// Files that are compiled in, as bytes.
    var resources: [Resource] = []
    /// What its tests import beside it.
    var testDependencies: [Target.Dependency] = []
    /// Folders beside the tests that are read as files and not built.
    var testFiles: [String] = []
}

/// A folder of modules; each stands on those of its own floor above it and on the floors before it.
struct Floor {
    var name: String
    var modules: [Module]
}

/// The package of every product that is used; what is not here is a target of this one.
let packageOf = [
    "ArgumentParser": "swift-argument-parser",
    "HTTPTypes": "swift-http-types",
    "Hummingbird": "hummingbird",
    "HummingbirdCore": "hummingbird",
    "Logging": "swift-log",
    "Mustache": "swift-mustache",
    "NIOCore": "swift-nio",
    "NIOHTTP1": "swift-nio",
    "NIOHTTPTypes": "swift-nio-extras",
    "NIOHTTPTypesHTTP1": "swift-nio-extras",
    "NIOPosix": "swift-nio",
    "ServiceLifecycle": "swift-service-lifecycle",
    "Subprocess": "swift-subprocess",
    "SystemPackage": "swift-system",
    "UnixSignals": "swift-service-lifecycle",
    "Yams": "Yams",
]

let floors: [Floor] = [
    // Plain values, texts and arithmetic.
    Floor(
        name: "Foundation",
        modules: [
            Module(name: "SafeText", testDependencies: ["Domain", "ColdstartTestSupport"]),
            Module(name: "Formats"),
            Module(name: "SourcePlaces"),
            Module(name: "HCLSyntax", testDependencies: ["Domain", "ColdstartTestSupport"]),
            Module(name: "Domain", dependencies: ["Formats"], testDependencies: ["Formats"]),
            Module(name: "LinearAlgebra", dependencies: ["COpenBLAS"], testDependencies: ["Domain", "CLateLoading"]),
        ]
    ),
    // The recommendation service, rebuilt: its files, its two stages, its pipeline.
    Floor(
        name: "Engine",
        modules: [
            Module(
                name: "ModelFiles",
                dependencies: ["Formats", "Domain"],
                testDependencies: ["Domain", "ColdstartTestSupport"]
            ),
            Module(
                name: "FoldInSVD",
                dependencies: ["Domain", "LinearAlgebra", "CKernels", "ModelFiles"],
                testDependencies: ["Domain", "CKernels", "ModelFiles", "ColdstartTestSupport"]
            ),
            Module(
                name: "P5",
                dependencies: ["Formats", "Domain", "LinearAlgebra", "CKernels", "CSentencePiece", "ModelFiles"],
                testDependencies: ["Domain", "CKernels", "ModelFiles", "ColdstartTestSupport"]
            ),
            Module(
                name: "RecommendationEngine",
                dependencies: ["Domain", "CKernels", "ModelFiles", "FoldInSVD", "P5"],
                testDependencies: ["Domain", "ModelFiles", "FoldInSVD", "P5", "ColdstartTestSupport"]
            ),
        ]
    ),
    // What starts, probes and stops an instance, as pure state machines.
    Floor(
        name: "Platform",
        modules: [
            Module(name: "ContainerPlatform", dependencies: ["Domain"], testDependencies: ["Domain"])
        ]
    ),
    // The service of its own: PostgreSQL behind the engine, HTTP in front of it.
    Floor(
        name: "Service",
        modules: [
            Module(
                name: "PostgresClient",
                dependencies: ["SafeText", "Domain", "CLibPQ"],
                testDependencies: [
                    "SafeText", "Domain", "RecommendationEngine", "PostgresStore", "DatabaseHarness",
                    "ColdstartTestSupport", "PostgresTestSupport",
                ]
            ),
            Module(
                name: "PostgresStore",
                dependencies: ["Domain", "RecommendationEngine", "PostgresClient"],
                testDependencies: [
                    "Domain", "RecommendationEngine", "PostgresClient", "DatabaseHarness", "PostgresTestSupport",
                ]
            ),
            Module(
                name: "HTTPService",
                dependencies: [
                    "SafeText", "Formats", "Domain", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine",
                    "PostgresClient", "PostgresStore", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging",
                    "NIOCore", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOPosix", "ServiceLifecycle",
                    "UnixSignals",
                ],
                testDependencies: [
                    "SafeText", "Domain", "ModelFiles", "P5", "RecommendationEngine", "PostgresClient", "PostgresStore",
                    "DatabaseHarness", "ColdstartTestSupport", "PostgresTestSupport", "Logging", "NIOCore", "NIOPosix",
                ]
            ),
        ]
    ),
    // Scenario file, target under test, observation, checks, reports.
    Floor(
        name: "Harness",
        modules: [
            Module(
                name: "Scenarios",
                dependencies: ["Formats", "SourcePlaces", "Domain", "ContainerPlatform", "Yams"],
                testDependencies: [
                    "Formats", "SourcePlaces", "Domain", "ContainerPlatform", "ColdstartTestSupport", "Yams",
                ]
            ),
            Module(
                name: "Observations",
                dependencies: ["Domain", "ContainerPlatform"],
                testDependencies: ["Domain", "ContainerPlatform"]
            ),
            Module(
                name: "DatabaseHarness",
                dependencies: [
                    "SafeText", "Formats", "Domain", "PostgresClient", "CSpawn", "Observations", "Subprocess",
                    "SystemPackage",
                ],
                testDependencies: [
                    "Domain", "RecommendationEngine", "PostgresClient", "PostgresStore", "Observations",
                    "ColdstartTestSupport", "PostgresTestSupport",
                ]
            ),
            Module(
                name: "DatabaseProxy",
                dependencies: ["Domain", "ContainerPlatform", "PostgresClient", "NIOCore", "NIOPosix"],
                testDependencies: [
                    "Domain", "RecommendationEngine", "PostgresClient", "PostgresStore", "DatabaseHarness",
                    "PostgresTestSupport",
                ]
            ),
            Module(name: "FaultSweep", dependencies: ["Domain"], testDependencies: ["Domain"]),
            Module(
                name: "SecureTransport",
                dependencies: ["COpenSSL", "NIOCore", "NIOPosix"],
                testDependencies: ["COpenSSL", "ColdstartTestSupport", "NIOCore", "NIOPosix"]
            ),
            Module(name: "GRPCHealth", testDependencies: ["ColdstartTestSupport"]),
            Module(
                name: "ServiceUnderTest",
                dependencies: [
                    "SafeText", "Formats", "Domain", "ModelFiles", "P5", "RecommendationEngine", "ContainerPlatform",
                    "PostgresClient", "PostgresStore", "CSpawn", "Scenarios", "Observations", "DatabaseHarness",
                    "DatabaseProxy", "FaultSweep", "SecureTransport", "GRPCHealth",
                ],
                testDependencies: [
                    "SafeText", "SourcePlaces", "Domain", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine",
                    "ContainerPlatform", "PostgresClient", "PostgresStore", "Scenarios", "Observations",
                    "DatabaseHarness", "DatabaseProxy", "FaultSweep", "ColdstartTestSupport", "PostgresTestSupport",
                    "ScriptedService",
                ]
            ),
            Module(
                name: "Goldens",
                dependencies: ["Formats", "Domain"],
                testDependencies: ["Domain", "ColdstartTestSupport"]
            ),
            Module(
                name: "RankingMetrics",
                dependencies: ["SourcePlaces", "Domain"],
                testDependencies: ["Domain", "ColdstartTestSupport"]
            ),
            Module(
                name: "Checks",
                dependencies: [
                    "SourcePlaces", "Domain", "ContainerPlatform", "Scenarios", "Observations", "FaultSweep", "Goldens",
                    "RankingMetrics",
                ],
                testDependencies: [
                    "SourcePlaces", "Domain", "ContainerPlatform", "Scenarios", "Observations", "Goldens",
                ]
            ),
            Module(
                name: "ModelComparison",
                dependencies: [
                    "SourcePlaces", "Domain", "LinearAlgebra", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine",
                    "PostgresClient", "Scenarios", "DatabaseHarness", "RankingMetrics",
                ],
                testDependencies: ["Domain", "Scenarios", "RankingMetrics", "PostgresTestSupport"]
            ),
            Module(
                name: "Replay",
                dependencies: [
                    "SafeText", "Formats", "SourcePlaces", "Domain", "LinearAlgebra", "ModelFiles", "FoldInSVD", "P5",
                    "RecommendationEngine", "PostgresClient", "Scenarios", "Observations", "DatabaseHarness",
                    "DatabaseProxy", "FaultSweep", "ServiceUnderTest", "Goldens", "Checks",
                ],
                testDependencies: [
                    "Domain", "RecommendationEngine", "ContainerPlatform", "PostgresClient", "Scenarios",
                    "Observations", "DatabaseHarness", "ServiceUnderTest", "Checks", "ColdstartTestSupport",
                    "PostgresTestSupport",
                ]
            ),
            Module(
                name: "Reports",
                dependencies: [
                    "SafeText", "SourcePlaces", "Domain", "ContainerPlatform", "Scenarios", "Observations",
                    "FaultSweep", "RankingMetrics", "Checks", "ModelComparison",
                ],
                resources: [.embedInCode("Schemas")],
                testDependencies: [
                    "SourcePlaces", "Domain", "ContainerPlatform", "Scenarios", "Observations", "FaultSweep", "Checks",
                    "SchemaTestSupport", "ColdstartTestSupport",
                ],
                testFiles: ["Goldens"]
            ),
            Module(name: "Shards", dependencies: ["Reports"], testDependencies: ["Reports", "ColdstartTestSupport"]),
            Module(
                name: "HTMLReport",
                dependencies: ["Formats", "Mustache"],
                resources: [.embedInCode("Resources")],
                testDependencies: ["Domain", "ContainerPlatform", "ColdstartTestSupport"]
            ),
            Module(
                name: "StartupDiagnosis",
                dependencies: ["Formats", "Domain", "Scenarios", "Checks", "Reports"],
                testDependencies: ["Scenarios", "Checks", "ColdstartTestSupport"]
            ),
            Module(
                name: "GoldenReview",
                dependencies: ["Domain", "ModelFiles", "Goldens", "Checks", "Reports"],
                testDependencies: ["Domain", "Goldens", "Checks", "Reports", "ColdstartTestSupport"]
            ),
            Module(
                name: "ConfigurationLint",
                dependencies: ["SourcePlaces", "HCLSyntax", "Reports", "Yams"],
                testDependencies: ["SourcePlaces", "ColdstartTestSupport", "Yams"]
            ),
            Module(
                name: "Manifests",
                dependencies: ["SafeText", "Reports", "Shards"],
                testDependencies: ["ColdstartTestSupport", "SchemaTestSupport", "Yams"]
            ),
            Module(
                name: "ModelChecks",
                dependencies: [
                    "Domain", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine", "Scenarios", "Goldens", "Checks",
                    "Reports", "Subprocess", "SystemPackage",
                ],
                testDependencies: [
                    "Domain", "ModelFiles", "RecommendationEngine", "Scenarios", "Checks", "Reports",
                    "ColdstartTestSupport",
                ]
            ),
            Module(
                name: "Mutation",
                dependencies: [
                    "Domain", "ModelFiles", "FoldInSVD", "RecommendationEngine", "Scenarios", "Observations",
                    "ServiceUnderTest", "Checks", "Replay", "Reports",
                ],
                testDependencies: ["Scenarios", "Checks", "Replay", "Reports", "ColdstartTestSupport"]
            ),
            Module(
                name: "StartupAnalysis",
                dependencies: [
                    "SafeText", "SourcePlaces", "Domain", "ContainerPlatform", "Scenarios", "Goldens", "Reports",
                    "Shards", "StartupDiagnosis",
                ],
                testDependencies: [
                    "Domain", "ContainerPlatform", "Scenarios", "ServiceUnderTest", "Goldens", "Reports", "Shards",
                    "StartupDiagnosis", "ConfigurationLint", "ColdstartTestSupport",
                ]
            ),
            Module(
                name: "ResultStore",
                dependencies: [
                    "SafeText", "Domain", "ModelFiles", "PostgresClient", "Checks", "ModelComparison", "Reports",
                    "Shards", "ModelChecks", "StartupAnalysis",
                ],
                testDependencies: [
                    "Domain", "PostgresClient", "DatabaseHarness", "DatabaseProxy", "Reports", "Shards",
                    "ColdstartTestSupport", "PostgresTestSupport",
                ]
            ),
            Module(
                name: "Capsules",
                dependencies: [
                    "SafeText", "Formats", "SourcePlaces", "Domain", "ModelFiles", "RecommendationEngine",
                    "ContainerPlatform", "Scenarios", "Observations", "ServiceUnderTest", "Checks", "Reports",
                    "StartupDiagnosis",
                ],
                testDependencies: ["Domain", "Scenarios"]
            ),
            Module(
                name: "ScenarioWriting",
                dependencies: [
                    "Domain", "ModelFiles", "PostgresClient", "Scenarios", "Observations", "DatabaseHarness", "Reports",
                ],
                testDependencies: [
                    "Domain", "RecommendationEngine", "PostgresClient", "PostgresStore", "Scenarios", "DatabaseHarness",
                    "Checks", "Replay", "ColdstartTestSupport", "PostgresTestSupport",
                ]
            ),
        ]
    ),
]

// The program holds Swift's runtime and Foundation: to load them as libraries, symbol by symbol, takes longer than all that
// `--version` does. The list is what libFoundation.a needs beside itself. Not so under a sanitizer: a program linked so exports
// no `malloc`, and what the C library allocates is not the sanitizer's to free.
let sharesRuntime = Context.environment["COLDSTART_SANITIZE"] != nil
let staticRuntime: [LinkerSetting] = [
    .unsafeFlags(
        sharesRuntime
            ? []
            : ["-static-stdlib"]
                + [
                    "CoreFoundation", "FoundationInternationalization", "FoundationEssentials", "_FoundationICU",
                    "_FoundationCShims", "_FoundationCollections", "swift_RegexParser",
                ]
                .map { "-l\($0)" },
        .when(platforms: [.linux])
    )
]

let package = Package(
    name: "coldstart",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries and the C that wraps or complements them.
        .target(name: "CLateLoading", path: "Sources/Foundation/CLateLoading"),
        .target(name: "COpenBLAS", dependencies: ["CLateLoading"], path: "Sources/Foundation/COpenBLAS"),
        .target(name: "CLibPQ", dependencies: ["CLateLoading"], path: "Sources/Service/CLibPQ"),
        .target(name: "COpenSSL", dependencies: ["CLateLoading"], path: "Sources/Harness/COpenSSL"),
        .target(
            name: "CSentencePiece",
            path: "Sources/Engine/CSentencePiece",
            linkerSettings: [.linkedLibrary("sentencepiece")]
        ),
        .target(name: "CSpawn", path: "Sources/Harness/CSpawn"),
        .target(name: "CKernels", path: "Sources/Engine/CKernels"),

        // Helpers that more than one test target needs.
        .target(name: "ColdstartTestSupport", path: "Sources/Tools/ColdstartTestSupport"),
        .target(
            name: "PostgresTestSupport",
            dependencies: ["Domain", "PostgresClient", "DatabaseHarness", "ColdstartTestSupport"],
            path: "Sources/Tools/PostgresTestSupport"
        ),
        .target(name: "SchemaTestSupport", dependencies: ["Formats"], path: "Sources/Tools/SchemaTestSupport"),
        // Every reader of foreign bytes, for fuzzing and for its corpus.
        .target(
            name: "FuzzedReaders",
            dependencies: [
                "ModelFiles", "P5", "Scenarios", "Goldens", "ModelComparison", "Shards", "StartupDiagnosis",
                "ConfigurationLint", "DatabaseProxy", "GRPCHealth", "ServiceUnderTest", "Capsules",
            ],
            path: "Sources/Tools/FuzzedReaders"
        ),
        .testTarget(
            name: "FuzzedReadersTests",
            dependencies: ["FuzzedReaders", "ColdstartTestSupport"],
            path: "Tests/Tools/FuzzedReadersTests"
        ),
        // A service that tests start, which does what its environment says.
        .executableTarget(name: "ScriptedService", path: "Sources/Tools/ScriptedService"),

        .executableTarget(
            name: "coldstart",
            dependencies: [
                "SafeText", "SourcePlaces", "Domain", "LinearAlgebra", "ModelFiles", "P5", "RecommendationEngine",
                "ContainerPlatform", "CLibPQ", "PostgresClient", "HTTPService", "Scenarios", "DatabaseHarness",
                "FaultSweep", "ServiceUnderTest", "Goldens", "RankingMetrics", "Checks", "ModelComparison", "Replay",
                "Reports", "Shards", "HTMLReport", "StartupDiagnosis", "GoldenReview", "ConfigurationLint", "Manifests",
                "ModelChecks", "Mutation", "StartupAnalysis", "ResultStore", "Capsules", "ScenarioWriting",
                "ArgumentParser", "Logging", "UnixSignals",
            ],
            path: "Sources/Tools/coldstart",
            linkerSettings: staticRuntime
        ),
        // It starts the program that lies beside it, and does not link it: the program's linker settings are its own.
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "Domain", "PostgresClient", "Scenarios", "DatabaseHarness", "ColdstartTestSupport", "SchemaTestSupport",
            ],
            path: "Tests/Tools/CommandLineTests"
        ),
    ]
        + floors.flatMap { floor in
            floor.modules.flatMap { module -> [Target] in
                [
                    .target(
                        name: module.name,
                        dependencies: module.dependencies,
                        path: "Sources/\(floor.name)/\(module.name)",
                        resources: module.resources
                    ),
                    .testTarget(
                        name: module.name + "Tests",
                        dependencies: [.init(stringLiteral: module.name)] + module.testDependencies,
                        path: "Tests/\(floor.name)/\(module.name)Tests",
                        exclude: module.testFiles
                    ),
                ]
            }
        },
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// The benchmarks, which `scripts/bench` builds: they are no part of an ordinary build.
if Context.environment["COLDSTART_BENCH"] != nil {
    package.targets.append(
        .executableTarget(
            name: "coldstart-bench",
            dependencies: [
                "Domain", "LinearAlgebra", "CKernels", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine",
                "ContainerPlatform", "PostgresClient", "Scenarios", "DatabaseHarness", "Goldens", "RankingMetrics",
                "Reports", "Shards", "ArgumentParser", "NIOCore", "NIOPosix",
            ],
            path: "Sources/Tools/coldstart-bench"
        )
    )
    package.targets.append(
        .testTarget(name: "BenchTests", dependencies: ["coldstart-bench"], path: "Tests/Tools/BenchTests")
    )
}

// The fuzzing program, which `scripts/fuzz` builds and links with libFuzzer.
if Context.environment["COLDSTART_FUZZ"] != nil {
    package.targets.append(.target(name: "CLibFuzzer", path: "Sources/Tools/CLibFuzzer"))
    package.targets.append(
        .executableTarget(
            name: "coldstart-fuzz",
            dependencies: ["FuzzedReaders", "CLibFuzzer"],
            path: "Sources/Tools/coldstart-fuzz"
        )
    )
}

for target in package.targets where target.type != .system {
    target.dependencies = target.dependencies.map { dependency in
        guard case .byNameItem(let name, _) = dependency, let package = packageOf[name] else { return dependency }
        return .product(name: name, package: package)
    }
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
