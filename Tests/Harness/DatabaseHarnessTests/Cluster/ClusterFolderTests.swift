import Foundation
import PostgresClient
import PostgresTestSupport
import Testing

@testable import DatabaseHarness

struct ClusterFolderTests {
    @Test func `a folder in use is not swept, and is when its owner has let go`() throws {
        let sandbox = try Sandbox()
        var folder: ClusterFolder? = try ClusterFolder.create(in: sandbox.path, account: nil, kept: false)
        let path = try #require(folder?.path)
        ClusterFolder.sweep(sandbox.path)
        #expect(FileManager.default.fileExists(atPath: path))
        folder = nil
        ClusterFolder.sweep(sandbox.path)
        #expect(sandbox.clusters.isEmpty)
    }

    @Test func `a folder without a lock is swept once it is old and its owner is gone`() throws {
        let sandbox = try Sandbox()
        let start = ProcessTable.startTime(of: getpid())
        let names = [
            "coldstart-pg-\(getpid())-\(start)-1", "coldstart-pg-\(getpid())-\(start + 1)-1",
            "coldstart-pg-keep-1-1-1", "other",
        ]
        for name in names { #expect(try shell("mkdir -p \(sandbox.path)/\(name)/data/x").code == 0) }
        ClusterFolder.sweep(sandbox.path)
        #expect(sandbox.clusters.count == 3)
        for name in names { #expect(try shell("touch -d '2 minutes ago' \(sandbox.path)/\(name)").code == 0) }
        ClusterFolder.sweep(sandbox.path)
        #expect(sandbox.clusters.sorted() == [names[0], names[2]].sorted())
        #expect(FileManager.default.fileExists(atPath: "\(sandbox.path)/other"))
    }

    @Test func `a process id that now belongs to another program is no server to stop`() throws {
        let sandbox = try Sandbox()
        let folder = try ClusterFolder.create(in: sandbox.path, account: nil, kept: false)
        #expect(try shell("mkdir \(folder.data) && echo \(getpid()) > \(folder.data)/postmaster.pid").code == 0)
        #expect(!ProcessTable.isServer(getpid(), of: folder.data))
        #expect(ProcessTable.isRunning(getpid()))
    }

    @Test(arguments: ["/nonexistent/folder", "/dev/null", "/tmp/" + String(repeating: "x", count: 80)])
    func `a folder that cannot serve is refused with what to do`(wanted: String) throws {
        let error = try #require(throws: PostgresError.self) {
            try ClusterFolder.base(wanted, account: nil, kept: false)
        }
        #expect(error.code == .serverStart)
        #expect(error.description.contains("set TMPDIR"))
    }
}

struct FileTreeTests {
    @Test func `copies files of any size with their modes, and counts them`() throws {
        let sandbox = try Sandbox()
        let script = """
            mkdir -p source/inner/empty && cd source && : > nothing && printf abc > inner/three && chmod 640 inner/three \
            && head -c 1000003 /dev/urandom > big
            """
        #expect(try shell("cd \(sandbox.path) && \(script)").code == 0)
        let tally = try FileTree.copy("\(sandbox.path)/source", to: "\(sandbox.path)/copy", owner: nil)
        #expect(tally == FileTree.Tally(files: 3, bytes: 1_000_006))
        #expect(try shell("diff -r \(sandbox.path)/source \(sandbox.path)/copy").output == "")
        #expect(try shell("stat -c %a \(sandbox.path)/copy/inner/three").output == "640\n")
    }

    @Test func `refuses to copy a link`() throws {
        let sandbox = try Sandbox()
        #expect(try shell("cd \(sandbox.path) && mkdir source && ln -s /etc/passwd source/link").code == 0)
        let error = try #require(throws: PostgresError.self) {
            try FileTree.copy("\(sandbox.path)/source", to: "\(sandbox.path)/copy", owner: nil)
        }
        #expect(error.code == .file)
        #expect(error.description.contains("source/link"))
    }

    @Test func `removes links and never what they lead to`() throws {
        let sandbox = try Sandbox()
        let script = "mkdir -p kept/inner gone && touch kept/inner/file && ln -s ../kept gone/link && ln -s kept link"
        #expect(try shell("cd \(sandbox.path) && \(script)").code == 0)
        try FileTree.remove("\(sandbox.path)/gone")
        try FileTree.remove("\(sandbox.path)/link")
        try FileTree.remove("\(sandbox.path)/never-there")
        #expect(
            try shell("cd \(sandbox.path) && find . | sort").output == ".\n./kept\n./kept/inner\n./kept/inner/file\n"
        )
    }
}
