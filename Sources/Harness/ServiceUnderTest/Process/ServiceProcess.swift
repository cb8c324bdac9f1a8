import ContainerPlatform
import CSpawn

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A started program with its group, owned by one thread.
///
/// Nothing of the group outlives it: ``end()`` kills and reaps, and where the harness itself is killed a guard does.
/// The first process is reaped only after the last signal, so that no signal can reach a stranger with its id.
final class ServiceProcess {
    /// The id of the first process and of the group.
    let id: pid_t
    /// The end from which standard output is read.
    let output: Int32
    /// The end from which standard error is read.
    let errors: Int32
    /// Polls readable once the first process has ended, -1 where the system cannot say.
    let watch: Int32
    private var raw: coldstart_process
    private var isReaped = false

    /// Starts a program.
    ///
    /// - Throws: ``ServiceUnderTestError`` (`launch`) where it cannot be started.
    init(_ launch: CommandLaunch) throws(ServiceUnderTestError) {
        var raw = coldstart_process()
        let words = launch.words.map { strdup($0) } + [nil]
        let environment = launch.environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for text in words + environment { free(text) }
        }
        let code = coldstart_launch(&raw, words, environment, launch.folder)
        guard code == 0 else {
            throw ServiceUnderTestError(
                .launch,
                "cannot start the command \"\(launch.words[0])\""
                    + (launch.folder.map { " in the folder \($0)" } ?? "") + ": \(String(cString: strerror(code)))"
            )
        }
        self.raw = raw
        id = raw.process
        output = raw.output
        errors = raw.errors
        watch = coldstart_watch_process(raw.process)
        if let cores = launch.cores { limit(toCores: cores) }
    }

    deinit {
        end()
        close(output)
        close(errors)
        if watch >= 0 { close(watch) }
    }

    /// How the first process ended, `nil` while it runs; it stays unreaped.
    var exit: ProcessExit? {
        guard !isReaped else { return nil }
        var information = siginfo_t()
        guard waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT) == 0, information.si_signo == SIGCHLD
        else { return nil }
        let status = Self.status(of: information)
        return information.si_code == Int32(CLD_EXITED) ? .code(status) : .signal(status)
    }

    /// Sends a signal to every process of the group.
    func signal(_ number: Int32) {
        guard !isReaped else { return }
        kill(-id, number)
    }

    /// Sends a signal to the first process alone.
    func signalFirst(_ number: Int32) {
        guard !isReaped else { return }
        kill(id, number)
    }

    /// The processes of the group that have not ended.
    var members: [GroupMember] { ProcessGroup.members(of: id) }

    /// Stops or continues the group and reads back the state of each member.
    ///
    /// - Returns: The members as they are then, or as they are after 50 ms where one does not follow.
    func setStopped(_ isStopped: Bool) -> [GroupMember] {
        signal(isStopped ? SIGSTOP : SIGCONT)
        let clock = ContinuousClock()
        let deadline = clock.now + .milliseconds(50)
        while true {
            let members = members
            if members.allSatisfy({ $0.isStopped == isStopped }) || clock.now > deadline { return members }
            usleep(100)
        }
    }

    /// Lets every thread of the group, and all that they start, run on so many cores.
    func limit(toCores cores: Int) {
        for member in members {
            for thread in ProcessGroup.threads(of: member.id) { _ = coldstart_limit_to_cores(thread, Int32(cores)) }
        }
    }

    /// Kills what is left of the group and reaps the first process; further calls do nothing.
    func end() {
        guard !isReaped else { return }
        kill(-id, SIGKILL)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        // A member that forked while it was being killed may have left a child.
        kill(-id, SIGKILL)
        isReaped = true
        coldstart_dismiss_guard(&raw)
    }

    private static func status(of information: siginfo_t) -> Int32 {
        #if os(Linux)
        information._sifields._sigchld.si_status
        #else
        information.si_status
        #endif
    }
}
