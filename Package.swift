// swift-tools-version: 6.2
import PackageDescription

/// One target of the package with the tests that mirror it.
struct Module {
    var name: String
    var dependencies: [Target.Dependency] = []
    var testDependencies: [Target.Dependency] = []
    /// Folders beside the tests that are read as files and not built.
    var testFiles: [String] = []
}

let modules: [Module] = [
    // Texts that leave the program: without secrets, and whole in a shell.
    Module(name: "SafeText", testDependencies: ["Domain"]),

    // Plain values and arithmetic.
    Module(name: "Formats"),
    Module(name: "Domain", dependencies: ["Formats"]),
    Module(name: "LinearAlgebra", dependencies: ["COpenBLAS"], testDependencies: ["Domain"]),
    Module(name: "ModelFiles", dependencies: ["Formats", "Domain", "LinearAlgebra"]),

    // The engine: the recommendation service, rebuilt.
    Module(name: "FoldInSVD", dependencies: ["Domain", "LinearAlgebra", "ModelFiles", "CKernels"]),
    Module(name: "P5", dependencies: ["Domain", "LinearAlgebra", "ModelFiles", "CSentencePiece", "CKernels"]),
    Module(name: "RecommendationEngine", dependencies: ["Domain", "ModelFiles", "FoldInSVD", "P5"]),
    Module(
        name: "PostgresStore",
        dependencies: [
            "Formats", "Domain", "SafeText", "RecommendationEngine", "Observations", "CLibPQ", "CSpawn",
            .product(name: "Subprocess", package: "swift-subprocess"),
            .product(name: "SystemPackage", package: "swift-system"),
        ]
    ),

    // The service of its own: HTTP in front of the engine.
    Module(
        name: "HTTPService",
        dependencies: [
            "Formats", "Domain", "SafeText", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine", "PostgresStore",
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ]
    ),

    // The harness: scenario file, target under test, observation, checks, reports.
    Module(name: "ContainerPlatform", dependencies: ["Domain"]),
    Module(
        name: "Scenarios",
        dependencies: ["Formats", "Domain", "ContainerPlatform", .product(name: "Yams", package: "Yams")]
    ),
    Module(name: "Observations", dependencies: ["Domain", "ContainerPlatform"]),
    Module(name: "FaultSweep", dependencies: ["Domain"]),
    Module(
        name: "DatabaseProxy",
        dependencies: [
            "Domain", "ContainerPlatform", "PostgresStore",
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
        ]
    ),
    Module(
        name: "SecureTransport",
        dependencies: [
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]
    ),
    Module(
        name: "ServiceUnderTest",
        dependencies: [
            "Formats", "Domain", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine", "PostgresStore",
            "ContainerPlatform", "Scenarios", "Observations", "FaultSweep", "DatabaseProxy", "SecureTransport",
            "SafeText",
            "CSpawn",
        ]
    ),
    Module(name: "Goldens", dependencies: ["Formats", "Domain"]),
    Module(name: "RankingMetrics", dependencies: ["Domain"]),
    Module(
        name: "Checks",
        dependencies: ["Domain", "ContainerPlatform", "Scenarios", "Observations", "Goldens", "RankingMetrics"]
    ),
    Module(
        name: "Reports",
        dependencies: ["Domain", "SafeText", "ContainerPlatform", "Scenarios", "Observations", "Checks", "FaultSweep"],
        testFiles: ["Goldens"]
    ),
    Module(
        name: "Replay",
        dependencies: [
            "Formats", "SafeText", "Domain", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine", "PostgresStore",
            "ContainerPlatform", "Scenarios", "DatabaseProxy", "FaultSweep", "ServiceUnderTest", "Observations",
            "Goldens", "Checks", "Reports",
        ],
        testDependencies: ["coldstart"]
    ),
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
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries and the C that wraps or complements them.
        .systemLibrary(
            name: "CLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        .systemLibrary(
            name: "COpenBLAS",
            pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]
        ),
        .target(name: "CSentencePiece", linkerSettings: [.linkedLibrary("sentencepiece")]),
        .target(name: "CSpawn"),
        .target(name: "CKernels"),

        // Helpers that more than one test target needs.
        .target(name: "ColdstartTestSupport", dependencies: ["Domain"]),

        .executableTarget(
            name: "coldstart",
            dependencies: modules.map { .init(stringLiteral: $0.name) } + [
                "CLibPQ",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["coldstart", "ColdstartTestSupport", "Domain", "PostgresStore", "Scenarios"]
        ),
    ]
        + modules.map { .target(name: $0.name, dependencies: $0.dependencies) }
        + modules.map { module in
            .testTarget(
                name: module.name + "Tests",
                dependencies: [.init(stringLiteral: module.name), "ColdstartTestSupport"]
                    + module.dependencies + module.testDependencies,
                exclude: module.testFiles
            )
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
                "Domain", "LinearAlgebra", "ModelFiles", "FoldInSVD", "P5", "RecommendationEngine", "PostgresStore",
                "ContainerPlatform", "Scenarios", "Goldens", "Reports", "CKernels",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        )
    )
}

let systemLibraries: Set<String> = ["CLibPQ", "COpenBLAS"]

for target in package.targets where !systemLibraries.contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
