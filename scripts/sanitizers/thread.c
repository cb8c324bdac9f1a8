// Linked into every program of the build under ThreadSanitizer on Linux, where libraries of Swift that are not
// instrumented order two threads without ThreadSanitizer's knowing, so that it reports what they guard. The linker
// (--wrap) sends the calls here, where it is told. Layouts and conventions are those of Swift's stable ABI; the
// functions of the sanitizer are in sanitizer/tsan_interface.h of LLVM's compiler-rt.
#include <stdbool.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SWIFT_SELF __attribute__((swift_context))
#define ASYNC __attribute__((swiftasynccall))
#define ASYNC_CONTEXT __attribute__((swift_async_context))

// Synchronization.Mutex is a futex. Who takes or gives it at once does so by atomics compiled into the caller, which
// are seen; who has to wait, or to wake, does so within libswiftSynchronization:
// https://github.com/swiftlang/swift/blob/main/stdlib/public/Synchronization/Mutex/LinuxImpl.swift

#define MUTEX(prefix, rest) __asm__(prefix "$s15Synchronization12_MutexHandleV" rest)

SWIFT void lock_slow(uint32_t thread, SWIFT_SELF void *lock) MUTEX("__real_", "9_lockSlowyys6UInt32VF");
SWIFT bool try_lock_slow(SWIFT_SELF void *lock) MUTEX("__real_", "12_tryLockSlowSbyF");
SWIFT void unlock_slow(SWIFT_SELF void *lock) MUTEX("__real_", "11_unlockSlowyyF");

SWIFT void seen_lock_slow(uint32_t thread, SWIFT_SELF void *lock) MUTEX("__wrap_", "9_lockSlowyys6UInt32VF");
SWIFT bool seen_try_lock_slow(SWIFT_SELF void *lock) MUTEX("__wrap_", "12_tryLockSlowSbyF");
SWIFT void seen_unlock_slow(SWIFT_SELF void *lock) MUTEX("__wrap_", "11_unlockSlowyyF");

SWIFT void seen_lock_slow(uint32_t thread, SWIFT_SELF void *lock) {
    lock_slow(thread, lock);
    __tsan_acquire(lock);
}

SWIFT bool seen_try_lock_slow(SWIFT_SELF void *lock) {
    bool locked = try_lock_slow(lock);
    if (locked) __tsan_acquire(lock);
    return locked;
}

SWIFT void seen_unlock_slow(SWIFT_SELF void *lock) {
    __tsan_release(lock);
    unlock_slow(lock);
}

// A continuation that is resumed releases its task. The task acquires where a thread takes it up again, but not where
// it was resumed before it came to wait, and simply goes on (swift_continuation_await, Task.cpp:
// https://github.com/swiftlang/swift/blob/main/stdlib/public/Concurrency/Task.cpp).

typedef ASYNC void resume_function(ASYNC_CONTEXT void *context);

struct task {
    // Job's header: the object, its place in a queue, flags, identity, voucher.
    char header[7 * sizeof(void *)];
    resume_function *resume;
};

struct continuation {
    void *parent;
    resume_function *resume;
    uintptr_t flags;
};

// The flag of a continuation that goes on by changing the executor.
enum { FORCES_EXECUTOR_SWITCH = 2 };

struct task *swift_task_getCurrent(void);

ASYNC void await(struct continuation *continuation) __asm__("__real_swift_continuation_await");
ASYNC void seen_await(struct continuation *continuation) __asm__("__wrap_swift_continuation_await");

// What a task that need not wait goes on with; the task itself still knows what that was to be.
ASYNC static void go_on(ASYNC_CONTEXT void *context) {
    struct task *task = swift_task_getCurrent();
    __tsan_acquire(task);
    __attribute__((musttail)) return task->resume(context);
}

ASYNC void seen_await(struct continuation *continuation) {
    __tsan_acquire(swift_task_getCurrent());
    // Between this line and the call it may be resumed as well.
    if (!(continuation->flags & FORCES_EXECUTOR_SWITCH)) continuation->resume = go_on;
    __attribute__((musttail)) return await(continuation);
}
