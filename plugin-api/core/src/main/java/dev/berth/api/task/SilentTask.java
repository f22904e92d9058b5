/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.task;

/** The context and the progress of work that nobody watches. */
final class SilentTask implements TaskContext {

    static final Progress PROGRESS = new SilentProgress();
    static final TaskContext CONTEXT = new SilentTask(PROGRESS);

    private final Progress progress;

    private SilentTask(Progress progress) {
        this.progress = progress;
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public void checkCancelled() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled");
        }
    }

    @Override
    public Registration onCancel(AutoCloseable resource) {
        return () -> {};
    }

    @Override
    public TaskContext with(Progress other) {
        return new SilentTask(other);
    }

    private static final class SilentProgress implements Progress {

        @Override
        public void start(long total, Unit unit, String message) {}

        @Override
        public void add(long amount) {}

        @Override
        public void total(long total) {}

        @Override
        public void message(String message) {}

        @Override
        public void log(String line) {}

        @Override
        public Progress child(long weight, String message) {
            return this;
        }
    }
}
