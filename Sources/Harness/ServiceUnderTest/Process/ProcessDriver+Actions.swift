import ContainerPlatform

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What an instance has answered and a driver has not done yet, in order.
struct ActionQueue: InstanceActions {
    private var actions: [Instance.Action] = []
    private var done = 0
    /// Whether the first is being done, so that those that follow from it wait for their turn.
    var isPerforming = false

    mutating func take(_ action: Instance.Action) { actions.append(action) }

    /// Takes the next action out, `nil` where none is left.
    mutating func next() -> Instance.Action? {
        guard done < actions.count else {
            actions.removeAll(keepingCapacity: true)
            done = 0
            return nil
        }
        done += 1
        return actions[done - 1]
    }
}

/// Between the instance and the world: events in, actions out.
extension ProcessDriver {
    /// Tells the instance what happened, and does what it answers.
    func tell(_ event: Instance.Event) {
        instance.handle(event, at: now, &actions)
        performActions()
    }

    /// Does what the instance has answered; what follows from an action is done after those before it.
    func performActions() {
        guard !actions.isPerforming else { return }
        actions.isPerforming = true
        while let action = actions.next() { perform(action) }
        actions.isPerforming = false
    }

    private func perform(_ action: Instance.Action) {
        switch action {
        case .startAttempt(let kind, _, _):
            guard instance.exit == nil else { return }
            probes.begin(kind, at: now)
            advanceAttempts()
        case .abandonAttempt(let kind):
            probes.abandon(kind)
        case .deliver(let index):
            rows.delivery(of: index)
        case .ended(let index):
            sender.drop(index)
            rows.ended(index)
        case .setCPU(let millicores):
            setCPU(millicores)
        case .signal(let number):
            signal(number)
        case .instanceEnded:
            // An instance is gone with its first process: the others of its group do not outlive it.
            process.signal(SIGKILL)
            readLog()
        case .startContainer(let number):
            restart(life: number)
        }
    }

    private func signal(_ number: Int32) {
        if number == SIGTERM {
            lookForSockets()
            end.noteMemory(of: process)
            end.termination.sent(at: now)
        } else {
            end.termination.killed(at: now)
        }
        process.signal(number)
    }

    private func setCPU(_ millicores: Int) {
        guard instance.exit == nil else { return }
        if millicores == 0 { health.pause() }
        guard let change = cpu.set(millicores, process, isHeld: faults.stoppedUntil != nil) else { return }
        refresh()
        log.note(change.text, at: now)
        if !change.isStopped { health.due = now }
        guard let isStopped = change.seenStopped else { return }
        tell(.cpuReadBack(isStopped: isStopped))
    }
}
