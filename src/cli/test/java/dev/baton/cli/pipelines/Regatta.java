package dev.baton.cli.pipelines;

import dev.baton.json.Json;
import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.ServiceTask;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import dev.baton.task.service.EventPut;
import dev.baton.task.service.GlueJob;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Services do the work of two tasks: an event tells of the winner, a Glue job counts.
public final class Regatta {
    /// How often the receipt of an event was to fail, and how often it was looked at.
    public static final AtomicInteger TO_FAIL = new AtomicInteger();

    public static final AtomicInteger RECEIVED = new AtomicInteger();

    private Regatta() {}

    /// An upload.
    @Intent("Who came in when")
    public record Finish(int year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/finishes/{year}.txt", this);
        }
    }

    /// By EventBridge.
    @Intent("Everybody learns that a regatta is over")
    @Retries(value = 1, intervalSeconds = 1)
    public record Announcement(int year) implements ServiceTask {
        private Finish finish() {
            return new Finish(year);
        }

        @Override
        public List<Finish> requires() {
            return List.of(finish());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/announcements/{year}.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            var finish = references.input(finish());
            return new EventPut(
                    "default",
                    "acme.regatta",
                    "Regatta Over",
                    Map.of("year", year, "list", finish.uri(), "version", finish.version(), "token", references.token()));
        }

        @Override
        public void answered(Map<String, @Nullable Object> answer, TaskRun run) throws Exception {
            RECEIVED.incrementAndGet();
            if (TO_FAIL.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("the pen broke");
            }
            ServiceTask.super.answered(answer, run);
        }
    }

    /// After the service.
    @Intent("The year's page")
    public record Page(int year) implements Task {
        private Announcement announcement() {
            return new Announcement(year);
        }

        @Override
        public List<Announcement> requires() {
            return List.of(announcement());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/pages/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var failed = Json.parseObject(run.input(announcement()).text()).get("FailedEntryCount");
            run.output().text("announced, " + failed + " failed");
        }
    }

    /// Three announcements at a time, each followed by its page.
    @Intent("The pages of three years")
    public record Album(int year) implements Task {
        private List<Page> pages() {
            return List.of(new Page(year), new Page(year - 1), new Page(year - 2));
        }

        @Override
        public List<Page> requires() {
            return pages();
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/albums/{year}.txt", this);
        }

        @Override
        public void run(TaskRun run) throws IOException {
            var all = new StringBuilder();
            for (var page : pages()) {
                all.append(run.input(page).text()).append("; ");
            }
            run.output().text(all.toString());
        }
    }

    /// By Glue, which no laptop has.
    @Intent("How many came in")
    @Retries(value = 0)
    public record Count(int year) implements ServiceTask {
        private Finish finish() {
            return new Finish(year);
        }

        @Override
        public List<Finish> requires() {
            return List.of(finish());
        }

        @Override
        public Target output() {
            return S3Target.at("s3://lake/counts/{year}.json", this);
        }

        @Override
        public ServiceCall call(References references) {
            return new GlueJob("count-boats", Map.of("--list", references.input(finish()).uri()));
        }
    }
}
