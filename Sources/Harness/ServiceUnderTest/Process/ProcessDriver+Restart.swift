import ContainerPlatform
import Domain
import RecommendationEngine
import Scenarios

/// The next life of a container.
extension ProcessDriver {
    /// Starts the command again, in a group of its own; nothing of the last one is left by then.
    func restart(life: Int) {
        process.end()
        readLog()
        probes.abandonAll()
        var launch = setup.launch
        launch.environment["PORT"] = String(end.port)
        launch.environment[Rehearsal.variable] = setup.rehearsal(life).startingNow()
        do {
            process = try ServiceProcess(launch)
        } catch {
            failure = failure ?? error
            return
        }
        refresh()
        lateness.follow(group: process.id)
        log.follow()
        log.note("life \(life): started again as process \(process.id)", at: now)
        health = HealthPoller(port: end.port, setup: setup)
        health.due = now
        cpu = CPUControl(setup.plan.platform.cpu, speed: setup.speed)
        end = ProcessEnd(port: end.port, earlierMemory: end.memoryOfStarts)
    }
}
